import type { Binary, BSONRegExp, Long, ObjectId } from 'bson';
import { deserialize, type DeserializeOptions, onDemand, serialize } from 'bson';

/** Values that are kept and given back, but that no filter, index or update can look into. */
type Opaque = Binary | Long | Uint8Array;

type Scalar = null | boolean | number | string | Date | ObjectId | BSONRegExp;

/** A value inside a document, as decoded from BSON. `undefined` stands for 'missing' everywhere. */
export type Value = undefined | Scalar | Opaque | Value[] | Doc;

export interface Doc {
  [field: string]: Value;
}

/** The one place where the untyped result of the BSON library becomes our type. */
export function decode(bytes: Uint8Array, options: DeserializeOptions = {}): Doc {
  return deserialize(bytes, { promoteBuffers: false, bsonRegExp: true, ...options });
}

export function encode(doc: Doc): Uint8Array {
  return serialize(doc, { ignoreUndefined: true });
}

/** True for embedded documents only: not for arrays, dates or the classes of the BSON library. */
export function isDoc(value: unknown): value is Doc {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

/** The own field of a document, never something inherited. */
export function own(doc: Doc, field: string): Value {
  return Object.hasOwn(doc, field) ? doc[field] : undefined;
}

/** Sets a field, also one called `__proto__`. */
export function put(doc: Doc, field: string, value: Value): void {
  Object.defineProperty(doc, field, { value, writable: true, enumerable: true, configurable: true });
}

/** Where each top-level element of a document lies: its name, its first and last byte, and the first one of its value. */
export function elements(
  bytes: Uint8Array,
): { name: string; start: number; valueStart: number; end: number }[] {
  return Array.from(onDemand.parseToElements(bytes), ([, nameOffset, nameLength, offset, length]) => ({
    name: Buffer.from(bytes.buffer, bytes.byteOffset + nameOffset, nameLength).toString(),
    start: nameOffset - 1,
    valueStart: offset,
    end: offset + length,
  }));
}

/** Puts element bytes between the length and the final zero of a document. */
export function wrapElements(parts: readonly Uint8Array[]): Buffer {
  const length = parts.reduce((sum, part) => sum + part.length, 5);
  const head = Buffer.alloc(4);
  head.writeInt32LE(length);
  return Buffer.concat([head, ...parts, Buffer.alloc(1)], length);
}

/** The bytes of the fields of a document, without its frame. */
export function fieldBytes(doc: Doc): Uint8Array {
  return encode(doc).subarray(4, -1);
}

/** A field that holds an embedded document (type 3) or an array (type 4) of finished bytes. */
export function rawField(name: string, bytes: Uint8Array, type: 3 | 4 = 3): Uint8Array {
  return Buffer.concat([Buffer.from([type]), Buffer.from(`${name}\0`), bytes]);
}
