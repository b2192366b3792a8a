import { ObjectId } from 'bson';
import { type Doc, decode, elements, fieldBytes, own, wrapElements } from './bson.ts';
import { fail } from './errors.ts';
import { compileFilter, type Test } from './match.ts';
import { orderingsOf, sortBy } from './path.ts';
import { applyPatch, type Changed, joinPieces, patchOf, piecesOf } from './pieces.ts';
import { choosePlan, isExact, type Plan } from './plan.ts';
import { type IndexSpec, SortedIndex } from './sorted-index.ts';
import type { Store } from './store.ts';

export const maxDocumentBytes = 16_777_216;

/** One version of a document: its bytes as the client sent them, and what they say. Never changes. */
export interface Row {
  readonly number: number;
  readonly bytes: Uint8Array;
  readonly doc: Doc;
  /** On disk it is an older version with patches behind it: how many, and their bytes together. */
  readonly patches: { readonly count: number; readonly bytes: number };
}

/** From this size on small changes are written as patches. */
const largeBytes = 16_384;
/** With so many patches, or with as many bytes of them as it has itself, a document is written whole again. */
const patchesMost = 64;
const noPatches = { count: 0, bytes: 0 };

/** A checked filter with what may come beside it. A limit of 0 is none. */
export interface Query {
  readonly filter: Doc;
  readonly test: Test;
  readonly sort?: Doc | undefined;
  readonly skip: number;
  readonly limit: number;
}

/** Checks and compiles a query: a wrong one is refused here, whatever the collection holds. */
export function queryOf(filter: Doc, rest: Partial<Query> = {}): Query {
  const sort = rest.sort && orderingsOf(rest.sort).length > 0 ? rest.sort : undefined;
  return { filter, test: compileFilter(filter), sort, skip: rest.skip ?? 0, limit: rest.limit ?? 0 };
}

export interface CollectionInfo {
  /** Number in the keys on disk. */
  readonly id: number;
  readonly database: string;
  readonly name: string;
  readonly indexes: readonly IndexSpec[];
}

export const idIndex: IndexSpec = { key: { _id: 1 }, name: '_id_', unique: true };

/** The documents of one collection and its indexes, in memory, with every change handed to the store. */
export class Collection {
  readonly info: CollectionInfo;
  readonly namespace: string;
  readonly indexes: SortedIndex[];
  private readonly store: Pick<Store, 'put' | 'del'>;
  private readonly rows = new Map<number, Row>();
  private nextRow = 1;

  constructor(info: CollectionInfo, store: Pick<Store, 'put' | 'del'>) {
    this.info = info;
    this.namespace = `${info.database}.${info.name}`;
    this.store = store;
    this.indexes = info.indexes.map((spec) => new SortedIndex(spec));
  }

  private keyOnDisk(row: number): string {
    return `${dataPrefix(this.info.id)}${row.toString(16).padStart(12, '0')}`;
  }

  /** Sorts behind the row and before the next one; patches count from 1. */
  private patchKey(row: number, patch: number): string {
    return `${this.keyOnDisk(row)}.${patch.toString(16).padStart(4, '0')}`;
  }

  private forgetPatches({ number, patches }: Row): void {
    for (let patch = 1; patch <= patches.count; patch++) this.store.del(this.patchKey(number, patch));
  }

  /** Takes up documents that are on disk already. */
  async load(stored: AsyncIterable<[key: string, bytes: Uint8Array]>): Promise<void> {
    let last: Omit<Row, 'doc'> | undefined;
    const take = (): void => {
      if (last) this.rows.set(last.number, { ...last, doc: decode(last.bytes) });
    };
    for await (const [key, bytes] of stored) {
      const [row = '', patch] = key.slice(dataPrefix(this.info.id).length).split('.');
      if (patch !== undefined && last) {
        const patches = { count: last.patches.count + 1, bytes: last.patches.bytes + bytes.length };
        last = { ...last, bytes: applyPatch(last.bytes, bytes), patches };
        continue;
      }
      take();
      last = { number: parseInt(row, 16), bytes, patches: noPatches };
      this.nextRow = Math.max(this.nextRow, last.number + 1);
    }
    take();
    for (const index of this.indexes) this.fill(index);
  }

  private fill(index: SortedIndex): void {
    const duplicate = index.build(this.rows.values());
    if (duplicate !== undefined) index.refuseDuplicate(this.namespace, this.rows.get(duplicate)?.doc ?? {});
  }

  /** Adds an index over the documents that are there. Throws E11000 if they contradict it, and adds nothing. */
  addIndex(spec: IndexSpec): void {
    const index = new SortedIndex(spec);
    this.fill(index);
    this.indexes.push(index);
  }

  /** Removes all rows, on disk too. */
  clear(): void {
    for (const row of this.rows.values()) {
      this.forgetPatches(row);
      this.store.del(this.keyOnDisk(row.number));
    }
    this.rows.clear();
  }

  /** Adds a document; one without an `_id` is given one. */
  insert(document: Uint8Array): Row {
    const bytes = withLeadingId(document);
    const row = { number: this.nextRow, bytes, doc: decode(bytes), patches: noPatches };
    this.place(row, undefined);
    this.store.put(this.keyOnDisk(row.number), bytes);
    this.nextRow++;
    return row;
  }

  /**
   * Puts a changed copy of a document in its place. What the copy shares with the old one is neither read nor written anew: of a large
   * document a small change costs little. Gives the old row if nothing changed.
   */
  replace(old: Row, changed: Changed): Row {
    if (changed.doc === old.doc) return old;
    const pieces = piecesOf(changed, old);
    const bytes = joinPieces(pieces, old.bytes);
    if (Buffer.compare(bytes, old.bytes) === 0) return old;
    const patch = bytes.length < largeBytes ? undefined : patchOf(pieces);
    const patches = {
      count: old.patches.count + 1,
      bytes: old.patches.bytes + (patch?.length ?? 0),
    };
    const { number } = old;
    if (patch && patches.count <= patchesMost && patches.bytes < bytes.length) {
      const row = { number, bytes, doc: changed.doc, patches };
      this.place(row, old);
      this.store.put(this.patchKey(number, patches.count), patch);
      return row;
    }
    const row = { number, bytes, doc: changed.doc, patches: noPatches };
    this.place(row, old);
    this.store.put(this.keyOnDisk(number), bytes);
    this.forgetPatches(old);
    return row;
  }

  /** Takes a version into the indexes and into memory. Throws, and changes nothing, where it may not be. */
  private place(row: Row, old: Row | undefined): void {
    checkDocument(row);
    const changes = this.indexes.map((index) => ({
      index,
      after: index.keysOf(row.doc),
      before: old ? index.keysOf(old.doc) : [],
    }));
    for (const { index, after } of changes)
      if (index.conflicts(after, row.number)) index.refuseDuplicate(this.namespace, row.doc);
    for (const { index, after, before } of changes) {
      if (before.join() === after.join()) continue;
      index.remove(before, row.number);
      index.add(after, row.number);
    }
    this.rows.set(row.number, row);
  }

  remove(row: Row): void {
    for (const index of this.indexes) index.remove(index.keysOf(row.doc), row.number);
    this.rows.delete(row.number);
    this.forgetPatches(row);
    this.store.del(this.keyOnDisk(row.number));
  }

  /** The rows that fit, sorted, skipped and limited, as they are now. */
  find(query: Query): Row[] {
    const { test, sort, skip, limit } = query;
    const plan = choosePlan(this.indexes, query.filter, sort);
    const inOrder = !sort || (plan !== undefined && plan.order !== 'none');
    const end = limit > 0 ? skip + limit : Infinity;
    const found: Row[] = [];
    for (const row of this.candidates(plan)) {
      if (test(row.doc)) found.push(row);
      if (inOrder && found.length >= end) break;
    }
    return (inOrder ? found : sortBy(found, sort, ({ doc }) => doc)).slice(skip, end);
  }

  /** How many rows fit, counted in an index where that is enough. */
  count(query: Query): number {
    const { filter, skip, limit } = query;
    if (skip > 0 || limit > 0) return this.find(query).length;
    if (Object.keys(filter).length === 0) return this.rows.size;
    const plan = choosePlan(this.indexes, filter);
    if (plan && isExact(plan, filter)) return plan.index.count(plan.spans);
    return this.find(query).length;
  }

  /** The rows that a plan leaves to be tested. */
  *candidates(plan: Plan | undefined): Iterable<Row> {
    const numbers = plan ? plan.index.rows(plan.spans, plan.order === 'backwards') : this.rows.keys();
    // an array may have led to the same row twice
    const once = plan?.index.multikey ? new Set(numbers) : numbers;
    for (const number of once) {
      const row = this.rows.get(number);
      if (row) yield row;
    }
  }
}

export function dataPrefix(collection: number): string {
  return `d${collection.toString(16).padStart(8, '0')}:`;
}

function withLeadingId(document: Uint8Array): Uint8Array {
  const parts = elements(document);
  const id = parts.find(({ name }) => name === '_id');
  if (!id) return wrapElements([fieldBytes({ _id: new ObjectId() }), document.subarray(4, -1)]);
  // a copy in any case: the client's bytes are a part of a larger message
  return wrapElements([
    document.subarray(id.start, id.end),
    document.subarray(4, id.start),
    document.subarray(id.end, -1),
  ]);
}

function checkDocument({ bytes, doc }: Row): void {
  if (bytes.length > maxDocumentBytes)
    fail(10334, `BSONObj size: ${bytes.length} is invalid. Size must be between 0 and ${maxDocumentBytes}`);
  if (Array.isArray(own(doc, '_id'))) fail(53, "The '_id' value cannot be of type array");
  const dollar = Object.keys(doc).find((field) => field.startsWith('$'));
  if (dollar) fail(52, `The dollar ($) prefixed field '${dollar}' is not allowed`);
}
