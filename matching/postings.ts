import type { Features } from './features.ts';
import type { Weighted } from './text/bm25.ts';

/** Inverted lists: for each stem the SMEs that have it, with its weight there. Flat, in the order of the accumulator. */
export interface Postings {
  /** Places of stem s: from starts[s] up to starts[s + 1]. Stems from the last on have none. */
  readonly starts: Int32Array;
  /** Position and weight in one number, so that a list is read in one stream: position x 2^WEIGHT_BITS + weight. */
  readonly entries: Uint32Array;
}

/** Weights of queries and answers are below 2^14 (text/bm25.ts); that leaves room for 2^18 SMEs. */
const WEIGHT_BITS = 14;
const WEIGHT_MASK = 2 ** WEIGHT_BITS - 1;
const MOST_SMES = 2 ** (32 - WEIGHT_BITS);

/** How many bags are entered between two pauses. */
const BLOCK = 256;

/**
 * Inverts one bag of each SME. Stems for which `says` is false are left out: their weight is zero on one of the two sides, and
 * they have the longest lists. A generator, so that the caller can pause it.
 *
 * @throws RangeError for more than 2^18 SMEs
 */
export function* invert(
  features: readonly Features[],
  bagOf: (one: Features) => Weighted,
  says: (stem: number) => boolean,
): Generator<undefined, Postings, void> {
  if (features.length > MOST_SMES) {
    throw new RangeError(`The pool has ${features.length} SMEs; an index holds up to ${MOST_SMES}.`);
  }
  // a bag is sorted by stem, so its last one is its highest
  const stems = features.reduce((most, one) => Math.max(most, (bagOf(one).stems.at(-1) ?? -1) + 1), 0);
  const spoken = Uint8Array.from({ length: stems }, (_, stem) => (says(stem) ? 1 : 0));
  yield;
  const starts = new Int32Array(stems + 1);
  for (let i = 0; i < features.length; i += 1) {
    for (const stem of bagOf(features[i]).stems) starts[stem + 1] += spoken[stem];
    if (i % BLOCK === BLOCK - 1) yield;
  }
  for (let stem = 0; stem < stems; stem += 1) starts[stem + 1] += starts[stem];
  const next = starts.slice();
  const entries = new Uint32Array(starts[stems]);
  yield;
  for (let i = 0; i < features.length; i += 1) {
    const bag = bagOf(features[i]);
    for (let at = 0; at < bag.stems.length; at += 1) {
      const stem = bag.stems[at];
      if (spoken[stem] === 0) continue;
      entries[next[stem]] = (i << WEIGHT_BITS) | bag.weights[at];
      next[stem] += 1;
    }
    if (i % BLOCK === BLOCK - 1) yield;
  }
  return { starts, entries };
}

/** First place of a list, from `low` up to `high`, whose position is at least `from`. */
function firstPlace(entries: Uint32Array, low: number, high: number, from: number): number {
  let [first, end] = [low, high];
  while (first < end) {
    const middle = (first + end) >>> 1;
    if (entries[middle] >>> WEIGHT_BITS < from) first = middle + 1;
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
  const { starts, entries } = postings;
  for (let at = 0; at < stems.length; at += 1) {
    const weight = weights[at];
    const stem = stems[at];
    if (weight === 0 || stem >= starts.length - 1) continue;
    const end = starts[stem + 1];
    const start = starts[stem];
    for (let place = from === 0 ? start : firstPlace(entries, start, end, from); place < end; place += 1) {
      const entry = entries[place];
      sums[entry >>> WEIGHT_BITS] += Math.imul(weight, entry & WEIGHT_MASK);
    }
  }
}
