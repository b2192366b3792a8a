/**
 * Problem: MongoDB orders values of all types in one order, and needs it for comparison, sorting, indexes, grouping and uniqueness.
 * Method: each value becomes a string of bytes (characters 0 to 255) whose plain order is MongoDB's order and that never
 * is the beginning of another one. So two values are equal if their keys are, and compound keys are concatenations.
 */
import { ObjectId } from 'bson';
import { type Doc, isDoc, type Value } from './bson.ts';
import { notServed } from './errors.ts';

/** First character of a key: MongoDB's order of types. An empty array comes first in an index or a sort. */
export const typeTag = {
  emptyArray: '\x02',
  null: '\x03',
  number: '\x04',
  string: '\x05',
  object: '\x06',
  array: '\x07',
  objectId: '\x09',
  boolean: '\x0a',
  date: '\x0b',
} as const;

const scratch = Buffer.alloc(8);

function numberBytes(number: number): string {
  if (Number.isNaN(number)) return '\0'.repeat(8);
  scratch.writeDoubleBE(number === 0 ? 0 : number);
  const text = scratch.toString('latin1');
  // negative numbers: all bits turned, so that larger magnitudes come first; others: above all negatives
  return number < 0 ? invertKey(text) : String.fromCharCode(text.charCodeAt(0) ^ 0x80) + text.slice(1);
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
  const fields = Object.entries(doc).map(([name, value]) => {
    const key = keyOf(value);
    return key.charAt(0) + stringBytes(name) + key;
  });
  return fields.join('') + '\0';
}

/** The sortable key of a value. Missing counts as null. Throws 238 for types that are left to a real server. */
export function keyOf(value: Value): string {
  if (value === undefined || value === null) return typeTag.null;
  if (typeof value === 'string') return typeTag.string + stringBytes(value);
  if (typeof value === 'number') return typeTag.number + numberBytes(value);
  if (typeof value === 'boolean') return typeTag.boolean + (value ? '\x01' : '\0');
  if (Array.isArray(value)) return typeTag.array + value.map(keyOf).join('') + '\0';
  if (value instanceof Date) return typeTag.date + numberBytes(value.getTime());
  if (value instanceof ObjectId) return typeTag.objectId + value.toHexString();
  if (isDoc(value)) return typeTag.object + objectBytes(value);
  return notServed(`Comparing a value of the type ${value.constructor.name}`);
}

/** Turns a key around, for descending parts of compound keys. */
export function invertKey(key: string): string {
  return Buffer.from(Buffer.from(key, 'latin1').map((byte) => byte ^ 0xff)).toString('latin1');
}

/** -1, 0 or 1 in MongoDB's order. */
export function compareValues(a: Value, b: Value): number {
  const [left, right] = [keyOf(a), keyOf(b)];
  return left < right ? -1 : left > right ? 1 : 0;
}

export function sameValue(a: Value, b: Value): boolean {
  return keyOf(a) === keyOf(b);
}
