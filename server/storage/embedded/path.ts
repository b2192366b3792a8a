/** What lies at a dotted path of a document, for filters, indexes and sorts. */
import { type Doc, isDoc, own, type Value } from './bson.ts';
import { fail, notServed } from './errors.ts';
import { invertKey, keyOf, typeTag } from './key.ts';

const arrayPosition = /^(?:0|[1-9]\d{0,8})$/;

/** The position that a path component names in an array, if it is one. */
export function positionOf(component: string): number | undefined {
  return arrayPosition.test(component) ? Number(component) : undefined;
}

/** The value in a document or an array by the name of a field or a position. */
export function childOf(place: Value, name: string): Value {
  if (Array.isArray(place)) return place[positionOf(name) ?? -1];
  return isDoc(place) ? own(place, name) : undefined;
}

/**
 * Does any value at the path pass the test? Arrays on the way are entered one level, elements that are no documents are
 * skipped, and a component that is a number also names a position. A path that ends early is tested with `undefined`.
 */
export function someAt(
  value: Value,
  path: readonly string[],
  test: (value: Value) => boolean,
  from = 0,
): boolean {
  const component = path[from];
  if (component === undefined) return test(value);
  if (isDoc(value)) return someAt(own(value, component), path, test, from + 1);
  if (!Array.isArray(value)) return test(undefined);
  const element = childOf(value, component);
  if (element !== undefined && someAt(element, path, test, from + 1)) return true;
  return value.some((item) => isDoc(item) && someAt(item, path, test, from));
}

/** The keys that an index holds of a document at a path: several if there is an array, that of null if there is nothing. */
export function keysAt(doc: Doc, path: readonly string[]): { keys: readonly string[]; inArray: boolean } {
  const keys = new Set<string>();
  const found = { inArray: false };
  someAt(doc, path, (value) => {
    const elements = Array.isArray(value) ? value : [value];
    if (Array.isArray(value)) found.inArray = true;
    for (const element of elements) keys.add(keyOf(element));
    if (elements.length === 0) keys.add(typeTag.emptyArray);
    return false;
  });
  if (keys.size === 0) keys.add(typeTag.null);
  return { keys: [...keys], inArray: found.inArray };
}

/** One part of a sort or of an index: a path and its direction. */
export interface Ordering {
  readonly field: string;
  readonly path: readonly string[];
  readonly direction: 1 | -1;
}

/** Reads `{ a: 1, b: -1 }`. */
export function orderingsOf(spec: Doc): Ordering[] {
  return Object.entries(spec).map(([field, direction]) => {
    if (direction !== 1 && direction !== -1)
      return notServed(`An order of the field ${field} by anything but 1 or -1`);
    const path = field.split('.');
    if (path.includes('')) fail(67, `An order by the field '${field}' is not possible`);
    if (field.includes('$')) notServed(`An order by the field '${field}'`);
    return { field, path, direction };
  });
}

/** Sorts stably. Of an array the smallest element counts upwards, the largest downwards. */
export function sortBy<T>(items: readonly T[], spec: Doc, docOf: (item: T) => Doc): T[] {
  const orderings = orderingsOf(spec);
  const keyed = items.map((item) => ({ item, key: sortKey(docOf(item), orderings) }));
  return keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)).map(({ item }) => item);
}

function sortKey(doc: Doc, orderings: readonly Ordering[]): string {
  const parts = orderings.map(({ path, direction }) => {
    const keys = [...keysAt(doc, path).keys].sort();
    return direction === 1 ? (keys[0] ?? '') : invertKey(keys.at(-1) ?? '');
  });
  return parts.join('');
}
