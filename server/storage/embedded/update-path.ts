/** Walking to the place that an update changes, and what `$`, `$[]` and `$[name]` stand for on the way. */
import { type Doc, isDoc, own, put, type Value } from './bson.ts';
import { fail, show } from './errors.ts';
import { compileElement, compileField, type Predicate } from './match.ts';
import { positionOf } from './path.ts';
import type { FieldChange } from './update-operators.ts';

const maxPadding = 1_500_000;

/** Splits an update path and checks its names. */
export function pathOf(field: string): string[] {
  const path = field.split('.');
  if (path.includes(''))
    fail(56, `The update path '${field}' contains an empty field name, which is not allowed.`);
  const dollar = path.find((part, i) => part.startsWith('$') && (i === 0 || !/^\$(?:\[.*\])?$/.test(part)));
  if (dollar) fail(52, `The dollar ($) prefixed field '${dollar}' in '${field}' is not allowed.`);
  return path;
}

/** Positions in arrays by number, names by text. */
export function comparePaths(a: readonly string[], b: readonly string[]): number {
  const at = a.findIndex((part, i) => part !== b[i]);
  const [left, right] = [a[at], b[at]];
  if (left === undefined || right === undefined) return a.length - b.length;
  const [leftPosition, rightPosition] = [positionOf(left), positionOf(right)];
  if (leftPosition !== undefined && rightPosition !== undefined) return leftPosition - rightPosition;
  return left < right ? -1 : 1;
}

/** The value at a path of plain documents, as `$rename` needs it. */
export function valueAt(doc: Doc, path: readonly string[]): Value {
  let value: Value = doc;
  for (const part of path) {
    if (Array.isArray(value)) fail(2, `The source field cannot be an array element: '${path.join('.')}'`);
    value = isDoc(value) ? own(value, part) : undefined;
  }
  return value;
}

/** Compiles array filters by name; each must be used by one of the path parts, and the other way round. */
export function compileArrayFilters(arrayFilters: Value, parts: readonly string[]): Map<string, Predicate> {
  const filters = new Map<string, Predicate>();
  for (const filter of Array.isArray(arrayFilters) ? arrayFilters : []) {
    if (!isDoc(filter)) return fail(14, 'Array filters must be objects');
    const names = new Set(Object.keys(filter).map((field) => field.split('.')[0] ?? ''));
    const [name = ''] = names;
    if (names.size !== 1 || !/^[a-z][a-zA-Z0-9]*$/.test(name))
      fail(
        9,
        'Error parsing array filter: one top-level field name that starts with a lowercase letter is allowed',
      );
    if (filters.has(name)) fail(9, `Found multiple array filters with the same top-level field name ${name}`);
    if (!parts.includes(`$[${name}]`))
      fail(9, `The array filter for identifier '${name}' was not used in the update`);
    filters.set(name, arrayFilter(filter, name));
  }
  const missing = parts.find((part) => /^\$\[.+\]$/.test(part) && !filters.has(part.slice(2, -1)));
  if (missing) fail(2, `No array filter found for identifier '${missing.slice(2, -1)}'`);
  return filters;
}

function arrayFilter(filter: Doc, name: string): Predicate {
  const tests = Object.entries(filter).map(([field, condition]) => {
    if (field === name) return compileElement(condition);
    return compileField(field.slice(name.length + 1), condition);
  });
  return (element) => tests.every((test) => test(element));
}

/** Replaces the positional parts of a path by all the positions that they stand for in this document. */
export function concretePaths(
  doc: Doc,
  path: readonly string[],
  filters: ReadonlyMap<string, Predicate>,
  query: Doc,
): string[][] {
  let open: { done: string[]; value: Value }[] = [{ done: [], value: doc }];
  for (const part of path) {
    open = open.flatMap(({ done, value }) =>
      positions(part, value, done, filters, query).map((name) => ({
        done: [...done, name],
        value: child(value, name),
      })),
    );
  }
  return open.map(({ done }) => done);
}

function child(value: Value, name: string): Value {
  if (Array.isArray(value)) return value[positionOf(name) ?? -1];
  return isDoc(value) ? own(value, name) : undefined;
}

function positions(
  part: string,
  value: Value,
  done: readonly string[],
  filters: ReadonlyMap<string, Predicate>,
  query: Doc,
): string[] {
  if (!part.startsWith('$')) return [part];
  if (part === '$') return [matchedPosition(value, done.join('.'), query)];
  if (!Array.isArray(value))
    return fail(
      2,
      `The path '${done.join('.')}' must exist in the document in order to apply array updates.`,
    );
  const test = part === '$[]' ? undefined : filters.get(part.slice(2, -1));
  return value.flatMap((element, i) => (!test || test(element) ? [String(i)] : []));
}

/** The position of the first element that fits the filter's conditions on the array. */
function matchedPosition(value: Value, field: string, query: Doc): string {
  const conditions = conditionsOn(query, field);
  const tests = conditions.map(([path, condition]) => compileField(path, condition));
  const elements = Array.isArray(value) ? value : [];
  const fits = (element: Value, test: Predicate): boolean => test(nest(field, [element]));
  const at = elements.findIndex((element) => tests.length > 0 && tests.every((test) => fits(element, test)));
  const some = at >= 0 ? at : elements.findIndex((element) => tests.some((test) => fits(element, test)));
  if (some < 0) fail(2, 'The positional operator did not find the match needed from the query.');
  return String(some);
}

function conditionsOn(query: Doc, field: string): [string, Value][] {
  return Object.entries(query).flatMap(([name, condition]): [string, Value][] => {
    if (name === '$and' && Array.isArray(condition))
      return condition.flatMap((branch) => (isDoc(branch) ? conditionsOn(branch, field) : []));
    return name === field || name.startsWith(`${field}.`) ? [[name, condition]] : [];
  });
}

function nest(field: string, value: Value): Value {
  return field.split('.').reduceRight<Value>((inner, name) => {
    const doc: Doc = {};
    put(doc, name, inner);
    return doc;
  }, value);
}

/** Changes the value at a concrete path. Creates what is missing on the way if `create`, else leaves it be. */
export function changeAt(doc: Doc, path: readonly string[], change: FieldChange, create: boolean): void {
  let place: Doc | Value[] = doc;
  for (let i = 0; i < path.length - 1; i++) {
    const part = path[i] ?? '';
    let next = child(place, part);
    if (next === undefined) {
      if (!create) return;
      next = {};
      assign(place, part, next, path);
    }
    if (!isDoc(next) && !Array.isArray(next)) {
      if (!create) return;
      return fail(28, `Cannot create field '${path[i + 1] ?? ''}' in element {${part}: ${show(next)}}`);
    }
    place = next;
  }
  changeField(place, path, change, create);
}

function changeField(
  place: Doc | Value[],
  path: readonly string[],
  change: FieldChange,
  create: boolean,
): void {
  const name = path.at(-1) ?? '';
  const current = child(place, name);
  if (current === undefined && !create) return;
  const next = change(current);
  if (next !== undefined) assign(place, name, next, path);
  else if (current === undefined) return;
  else if (Array.isArray(place)) place[Number(name)] = null;
  else Reflect.deleteProperty(place, name);
}

function assign(place: Doc | Value[], name: string, value: Value, path: readonly string[]): void {
  if (!Array.isArray(place)) {
    put(place, name, value);
    return;
  }
  const position = positionOf(name);
  if (position === undefined)
    return fail(28, `Cannot create field '${name}' in the array at '${path.join('.')}'`);
  if (position > place.length + maxPadding) fail(2, `can't backfill more than ${maxPadding} elements`);
  while (place.length < position) place.push(null);
  place[position] = value;
}
