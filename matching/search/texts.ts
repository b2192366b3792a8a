import type { Features } from '../features.ts';
import type { Weighted } from '../text/bm25.ts';

/*
 * The texts of a pool in flat arrays, so that the sums of query x answer of two SMEs, both ways, cost one look per stem. Stems are
 * numbered anew, the most frequent first: what is read most stands close together. Those of an SME stand the rarest first.
 */

/** Query and answer weight of a stem in one number: query x 2^ANSWER_BITS + answer. */
export const ANSWER_BITS = 11;
export const ANSWER_MASK = 2 ** ANSWER_BITS - 1;

/** Texts by slot. */
export interface Texts {
  /** Stems of a slot: from starts[slot] up to ends[slot]. */
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  readonly stems: Int32Array;
  /** Query and answer weight in one number. */
  readonly weights: Int32Array;
  /** How often the offer has the stem. */
  readonly counts: Int32Array;
}

/** Numbers of stems in the texts by their number in the vocabulary, the most frequent first; -1 for one that no text has. */
export interface StemNumbers {
  readonly numbers: Int32Array;
  readonly count: number;
}

/** One stem of a text as `eachStem` tells it: its number in the vocabulary and what stands in the arrays above. */
export type StemVisitor = (stem: number, weight: number, count: number) => void;

/** Calls `visit` for each stem of what an SME seeks or offers, once. */
export function eachStem({ query, answer, prepared }: Features, visit: StemVisitor): void {
  const { counts } = prepared.offer;
  if (query.stems === answer.stems) {
    for (let at = 0; at < answer.stems.length; at += 1) {
      visit(answer.stems[at], (query.weights[at] << ANSWER_BITS) | answer.weights[at], counts[at]);
    }
    return;
  }
  eachOfTwo(query, answer, counts, visit);
}

function eachOfTwo(query: Weighted, answer: Weighted, counts: Int32Array, visit: StemVisitor): void {
  let i = 0;
  let j = 0;
  while (i < query.stems.length || j < answer.stems.length) {
    const sought = i < query.stems.length ? query.stems[i] : Infinity;
    const offered = j < answer.stems.length ? answer.stems[j] : Infinity;
    const asks = sought <= offered;
    const answers = offered <= sought;
    const weight = ((asks ? query.weights[i] : 0) << ANSWER_BITS) | (answers ? answer.weights[j] : 0);
    visit(Math.min(sought, offered), weight, answers ? counts[j] : 0);
    if (asks) i += 1;
    if (answers) j += 1;
  }
}

/** How many texts are read between two pauses. */
const BLOCK = 512;

/** Texts of SMEs in slots, with the slots of each stem beside them. */
export interface Inverted {
  readonly texts: Texts;
  readonly numbers: StemNumbers;
  /** Entries of stem s: from starts[s] up to starts[s + 1], by rising slot. */
  readonly starts: Int32Array;
  readonly slots: Int32Array;
  readonly weights: Int32Array;
}

/** Reads and inverts texts; `order` has the features by slot. A generator, so that the caller can pause it. */
export function* invertTexts(order: readonly Features[]): Generator<undefined, Inverted, void> {
  const lengths = new Int32Array(order.length);
  let frequency = new Int32Array(1024);
  for (let slot = 0; slot < order.length; slot += 1) {
    eachStem(order[slot], (stem) => {
      if (stem >= frequency.length) frequency = longer(frequency, stem + 1);
      frequency[stem] += 1;
      lengths[slot] += 1;
    });
    if (slot % BLOCK === BLOCK - 1) yield;
  }
  const numbers = byFrequency(frequency);
  yield;
  const starts = new Int32Array(numbers.count + 1);
  for (let stem = 0; stem < frequency.length; stem += 1) {
    if (frequency[stem] > 0) starts[numbers.numbers[stem] + 1] = frequency[stem];
  }
  for (let stem = 0; stem < numbers.count; stem += 1) starts[stem + 1] += starts[stem];
  const entries = starts[numbers.count];
  const slots = new Int32Array(entries);
  const weights = new Int32Array(entries);
  const counts = new Int32Array(entries);
  const next = starts.slice();
  for (let slot = 0; slot < order.length; slot += 1) {
    eachStem(order[slot], (stem, weight, count) => {
      const at = next[numbers.numbers[stem]]++;
      slots[at] = slot;
      weights[at] = weight;
      counts[at] = count;
    });
    if (slot % BLOCK === BLOCK - 1) yield;
  }
  const texts = yield* transposed(lengths, { starts, slots, weights, counts });
  return { texts, numbers, starts, slots, weights };
}

/** A longer copy, at least twice as long. */
export function longer(array: Int32Array, length: number): Int32Array<ArrayBuffer> {
  const copy = new Int32Array(Math.max(length, 2 * array.length));
  copy.set(array);
  return copy;
}

function byFrequency(frequency: Int32Array): StemNumbers {
  const keys = new Float64Array(frequency.length);
  // falling frequency, then rising stem
  for (let stem = 0; stem < keys.length; stem += 1) keys[stem] = -frequency[stem] * 2 ** 24 + stem;
  keys.sort();
  const numbers = new Int32Array(frequency.length).fill(-1);
  let count = 0;
  while (count < keys.length && keys[count] < 0) {
    const stem = keys[count] - Math.floor(keys[count] / 2 ** 24) * 2 ** 24;
    if (frequency[stem] === 0) break;
    numbers[stem] = count;
    count += 1;
  }
  return { numbers, count };
}

interface Lists {
  readonly starts: Int32Array;
  readonly slots: Int32Array;
  readonly weights: Int32Array;
  readonly counts: Int32Array;
}

/** From the slots of each stem to the stems of each slot; going from the rarest stem on puts these in order. */
function* transposed(lengths: Int32Array, lists: Lists): Generator<undefined, Texts, void> {
  const starts = new Int32Array(lengths.length);
  for (let slot = 1; slot < starts.length; slot += 1) starts[slot] = starts[slot - 1] + lengths[slot - 1];
  const ends = starts.slice();
  const stems = new Int32Array(lists.slots.length);
  const weights = new Int32Array(lists.slots.length);
  const counts = new Int32Array(lists.slots.length);
  let done = 0;
  for (let stem = lists.starts.length - 2; stem >= 0; stem -= 1) {
    for (let at = lists.starts[stem]; at < lists.starts[stem + 1]; at += 1) {
      const place = ends[lists.slots[at]]++;
      stems[place] = stem;
      weights[place] = lists.weights[at];
      counts[place] = lists.counts[at];
    }
    done += lists.starts[stem + 1] - lists.starts[stem];
    if (done > BLOCK * 128) {
      done = 0;
      yield;
    }
  }
  return { starts, ends, stems, weights, counts };
}
