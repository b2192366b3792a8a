/** The aggregation expressions that are served: field paths, literals, and a short list of operators. */
import { type Doc, isDoc, own, put, type Value } from './bson.ts';
import { fail, notServed } from './errors.ts';
import { compareValues } from './key.ts';

export type Expression = (root: Doc) => Value;

function pathValue(value: Value, path: readonly string[], from: number): Value {
  const name = path[from];
  if (name === undefined) return value;
  if (isDoc(value)) return pathValue(own(value, name), path, from + 1);
  if (!Array.isArray(value)) return undefined;
  return value.map((element) => pathValue(element, path, from)).filter((found) => found !== undefined);
}

/** Compiles an expression. Refuses operators and variables that are not served (238). */
export function compileExpression(spec: Value): Expression {
  if (typeof spec === 'string' && spec.startsWith('$')) return compilePath(spec);
  if (Array.isArray(spec)) {
    const items = spec.map(compileExpression);
    return (root) => items.map((item) => item(root) ?? null);
  }
  if (!isDoc(spec)) return () => spec;
  const [first] = Object.keys(spec);
  if (first?.startsWith('$')) return compileOperator(spec, first);
  const fields = Object.entries(spec).map(([name, value]) => [name, compileExpression(value)] as const);
  return (root) => {
    const result: Doc = {};
    for (const [name, field] of fields) {
      const value = field(root);
      if (value !== undefined) put(result, name, value);
    }
    return result;
  };
}

function compilePath(spec: string): Expression {
  const path = spec.slice(1).split('.');
  if (spec === '$$REMOVE') return () => undefined;
  if (path[0] === '$ROOT' || path[0] === '$CURRENT') return (root) => pathValue(root, path, 1);
  if (spec.startsWith('$$')) notServed(`The variable ${spec}`);
  if (path.includes('')) fail(15998, 'FieldPath field names may not be empty strings.');
  return (root) => pathValue(root, path, 0);
}

function compileOperator(spec: Doc, name: string): Expression {
  if (Object.keys(spec).length !== 1)
    fail(15983, 'an expression specification must contain exactly one field');
  const operand = own(spec, name);
  if (name === '$literal') return () => operand;
  if (name === '$function' || name === '$accumulator' || name === '$where')
    fail(238, `${name} is refused: it would run JavaScript inside the database process.`);
  if (name === '$cond') return compileCondition(operand);
  const evaluate = functions.get(name);
  if (!evaluate) return notServed(`The expression ${name}`);
  const parts = (Array.isArray(operand) ? operand : [operand]).map(compileExpression);
  const [least, most] = evaluate.arity;
  if (parts.length < least || parts.length > most)
    fail(16020, `Expression ${name} takes another number of arguments`);
  return (root) => evaluate.apply(parts.map((part) => part(root)));
}

function compileCondition(operand: Value): Expression {
  const list = isDoc(operand) ? [own(operand, 'if'), own(operand, 'then'), own(operand, 'else')] : operand;
  if (!Array.isArray(list) || list.length !== 3)
    return fail(16020, 'Expression $cond takes exactly 3 arguments');
  const [test, yes, no] = list.map(compileExpression);
  return (root) => (isTrue(test?.(root)) ? yes?.(root) : no?.(root));
}

/** What counts as true in an expression. */
export function isTrue(value: Value): boolean {
  return value !== undefined && value !== null && value !== false && value !== 0 && value !== 0n;
}

interface ExpressionFunction {
  readonly arity: readonly [least: number, most: number];
  readonly apply: (args: Value[]) => Value;
}

function compared(accepts: (order: number) => boolean): ExpressionFunction {
  return {
    arity: [2, 2],
    apply: ([a, b]) => accepts(a === undefined ? (b === undefined ? 0 : -1) : compareValues(a, b)),
  };
}

/** Arithmetic on numbers: null if anything is missing, an error for other types. */
function arithmetic(
  name: string,
  least: number,
  most: number,
  apply: (a: number, b: number) => number,
): ExpressionFunction {
  return {
    arity: [least, most],
    apply: (args) => {
      if (args.some((arg) => arg === null || arg === undefined)) return null;
      const numbers = args.map((arg) =>
        typeof arg === 'number'
          ? arg
          : arg instanceof Date
            ? arg.getTime()
            : fail(14, `${name} only supports numeric types`),
      );
      const [first = 0, ...others] = numbers;
      const result = others.reduce(apply, first);
      const dates = args.filter((arg) => arg instanceof Date).length;
      return dates === 1 && name !== '$multiply' && name !== '$divide' ? new Date(result) : result;
    },
  };
}

function text(name: string, change: (text: string) => string): [string, ExpressionFunction] {
  const apply = ([value]: Value[]): Value =>
    value === null || value === undefined
      ? ''
      : typeof value === 'string'
        ? change(value)
        : fail(14, `${name} needs a string`);
  return [name, { arity: [1, 1], apply }];
}

const functions: ReadonlyMap<string, ExpressionFunction> = new Map<string, ExpressionFunction>([
  ['$eq', compared((order) => order === 0)],
  ['$ne', compared((order) => order !== 0)],
  ['$gt', compared((order) => order > 0)],
  ['$gte', compared((order) => order >= 0)],
  ['$lt', compared((order) => order < 0)],
  ['$lte', compared((order) => order <= 0)],
  ['$and', { arity: [0, Infinity], apply: (args) => args.every(isTrue) }],
  ['$or', { arity: [0, Infinity], apply: (args) => args.some(isTrue) }],
  ['$not', { arity: [1, 1], apply: ([value]) => !isTrue(value) }],
  [
    '$ifNull',
    {
      arity: [2, Infinity],
      apply: (args) => args.find((arg) => arg !== null && arg !== undefined) ?? args.at(-1),
    },
  ],
  ['$add', arithmetic('$add', 0, Infinity, (a, b) => a + b)],
  ['$subtract', { ...arithmetic('$subtract', 2, 2, (a, b) => a - b) }],
  ['$multiply', arithmetic('$multiply', 0, Infinity, (a, b) => a * b)],
  ['$divide', arithmetic('$divide', 2, 2, (a, b) => (b === 0 ? fail(2, "can't $divide by zero") : a / b))],
  text('$toLower', (value) => value.toLowerCase()),
  text('$toUpper', (value) => value.toUpperCase()),
  ['$concat', { arity: [0, Infinity], apply: concat }],
  ['$size', { arity: [1, 1], apply: ([value]) => arrayArgument('$size', value).length }],
  [
    '$in',
    {
      arity: [2, 2],
      apply: ([item, list]) => arrayArgument('$in', list).some((other) => compareValues(item, other) === 0),
    },
  ],
  ['$arrayElemAt', { arity: [2, 2], apply: elementAt }],
]);

function concat(args: Value[]): Value {
  if (args.some((arg) => arg === null || arg === undefined)) return null;
  return args
    .map((arg) => (typeof arg === 'string' ? arg : fail(16702, '$concat only supports strings')))
    .join('');
}

function arrayArgument(name: string, value: Value): Value[] {
  return Array.isArray(value) ? value : fail(17124, `The argument to ${name} must be an array`);
}

function elementAt([list, position]: Value[]): Value {
  if (list === null || list === undefined || position === null || position === undefined) return null;
  if (typeof position !== 'number') return fail(28690, "$arrayElemAt's second argument must be a number");
  return arrayArgument('$arrayElemAt', list).at(position);
}
