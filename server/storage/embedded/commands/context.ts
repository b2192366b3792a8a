import type { Doc, Value } from '../bson.ts';
import { own } from '../bson.ts';
import type { Catalog } from '../catalog.ts';
import type { Collection } from '../collection.ts';
import type { Cursors } from '../cursors.ts';
import { fail, notServed } from '../errors.ts';
import type { Request } from '../wire.ts';

/** What commands work on. */
export interface Context {
  readonly catalog: Catalog;
  readonly cursors: Cursors;
  readonly startedAt: Date;
  readonly connectionId: number;
}

/** A command: which fields it understands (any other is refused), and what it does. */
export interface Command {
  readonly fields: readonly string[];
  /** The answer: fields, to which `ok: 1` is added, or finished bytes. */
  readonly run: (request: Request, context: Context) => Doc | Buffer;
}

export function isInteger(value: Value): value is number | bigint {
  return typeof value === 'bigint' || (typeof value === 'number' && Number.isInteger(value));
}

/** An optional count among the fields of a command. Throws for anything but a whole number that is not negative. */
export function countField(body: Doc, name: string): number | undefined {
  const value = own(body, name);
  if (value === undefined || value === null) return undefined;
  if (!isInteger(value)) return fail(14, `BSON field '${name}' is the wrong type, expected a whole number`);
  return value < 0
    ? fail(51024, `BSON field '${name}' value must be >= 0, actual value '${value}'`)
    : Number(value);
}

export function docField(body: Doc, name: string): Doc {
  const value = own(body, name);
  if (value === undefined || value === null) return {};
  if (typeof value !== 'object' || Array.isArray(value) || Object.getPrototypeOf(value) !== Object.prototype)
    return fail(14, `BSON field '${name}' is the wrong type, expected type 'object'`);
  return value as Doc;
}

export function listField(body: Doc, name: string): Value[] {
  const value = own(body, name);
  return Array.isArray(value) ? value : fail(14, `BSON field '${name}' is missing or no array`);
}

/** The name of the collection that a command is about. */
export function collectionName(request: Request): string {
  const name = own(request.body, request.name);
  if (typeof name !== 'string') return fail(73, `collection name has invalid type for ${request.name}`);
  return name === '' ? fail(73, `Invalid namespace specified '${request.database}.'`) : name;
}

export function existingCollection(request: Request, context: Context): Collection | undefined {
  return context.catalog.find(request.database, collectionName(request));
}

/** Refuses collations other than the plain binary one. */
export function refuseCollation(body: Doc): void {
  const collation = own(body, 'collation');
  if (collation === undefined) return;
  const locale = docField(body, 'collation')['locale'];
  if (locale !== 'simple') notServed('A collation');
}
