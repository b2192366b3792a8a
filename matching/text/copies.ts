import { ones } from '../fixed.ts';
import { SCALE } from '../types.ts';
import { common } from './bm25.ts';
import { hashText } from './hash.ts';
import type { Bag, Vocabulary } from './vocabulary.ts';

/*
 * Problem: find near-identical offers among all pairs, without comparing all texts.
 * Method: a 128-bit fingerprint per offer whose bits agree the more, the more alike two texts are (Charikar 2002, used for
 * near-duplicates by Manku, Jain and Das Sarma 2007); only pairs with close fingerprints are compared in full, by the cosine of their stems.
 */

/** Four 32-bit words. */
export type Fingerprint = Int32Array;
export const FINGERPRINT_WORDS = 4;

/**
 * Fingerprints of texts with a cosine of 0.8 differ in 13 of 64 bits on average, those of 0.9 in 9, give or take 3; unrelated texts
 * in 25 and more. The first half alone settles most pairs.
 */
const FAR_IN_HALF = 20;
const FAR_IN_ALL = 36;

/** One word of a fingerprint: each stem votes on each bit. */
const word = (bag: Bag, vocabulary: Vocabulary, seed: number): number => {
  const votes = new Int32Array(32);
  bag.stems.forEach((number, i) => {
    const value = hashText(vocabulary.stem(number), seed);
    for (let bit = 0; bit < 32; bit += 1) votes[bit] += (value >>> bit) & 1 ? bag.counts[i] : -bag.counts[i];
  });
  return votes.reduce((bits, vote, bit) => (vote > 0 ? bits | (1 << bit) : bits), 0);
};

/** Fingerprint of an offer. */
export const fingerprint = (bag: Bag, vocabulary: Vocabulary): Fingerprint =>
  Int32Array.from({ length: FINGERPRINT_WORDS }, (_, i) => word(bag, vocabulary, i * 0x9e3779b9));

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
  return Math.min(SCALE, Math.round((SCALE * product) / Math.sqrt(one.squares * other.squares)));
}
