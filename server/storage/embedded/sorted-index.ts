import { ObjectId } from 'bson';
import { type Doc, isDoc, own, type Value } from './bson.ts';
import { fail, notServed, show } from './errors.ts';
import { invertKey } from './key.ts';
import { keysAt } from './path.ts';
import { type Ordering, orderingsOf } from './sort.ts';

/** An index as `listIndexes` shows it. */
export interface IndexSpec {
  readonly key: Doc;
  readonly name: string;
  readonly unique: boolean;
  readonly sparse: boolean;
  readonly expireAfterSeconds?: number;
}

interface Entry {
  readonly key: string;
  readonly row: number;
}

/** A span of keys: from inclusive, to exclusive. */
export interface KeySpan {
  readonly from: string;
  readonly to: string;
}

/** Above every key that begins with the same characters, since keys use characters up to 255. */
export const above = '\u0100';

/** One index, held as an array of entries sorted by key and row number. */
export class SortedIndex {
  readonly spec: IndexSpec;
  readonly orderings: readonly Ordering[];
  /** Whether any document has had several keys here: then order and pairs of bounds cannot be relied on. */
  multikey = false;
  private entries: Entry[] = [];

  constructor(spec: IndexSpec) {
    this.spec = spec;
    this.orderings = orderingsOf(spec.key);
  }

  /** The keys of a document. Empty if a sparse index leaves it out. */
  keysOf(doc: Doc): readonly string[] {
    const parts = this.orderings.map(({ path }) => keysAt(doc, path));
    if (this.spec.sparse && !parts.some((part) => part.exists)) return [];
    this.refuseParallelArrays(parts.map((part) => part.many));
    return parts.reduce<string[]>(
      (prefixes, { keys }, at) => {
        const descending = this.orderings[at]?.direction === -1;
        const own = descending ? keys.map(invertKey) : keys;
        return prefixes.flatMap((prefix) => own.map((key) => prefix + key));
      },
      [''],
    );
  }

  private refuseParallelArrays(many: readonly boolean[]): void {
    const arrays = this.orderings.filter((_, at) => many[at]);
    if (arrays.length < 2) return;
    const roots = new Set(arrays.map(({ path }) => path[0]));
    if (roots.size > 1) fail(171, `cannot index parallel arrays [${[...roots].join('] [')}]`);
    if (this.spec.unique) notServed('A unique index over two fields of the same array');
  }

  /** A row other than the given one that has one of these keys. */
  conflict(keys: readonly string[], row: number): number | undefined {
    if (!this.spec.unique) return undefined;
    for (const key of keys) {
      for (let at = this.position(key, 0); this.entries[at]?.key === key; at++) {
        const other = this.entries[at]?.row;
        if (other !== row) return other;
      }
    }
    return undefined;
  }

  add(keys: readonly string[], row: number): void {
    if (keys.length > 1) this.multikey = true;
    for (const key of keys) {
      const last = this.entries.at(-1);
      // new identifiers usually sort last, so appending is the common case
      if (!last || last.key < key || (last.key === key && last.row < row)) this.entries.push({ key, row });
      else this.entries.splice(this.position(key, row), 0, { key, row });
    }
  }

  remove(keys: readonly string[], row: number): void {
    for (const key of keys) {
      const at = this.position(key, row);
      const entry = this.entries[at];
      if (entry?.key === key && entry.row === row) this.entries.splice(at, 1);
    }
  }

  /** Fills an empty index at once. Throws on duplicates through the callback. */
  build(
    rows: Iterable<{ row: number; keys: readonly string[] }>,
    onDuplicate: (a: number, b: number) => never,
  ): void {
    for (const { row, keys } of rows) {
      if (keys.length > 1) this.multikey = true;
      for (const key of keys) this.entries.push({ key, row });
    }
    this.entries.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : a.row - b.row));
    if (!this.spec.unique) return;
    this.entries.forEach((entry, at) => {
      const next = this.entries[at + 1];
      if (next && next.key === entry.key && next.row !== entry.row) onDuplicate(entry.row, next.row);
    });
  }

  /** Row numbers in the order of the keys, forwards or backwards. A multikey index may name a row twice. */
  *rows(spans: readonly KeySpan[], backwards = false): Iterable<number> {
    for (const span of backwards ? [...spans].reverse() : spans) {
      const [from, to] = [this.position(span.from, 0), this.position(span.to, 0)];
      for (let i = 0; i < to - from; i++) {
        const entry = this.entries[backwards ? to - 1 - i : from + i];
        if (entry) yield entry.row;
      }
    }
  }

  private position(key: string, row: number): number {
    let [low, high] = [0, this.entries.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      const entry = this.entries[middle];
      if (entry && (entry.key < key || (entry.key === key && entry.row < row))) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** What an E11000 error shows. */
  duplicate(namespace: string, doc: Doc): never {
    const keyValue: Doc = {};
    for (const { field, path } of this.orderings) keyValue[field] = shown(doc, path) ?? null;
    const text = Object.entries(keyValue).map(([field, value]) => `${field}: ${display(value)}`);
    const message = `E11000 duplicate key error collection: ${namespace} index: ${this.spec.name} dup key: { ${text.join(', ')} }`;
    return fail(11000, message, { keyPattern: this.spec.key, keyValue });
  }
}

function shown(doc: Doc, path: readonly string[]): Value {
  let value: Value = doc;
  for (const part of path) {
    const at: Value = Array.isArray(value) ? value.find(isDoc) : value;
    value = isDoc(at) ? own(at, part) : undefined;
  }
  return Array.isArray(value) ? value[0] : value;
}

function display(value: Value): string {
  if (value instanceof Date) return `new Date(${value.getTime()})`;
  if (value instanceof ObjectId) return `ObjectId('${value.toHexString()}')`;
  return typeof value === 'bigint' ? String(value) : show(value);
}
