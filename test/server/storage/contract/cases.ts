import type { Document } from 'bson';

/** Documents, filters, and the `_id`s that each filter must find, in natural order or in that of the sort. */
export interface QueryGroup {
  readonly about: string;
  readonly documents: readonly Document[];
  readonly finds: readonly {
    readonly name: string;
    readonly filter: Document;
    readonly sort?: Document;
    readonly ids: readonly unknown[];
  }[];
}

/** One document, an update, and what becomes of it: the new document or the code of an error. */
export interface UpdateCase {
  readonly name: string;
  readonly before?: Document;
  readonly filter?: Document;
  readonly update: Document;
  readonly upsert?: boolean;
  /** The document afterwards, with its fields in this order. */
  readonly after?: Document;
  readonly modified?: number;
  readonly error?: number;
}

/** Documents, a pipeline and its answer. */
export interface AggregateCase {
  readonly name: string;
  readonly pipeline: readonly Document[];
  readonly result: readonly Document[];
}

/** Commands on one collection (`$collection` stands for its name), and the code of the error of the last one, if any. */
export interface CommandCase {
  readonly name: string;
  readonly commands: readonly Document[];
  readonly error?: number;
  /** Fields of the last answer. */
  readonly answer?: Document;
}

/** What the embedded database leaves to a real MongoDB: refused with this code and a sentence that names MONGODB_URI. */
export interface RefusalCase {
  readonly name: string;
  readonly command: Document;
  readonly code: number;
}
