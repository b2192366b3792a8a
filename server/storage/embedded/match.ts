/** Filters: compiled once for each command into a test of one document. */
import { BSONRegExp } from 'bson';
import { type Doc, isDoc, own, type Value } from './bson.ts';
import { fail, notServed } from './errors.ts';
import { keyOf } from './key.ts';
import { someAt } from './path.ts';

export type Test = (value: Value) => boolean;

type Path = readonly string[];

/** Tests the values at the path, and the elements of arrays there. */
function any(path: Path, test: Test): Test {
  return (doc) => someAt(doc, path, (value) => test(value) || (Array.isArray(value) && value.some(test)));
}

function not(test: Test): Test {
  return (value) => !test(value);
}

function equality(operand: Value): Test {
  if (typeof operand === 'string' || typeof operand === 'boolean') return (value) => value === operand;
  const key = keyOf(operand);
  return (value) => keyOf(value) === key;
}

/** Values of other types are neither less nor greater; NaN is only equal to itself; missing counts as null. */
function comparison(operand: Value, accepts: (order: number) => boolean): Test {
  const [key, nan] = [keyOf(operand), Number.isNaN(operand)];
  return (value) => {
    const other = keyOf(value);
    if (other.charAt(0) !== key.charAt(0) || Number.isNaN(value) !== nan) return false;
    return accepts(other < key ? -1 : other > key ? 1 : 0);
  };
}

function membership(operand: Value): Test {
  if (!Array.isArray(operand)) return fail(2, '$in and $nin need an array');
  const keys = new Set(operand.map(keyOf));
  return (value) => keys.has(keyOf(value));
}

/** Parts of PCRE that JavaScript reads differently without an error. */
const pcreOnly = /\\[AzZhHRGQEKX]|\[\[:|\(\?[a-zA-Z#|]|[*+?}]\+/;

/** A regular expression (options i, m, s). Refuses what would mean something else in JavaScript. */
function textTest(pattern: Value, options: Value = ''): Test {
  if (typeof pattern !== 'string' || typeof options !== 'string')
    return notServed('$regex with anything but text');
  if (/[^ims]/.test(options) || pcreOnly.test(pattern))
    notServed(`The regular expression /${pattern}/${options} (PCRE syntax)`);
  try {
    const regex = new RegExp(pattern, options);
    return (value) => typeof value === 'string' && regex.test(value);
  } catch (error) {
    return fail(51091, `Regular expression is invalid: ${error instanceof Error ? error.message : pattern}`);
  }
}

function existence(path: Path, operand: Value): Test {
  const exists: Test = (doc) => someAt(doc, path, (value) => value !== undefined);
  if (typeof operand !== 'boolean') return notServed('$exists with anything but true or false');
  return operand ? exists : not(exists);
}

/** Tests of one value, by operator. */
const valueTests = new Map<string, (operand: Value, siblings: Doc) => Test>([
  ['$eq', equality],
  ['$in', membership],
  ['$gt', (operand) => comparison(operand, (order) => order > 0)],
  ['$gte', (operand) => comparison(operand, (order) => order >= 0)],
  ['$lt', (operand) => comparison(operand, (order) => order < 0)],
  ['$lte', (operand) => comparison(operand, (order) => order <= 0)],
  ['$regex', (operand, { $options }) => textTest(operand, $options)],
]);

const opposites: ReadonlyMap<string, string> = new Map([
  ['$ne', '$eq'],
  ['$nin', '$in'],
]);

function compileOperator(path: Path, name: string, siblings: Doc): Test {
  const operand = own(siblings, name);
  if (name === '$exists') return existence(path, operand);
  if (name === '$options') return '$regex' in siblings ? () => true : fail(2, '$options needs a $regex');
  const opposite = opposites.get(name);
  const compile = valueTests.get(opposite ?? name) ?? notServed(`The operator ${name}`);
  const test = any(path, compile(operand, siblings));
  return opposite ? not(test) : test;
}

/** True for `{ $op: ... }`. */
export function isOperators(value: Value): value is Doc {
  return isDoc(value) && (Object.keys(value)[0]?.startsWith('$') ?? false);
}

/** The condition on a field, written with operators in any case. */
export function operatorsOf(condition: Value): Doc {
  if (condition instanceof BSONRegExp) return { $regex: condition.pattern, $options: condition.options };
  return isOperators(condition) ? condition : { $eq: condition };
}

function compileField(field: string, condition: Value): Test[] {
  const siblings = operatorsOf(condition);
  return Object.keys(siblings).map((name) => compileOperator(field.split('.'), name, siblings));
}

function compileBranches(name: string, operand: Value): Test {
  if (name !== '$and' && name !== '$or') return notServed(`The operator ${name}`);
  if (!Array.isArray(operand) || operand.length === 0) return fail(2, `${name} must be a nonempty array`);
  const tests = operand.map((branch) =>
    isDoc(branch) ? compileFilter(branch) : fail(2, `${name} argument's entries must be objects`),
  );
  if (name === '$and') return (doc) => tests.every((test) => test(doc));
  return (doc) => tests.some((test) => test(doc));
}

/** Compiles a filter. Throws 238 for what only MongoDB can do, and 2 for what it would refuse too. */
export function compileFilter(filter: Doc): Test {
  const tests = Object.entries(filter).flatMap(([name, operand]) =>
    name.startsWith('$') ? compileBranches(name, operand) : compileField(name, operand),
  );
  return (doc) => tests.every((test) => test(doc));
}
