import { type Doc, isDoc, type Value } from './bson.ts';
import { fail, notServed } from './errors.ts';
import { compareKeys, invertKey } from './key.ts';
import { keysAt } from './path.ts';

/** One part of a sort or of an index: a path and its direction. */
export interface Ordering {
  readonly field: string;
  readonly path: readonly string[];
  readonly direction: 1 | -1;
}

/** Reads `{ a: 1, b: -1 }`. Throws what MongoDB throws for other directions. */
export function orderingsOf(spec: Doc): Ordering[] {
  return Object.entries(spec).map(([field, direction]) => {
    if (isDoc(direction)) notServed('Sorting by $meta');
    const sign = Number(direction);
    if (sign !== 1 && sign !== -1)
      return fail(15975, '$sort key ordering must be 1 (for ascending) or -1 (for descending)');
    if (field === '' || field.split('.').includes('')) fail(15998, 'FieldPath must not contain empty parts');
    return { field, path: field.split('.'), direction: sign };
  });
}

/** Makes the sort key of a document: of an array the smallest element counts upwards, the largest downwards. */
export function sorter(spec: Doc): (doc: Doc) => string {
  const orderings = orderingsOf(spec);
  return (doc) => orderings.map((ordering) => partKey(doc, ordering)).join('');
}

function partKey(doc: Doc, { path, direction }: Ordering): string {
  const { keys } = keysAt(doc, path);
  const [first = '', ...others] = keys;
  if (direction === 1) return others.reduce((best, key) => (key < best ? key : best), first);
  return invertKey(others.reduce((best, key) => (key > best ? key : best), first));
}

/** Sorts stably by a key that is made once for each item. */
export function sortBy<T>(items: readonly T[], keyFor: (item: T) => string): T[] {
  const keyed = items.map((item) => ({ item, key: keyFor(item) }));
  return keyed.sort((a, b) => compareKeys(a.key, b.key)).map(({ item }) => item);
}

/** The sort specification of a command, if it has one. */
export function sortOf(value: Value): Doc | undefined {
  if (value === undefined || value === null) return undefined;
  if (!isDoc(value)) return fail(14, 'The sort must be an object');
  return Object.keys(value).length > 0 ? value : undefined;
}
