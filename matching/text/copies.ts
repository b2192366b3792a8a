import { ones } from '../fixed.ts';
import { SCALE } from '../types.ts';
import { common } from './bm25.ts';
import { hashText } from './hash.ts';
import type { Bag, Vocabulary } from './vocabulary.ts';

/*
 * Problem: find near-identical offers among all pairs, without comparing all texts.
 * Method: a 64-bit fingerprint per offer whose bits agree the more, the more alike two texts are (Charikar 2002, used for
 * near-duplicates by Manku, Jain and Das Sarma 2007); only pairs with close fingerprints are compared in full, by the cosine of their stems.
 */

/** Two 32-bit halves. */
export interface Fingerprint {
  readonly low: number;
  readonly high: number;
}

/**
 * Fingerprints of texts with a cosine of 0.8 differ in 13 of 64 bits on average, those of 0.9 in 9, give or take 3; unrelated texts
 * in 25 and more.
 */
const FAR_BITS = 19;

const half = (bag: Bag, vocabulary: Vocabulary, seed: number): number => {
  const votes = new Int32Array(32);
  bag.stems.forEach((number, i) => {
    const value = hashText(vocabulary.stem(number), seed);
    for (let bit = 0; bit < 32; bit += 1) votes[bit] += (value >>> bit) & 1 ? bag.counts[i] : -bag.counts[i];
  });
  return votes.reduce((word, vote, bit) => (vote > 0 ? word | (1 << bit) : word), 0);
};

/** Fingerprint of an offer. */
export const fingerprint = (bag: Bag, vocabulary: Vocabulary): Fingerprint => ({
  low: half(bag, vocabulary, 0),
  high: half(bag, vocabulary, 0x9e3779b9),
});

/** Whether two offers may be near-copies at all; false settles it. */
export const mayBeCopies = (one: Fingerprint, other: Fingerprint): boolean =>
  ones(one.low ^ other.low) + ones(one.high ^ other.high) <= FAR_BITS;

/** Cosine of the stem counts of two offers, in [0, SCALE]; 0 where one is empty. */
export function likeness(one: Bag, other: Bag): number {
  if (one.length === 0 || other.length === 0) return 0;
  let product = 0;
  common(one.stems, other.stems, (i, j) => {
    product += one.counts[i] * other.counts[j];
  });
  return Math.min(SCALE, Math.round((SCALE * product) / Math.sqrt(one.squares * other.squares)));
}
