import { ANSWER_UNIT, MATCH_UNIT, QUERY_UNIT } from '../text/bm25.ts';
import { ANSWER_BITS, ANSWER_MASK, type Inverted } from './texts.ts';

/*
 * Inverted lists for upper bounds of the sums of query x answer, both ways together. An entry holds slot, query and answer weight in 32
 * bits, the weights rounded up, so that a list is read in one stream and a sum is never too low.
 */

const QUERY_LEVELS_BITS = 8;
const ANSWER_LEVELS_BITS = 6;
export const SLOT_SHIFT = QUERY_LEVELS_BITS + ANSWER_LEVELS_BITS;
export const QUERY_SHIFT = ANSWER_LEVELS_BITS;
export const QUERY_LEVELS = 2 ** QUERY_LEVELS_BITS - 1;
export const ANSWER_LEVELS = 2 ** ANSWER_LEVELS_BITS - 1;
/** What is left of 32 bits numbers the slots. */
export const MOST_SLOTS = 2 ** (32 - SLOT_SHIFT);

/** Unit of the sums: 1 is written so. */
export const SUM_UNIT = 2 ** 16;

/** Inverted lists of the slots of a pool. */
export interface Postings {
  /** Entries of stem s: from starts[s] up to starts[s + 1], by rising slot. */
  readonly starts: Int32Array;
  readonly entries: Uint32Array;
}

const UNIT = MATCH_UNIT / SUM_UNIT;

/** What an answer level, and a query level, of the other side adds to the sum for a stem of this weight. */
export const perAnswerLevel = (query: number): number =>
  Math.ceil((query * ANSWER_UNIT) / ANSWER_LEVELS / UNIT);
export const perQueryLevel = (answer: number): number =>
  Math.ceil((answer * QUERY_UNIT) / QUERY_LEVELS / UNIT);

/** How many entries are written between two pauses. */
const BLOCK = 1 << 18;

/** Packs inverted texts. A generator, so that the caller can pause it. */
export function* packPostings({ starts, slots, weights }: Inverted): Generator<undefined, Postings, void> {
  const entries = new Uint32Array(slots.length);
  let pause = BLOCK;
  for (let stem = 0; stem + 1 < starts.length; stem += 1) {
    for (let at = starts[stem]; at < starts[stem + 1]; at += 1) {
      const query = weights[at] >>> ANSWER_BITS;
      const answer = weights[at] & ANSWER_MASK;
      const queryLevel = Math.ceil((query * QUERY_LEVELS) / QUERY_UNIT);
      const answerLevel = Math.ceil((answer * ANSWER_LEVELS) / ANSWER_UNIT);
      entries[at] = (slots[at] << SLOT_SHIFT) | (queryLevel << QUERY_SHIFT) | answerLevel;
    }
    if (starts[stem + 1] < pause) continue;
    pause += BLOCK;
    yield;
  }
  return { starts, entries };
}
