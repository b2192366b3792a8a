/** A key and the row that has it. */
export interface Entry {
  readonly key: string;
  readonly row: number;
}

/** A span of keys: from inclusive, to exclusive. */
export interface KeySpan {
  readonly from: string;
  readonly to: string;
}

/** So many lie in one block: enough that there are few blocks, few enough that making room among them costs little. */
const BLOCK_MOST = 512;

/** A place among the entries: that of `blocks[block][at]`, which may be one behind the end of its block. */
interface Place {
  readonly block: number;
  readonly at: number;
}

function compare(a: Entry, b: Entry): number {
  return a.key < b.key ? -1 : a.key > b.key ? 1 : a.row - b.row;
}

/** Entries sorted by key and row number, in blocks: among a million, room for one more is made by moving some hundreds. */
export class SortedEntries {
  /** None is empty. */
  #blocks: Entry[][] = [];

  add(entry: Entry): void {
    const { block, at } = this.#place(entry);
    const entries = this.#blocks[block];
    if (!entries) this.#blocks.push([entry]);
    else if (entries.length < BLOCK_MOST) entries.splice(at, 0, entry);
    else this.#addToFull(entries, { block, at }, entry);
  }

  /** Nothing happens where it is not there. */
  remove(entry: Entry): void {
    const { block, at } = this.#place(entry);
    const entries = this.#blocks[block];
    const found = entries?.[at];
    if (!entries || !found || compare(found, entry) !== 0) return;
    entries.splice(at, 1);
    if (entries.length === 0) this.#blocks.splice(block, 1);
  }

  /** Sorts these and takes them in the place of all that were there. */
  fill(entries: Entry[]): void {
    entries.sort(compare);
    this.#blocks = [];
    for (let from = 0; from < entries.length; from += BLOCK_MOST)
      this.#blocks.push(entries.slice(from, from + BLOCK_MOST));
  }

  /** The first entry with this key. */
  first(key: string): Entry | undefined {
    const { block, at } = this.#place({ key, row: 0 });
    const entry = this.#blocks[block]?.[at];
    return entry?.key === key ? entry : undefined;
  }

  /** Row numbers within the span, in the order of the keys, forwards or backwards. Nothing may be added or removed meanwhile. */
  *rows({ from, to }: KeySpan, backwards: boolean): Iterable<number> {
    const [begin, end] = [this.#place({ key: from, row: 0 }), this.#place({ key: to, row: 0 })];
    for (let step = 0; step <= end.block - begin.block; step += 1) {
      const block = backwards ? end.block - step : begin.block + step;
      const entries = this.#blocks[block] ?? [];
      const low = block === begin.block ? begin.at : 0;
      const high = block === end.block ? end.at : entries.length;
      for (let i = low; i < high; i += 1) {
        const entry = entries[backwards ? low + high - 1 - i : i];
        if (entry) yield entry.row;
      }
    }
  }

  /** How many lie in the span. */
  count({ from, to }: KeySpan): number {
    const [begin, end] = [this.#place({ key: from, row: 0 }), this.#place({ key: to, row: 0 })];
    if (end.block < begin.block) return 0;
    let count = end.at - begin.at;
    for (let block = begin.block; block < end.block; block += 1) count += this.#blocks[block]?.length ?? 0;
    return Math.max(0, count);
  }

  /** A full block is parted in the middle; behind the last entry of all a new one is begun, as new identifiers usually sort last. */
  #addToFull(entries: Entry[], { block, at }: Place, entry: Entry): void {
    if (at === entries.length && block === this.#blocks.length - 1) {
      this.#blocks.push([entry]);
      return;
    }
    const behind = entries.splice(BLOCK_MOST / 2);
    this.#blocks.splice(block + 1, 0, behind);
    if (at <= entries.length) entries.splice(at, 0, entry);
    else behind.splice(at - entries.length, 0, entry);
  }

  /** Where the entry is, or would be. */
  #place(wanted: Entry): Place {
    const last = this.#blocks.length - 1;
    const block = firstNotBelow(this.#blocks, (entries) => entries.at(-1), wanted);
    // Behind all of them is behind the last of the last block.
    if (block > last) return { block: Math.max(0, last), at: this.#blocks[last]?.length ?? 0 };
    return { block, at: firstNotBelow(this.#blocks[block] ?? [], (entry) => entry, wanted) };
  }
}

/** Place of the first element whose entry does not sort below the wanted one. */
function firstNotBelow<T>(
  elements: readonly T[],
  entryOf: (element: T) => Entry | undefined,
  wanted: Entry,
): number {
  let [low, high] = [0, elements.length];
  // The last place is tried first: new identifiers usually sort last.
  for (let middle = high - 1; low < high; middle = (low + high) >>> 1) {
    const element = elements[middle];
    const entry = element === undefined ? undefined : entryOf(element);
    if (entry && compare(entry, wanted) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
