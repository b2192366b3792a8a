import { harmonic, ratio, stretch } from '../fixed.ts';
import { CLOSE_UNIT, type Taxonomy } from '../taxonomy.ts';
import { SCALE } from '../types.ts';

/*
 * Factor capability: what one offers covers what the other needs, in taxonomy terms, both ways, fused.
 * One direction is a soft Jaccard: common part / (need + offer - common part), where a near term counts in part. The plain
 * 'share of the need covered' rewards whoever ticks every box; dividing by the size of the offer does not.
 * Words ask the same question. Few terms tell little, as most companies name some of many that would do: what is not known counts as
 * PRIOR_TERMS terms that are answered as well as the words are. So a company that names other terms than those sought falls behind one that
 * names none by little, and by more the more is named.
 */

const KNEE = SCALE / 4;
/** How many times as much a common term tells as one that only one side has: what KNEE comes to. */
export const COMMON = (SCALE + KNEE) / KNEE;
/** What is not known counts as much as so many terms, as where fields of application are compared. */
export const PRIOR_TERMS = 6;
/** Terms are counted in quarters; so many quarters each one is where both directions can be told, against one where only one can. */
export const QUARTERS = 4;
export const BOTH_WAYS = 2;
/** What two declared sets of terms reach against each other in the middle. */
export const CAPABILITY_NEUTRAL = SCALE / 4;

/** Sum over `terms` of the closeness of the nearest of `others`, in units of 1/CLOSE_UNIT. */
function nearest(terms: Int16Array, others: Int16Array, { closeness, size }: Taxonomy): number {
  let sum = 0;
  for (const term of terms) {
    const row = term * size;
    let best = 0;
    for (const other of others) {
      const close = closeness[row + other];
      if (close > best) best = close;
    }
    sum += best;
  }
  return sum;
}

/** Soft Jaccard of what is needed and what is offered, in [0, SCALE]; 0 where one is empty. */
export function overlap(need: Int16Array, offer: Int16Array, taxonomy: Taxonomy): number {
  if (need.length === 0 || offer.length === 0) return 0;
  const shared = nearest(need, offer, taxonomy) + nearest(offer, need, taxonomy);
  return softJaccard(shared, need.length + offer.length);
}

/** The overlap from the closeness summed over the terms of both sides and the number of these (above 0). */
export const softJaccard = (shared: number, terms: number): number =>
  // the sum is twice the common part, so the union is doubled too
  Math.floor((shared * SCALE) / (2 * CLOSE_UNIT * terms - shared));

/** Value of one direction from the overlap. */
export const covered = (share: number): number => stretch(share, KNEE);

/** Both directions in terms alone, each in [0, SCALE], fused; the same whichever way round. */
export const inTerms = (forOne: number, forOther: number): number => harmonic(forOne, forOther);

/**
 * How much two SMEs have told each other in terms, in quarters of a term: half the length of the lists that meet, and half of that where they meet in
 * one direction only, as nothing tells then that it is not a partner for one side alone.
 *
 * @param forOne length of both lists of one direction together, 0 where it cannot be told; `forOther`: of the other direction
 */
export const toldInTerms = (forOne: number, forOther: number): number =>
  forOne > 0 && forOther > 0 ? BOTH_WAYS * (forOne + forOther) : forOne + forOther;

/** What is known in terms and what is not, as weights of the two. */
interface Evidence {
  readonly known: number;
  readonly unknown: number;
}

/** A common term tells COMMON times as much as one that only one side has: how many are common is written out from the value in terms. */
const evidenceOf = (terms: number, told: number): Evidence => ({
  known: COMMON * told * SCALE,
  unknown: QUARTERS * PRIOR_TERMS * (COMMON * SCALE - (COMMON - 1) * terms),
});

/**
 * The whole factor: the terms, and the words for what is not known of them. It rises with what both directions are worth in terms, and with
 * the words; without any term it would be what the words are.
 *
 * @param terms value of both directions in terms
 * @param told how much was told, in quarters of a term
 * @param words value of the factor text
 */
export function capabilityValue(terms: number, told: number, words: number): number {
  const { known, unknown } = evidenceOf(terms, told);
  return Math.floor((known * terms + unknown * words) / (known + unknown));
}

/** How much of the factor the terms decide, in [0, SCALE]; the words decide the rest. */
export function decidedByTerms(terms: number, told: number): number {
  const { known, unknown } = evidenceOf(terms, told);
  return ratio(known, known + unknown);
}
