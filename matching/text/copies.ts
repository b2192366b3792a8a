import { ones } from '../fixed.ts';
import { SCALE } from '../types.ts';
import { common } from './bm25.ts';
import { HASH_WORDS, type Bag, type Vocabulary } from './vocabulary.ts';

/*
 * Problem: find near-identical offers among all pairs, without comparing all texts.
 * Method: a 128-bit fingerprint per offer whose bits agree the more, the more alike two texts are (Charikar 2002, used for
 * near-duplicates by Manku, Jain and Das Sarma 2007); only pairs with close fingerprints are compared in full, by the cosine of their stems.
 */

/** HASH_WORDS 32-bit words. */
export type Fingerprint = Int32Array;
export const FINGERPRINT_WORDS = HASH_WORDS;

/**
 * Fingerprints of texts with a cosine of 0.8 differ in 13 of 64 bits on average, those of 0.9 in 9, give or take 3; unrelated texts
 * in 25 and more. The first half alone settles most pairs.
 */
const FAR_IN_HALF = 20;
const FAR_IN_ALL = 36;

const BITS = 32;
/** Two counters of 16 bits stand in one number: for bit b and bit b + 16 of a word. */
const LANES = 16;
const LOW = 0xffff;
const ONE_EACH = 0x00010001;

/** Fingerprint of an offer: each stem votes on each bit, as often as it comes; a bit is set where more than half are for it. */
export function fingerprint({ stems, counts }: Bag, vocabulary: Vocabulary): Fingerprint {
  const votes = new Float64Array(FINGERPRINT_WORDS * BITS);
  const counters = new Int32Array(FINGERPRINT_WORDS * LANES);
  let all = 0;
  let counted = 0;
  for (let at = 0; at < stems.length; at += 1) {
    const count = Math.min(counts[at], LOW);
    if (counted + count > LOW) {
      collect(counters, votes);
      counted = 0;
    }
    counted += count;
    all += count;
    for (let word = 0; word < FINGERPRINT_WORDS; word += 1) {
      const hash = vocabulary.hash(stems[at], word);
      const first = word * LANES;
      for (let bit = 0; bit < LANES; bit += 1) {
        counters[first + bit] += Math.imul((hash >>> bit) & ONE_EACH, count);
      }
    }
  }
  collect(counters, votes);
  const print = new Int32Array(FINGERPRINT_WORDS);
  for (let at = 0; at < votes.length; at += 1) {
    if (2 * votes[at] > all) print[at >>> 5] |= 1 << (at % BITS);
  }
  return print;
}

/** Moves the counters to the votes. */
function collect(counters: Int32Array, votes: Float64Array): void {
  for (let at = 0; at < counters.length; at += 1) {
    const place = Math.floor(at / LANES) * BITS + (at % LANES);
    votes[place] += counters[at] & LOW;
    votes[place + LANES] += counters[at] >>> LANES;
  }
  counters.fill(0);
}

/**
 * Whether two offers may be near-copies at all; false settles it. The fingerprints may stand in longer arrays, at `i` and `j`.
 */
export function mayBeCopies(one: Int32Array, other: Int32Array, i = 0, j = 0): boolean {
  const first = ones(one[i] ^ other[j]) + ones(one[i + 1] ^ other[j + 1]);
  if (first > FAR_IN_HALF) return false;
  return first + ones(one[i + 2] ^ other[j + 2]) + ones(one[i + 3] ^ other[j + 3]) <= FAR_IN_ALL;
}

/** Cosine of the stem counts of two offers, in [0, SCALE]; 0 where one is empty. */
export function likeness(one: Bag, other: Bag): number {
  if (one.length === 0 || other.length === 0) return 0;
  let product = 0;
  common(one.stems, other.stems, (i, j) => {
    product += one.counts[i] * other.counts[j];
  });
  return cosine(product, one.squares, other.squares);
}

/** Cosine in [0, SCALE] from a product and the squared lengths, both above 0. */
export const cosine = (product: number, one: number, other: number): number =>
  Math.min(SCALE, Math.round((SCALE * product) / Math.sqrt(one * other)));
