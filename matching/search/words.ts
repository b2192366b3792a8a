import type { SEEK_SHIFT } from './texts.ts';
import { TIMES_MASK, type Inverted } from './texts.ts';

/*
 * Who has which stem, laid out for adding up. A frequent stem is a column: its information times how often each slot has it, one byte per
 * slot, so that sixteen slots are added up at once. A rare one is a list of those who have it.
 */

/** From this share of the slots on a stem is a column: adding a column up costs what a list of this length does. */
const COLUMN_SHARE = 1 / 20;
/** Columns are read in steps of so many slots. */
export const STEP = 64;
/** An entry of a list is slot x 2^ENTRY_SHIFT + times. */
export const ENTRY_SHIFT = 2;
/** Slots fit beside the times into 32 bits, and keys of the order into a double. */
export const MOST_SLOTS = 2 ** 22;

/** One side of the texts: what is offered, or what is sought. */
export interface Words {
  /** How many stems, the most frequent ones, are columns. */
  readonly columns: number;
  /** Bytes from column to column: a multiple of STEP. */
  readonly stride: number;
  readonly bytes: Uint8Array;
  /** Largest byte of each column. */
  readonly largest: Uint8Array;
  /** Lists of the other stems: stem s from starts[s] up to starts[s + 1]; empty for columns. */
  readonly starts: Int32Array;
  readonly entries: Int32Array;
}

/** How many entries are read between two pauses. */
const BLOCK = 1 << 18;

/** What is offered (`shift` 0) or sought (`shift` SEEK_SHIFT) by the first `size` slots, of `all`. A generator, so that the caller can pause it. */
export function* wordsOf(
  { starts, slots, times, texts }: Inverted,
  side: { readonly shift: 0 | typeof SEEK_SHIFT; readonly size: number; readonly all: number },
): Generator<undefined, Words, void> {
  const { shift, size, all } = side;
  const count = starts.length - 1;
  let columns = 0;
  while (columns < count && starts[columns + 1] - starts[columns] >= all * COLUMN_SHARE) columns += 1;
  const stride = Math.ceil(size / STEP) * STEP;
  const bytes = new Uint8Array(columns * stride);
  const largest = new Uint8Array(columns);
  const ends = new Int32Array(count + 1);
  const entries = new Int32Array(starts[count] - starts[columns]);
  let to = 0;
  let pause = BLOCK;
  for (let stem = 0; stem < count; stem += 1) {
    for (let at = starts[stem]; at < starts[stem + 1] && slots[at] < size; at += 1) {
      const often = (times[at] >>> shift) & TIMES_MASK;
      if (often === 0) continue;
      if (stem < columns) {
        const byte = texts.information[stem] * often;
        bytes[stem * stride + slots[at]] = byte;
        if (byte > largest[stem]) largest[stem] = byte;
      } else entries[to++] = (slots[at] << ENTRY_SHIFT) | often;
    }
    ends[stem + 1] = to;
    if (starts[stem + 1] < pause) continue;
    pause += BLOCK;
    yield;
  }
  return { columns, stride, bytes, largest, starts: ends, entries: entries.slice(0, to) };
}
