import { type Doc, isDoc, own, type Value } from './bson.ts';
import { emptyArrayKey, keyOf, typeTag } from './key.ts';

const arrayPosition = /^(?:0|[1-9]\d{0,8})$/;

/** The position that a path component names in an array, if it is one. */
export function positionOf(component: string): number | undefined {
  return arrayPosition.test(component) ? Number(component) : undefined;
}

/**
 * Does any value at the path pass the test? Arrays on the way are entered one level, elements that are no documents are
 * skipped, and a component that is a number also names a position. A path that ends early is tested with `undefined`.
 */
export function someAt(
  value: Value,
  path: readonly string[],
  from: number,
  test: (value: Value) => boolean,
): boolean {
  const component = path[from];
  if (component === undefined) return test(value);
  if (isDoc(value)) return someAt(own(value, component), path, from + 1, test);
  if (!Array.isArray(value)) return test(undefined);
  const position = positionOf(component);
  if (position !== undefined && position < value.length && someAt(value[position], path, from + 1, test))
    return true;
  return value.some((element) => isDoc(element) && someAt(element, path, from, test));
}

/** What an index or a sort sees of a document at one path. */
export interface PathKeys {
  /** Keys of all values, one for each array element. Never empty: a missing value is null. */
  readonly keys: readonly string[];
  /** Whether the path exists at all (sparse indexes leave out what does not). */
  readonly exists: boolean;
  /** Whether an array was met. */
  readonly many: boolean;
}

export function keysAt(doc: Doc, path: readonly string[]): PathKeys {
  const keys: string[] = [];
  const found = { exists: false, many: false };
  collect(doc, path, 0, keys, found);
  if (keys.length === 0) keys.push(typeTag.null);
  return { keys: found.many ? [...new Set(keys)] : keys, ...found };
}

function collect(
  value: Value,
  path: readonly string[],
  from: number,
  keys: string[],
  found: { exists: boolean; many: boolean },
): void {
  const component = path[from];
  if (component === undefined) {
    if (value !== undefined) found.exists = true;
    if (!Array.isArray(value)) keys.push(keyOf(value));
    else {
      found.many = true;
      if (value.length === 0) keys.push(emptyArrayKey);
      for (const element of value) keys.push(keyOf(element));
    }
  } else if (isDoc(value)) collect(own(value, component), path, from + 1, keys, found);
  else if (Array.isArray(value)) {
    found.many = true;
    const position = positionOf(component);
    if (position !== undefined && position < value.length)
      collect(value[position], path, from + 1, keys, found);
    for (const element of value) if (isDoc(element)) collect(element, path, from, keys, found);
  } else keys.push(typeTag.null);
}
