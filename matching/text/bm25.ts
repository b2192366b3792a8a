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
export const QUERY_UNIT = 8192;
export const ANSWER_UNIT = 1024;
/** Unit of a sum of query x answer. */
export const MATCH_UNIT = QUERY_UNIT * ANSWER_UNIT;
/** Words of up to 2^1 sampled offers count as equally rare: a name or a typing error shared by two texts proves little. */
const RARE_BITS = 1;
/** The sample holds between half of this and this many offers. */
const SAMPLE_BITS = 8;

/** What the pool's offers say about words. */
export interface TextStatistics {
  /** Information of each stem in bits, by stem number: 0 for words of half of all offers. Stems beyond its end: `rarest`. */
  readonly information: Uint8Array;
  /** Information of a stem that no sampled offer has. */
  readonly rarest: number;
  /** Mean length of an offer, rounded to a power of two (at least 16). */
  readonly meanLength: number;
  /** The offers that were read. */
  readonly sample: readonly Bag[];
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
  return offers
    .filter(({ id }) => (hashText(id, 0) & thinning) === 0)
    .sort((one, other) => (one.id < other.id ? -1 : 1))
    .map(({ bag }) => bag);
}

/**
 * Statistics over the offers of a pool. Where `before` was read from the same offers it is what comes out: statistics that are the same
 * are the same object.
 */
export function textStatistics(
  offers: readonly Offer[],
  vocabularySize: number,
  before?: TextStatistics,
): TextStatistics {
  const sample = sampled(offers.filter(({ bag }) => bag.length > 0));
  if (before?.sample.length === sample.length && sample.every((bag, i) => bag === before.sample[i])) {
    return before;
  }
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
    rarest: ceiling - RARE_BITS,
    sample,
    meanLength: 2 ** Math.max(4, exponent(Math.round(words / Math.max(1, sample.length)))),
  };
}

const informationOf = ({ information, rarest }: TextStatistics, stem: number): number =>
  stem < information.length ? information[stem] : rarest;

/** Whether a stem tells one offer from another. */
export const says = (statistics: TextStatistics, stem: number): boolean =>
  informationOf(statistics, stem) > 0;

/** Tests whether the weights of a query may differ between two statistics, by its stems. */
export function whereDiffering(one: TextStatistics, other: TextStatistics): (need: Bag) => boolean {
  if (one === other) return () => false;
  const length = Math.max(one.information.length, other.information.length) + 1;
  const differs = Uint8Array.from({ length }, (_, stem) =>
    informationOf(one, stem) === informationOf(other, stem) ? 0 : 1,
  );
  return ({ stems }) => stems.some((stem) => differs[Math.min(stem, length - 1)] === 1);
}

/** Weights of a need's stems, a vector of length QUERY_UNIT (all zero where no word says anything), in the order of `need.stems`. */
export function queryWeights(need: Bag, statistics: TextStatistics): Int32Array {
  const weights = new Int32Array(need.stems.length);
  let squares = 0;
  for (let at = 0; at < weights.length; at += 1) {
    const weight = informationOf(statistics, need.stems[at]) * bits(need.counts[at]);
    weights[at] = weight;
    squares += weight * weight;
  }
  if (squares === 0) return weights;
  const length = Math.sqrt(squares);
  for (let at = 0; at < weights.length; at += 1)
    weights[at] = Math.round((weights[at] * QUERY_UNIT) / length);
  return weights;
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

/** Sum of query x answer over the common stems, in units of 1/MATCH_UNIT; below 2^31. Written out, as it runs for thousands of pairs. */
export function matchSum(query: Weighted, answer: Weighted): number {
  const [asked, offered] = [query.stems, answer.stems];
  let sum = 0;
  let i = 0;
  let j = 0;
  while (i < asked.length && j < offered.length) {
    const difference = asked[i] - offered[j];
    if (difference === 0) sum += query.weights[i] * answer.weights[j];
    if (difference <= 0) i += 1;
    if (difference >= 0) j += 1;
  }
  return sum;
}
