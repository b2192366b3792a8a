import { guessed, harmonic, scaled, stretch } from '../fixed.ts';
import { CLOSE_UNIT, type Taxonomy } from '../taxonomy.ts';
import { SCALE } from '../types.ts';

/*
 * Factor capability: what one offers covers what the other needs, in taxonomy terms, both ways, fused.
 * One direction is a soft Jaccard: common part / (need + offer - common part), where a near term counts in part. The plain
 * 'share of the need covered' rewards whoever ticks every box; dividing by the size of the offer does not.
 */

const KNEE = SCALE / 4;
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

/** The same for a stand-in: only what is new of the offer counts, and the whole is a guess. */
export const coveredStandIn = (share: number, fresh: number): number =>
  guessed(scaled(covered(share), fresh), CAPABILITY_NEUTRAL);

/** Both directions, each in [0, SCALE], fused; the same whichever way round. */
export const capabilityValue = (forOne: number, forOther: number): number => harmonic(forOne, forOther);
