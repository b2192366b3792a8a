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

/** Fingerprint of an offer: each stem votes on each bit. */
export function fingerprint({ stems, counts }: Bag, vocabulary: Vocabulary): Fingerprint {
  const votes = new Int32Array(FINGERPRINT_WORDS * BITS);
  for (let at = 0; at < stems.length; at += 1) {
    const count = counts[at];
    for (let word = 0; word < FINGERPRINT_WORDS; word += 1) {
      let value = vocabulary.hash(stems[at], word);
      for (let bit = 0; bit < BITS; bit += 1) {
        votes[word * BITS + bit] += (value & 1) === 1 ? count : -count;
        value >>>= 1;
      }
    }
  }
  const print = new Int32Array(FINGERPRINT_WORDS);
  votes.forEach((vote, at) => {
    if (vote > 0) print[Math.floor(at / BITS)] |= 1 << (at % BITS);
  });
  return print;
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
