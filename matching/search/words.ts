import type { Layout } from './space.ts';

/*
 * Who has which stem, laid out for adding up. A frequent stem is a column: its information times how often each slot has it, one byte per
 * slot, so that sixteen slots are added up at once. A rare one is a list of those who have it. The columns of a few slots stand together, a
 * line of the processor's cache each: who adds up some rows reads them from the nearest cache, and from few pages of memory.
 */

/** From this share of the slots on a stem is a column: adding a column up costs what a list of this length does. */
export const COLUMN_SHARE = 1 / 12;
/** Columns are read in steps of so many slots: as many as a line of the cache has bytes. */
export const STEP = 64;
/** An entry of a list is slot x 2^ENTRY_SHIFT + times. */
export const ENTRY_SHIFT = 2;
/** Slots fit beside the times into 32 bits, and keys of the order into a double. */
export const MOST_SLOTS = 2 ** 22;

/** One side of the texts: what is offered, or what is sought. */
export interface Words {
  /** How many stems, the most frequent ones, are columns. */
  readonly columns: number;
  /** Step after step, in each column after column. */
  readonly bytes: Uint8Array;
  /** Largest byte of each column. */
  readonly largest: Uint8Array;
  /** Lists of the other stems: stem s from starts[s] up to starts[s + 1], by rising slot; empty for columns. */
  readonly starts: Int32Array;
  readonly entries: Int32Array;
}

/**
 * Sets room aside for words. `frequency`: how many slots have each stem; the first `columns` of these become columns.
 *
 * @returns makes their writer, once there is a memory of that layout
 */
export function roomForWords(
  frequency: Int32Array,
  columns: number,
  size: number,
  layout: Layout,
): (memory: WebAssembly.Memory) => WordsWriter {
  const starts = new Int32Array(frequency.length + 1);
  for (let stem = 0; stem < frequency.length; stem += 1) {
    starts[stem + 1] = starts[stem] + (stem < columns ? 0 : frequency[stem]);
  }
  const bytes = columns * Math.ceil(size / STEP) * STEP;
  const entries = starts[frequency.length];
  const bytesAt = layout.reserve(bytes);
  const entriesAt = layout.reserve(entries * Int32Array.BYTES_PER_ELEMENT);
  return ({ buffer }) =>
    new WordsWriter({
      columns,
      bytes: new Uint8Array(buffer, bytesAt, bytes),
      largest: new Uint8Array(columns),
      starts,
      entries: new Int32Array(buffer, entriesAt, entries),
    });
}

/** Lays words out, slot by slot. */
export class WordsWriter {
  readonly words: Words;
  /** Where the next entry of each stem goes. */
  readonly #next: Int32Array;

  /** Use `roomForWords`. */
  constructor(words: Words) {
    this.words = words;
    this.#next = words.starts.slice(0, -1);
  }

  /** Notes how often a slot has a stem of so much information; slots rise. */
  enter(stem: number, slot: number, times: number, information: number): void {
    const { columns, bytes, largest, entries } = this.words;
    if (stem >= columns) {
      entries[this.#next[stem]++] = (slot << ENTRY_SHIFT) | times;
      return;
    }
    const byte = information * times;
    const within = slot % STEP;
    bytes[(slot - within) * columns + stem * STEP + within] = byte;
    if (byte > largest[stem]) largest[stem] = byte;
  }
}
