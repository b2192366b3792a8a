import { bits } from '../fixed.ts';
import { SCALE } from '../types.ts';
import { hashText } from './hash.ts';
import { Store } from './store.ts';
import type { Bag } from './vocabulary.ts';

/*
 * Problem: how much two texts have to do with each other, in words.
 * Method: the cosine of two vectors of words (Salton and Buckley 1988) with pivoted lengths (Singhal, Buckley and Mitra 1996).
 * - A word that both have counts its information times how often each has it: once, some times or many times. So the sum is a small whole
 *   number, the same whichever of the two is asked.
 * - Divided by the length of a vector, a long text would have to share everything to count; not divided at all, whoever writes much would win.
 *   The length of an offer is moved half way to that of the usual offer. A posted need goes by its own: a short one can be answered in full.
 * - How many offers have a word, and the usual length, are read from a fixed sample of the pool and rounded to powers of two. They are thus a
 *   plain function of the pool as it is, yet an edited profile seldom moves anybody else's scores.
 * Decision 008 has what else was measured. Complexity: reading O(words); a pair O(stems of both).
 */

/** Words of up to 2^1 sampled offers count as equally rare: a name or a typing error shared by two texts proves little. */
const RARE_BITS = 1;
/** The sample holds between half of this and this many offers. */
const SAMPLE_BITS = 8;
/** Units of the lengths of vectors: a length of 1 is written so. */
const NORM_UNIT = 8;
/** Lengths that sums are divided by are twice as fine, as they are means of two. */
export const LENGTH_UNIT = 2 * NORM_UNIT;
/**
 * What the length of a posted need counts, in shares of that of an offer of the usual length. With all of it a need would be answered less well
 * than an offer that stands in for one, by the same pool: whoever posts a need would be in half as many lists as before. With three
 * quarters it is in as many, in each of five periods of real collaborations (decision 017).
 */
const NEED_SHARE = 3 / 4;
/** Units of the length of a posted need: a vector of length 1 is written so. */
export const NEED_UNIT = LENGTH_UNIT * NEED_SHARE;
/** Usual length where no offer tells anything. */
const LEAST_LENGTH = 4 * NORM_UNIT;

/** What the pool's offers say about words. */
export interface TextStatistics {
  /** Information of each stem in bits, by stem number: 0 for words of half of all offers. Stems beyond its end: `rarest`. */
  readonly information: Uint8Array;
  /** Information of a stem that no sampled offer has. */
  readonly rarest: number;
  /** Usual length of an offer's vector in units of 1/NORM_UNIT, rounded to a power of two. */
  readonly usualLength: number;
  /** The offers that were read, by id. */
  readonly sample: readonly Offer[];
  /** An SME is in the sample where its offer says anything and none of these bits is set in the hash of its id. */
  readonly thinning: number;
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
function sampled(offers: readonly Offer[]): Pick<TextStatistics, 'sample' | 'thinning'> {
  let told = 0;
  for (const { bag } of offers) if (bag.length > 0) told += 1;
  const thinning = 2 ** Math.max(0, exponent(told) - SAMPLE_BITS) - 1;
  const sample: Offer[] = [];
  // a loop, as it runs over the whole pool at every change
  for (const offer of offers) {
    if (offer.bag.length > 0 && isDrawn(offer.id, thinning)) sample.push(offer);
  }
  return { sample: sample.sort((one, other) => (one.id < other.id ? -1 : 1)), thinning };
}

const isDrawn = (id: string, thinning: number): boolean => (hashText(id, 0) & thinning) === 0;

/**
 * Statistics over the offers of a pool. Where `before` was read from the same offers it is what comes out: statistics that are the same
 * are the same object.
 */
export function textStatistics(
  offers: readonly Offer[],
  vocabularySize: number,
  before?: TextStatistics,
): TextStatistics {
  const { sample, thinning } = sampled(offers);
  const isSame = before?.sample.length === sample.length;
  if (isSame && sample.every(({ bag }, i) => bag === before.sample[i].bag)) return before;
  return statisticsOf(sample, thinning, vocabularySize);
}

/** An offer that became another. */
export interface OfferChange {
  readonly id: string;
  readonly was: Bag;
  readonly now: Bag;
}

/** Statistics after some offers of the pool became others; null where that needs a look at all of them. */
export function statisticsAfter(
  before: TextStatistics,
  changes: readonly OfferChange[],
  vocabularySize: number,
): TextStatistics | null {
  const bags = new Map<string, Bag>();
  for (const { id, was, now } of changes) {
    if (was === now) continue;
    // how many say anything tells how large the sample is
    if (was.length > 0 !== now.length > 0) return null;
    if (now.length > 0 && isDrawn(id, before.thinning)) bags.set(id, now);
  }
  if (bags.size === 0) return before;
  const sample = before.sample.map((offer) => ({ id: offer.id, bag: bags.get(offer.id) ?? offer.bag }));
  return statisticsOf(sample, before.thinning, vocabularySize);
}

function statisticsOf(sample: readonly Offer[], thinning: number, vocabularySize: number): TextStatistics {
  const frequency = new Int32Array(vocabularySize);
  for (const { bag } of sample) for (const stem of bag.stems) frequency[stem] += 1;
  const ceiling = Math.max(exponent(sample.length), RARE_BITS + 1);
  const information = Uint8Array.from(frequency, (n) => ceiling - Math.max(RARE_BITS, exponent(n)));
  const rarest = ceiling - RARE_BITS;
  let lengths = 0;
  const store = new Store();
  for (const { bag } of sample)
    lengths += norm(squaresOf(bag, weightsOf(bag, { information, rarest }, store)));
  const mean = Math.round(lengths / Math.max(1, sample.length));
  const usualLength = Math.max(LEAST_LENGTH, 2 ** exponent(mean));
  return { information, rarest, sample, thinning, usualLength };
}

type Informative = Pick<TextStatistics, 'information' | 'rarest'>;

const informationOf = ({ information, rarest }: Informative, stem: number): number =>
  stem < information.length ? information[stem] : rarest;

/** Tests whether the weights of a text may differ between two statistics, by its stems; null where those of none do. */
export function whereDiffering(one: TextStatistics, other: TextStatistics): ((text: Bag) => boolean) | null {
  if (one === other) return null;
  const last = Math.max(one.information.length, other.information.length);
  const differs = new Uint8Array(last + 1);
  let any = false;
  for (let stem = 0; stem <= last; stem += 1) {
    if (informationOf(one, stem) === informationOf(other, stem)) continue;
    differs[stem] = 1;
    any = true;
  }
  if (!any) return null;
  return ({ stems }) => {
    for (let at = 0; at < stems.length; at += 1) if (differs[Math.min(stems[at], last)] === 1) return true;
    return false;
  };
}

/** A text as a vector of words, weighed by the statistics of a pool. */
export interface Weighed {
  /** Sorted, without repeats. */
  readonly stems: Int32Array;
  /** How often the text has each: 1, 2 or 3. */
  readonly times: Uint8Array;
  /** `times` x information. */
  readonly weights: Uint8Array;
  /** Square of the length of the vector: the sum of `times` x `weights`. */
  readonly squares: number;
  /** What sums with others are divided by, in units of 1/LENGTH_UNIT; above 0. */
  readonly length: number;
}

function weightsOf({ stems, times }: Bag, { information, rarest }: Informative, store: Store): Uint8Array {
  const weights = store.bytes(stems.length);
  const known = information.length;
  for (let at = 0; at < weights.length; at += 1) {
    const stem = stems[at];
    weights[at] = (stem < known ? information[stem] : rarest) * times[at];
  }
  return weights;
}

function squaresOf({ times }: Bag, weights: Uint8Array): number {
  let squares = 0;
  for (let at = 0; at < weights.length; at += 1) squares += times[at] * weights[at];
  return squares;
}

/** Length of a vector in units of 1/NORM_UNIT. A square root is exact to the last digit on every machine. */
const norm = (squares: number): number => Math.round(NORM_UNIT * Math.sqrt(squares));

/** Weighs what an SME offers. `store`: where the weights go. */
export function weighOffer(bag: Bag, statistics: TextStatistics, store = new Store()): Weighed {
  const weights = weightsOf(bag, statistics, store);
  const squares = squaresOf(bag, weights);
  const { stems, times } = bag;
  return { stems, times, weights, squares, length: norm(squares) + statistics.usualLength };
}

/** Weighs a need that was posted. */
export function weighNeed(bag: Bag, statistics: TextStatistics, store = new Store()): Weighed {
  const weights = weightsOf(bag, statistics, store);
  const squares = squaresOf(bag, weights);
  const { stems, times } = bag;
  return { stems, times, weights, squares, length: Math.max(1, Math.round(2 * NEED_SHARE * norm(squares))) };
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

/**
 * Sum of information x times x times over the stems that both have; the same whichever way round. Written out, as it runs for thousands of
 * pairs.
 */
export function matchSum(one: Weighed, other: Weighed): number {
  const [asked, offered] = [one.stems, other.stems];
  let sum = 0;
  let i = 0;
  let j = 0;
  while (i < asked.length && j < offered.length) {
    const difference = asked[i] - offered[j];
    if (difference === 0) sum += one.weights[i] * other.times[j];
    if (difference <= 0) i += 1;
    if (difference >= 0) j += 1;
  }
  return sum;
}

/** Cosine of two offers, in [0, SCALE], from their sum and squares; 0 where one says nothing. */
export const cosine = (sum: number, one: number, other: number): number =>
  sum === 0 ? 0 : Math.min(SCALE, Math.round((SCALE * sum) / Math.sqrt(one * other)));

/** How alike two offers are. */
export const likeness = (one: Weighed, other: Weighed): number =>
  cosine(matchSum(one, other), one.squares, other.squares);
