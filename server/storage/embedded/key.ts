/**
 * Problem: MongoDB orders values of all types in one order, and needs it for comparison, sorting, indexes, grouping and uniqueness.
 * Method: each value becomes a string of bytes (characters 0 to 255) whose plain order is MongoDB's order and that never
 * is the beginning of another one. So two values are equal if their keys are, and compound keys are concatenations.
 */
import { Binary, BSONRegExp, Code, Decimal128, MaxKey, MinKey, ObjectId, Timestamp } from 'bson';
import { type Doc, isDoc, type Value } from './bson.ts';
import { notServed } from './errors.ts';

/** First character of a key: MongoDB's order of types. */
export const typeTag = {
  minKey: '\x01',
  emptyArray: '\x02',
  null: '\x03',
  number: '\x04',
  string: '\x05',
  object: '\x06',
  array: '\x07',
  binary: '\x08',
  objectId: '\x09',
  boolean: '\x0a',
  date: '\x0b',
  timestamp: '\x0c',
  regex: '\x0d',
  code: '\x0e',
  maxKey: '\x7f',
} as const;

/** The key of an empty array in an index or a sort: before null, as MongoDB has it. */
export const emptyArrayKey: string = typeTag.emptyArray;

const scratch = Buffer.alloc(8);

function doubleBytes(number: number): string {
  if (Number.isNaN(number)) return '\0'.repeat(8);
  scratch.writeDoubleBE(number === 0 ? 0 : number);
  const negative = scratch.readUInt8(0) >= 0x80;
  // negative numbers: all bits turned, so that larger magnitudes come first; others: above all negatives
  if (negative) for (let i = 0; i < 8; i++) scratch.writeUInt8(scratch.readUInt8(i) ^ 0xff, i);
  else scratch.writeUInt8(scratch.readUInt8(0) ^ 0x80, 0);
  return scratch.toString('latin1');
}

/** A 64-bit integer: the largest double not above it, then the rest (below 2^11), so that long integers stay exact. */
function bigintBytes(value: bigint): string {
  let base = Number(value);
  while (BigInt(base) > value) base -= (Math.abs(base) * Number.EPSILON) / 2;
  const rest = Number(value - BigInt(base));
  return doubleBytes(base) + String.fromCharCode(rest >> 8, rest & 0xff);
}

function stringBytes(text: string): string {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 0 || code > 127)
      return Buffer.from(text).toString('latin1').replaceAll('\0', '\0\xff') + '\0\0';
  }
  return text + '\0\0';
}

function objectBytes(doc: Doc): string {
  let bytes = '';
  for (const [name, value] of Object.entries(doc)) {
    const key = keyOf(value);
    bytes += key.charAt(0) + stringBytes(name) + key;
  }
  return bytes + '\0';
}

function classKey(value: object): string {
  if (value instanceof ObjectId) return typeTag.objectId + value.toHexString();
  if (value instanceof Date) return typeTag.date + doubleBytes(value.getTime());
  if (value instanceof Binary) return typeTag.binary + binaryBytes(value);
  if (value instanceof BSONRegExp)
    return typeTag.regex + stringBytes(value.pattern) + stringBytes(value.options);
  if (value instanceof Timestamp) return typeTag.timestamp + timestampBytes(value);
  if (value instanceof MinKey) return typeTag.minKey;
  if (value instanceof MaxKey) return typeTag.maxKey;
  if (value instanceof Code && value.scope === null) return typeTag.code + stringBytes(value.code);
  if (value instanceof Decimal128) notServed('Comparing Decimal128 values');
  return notServed('Comparing values of this type');
}

function timestampBytes(value: Timestamp): string {
  const bytes = Buffer.alloc(8);
  bytes.writeUInt32BE(value.t, 0);
  bytes.writeUInt32BE(value.i, 4);
  return bytes.toString('latin1');
}

function binaryBytes(value: Binary): string {
  const length = value.length();
  const head = Buffer.alloc(5);
  head.writeUInt32BE(length);
  head.writeUInt8(value.sub_type, 4);
  return head.toString('latin1') + Buffer.from(value.buffer.subarray(0, length)).toString('latin1');
}

/** The sortable key of a value. Missing counts as null. Throws 238 for Decimal128, which is left to a real server. */
export function keyOf(value: Value): string {
  if (value === undefined || value === null) return typeTag.null;
  if (typeof value === 'string') return typeTag.string + stringBytes(value);
  if (typeof value === 'number') return typeTag.number + doubleBytes(value) + '\0\0';
  if (typeof value === 'bigint') return typeTag.number + bigintBytes(value);
  if (typeof value === 'boolean') return typeTag.boolean + (value ? '\x01' : '\0');
  if (Array.isArray(value)) return typeTag.array + value.map(keyOf).join('') + '\0';
  if (isDoc(value)) return typeTag.object + objectBytes(value);
  return classKey(value);
}

/** Turns a key around, for descending parts of compound keys. */
export function invertKey(key: string): string {
  const bytes = Buffer.from(key, 'latin1');
  for (let i = 0; i < bytes.length; i++) bytes.writeUInt8(bytes.readUInt8(i) ^ 0xff, i);
  return bytes.toString('latin1');
}

/** -1, 0 or 1 in MongoDB's order. */
export function compareValues(a: Value, b: Value): number {
  if (typeof a === 'number' && typeof b === 'number' && !Number.isNaN(a) && !Number.isNaN(b))
    return a < b ? -1 : a > b ? 1 : 0;
  if (typeof a === 'string' && a === b) return 0;
  return compareKeys(keyOf(a), keyOf(b));
}

export function compareKeys(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

export function sameValue(a: Value, b: Value): boolean {
  return compareValues(a, b) === 0;
}
