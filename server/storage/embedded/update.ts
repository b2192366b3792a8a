/** Updates: compiled once for each command, applied to each document by copying what changes and sharing the rest. */
import { Long } from 'bson';
import { type Doc, isDoc, own, put, type Value } from './bson.ts';
import { fail, notServed, show } from './errors.ts';
import { sameValue } from './key.ts';
import { isOperators, operatorsOf } from './match.ts';
import { childOf, positionOf } from './path.ts';
import type { Changed } from './pieces.ts';

/** Gives a changed copy; the document itself stays as it is. `inserting`: whether it is new, so that `$setOnInsert` acts. */
export type Update = (doc: Doc, inserting: boolean) => Changed;

/** From the current value (undefined: none) to the next one (undefined: remove the field). */
type Change = (current: Value) => Value;

interface Step {
  readonly operator: string;
  readonly path: readonly string[];
  readonly change: Change;
}

function increment(operand: Value, field: string): Change {
  return (current = 0) => {
    if (typeof operand === 'number' && typeof current === 'number') return current + operand;
    if (operand instanceof Long || current instanceof Long) return notServed('$inc of a 64-bit integer');
    return fail(
      14,
      `Cannot apply $inc to ${show(current)} and ${show(operand)} at '${field}': only to numbers`,
    );
  };
}

function arrayOf(value: Value, operator: string, field: string): Value[] {
  return Array.isArray(value) ? value : fail(2, `${operator} needs an array at '${field}'`);
}

/** `$push` and `$addToSet`: of one item, or of several in `$each`. */
function add(operator: string, onlyNew: boolean) {
  return (operand: Value, field: string): Change => {
    const { $each = [operand], ...others } = isOperators(operand) ? operand : {};
    const [other] = Object.keys(others);
    if (other) notServed(`${other} in ${operator}`);
    const items = arrayOf($each, `$each in ${operator}`, field);
    return (current = []) => {
      const array = [...arrayOf(current, operator, field)];
      for (const item of items) if (!onlyNew || !array.some((old) => sameValue(old, item))) array.push(item);
      return array;
    };
  };
}

function pullAll(operand: Value, field: string): Change {
  const unwanted = arrayOf(operand, '$pullAll', field);
  const keep = (item: Value): boolean => !unwanted.some((other) => sameValue(other, item));
  return (current) => (current === undefined ? undefined : arrayOf(current, '$pull', field).filter(keep));
}

const operators: ReadonlyMap<string, (operand: Value, field: string) => Change> = new Map([
  ['$set', (operand) => () => operand],
  ['$setOnInsert', (operand) => () => operand],
  ['$unset', () => () => undefined],
  ['$inc', increment],
  ['$push', add('$push', false)],
  ['$addToSet', add('$addToSet', true)],
  [
    '$pull',
    (operand, field) => (isDoc(operand) ? notServed('$pull by a condition') : pullAll([operand], field)),
  ],
  ['$pullAll', pullAll],
]);

/** Operators that leave be what is missing on the way. */
const onlyExisting = ['$unset', '$pull', '$pullAll'];

/** Splits an update path and checks its names. */
function pathOf(field: string): string[] {
  const path = field.split('.');
  if (path.includes('')) fail(56, `The update path '${field}' contains an empty field name.`);
  for (const name of path.filter((part) => part.startsWith('$'))) {
    if (name === '$' || name.startsWith('$[')) notServed(`The positional update '${field}'`);
    fail(52, `The dollar ($) prefixed field '${name}' in '${field}' is not allowed.`);
  }
  return path;
}

function stepsOf(operator: string, fields: Value): Step[] {
  const compile = operators.get(operator) ?? notServed(`The update operator ${operator}`);
  if (!isDoc(fields)) return fail(9, `Modifiers operate on fields but we found another type for ${operator}`);
  const entries = Object.entries(fields);
  return entries.map(([field, operand]) => ({
    operator,
    path: pathOf(field),
    change: compile(operand, field),
  }));
}

/** MongoDB's order of paths: by name, and by number where both name positions, so that several are added to an array in their order. */
function comparePaths(a: readonly string[], b: readonly string[]): number {
  const at = a.findIndex((name, index) => name !== b[index]);
  const [name, other] = [a[at], b[at]];
  if (name === undefined || other === undefined) return a.length - b.length;
  const [position, otherPosition] = [positionOf(name), positionOf(other)];
  if (position !== undefined && otherPosition !== undefined) return position - otherPosition;
  return name < other ? -1 : 1;
}

/** Compiles an update document. Refuses replacements and pipelines (238), and paths that contradict each other (40). */
export function compileUpdate(update: Value): Update {
  if (!isOperators(update))
    return notServed('An update without update operators (a replacement or a pipeline)');
  const steps = Object.entries(update).flatMap(([operator, fields]) => stepsOf(operator, fields));
  // in the order of the paths: so new fields come in MongoDB's order, and contradictions are neighbours
  steps.sort((a, b) => comparePaths(a.path, b.path));
  steps.forEach(({ path }, i) => {
    const next = steps[i + 1]?.path;
    if (next && path.every((name, at) => name === next[at]))
      fail(40, `Updating '${next.join('.')}' would create a conflict at '${path.join('.')}'`);
  });
  return (doc, inserting) => {
    const copied = new Set<Value>();
    const acting = steps.filter(({ operator }) => operator !== '$setOnInsert' || inserting);
    const changed = acting.reduce((place, step) => changedAt(place, step.path, { ...step, copied }), doc);
    const id = own(doc, '_id');
    if (id !== undefined && !sameValue(id, own(changed, '_id')))
      fail(66, "Performing an update on the path '_id' would modify the immutable field '_id'");
    return { doc: changed, copied };
  };
}

/** What is done at the end of a path, and what was copied on the way to it. */
type Acting = Omit<Step, 'path'> & { readonly copied: Set<Value> };

/** A document or an array with one change below it; the same one where that changes nothing. */
function changedAt<P extends Doc | Value[]>(place: P, path: readonly string[], acting: Acting): P {
  const [name = '', ...rest] = path;
  const current = childOf(place, name);
  const next = nextOf(current, name, rest, acting);
  if (next === current && (next !== undefined || !Object.hasOwn(place, name))) return place;
  const copy = isDoc(place) ? withField(place, name, next) : withElement(place, name, next);
  acting.copied.add(copy);
  // A document makes a document, an array an array.
  return copy as P;
}

function nextOf(current: Value, name: string, rest: readonly string[], acting: Acting): Value {
  if (rest.length === 0) return acting.change(current);
  if (isDoc(current)) return changedAt(current, rest, acting);
  if (Array.isArray(current)) return changedAt(current, rest, acting);
  if (onlyExisting.includes(acting.operator)) return current;
  if (current !== undefined) return fail(28, `Cannot create a field in {${name}: ${show(current)}}`);
  return changedAt<Doc>({}, rest, acting);
}

/** A copy with another value of a field; undefined: without it. */
function withField(doc: Doc, name: string, value: Value): Doc {
  const copy = { ...doc };
  if (value === undefined) Reflect.deleteProperty(copy, name);
  else put(copy, name, value);
  return copy;
}

/** A copy with another element; undefined leaves null in its place. */
function withElement(array: readonly Value[], name: string, value: Value): Value[] {
  const position = positionOf(name) ?? fail(28, `Cannot create field '${name}' in an array`);
  if (position > array.length) notServed('A change beyond the end of an array');
  const copy = [...array];
  if (position < array.length || value !== undefined) copy[position] = value ?? null;
  return copy;
}

/** What an upsert starts from: the equalities of the filter. */
export function seedOf(filter: Doc): Doc {
  let seed: Doc = {};
  for (const [field, condition] of Object.entries(filter)) {
    if (field.startsWith('$')) notServed(`An upsert by a filter with ${field}`);
    const value = own(operatorsOf(condition), '$eq');
    if (value !== undefined)
      seed = changedAt(seed, pathOf(field), { operator: '$set', change: () => value, copied: new Set() });
  }
  return seed;
}
