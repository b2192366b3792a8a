/** Filters: compiled once for each command into a test of one document. */
import { Binary, BSONRegExp, Code, Decimal128, MaxKey, MinKey, ObjectId, Timestamp } from 'bson';
import { type Doc, isDoc, own, type Value } from './bson.ts';
import { fail, notServed, show } from './errors.ts';
import { compareValues, keyOf } from './key.ts';
import { someAt } from './path.ts';
import { compileRegex, regexOperand, regexTest } from './regex.ts';

export type Predicate = (value: Value) => boolean;

/** Where an operator looks: a path from the root, and whether an array found there is searched for elements. */
interface Site {
  readonly path: readonly string[];
  readonly elements: boolean;
}

type OperatorCompiler = (site: Site, operand: Value, siblings: Doc) => Predicate;

/** Tests the values at the site, and the elements of arrays there. */
function each(site: Site, test: Predicate): Predicate {
  const leaf: Predicate = site.elements
    ? (value) => test(value) || (Array.isArray(value) && value.some(test))
    : test;
  return (root) => someAt(root, site.path, 0, leaf);
}

/** Tests the values at the site as they are. */
function whole(site: Site, test: Predicate): Predicate {
  return (root) => someAt(root, site.path, 0, test);
}

function not(test: Predicate): Predicate {
  return (value) => !test(value);
}

function equality(operand: Value): Predicate {
  if (operand === undefined || operand === null) return (value) => value === null || value === undefined;
  if (typeof operand === 'string' || typeof operand === 'boolean') return (value) => value === operand;
  const key = keyOf(operand);
  return (value) => value !== undefined && comparable(value, operand) && keyOf(value) === key;
}

/** A cheap test before keys are made: numbers of all kinds are compared with each other, other types with their own. */
function comparable(value: Value, operand: Value): boolean {
  return isNumber(operand) ? isNumber(value) || value instanceof Decimal128 : typeof value === typeof operand;
}

function isNumber(value: Value): boolean {
  return typeof value === 'number' || typeof value === 'bigint';
}

function comparison(operand: Value, accepts: (order: number) => boolean): Predicate {
  if (operand instanceof BSONRegExp) fail(2, "Can't have RegEx as arg to predicate over field.");
  if (operand === null || operand === undefined) return accepts(0) ? equality(null) : () => false;
  if (Number.isNaN(operand)) return (value) => accepts(0) && Number.isNaN(value);
  const anyType = operand instanceof MinKey || operand instanceof MaxKey;
  const tag = keyOf(operand).charAt(0);
  return (value) => {
    if (value === undefined || Number.isNaN(value)) return false;
    if (typeof value === 'number' && typeof operand === 'number')
      return accepts(compareValues(value, operand));
    if (typeof value === 'string' && typeof operand !== 'string' && !anyType) return false;
    return (anyType || keyOf(value).startsWith(tag)) && accepts(compareValues(value, operand));
  };
}

function listOf(name: string, operand: Value): Value[] {
  return Array.isArray(operand) ? operand : fail(2, `${name} needs an array`);
}

function membership(operand: Value, name: string): Predicate {
  const list = listOf(name, operand);
  if (list.some(isOperators)) fail(2, `cannot nest $ under ${name}`);
  const keys = new Set(list.map(keyOf));
  const regexes = list.filter((item) => item instanceof BSONRegExp);
  const tests = regexes.map((item) => regexTest(compileRegex(item.pattern, item.options), item));
  return (value) => keys.has(keyOf(value)) || tests.some((test) => test(value));
}

/** True for `{ $op: ... }`. */
export function isOperators(value: Value): value is Doc {
  return isDoc(value) && (Object.keys(value)[0]?.startsWith('$') ?? false);
}

const typeTests: readonly [name: string, code: number, test: Predicate][] = [
  ['double', 1, (value) => typeof value === 'number' && !isInt32(value)],
  ['string', 2, (value) => typeof value === 'string'],
  ['object', 3, isDoc],
  ['array', 4, Array.isArray],
  ['binData', 5, (value) => value instanceof Binary],
  ['objectId', 7, (value) => value instanceof ObjectId],
  ['bool', 8, (value) => typeof value === 'boolean'],
  ['date', 9, (value) => value instanceof Date],
  ['null', 10, (value) => value === null],
  ['regex', 11, (value) => value instanceof BSONRegExp],
  ['javascript', 13, (value) => value instanceof Code],
  ['int', 16, (value) => typeof value === 'number' && isInt32(value)],
  ['timestamp', 17, (value) => value instanceof Timestamp],
  ['long', 18, (value) => typeof value === 'bigint'],
  ['decimal', 19, (value) => value instanceof Decimal128],
  ['minKey', -1, (value) => value instanceof MinKey],
  ['maxKey', 127, (value) => value instanceof MaxKey],
  ['number', NaN, (value) => isNumber(value) || value instanceof Decimal128],
];

function isInt32(number: number): boolean {
  return (number | 0) === number && !Object.is(number, -0);
}

function typeTest(operand: Value): Predicate {
  const wanted = Array.isArray(operand) ? operand : [operand];
  if (wanted.length === 0) fail(9, '$type must match at least one type');
  const tests = wanted.map((type) => {
    const found = typeTests.find(([name, code]) => type === name || Number(type) === code);
    return found
      ? found[2]
      : fail(2, `Unknown type name alias or invalid numerical type code: ${show(type)}`);
  });
  return (value) => tests.some((test) => test(value));
}

function modulo(operand: Value): Predicate {
  const [divisor, rest, ...more] = listOf('malformed mod, $mod', operand);
  if (!isNumber(divisor) || !isNumber(rest) || more.length > 0)
    return fail(2, 'malformed mod, needs two numbers');
  const by = BigInt(Math.trunc(Number(divisor)));
  const wanted = BigInt(Math.trunc(Number(rest)));
  if (by === 0n) fail(2, 'divisor cannot be 0');
  return (value) =>
    typeof value === 'bigint'
      ? value % by === wanted
      : typeof value === 'number' && Number.isFinite(value) && BigInt(Math.trunc(value)) % by === wanted;
}

function elementMatch(operand: Value): Predicate {
  if (!isDoc(operand)) return fail(2, '$elemMatch needs an Object');
  const logical = ['$and', '$or', '$nor'].includes(Object.keys(operand)[0] ?? '');
  if (isOperators(operand) && !logical) {
    const test = compileOperators({ path: [], elements: false }, operand);
    return (value) => Array.isArray(value) && value.some(test);
  }
  const test = compileFilter(operand);
  return (value) =>
    Array.isArray(value) &&
    value.some((element) => (isDoc(element) || Array.isArray(element)) && test(element));
}

function size(operand: Value): Predicate {
  const wanted = Number(operand);
  if (!isNumber(operand) || !Number.isInteger(wanted)) fail(2, 'Failed to parse $size. Expected an integer');
  if (wanted < 0) fail(2, 'Failed to parse $size. Expected a non-negative number');
  return (value) => Array.isArray(value) && value.length === wanted;
}

function all(site: Site, operand: Value): Predicate {
  const tests = listOf('$all', operand).map((item) =>
    isOperators(item) ? compileOperators(site, item) : compileEquality(site, item),
  );
  return (root) => tests.length > 0 && tests.every((test) => test(root));
}

function negated(site: Site, operand: Value): Predicate {
  if (operand instanceof BSONRegExp) return not(compileEquality(site, operand));
  if (!isDoc(operand)) return fail(2, '$not needs a regex or a document');
  if (Object.keys(operand).length === 0) fail(2, '$not cannot be empty');
  return not(compileOperators(site, operand));
}

const truthy = (value: Value): boolean => value !== false && value !== 0 && value !== 0n && value !== null;

const operators = new Map<string, OperatorCompiler>([
  ['$eq', (site, operand) => each(site, equality(operand))],
  [
    '$ne',
    (site, operand) =>
      operand instanceof BSONRegExp
        ? fail(2, "Can't have regex as arg to $ne.")
        : not(each(site, equality(operand))),
  ],
  [
    '$gt',
    (site, operand) =>
      each(
        site,
        comparison(operand, (order) => order > 0),
      ),
  ],
  [
    '$gte',
    (site, operand) =>
      each(
        site,
        comparison(operand, (order) => order >= 0),
      ),
  ],
  [
    '$lt',
    (site, operand) =>
      each(
        site,
        comparison(operand, (order) => order < 0),
      ),
  ],
  [
    '$lte',
    (site, operand) =>
      each(
        site,
        comparison(operand, (order) => order <= 0),
      ),
  ],
  ['$in', (site, operand) => each(site, membership(operand, '$in'))],
  ['$nin', (site, operand) => not(each(site, membership(operand, '$nin')))],
  ['$regex', (site, operand, { $options }) => compileRegexOperator(site, operand, $options)],
  [
    '$options',
    (_site, _operand, siblings) => ('$regex' in siblings ? () => true : fail(2, '$options needs a $regex')),
  ],
  ['$mod', (site, operand) => each(site, modulo(operand))],
  ['$type', (site, operand) => each(site, typeTest(operand))],
  ['$size', (site, operand) => whole(site, size(operand))],
  ['$elemMatch', (site, operand) => whole(site, elementMatch(operand))],
  ['$all', all],
  ['$not', negated],
  [
    '$exists',
    (site, operand) => {
      const exists = whole(site, (value) => value !== undefined);
      return truthy(operand) ? exists : not(exists);
    },
  ],
]);

const mongoOnly = ['$geoWithin', '$geoIntersects', '$near', '$nearSphere', '$bitsAllSet', '$bitsAnySet'];
const mongoOnlyTop = ['$expr', '$text', '$jsonSchema', '$bitsAllClear', '$bitsAnyClear', '$sampleRate'];

function compileRegexOperator(site: Site, operand: Value, options: Value): Predicate {
  const literal = operand instanceof BSONRegExp ? operand : undefined;
  return each(site, regexTest(regexOperand(operand, options), literal));
}

function compileEquality(site: Site, operand: Value): Predicate {
  if (!(operand instanceof BSONRegExp)) return each(site, equality(operand));
  return compileRegexOperator(site, operand, undefined);
}

function compileOperators(site: Site, expression: Doc): Predicate {
  const tests = Object.entries(expression).map(([name, operand]) => {
    if (mongoOnly.includes(name)) notServed(`The operator ${name}`);
    const compile = operators.get(name) ?? fail(2, `unknown operator: ${name}`);
    return compile(site, operand, expression);
  });
  return every(tests);
}

function every(tests: readonly Predicate[]): Predicate {
  const [first] = tests;
  if (first && tests.length === 1) return first;
  return (value) => tests.every((test) => test(value));
}

function branches(name: string, operand: Value): Predicate[] {
  if (!Array.isArray(operand) || operand.length === 0) return fail(2, `${name} must be a nonempty array`);
  return operand.map((branch) =>
    isDoc(branch) ? compileFilter(branch) : fail(2, `${name} argument's entries must be objects`),
  );
}

function compileTopLevel(name: string, operand: Value): Predicate {
  if (name === '$and') return every(branches(name, operand));
  if (name === '$comment') return () => true;
  if (name === '$where')
    return fail(238, '$where is refused: it would run JavaScript inside the database process.');
  if (name === '$or' || name === '$nor') {
    const tests = branches(name, operand);
    const any: Predicate = (value) => tests.some((test) => test(value));
    return name === '$or' ? any : not(any);
  }
  if (mongoOnlyTop.includes(name)) notServed(`The operator ${name}`);
  return fail(2, `unknown top level operator: ${name}`);
}

/** Compiles the condition on one field: a value, a regular expression or operators. */
export function compileField(field: string, operand: Value): Predicate {
  const site = { path: field.split('.'), elements: true };
  return isOperators(operand) ? compileOperators(site, operand) : compileEquality(site, operand);
}

/** Compiles a filter. Throws BadValue (2) for what MongoDB refuses, 238 for what only MongoDB can do. */
export function compileFilter(filter: Doc): Predicate {
  return every(
    Object.entries(filter).map(([name, operand]) =>
      name.startsWith('$') ? compileTopLevel(name, operand) : compileField(name, operand),
    ),
  );
}

/** Compiles a filter of the elements of an array, as `$pull` and array filters have it: a value, operators or fields. */
export function compileElement(condition: Value): Predicate {
  if (isOperators(condition) && own(condition, '$and') === undefined && own(condition, '$or') === undefined)
    return compileOperators({ path: [], elements: false }, condition);
  if (isDoc(condition)) {
    const test = compileFilter(condition);
    return (element) => isDoc(element) && test(element);
  }
  return condition instanceof BSONRegExp
    ? compileEquality({ path: [], elements: false }, condition)
    : equality(condition);
}
