import { type Doc, isDoc, own, type Value } from '../bson.ts';
import type { Catalog } from '../catalog.ts';
import { type Collection, type Query, queryOf } from '../collection.ts';
import type { Cursors } from '../cursors.ts';
import { fail, notServed } from '../errors.ts';

/** The fields of a command, or of one item of a bulk write. Whatever is not among the known ones is refused. */
export class Fields {
  private readonly body: Doc;

  constructor(body: Value, known: readonly string[], about: string) {
    this.body = isDoc(body) ? body : fail(14, `${about} must hold objects`);
    const unknown = Object.keys(this.body).find((name) => !known.includes(name));
    if (unknown) notServed(`The field '${unknown}' of ${about}`);
  }

  value(name: string): Value {
    return own(this.body, name);
  }

  /** True only for true itself. */
  flag(name: string): boolean {
    return this.value(name) === true;
  }

  /** A document; an empty one if it is missing. */
  doc(name: string): Doc {
    const value = this.value(name) ?? {};
    return isDoc(value) ? value : fail(14, `BSON field '${name}' is the wrong type, expected type 'object'`);
  }

  list(name: string): Value[] {
    const value = this.value(name);
    return Array.isArray(value) ? value : fail(14, `BSON field '${name}' is missing or no array`);
  }

  text(name: string): string {
    const value = this.value(name);
    return typeof value === 'string' && value !== ''
      ? value
      : fail(73, `Invalid '${name}': text is expected`);
  }

  /** A whole number that is not negative, if it is there. */
  count(name: string): number | undefined {
    const value = this.value(name);
    if (value === undefined || value === null) return undefined;
    if (typeof value !== 'number' || !Number.isSafeInteger(value))
      return fail(14, `BSON field '${name}' is the wrong type, expected a whole number`);
    return value < 0
      ? fail(51024, `BSON field '${name}' value must be >= 0, actual value '${value}'`)
      : value;
  }

  query(filter: string): Query {
    const [skip, limit] = [this.count('skip') ?? 0, this.count('limit') ?? 0];
    return queryOf(this.doc(filter), { sort: this.doc('sort'), skip, limit });
  }
}

/** What commands work on. */
export interface Context {
  readonly catalog: Catalog;
  readonly cursors: Cursors;
  readonly connectionId: number;
}

/** One command on its way: what it asks for, and where. */
export interface Call {
  readonly name: string;
  readonly database: string;
  readonly fields: Fields;
  readonly context: Context;
  /** The collection that it is about; reading these throws 73 for a command that names none. */
  readonly namespace: string;
  readonly collection: Collection | undefined;
  /** The collection, made if it is missing. */
  obtain(): Collection;
}

/** A command: the fields that it understands, and what it does. */
export interface Command {
  readonly fields: readonly string[];
  /** The answer: fields, to which `ok: 1` is added, or finished bytes. */
  readonly run: (call: Call) => Doc | Uint8Array;
}
