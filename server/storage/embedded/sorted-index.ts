import type { Doc, Value } from './bson.ts';
import { fail, notServed, show } from './errors.ts';
import { invertKey } from './key.ts';
import { childOf, keysAt, type Ordering, orderingsOf } from './path.ts';
import { type Entry, type KeySpan, SortedEntries } from './sorted-entries.ts';

/** An index as `listIndexes` shows it. */
export interface IndexSpec {
  readonly key: Doc;
  readonly name: string;
  readonly unique: boolean;
  readonly expireAfterSeconds?: number | undefined;
}

/** Above every key that begins with the same characters, since keys use characters up to 255. */
export const above = '\u0100';

/** One index: for each key of each document an entry with its row number. */
export class SortedIndex {
  readonly spec: IndexSpec;
  readonly orderings: readonly Ordering[];
  /** Whether any document has had several keys here: then order and pairs of bounds cannot be relied on. */
  multikey = false;
  private readonly entries = new SortedEntries();

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
      const entry = this.entries.first(key);
      return entry !== undefined && entry.row !== row;
    });
  }

  add(keys: readonly string[], row: number): void {
    if (keys.length > 1) this.multikey = true;
    for (const key of keys) this.entries.add({ key, row });
  }

  remove(keys: readonly string[], row: number): void {
    for (const key of keys) this.entries.remove({ key, row });
  }

  /** Fills an empty index at once. Gives a row whose key another one has too, where that is not allowed. */
  build(rows: Iterable<{ readonly number: number; readonly doc: Doc }>): number | undefined {
    const entries: Entry[] = [];
    for (const { number: row, doc } of rows) {
      const keys = this.keysOf(doc);
      if (keys.length > 1) this.multikey = true;
      for (const key of keys) entries.push({ key, row });
    }
    this.entries.fill(entries);
    const repeats = ({ key, row }: Entry, at: number): boolean =>
      entries[at - 1]?.key === key && entries[at - 1]?.row !== row;
    return this.spec.unique ? entries.find(repeats)?.row : undefined;
  }

  /** Row numbers in the order of the keys, forwards or backwards. A multikey index may name a row twice. */
  *rows(spans: readonly KeySpan[], backwards = false): Iterable<number> {
    for (const span of spans) yield* this.entries.rows(span, backwards);
  }

  /** How many entries lie in the spans. */
  count(spans: readonly KeySpan[]): number {
    return spans.reduce((sum, span) => sum + this.entries.count(span), 0);
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
