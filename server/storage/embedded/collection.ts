import { ObjectId } from 'bson';
import { type Doc, decode, elements, encode, own, type Value, wrapElements } from './bson.ts';
import { fail } from './errors.ts';
import { compileFilter } from './match.ts';
import { choosePlan, type Plan } from './plan.ts';
import { sortBy, sorter } from './sort.ts';
import { type IndexSpec, SortedIndex } from './sorted-index.ts';
import type { Store } from './store.ts';
import type { Update } from './update.ts';
import { seedOf } from './update-seed.ts';

export const maxDocumentBytes = 16_777_216;

/** One version of a document: its bytes as the client sent them, decoded when first looked at. Never changes. */
export class Row {
  readonly number: number;
  readonly bytes: Uint8Array;
  private decoded: Doc | undefined;

  constructor(number: number, bytes: Uint8Array) {
    this.number = number;
    this.bytes = bytes;
  }

  get doc(): Doc {
    return (this.decoded ??= decode(this.bytes));
  }
}

export interface Query {
  readonly filter: Doc;
  readonly sort?: Doc | undefined;
  readonly skip?: number;
  /** 0 or missing: no limit. */
  readonly limit?: number;
}

export interface CollectionInfo {
  /** Number in the keys on disk. */
  readonly id: number;
  readonly database: string;
  readonly name: string;
  readonly indexes: readonly IndexSpec[];
}

export const idIndex: IndexSpec = { key: { _id: 1 }, name: '_id_', unique: true, sparse: false };

/** The documents of one collection and its indexes, in memory, with every change handed to the store. */
export class Collection {
  readonly id: number;
  readonly database: string;
  readonly name: string;
  readonly indexes: SortedIndex[];
  private readonly store: Store;
  private readonly rows = new Map<number, Row>();
  private nextRow = 1;

  constructor(info: CollectionInfo, store: Store) {
    this.id = info.id;
    this.database = info.database;
    this.name = info.name;
    this.store = store;
    this.indexes = info.indexes.map((spec) => new SortedIndex(spec));
  }

  get namespace(): string {
    return `${this.database}.${this.name}`;
  }

  get size(): number {
    return this.rows.size;
  }

  private keyOnDisk(row: number): string {
    return `${dataPrefix(this.id)}${row.toString(16).padStart(12, '0')}`;
  }

  /** Takes up documents that are on disk already. */
  load(stored: Iterable<{ key: string; bytes: Uint8Array }>): void {
    for (const { key, bytes } of stored) {
      const number = parseInt(key.slice(dataPrefix(this.id).length), 16);
      this.rows.set(number, new Row(number, bytes));
      this.nextRow = Math.max(this.nextRow, number + 1);
    }
    for (const index of this.indexes) this.build(index);
  }

  private build(index: SortedIndex): void {
    const rows = Array.from(this.rows.values(), ({ number, doc }) => ({
      row: number,
      keys: index.keysOf(doc),
    }));
    index.build(rows, (_, other) => index.duplicate(this.namespace, this.rows.get(other)?.doc ?? {}));
  }

  /** Adds an index over the documents that are there. Throws E11000 if they contradict it, and adds nothing. */
  addIndex(spec: IndexSpec): void {
    const index = new SortedIndex(spec);
    this.build(index);
    this.indexes.push(index);
  }

  dropIndex(name: string): void {
    const at = this.indexes.findIndex((index) => index.spec.name === name);
    if (at >= 0) this.indexes.splice(at, 1);
  }

  /** Removes all rows, on disk too. */
  clear(): void {
    for (const number of this.rows.keys()) this.store.del(this.keyOnDisk(number));
    this.rows.clear();
  }

  /** Inserts a document. Adds an `_id` if there is none, and moves it to the front. */
  insert(document: Uint8Array): Row {
    const row = new Row(this.nextRow, withLeadingId(document));
    checkDocument(row);
    this.place(row, undefined);
    this.nextRow++;
    return row;
  }

  /** Puts a new version in the place of an old one. */
  replace(old: Row, doc: Doc): Row {
    const bytes = withLeadingId(encode(doc));
    if (Buffer.compare(bytes, old.bytes) === 0) return old;
    const row = new Row(old.number, bytes);
    checkDocument(row);
    this.place(row, old);
    return row;
  }

  private place(row: Row, old: Row | undefined): void {
    const changes = this.indexes.map((index) => ({
      index,
      after: index.keysOf(row.doc),
      before: old ? index.keysOf(old.doc) : [],
    }));
    for (const { index, after } of changes)
      if (index.conflict(after, row.number) !== undefined) index.duplicate(this.namespace, row.doc);
    for (const { index, after, before } of changes) {
      if (sameKeys(before, after)) continue;
      index.remove(before, row.number);
      index.add(after, row.number);
    }
    this.rows.set(row.number, row);
    this.store.put(this.keyOnDisk(row.number), row.bytes);
  }

  remove(row: Row): void {
    for (const index of this.indexes) index.remove(index.keysOf(row.doc), row.number);
    this.rows.delete(row.number);
    this.store.del(this.keyOnDisk(row.number));
  }

  plan(query: Query): Plan | undefined {
    return choosePlan(this.indexes, query.filter, query.sort);
  }

  /** The rows that fit, sorted, skipped and limited, as they are now. */
  find(query: Query): Row[] {
    const { sort, skip = 0, limit = 0 } = query;
    const plan = this.plan(query);
    const inOrder = !sort || plan?.order === 'forwards' || plan?.order === 'backwards';
    const enough = inOrder && limit > 0 ? skip + limit : Infinity;
    const found = this.matching(query.filter, plan, enough);
    const key = sort && !inOrder ? sorter(sort) : undefined;
    const sorted = key ? sortBy(found, (row) => key(row.doc)) : found;
    return skip > 0 || limit > 0 ? sorted.slice(skip, limit > 0 ? skip + limit : undefined) : sorted;
  }

  private matching(filter: Doc, plan: Plan | undefined, enough: number): Row[] {
    const test = compileFilter(filter);
    const found: Row[] = [];
    for (const row of this.candidates(plan)) {
      if (!test(row.doc)) continue;
      found.push(row);
      if (found.length >= enough) break;
    }
    return found;
  }

  private *candidates(plan: Plan | undefined): Iterable<Row> {
    if (!plan) {
      yield* this.rows.values();
      return;
    }
    const seen = plan.index.multikey ? new Set<number>() : undefined;
    for (const number of plan.index.rows(plan.spans, plan.order === 'backwards')) {
      if (seen?.has(number)) continue;
      seen?.add(number);
      const row = this.rows.get(number);
      if (row) yield row;
    }
  }

  /** How many rows an answer to this query looks at. */
  examined(query: Query): number {
    return [...this.candidates(this.plan(query))].length;
  }

  /** Applies an update to one row. */
  update(row: Row, update: Update, filter: Doc): Row {
    return this.replace(row, update(decode(row.bytes), { inserting: false, filter }));
  }

  /** Inserts what an update makes of the equalities of the filter. */
  upsert(update: Update, filter: Doc): Row {
    const doc = update(seedOf(filter), { inserting: true, filter });
    return this.insert(encode(doc));
  }
}

export function dataPrefix(collection: number): string {
  return `d${collection.toString(16).padStart(8, '0')}:`;
}

function sameKeys(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((key, i) => key === b[i]);
}

function withLeadingId(document: Uint8Array): Uint8Array {
  const parts = elements(document);
  const at = parts.findIndex(({ name }) => name === '_id');
  if (at === 0) return Uint8Array.prototype.slice.call(document);
  const id = parts[at];
  if (!id) return wrapElements([encode({ _id: new ObjectId() }).subarray(4, -1), document.subarray(4, -1)]);
  return wrapElements([
    document.subarray(id.start, id.end),
    document.subarray(4, id.start),
    document.subarray(id.end, -1),
  ]);
}

function checkDocument(row: Row): void {
  if (row.bytes.length > maxDocumentBytes)
    fail(
      10334,
      `BSONObj size: ${row.bytes.length} is invalid. Size must be between 0 and ${maxDocumentBytes}`,
    );
  const id: Value = own(row.doc, '_id');
  if (Array.isArray(id)) fail(53, "The '_id' value cannot be of type array");
  const dollar = Object.keys(row.doc).find((field) => field.startsWith('$'));
  if (dollar) fail(52, `The dollar ($) prefixed field '${dollar}' in '${dollar}' is not allowed`);
}
