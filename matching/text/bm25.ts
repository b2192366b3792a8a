import { bits } from '../fixed.ts';
import { hashText } from './hash.ts';
import type { Bag } from './vocabulary.ts';

/*
 * Problem: how much of what one SME's need says is answered by another's offer, in words.
 * Method: BM25 (Robertson and Zaragoza 2009) with two changes:
 * - each query is brought to length 1 (Euclid), so that the two directions are comparable and can be fused. Plain BM25 lets whoever
 *   writes much ask for more; dividing by the sum of the weights instead (a share of the need) overshoots to the other side;
 * - document frequencies and the mean length are read from a fixed sample of the pool and rounded to powers of two. The statistics are
 *   thus a plain function of the pool as it is, yet an edited profile seldom moves anybody else's scores.
 * Complexity: reading O(words); a pair O(stems of both).
 */

/** Saturation of repeated words (k1) and correction for long offers (b): the customary values. */
const K1 = 1.2;
const B = 0.75;
/** Units of the weights: 1 is written so. A sum over 65,000 common stems still fits in 32 bits. */
const QUERY_UNIT = 8192;
const ANSWER_UNIT = 1024;
/** Unit of a sum of query x answer. */
export const MATCH_UNIT = QUERY_UNIT * ANSWER_UNIT;
/** Words of up to 2^1 sampled offers count as equally rare: a name or a typing error shared by two texts proves little. */
const RARE_BITS = 1;
/** The sample holds between half of this and this many offers. */
const SAMPLE_BITS = 8;

/** What the pool's offers say about words. */
export interface TextStatistics {
  /** Information of each stem in bits, by stem number: 0 for words of half of all offers. */
  readonly information: Uint8Array;
  /** Mean length of an offer, rounded to a power of two (at least 16). */
  readonly meanLength: number;
}

/** An offer with the id of its SME. */
export interface Offer {
  readonly id: string;
  readonly bag: Bag;
}

/** Rounded up to the exponent of a power of two. */
const exponent = (n: number): number => (n <= 1 ? 0 : bits(n - 1));

/**
 * One offer in 2^k, chosen by a hash of the SME's id; k grows with the pool. So the statistics depend on the pool alone, not on
 * its order or history, and most edits do not touch them.
 */
function sampled(offers: readonly Offer[]): Bag[] {
  const thinning = 2 ** Math.max(0, exponent(offers.length) - SAMPLE_BITS) - 1;
  return offers.filter(({ id }) => (hashText(id, 0) & thinning) === 0).map(({ bag }) => bag);
}

/** Statistics over the offers of a pool. */
export function textStatistics(offers: readonly Offer[], vocabularySize: number): TextStatistics {
  const sample = sampled(offers.filter(({ bag }) => bag.length > 0));
  const frequency = new Int32Array(vocabularySize);
  let words = 0;
  for (const { stems, length } of sample) {
    words += length;
    for (const stem of stems) frequency[stem] += 1;
  }
  const ceiling = Math.max(exponent(sample.length), RARE_BITS + 1);
  const information = Uint8Array.from(frequency, (n) => ceiling - Math.max(RARE_BITS, exponent(n)));
  return {
    information,
    meanLength: 2 ** Math.max(4, exponent(Math.round(words / Math.max(1, sample.length)))),
  };
}

/** Weights of a need's stems, a vector of length QUERY_UNIT (all zero where no word says anything), in the order of `need.stems`. */
export function queryWeights(need: Bag, { information }: TextStatistics): Int32Array {
  const mass = need.stems.map((stem, i) => information[stem] * bits(need.counts[i]));
  const length = Math.sqrt(mass.reduce((sum, weight) => sum + weight * weight, 0));
  return mass.map((weight) => (length === 0 ? 0 : Math.round((weight * QUERY_UNIT) / length)));
}

/** How well an offer answers each of its stems, 0 to ANSWER_UNIT, in the order of `offer.stems`. */
export function answerWeights(offer: Bag, { meanLength }: TextStatistics): Int32Array {
  const room = K1 * (1 - B + (B * offer.length) / meanLength);
  return offer.counts.map((count) => Math.round((ANSWER_UNIT * count) / (count + room)));
}

/** A weighted bag of one side: the stems of the need or the offer with their weights. */
export interface Weighted {
  readonly stems: Int32Array;
  readonly weights: Int32Array;
}

/** Calls `visit` for each stem that both have, with its place in both. */
export function common(one: Int32Array, other: Int32Array, visit: (i: number, j: number) => void): void {
  let i = 0;
  let j = 0;
  while (i < one.length && j < other.length) {
    const difference = one[i] - other[j];
    if (difference === 0) visit(i, j);
    if (difference <= 0) i += 1;
    if (difference >= 0) j += 1;
  }
}

/** Sum of query x answer over the common stems, in units of 1/MATCH_UNIT; below 2^31. */
export function matchSum(query: Weighted, answer: Weighted): number {
  let sum = 0;
  common(query.stems, answer.stems, (i, j) => {
    sum += query.weights[i] * answer.weights[j];
  });
  return sum;
}
