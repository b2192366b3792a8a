/** What each update operator does to the value of one field. */
import { Decimal128, Timestamp } from 'bson';
import { type Doc, isDoc, own, type Value } from './bson.ts';
import { fail, notServed, show } from './errors.ts';
import { compareKeys, compareValues, sameValue } from './key.ts';
import { compileElement } from './match.ts';
import { sorter } from './sort.ts';

/** From the current value (undefined: none) to the next one (undefined: remove the field). */
export type FieldChange = (current: Value) => Value;

type OperatorCompiler = (operand: Value, field: string) => FieldChange;

/** Operators that never create what is missing. */
export const onlyExisting: ReadonlySet<string> = new Set(['$unset', '$pull', '$pullAll', '$pop']);

/** Adds or multiplies. Whole numbers beyond 32 bits become 64-bit integers, as in MongoDB; these stay exact. */
function arithmetic(
  name: string,
  combine: (a: bigint, b: bigint) => bigint,
  approximate: (a: number, b: number) => number,
) {
  return (operand: Value, field: string): FieldChange => {
    if (operand instanceof Decimal128) notServed('Arithmetic with Decimal128 values');
    if (typeof operand !== 'number' && typeof operand !== 'bigint')
      return fail(14, `Cannot ${name} with non-numeric argument: {${field}: ${show(operand)}}`);
    return (current) => {
      if (current instanceof Decimal128) notServed('Arithmetic with Decimal128 values');
      const from =
        current ??
        (current === null ? undefined : name === 'increment' ? 0 : typeof operand === 'bigint' ? 0n : 0);
      if (typeof from !== 'number' && typeof from !== 'bigint')
        return fail(
          14,
          `Cannot apply $inc to a value of non-numeric type. The field '${field}' is not a number`,
        );
      if (isWhole(from) && isWhole(operand))
        return wholeResult(combine(BigInt(from), BigInt(operand)), from, operand);
      return approximate(Number(from), Number(operand));
    };
  };
}

function isWhole(value: number | bigint): boolean {
  return typeof value === 'bigint' || (Number.isInteger(value) && Math.abs(value) < 2 ** 31);
}

function wholeResult(result: bigint, a: Value, b: Value): Value {
  if (BigInt.asIntN(64, result) !== result) fail(2, 'Failed to apply $inc: integer overflow');
  const long = typeof a === 'bigint' || typeof b === 'bigint' || BigInt.asIntN(32, result) !== result;
  return long ? result : Number(result);
}

function extreme(sign: 1 | -1): OperatorCompiler {
  return (operand) => (current) =>
    current === undefined || compareValues(operand, current) * sign > 0 ? operand : current;
}

function arrayOf(current: Value, operator: string, field: string): Value[] {
  if (current === undefined) return [];
  return Array.isArray(current)
    ? current
    : fail(2, `The field '${field}' must be an array but is of another type, for ${operator}`);
}

const pushModifiers = ['$each', '$slice', '$sort', '$position'];

function push(operand: Value, field: string): FieldChange {
  const modifiers: Doc = isDoc(operand) && '$each' in operand ? operand : { $each: [operand] };
  const unknown = Object.keys(modifiers).find((name) => !pushModifiers.includes(name));
  if (unknown) fail(2, `Unrecognized clause in $push: ${unknown}`);
  const items = own(modifiers, '$each');
  if (!Array.isArray(items)) return fail(2, `The argument to $each in $push must be an array: ${field}`);
  const position = integer(modifiers, '$position');
  const slice = integer(modifiers, '$slice');
  const sort = own(modifiers, '$sort');
  const order = sort === undefined ? undefined : elementOrder(sort);
  return (current) => {
    const array = [...arrayOf(current, '$push', field)];
    array.splice(position ?? array.length, 0, ...items);
    if (order) array.sort(order);
    if (slice === undefined) return array;
    return slice < 0 ? array.slice(slice) : array.slice(0, slice);
  };
}

function elementOrder(sort: Value): (a: Value, b: Value) => number {
  if (sort === 1) return compareValues;
  if (sort === -1) return (a, b) => compareValues(b, a);
  if (!isDoc(sort))
    return fail(2, 'The $sort is invalid: use 1/-1 to sort the whole element, or {field:1/-1}');
  const key = sorter(sort);
  return (a, b) => compareKeys(key(isDoc(a) ? a : {}), key(isDoc(b) ? b : {}));
}

function integer(modifiers: Doc, name: string): number | undefined {
  const value = own(modifiers, name);
  if (value === undefined) return undefined;
  const number = Number(value);
  if ((typeof value !== 'number' && typeof value !== 'bigint') || !Number.isInteger(number))
    return fail(2, `The value for ${name} must be an integer value`);
  return number;
}

function addToSet(operand: Value, field: string): FieldChange {
  const each = isDoc(operand) ? own(operand, '$each') : undefined;
  if (each !== undefined && !Array.isArray(each))
    return fail(14, `The argument to $each in $addToSet must be an array: ${field}`);
  if (isDoc(operand) && each && Object.keys(operand).length > 1)
    return fail(2, 'Found unexpected fields after $each in $addToSet');
  return (current) => {
    const array = [...arrayOf(current, '$addToSet', field)];
    for (const item of each ?? [operand]) if (!array.some((old) => sameValue(old, item))) array.push(item);
    return array;
  };
}

function pull(operand: Value, field: string): FieldChange {
  const test = compileElement(operand);
  return (current) => arrayOf(current, '$pull', field).filter((element) => !test(element));
}

function pullAll(operand: Value, field: string): FieldChange {
  if (!Array.isArray(operand)) return fail(2, `$pullAll requires an array argument: ${field}`);
  return (current) =>
    arrayOf(current, '$pullAll', field).filter(
      (element) => !operand.some((item) => sameValue(item, element)),
    );
}

function pop(operand: Value, field: string): FieldChange {
  if (operand !== 1 && operand !== -1) return fail(9, `$pop expects 1 or -1: ${field}`);
  return (current) => {
    if (!Array.isArray(current)) return fail(14, `Path '${field}' contains an element of non-array type`);
    return operand === 1 ? current.slice(0, -1) : current.slice(1);
  };
}

function currentDate(operand: Value, field: string): FieldChange {
  const type = isDoc(operand) ? own(operand, '$type') : operand;
  if (type === true || type === 'date') return () => new Date();
  if (type === 'timestamp') return () => new Timestamp({ t: Math.floor(Date.now() / 1000), i: 1 });
  return fail(2, `$currentDate needs true or a $type of 'date' or 'timestamp': ${field}`);
}

export const fieldOperators: ReadonlyMap<string, OperatorCompiler> = new Map<string, OperatorCompiler>([
  ['$set', (operand) => () => operand],
  ['$setOnInsert', (operand) => () => operand],
  ['$unset', () => () => undefined],
  [
    '$inc',
    arithmetic(
      'increment',
      (a, b) => a + b,
      (a, b) => a + b,
    ),
  ],
  [
    '$mul',
    arithmetic(
      'multiply',
      (a, b) => a * b,
      (a, b) => a * b,
    ),
  ],
  ['$max', extreme(1)],
  ['$min', extreme(-1)],
  ['$push', push],
  ['$addToSet', addToSet],
  ['$pull', pull],
  ['$pullAll', pullAll],
  ['$pop', pop],
  ['$currentDate', currentDate],
  ['$bit', () => notServed('The update operator $bit')],
]);
