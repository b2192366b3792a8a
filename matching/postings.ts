import type { Weighted } from './text/bm25.ts';

/** Inverted lists: for each stem the SMEs that have it, with its weight there. Flat, in the order of the accumulator. */
export interface Postings {
  /** Places of stem s: from starts[s] up to starts[s + 1]. */
  readonly starts: Int32Array;
  readonly positions: Int32Array;
  readonly weights: Int32Array;
}

/** How many bags are entered between two pauses. */
const BLOCK = 256;

/**
 * Inverts the bags of a pool; bag i belongs to position i. Stems for which `says` is false are left out: their weight is zero
 * on one of the two sides, and they have the longest lists. A generator, so that the caller can pause it.
 */
export function* invert(
  bags: readonly Weighted[],
  stems: number,
  says: (stem: number) => boolean,
): Generator<undefined, Postings, void> {
  const starts = new Int32Array(stems + 1);
  for (const [i, bag] of bags.entries()) {
    for (const stem of bag.stems) if (says(stem)) starts[stem + 1] += 1;
    if (i % BLOCK === BLOCK - 1) yield;
  }
  for (let stem = 0; stem < stems; stem += 1) starts[stem + 1] += starts[stem];
  const next = starts.slice();
  const positions = new Int32Array(starts[stems]);
  const weights = new Int32Array(starts[stems]);
  for (const [i, bag] of bags.entries()) {
    for (let at = 0; at < bag.stems.length; at += 1) {
      const stem = bag.stems[at];
      if (!says(stem)) continue;
      const place = next[stem];
      positions[place] = i;
      weights[place] = bag.weights[at];
      next[stem] = place + 1;
    }
    if (i % BLOCK === BLOCK - 1) yield;
  }
  return { starts, positions, weights };
}

/** First place of a list, from `low` up to `high`, whose position is at least `from`. */
function firstPlace(positions: Int32Array, low: number, high: number, from: number): number {
  let [first, end] = [low, high];
  while (first < end) {
    const middle = (first + end) >>> 1;
    if (positions[middle] < from) first = middle + 1;
    else end = middle;
  }
  return first;
}

/** Adds query x answer of one bag against the bags of the postings from position `from` on to `sums`, by position. */
export function scatter(
  { stems, weights }: Weighted,
  postings: Postings,
  sums: Int32Array,
  from: number,
): void {
  const { starts, positions, weights: others } = postings;
  for (let at = 0; at < stems.length; at += 1) {
    const weight = weights[at];
    if (weight === 0) continue;
    const end = starts[stems[at] + 1];
    const start = starts[stems[at]];
    for (let place = from === 0 ? start : firstPlace(positions, start, end, from); place < end; place += 1) {
      sums[positions[place]] += weight * others[place];
    }
  }
}
