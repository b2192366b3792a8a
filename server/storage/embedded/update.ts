/** Updates: compiled once for each command, applied to a decoded copy of each document. */
import { Long } from 'bson';
import { type Doc, isDoc, own, put, type Value } from './bson.ts';
import { fail, notServed, show } from './errors.ts';
import { sameValue } from './key.ts';
import { isOperators, operatorsOf } from './match.ts';
import { childOf, positionOf } from './path.ts';

/** Changes the copy that it is given. `inserting`: whether the document is new, so that `$setOnInsert` acts. */
export type Update = (copy: Doc, inserting: boolean) => void;

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

/** Compiles an update document. Refuses replacements and pipelines (238), and paths that contradict each other (40). */
export function compileUpdate(update: Value): Update {
  if (!isOperators(update))
    return notServed('An update without update operators (a replacement or a pipeline)');
  const steps = Object.entries(update).flatMap(([operator, fields]) => stepsOf(operator, fields));
  // in the order of the paths: so new fields come in MongoDB's order, and contradictions are neighbours
  steps.sort((a, b) => (a.path.join('\0') < b.path.join('\0') ? -1 : 1));
  steps.forEach(({ path }, i) => {
    const next = steps[i + 1]?.path;
    if (next && path.every((name, at) => name === next[at]))
      fail(40, `Updating '${next.join('.')}' would create a conflict at '${path.join('.')}'`);
  });
  return (copy, inserting) => {
    const id = own(copy, '_id');
    for (const step of steps)
      if (step.operator !== '$setOnInsert' || inserting) changeAt(copy, step.path, step);
    if (id !== undefined && !sameValue(id, own(copy, '_id')))
      fail(66, "Performing an update on the path '_id' would modify the immutable field '_id'");
  };
}

function changeAt(place: Doc | Value[], path: readonly string[], step: Omit<Step, 'path'>): void {
  const [name = '', ...rest] = path;
  const current = childOf(place, name);
  if (rest.length === 0) assign(place, name, step.change(current));
  else if (isDoc(current) || Array.isArray(current)) changeAt(current, rest, step);
  else if (onlyExisting.includes(step.operator)) return;
  else if (current !== undefined) fail(28, `Cannot create a field in {${name}: ${show(current)}}`);
  else {
    const made: Doc = {};
    changeAt(made, rest, step);
    assign(place, name, made);
  }
}

function assign(place: Doc | Value[], name: string, value: Value): void {
  if (Array.isArray(place)) {
    const position = positionOf(name) ?? fail(28, `Cannot create field '${name}' in an array`);
    if (position > place.length) notServed('A change beyond the end of an array');
    if (position < place.length || value !== undefined) place[position] = value ?? null;
  } else if (value === undefined) Reflect.deleteProperty(place, name);
  else put(place, name, value);
}

/** What an upsert starts from: the equalities of the filter. */
export function seedOf(filter: Doc): Doc {
  const seed: Doc = {};
  for (const [field, condition] of Object.entries(filter)) {
    if (field.startsWith('$')) notServed(`An upsert by a filter with ${field}`);
    const value = own(operatorsOf(condition), '$eq');
    if (value !== undefined) changeAt(seed, pathOf(field), { operator: '$set', change: () => value });
  }
  return seed;
}
