import {
  type BSONRegExp,
  type Binary,
  type Code,
  type Decimal128,
  deserialize,
  type MaxKey,
  type MinKey,
  type ObjectId,
  onDemand,
  serialize,
  type Timestamp,
} from 'bson';

/** A value inside a document, as decoded from BSON. `undefined` stands for 'missing' everywhere. */
export type Value =
  | undefined
  | null
  | boolean
  | number
  | bigint
  | string
  | Date
  | ObjectId
  | Binary
  | BSONRegExp
  | Timestamp
  | Decimal128
  | MinKey
  | MaxKey
  | Code
  | Value[]
  | Doc;

export interface Doc {
  [field: string]: Value;
}

/** BSON bytes that go into a reply as they are: 3 an embedded document, 4 an array. */
export interface Raw {
  readonly rawType: 3 | 4;
  readonly bytes: Uint8Array;
}

const decodeOptions = { useBigInt64: true, promoteBuffers: false, bsonRegExp: true } as const;

/** The one place where the untyped result of the BSON library becomes our type. */
export function decode(bytes: Uint8Array): Doc {
  return deserialize(bytes, decodeOptions);
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
  if (field === '__proto__') {
    Object.defineProperty(doc, field, { value, writable: true, enumerable: true, configurable: true });
  } else doc[field] = value;
}

/** Where each top-level element of a document lies: its name, and its first and last byte. */
export function elements(bytes: Uint8Array): { name: string; start: number; end: number }[] {
  return Array.from(onDemand.parseToElements(bytes), ([, nameOffset, nameLength, offset, length]) => ({
    name: Buffer.from(bytes.buffer, bytes.byteOffset + nameOffset, nameLength).toString(),
    start: nameOffset - 1,
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

function rawElement(name: string, raw: Raw): Buffer[] {
  return [Buffer.from([raw.rawType]), Buffer.from(`${name}\0`), Buffer.from(raw.bytes)];
}

/** Encodes a reply whose fields may hold stored bytes, so that what a client wrote is what it reads. */
export function encodeReply(fields: Record<string, Value | Raw>): Buffer {
  const parts = Object.entries(fields).flatMap(([name, value]) =>
    isRaw(value) ? rawElement(name, value) : [encode({ [name]: value }).subarray(4, -1)],
  );
  return wrapElements(parts);
}

/** An array of stored documents as one raw value. */
export function rawArray(documents: readonly Uint8Array[]): Raw {
  const parts = documents.flatMap((bytes, i) => rawElement(String(i), { rawType: 3, bytes }));
  return { rawType: 4, bytes: wrapElements(parts) };
}

function isRaw(value: Value | Raw): value is Raw {
  return isDoc(value) && 'rawType' in value;
}
