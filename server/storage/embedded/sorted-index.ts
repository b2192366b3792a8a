import type { Doc, Value } from './bson.ts';
import { fail, notServed, show } from './errors.ts';
import { invertKey } from './key.ts';
import { childOf, keysAt, type Ordering, orderingsOf } from './path.ts';

/** An index as `listIndexes` shows it. */
export interface IndexSpec {
  readonly key: Doc;
  readonly name: string;
  readonly unique: boolean;
  readonly expireAfterSeconds?: number | undefined;
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

function compareEntries(a: Entry, b: Entry): number {
  return a.key < b.key ? -1 : a.key > b.key ? 1 : a.row - b.row;
}

/** One index, held as an array of entries sorted by key and row number. */
export class SortedIndex {
  readonly spec: IndexSpec;
  readonly orderings: readonly Ordering[];
  /** Whether any document has had several keys here: then order and pairs of bounds cannot be relied on. */
  multikey = false;
  private readonly entries: Entry[] = [];

  constructor(spec: IndexSpec) {
    this.spec = spec;
    this.orderings = orderingsOf(spec.key);
  }

  /** The keys of a document: one, or one for each element of an array. */
  keysOf(doc: Doc): readonly string[] {
    const parts = this.orderings.map(({ path, direction }) => ({ direction, ...keysAt(doc, path) }));
    if (parts.filter(({ inArray }) => inArray).length > 1) notServed('An index over two arrays');
    return parts.reduce<readonly string[]>(
      (prefixes, { keys, direction }) => {
        const turned = direction === 1 ? keys : keys.map(invertKey);
        return prefixes.flatMap((prefix) => turned.map((key) => prefix + key));
      },
      [''],
    );
  }

  /** Whether a row other than the given one has one of these keys, where that is not allowed. */
  conflicts(keys: readonly string[], row: number): boolean {
    if (!this.spec.unique) return false;
    return keys.some((key) => {
      const entry = this.entries[this.position({ key, row: 0 })];
      return entry?.key === key && entry.row !== row;
    });
  }

  add(keys: readonly string[], row: number): void {
    if (keys.length > 1) this.multikey = true;
    for (const key of keys) this.entries.splice(this.position({ key, row }), 0, { key, row });
  }

  remove(keys: readonly string[], row: number): void {
    for (const key of keys) {
      const at = this.position({ key, row });
      const entry = this.entries[at];
      if (entry?.key === key && entry.row === row) this.entries.splice(at, 1);
    }
  }

  /** Fills an empty index at once. Gives a row whose key another one has too, where that is not allowed. */
  build(rows: Iterable<{ readonly number: number; readonly doc: Doc }>): number | undefined {
    for (const { number: row, doc } of rows) {
      const keys = this.keysOf(doc);
      if (keys.length > 1) this.multikey = true;
      for (const key of keys) this.entries.push({ key, row });
    }
    this.entries.sort(compareEntries);
    const repeats = ({ key, row }: Entry, at: number): boolean =>
      this.entries[at - 1]?.key === key && this.entries[at - 1]?.row !== row;
    return this.spec.unique ? this.entries.find(repeats)?.row : undefined;
  }

  /** Row numbers in the order of the keys, forwards or backwards. A multikey index may name a row twice. */
  *rows(spans: readonly KeySpan[], backwards = false): Iterable<number> {
    for (const span of spans) {
      const from = this.position({ key: span.from, row: 0 });
      const count = this.position({ key: span.to, row: 0 }) - from;
      for (let i = 0; i < count; i++) {
        const entry = this.entries[from + (backwards ? count - 1 - i : i)];
        if (entry) yield entry.row;
      }
    }
  }

  /** How many entries lie in the spans. */
  count(spans: readonly KeySpan[]): number {
    return spans.reduce(
      (sum, { from, to }) => sum + this.position({ key: to, row: 0 }) - this.position({ key: from, row: 0 }),
      0,
    );
  }

  /** Where the entry is, or would be. */
  private position(wanted: Entry): number {
    let [low, high] = [0, this.entries.length];
    // the last place is tried first: new identifiers usually sort last
    for (let middle = high - 1; low < high; middle = (low + high) >>> 1) {
      const entry = this.entries[middle];
      if (entry && compareEntries(entry, wanted) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Throws the E11000 error of a document. */
  refuseDuplicate(namespace: string, doc: Doc): never {
    const values = this.orderings.map(
      ({ field, path }) => [field, path.reduce<Value>(childOf, doc) ?? null] as const,
    );
    const text = values.map(([field, value]) => `${field}: ${show(value)}`).join(', ');
    const message = `E11000 duplicate key error collection: ${namespace} index: ${this.spec.name} dup key: { ${text} }`;
    return fail(11000, message, { keyPattern: this.spec.key, keyValue: Object.fromEntries(values) });
  }
}
