import { guessed, harmonic, scaled } from '../fixed.ts';
import { LENGTH_UNIT } from '../text/weighing.ts';
import { SCALE } from '../types.ts';

/*
 * Factor text: what each needs against what the other offers, in words (text/weighing.ts), both ways, fused.
 * A stand-in need (an SME that posts none) is answered by what is new: an offer that merely repeats its own brings it nothing.
 */

/** A match of one fifth (a cosine, with pivoted lengths) counts one half. */
const HALF_WAY = 1 / 5;
/** What a sum is multiplied by, so that it may be divided by the two lengths. */
const FACTOR = LENGTH_UNIT ** 2 / HALF_WAY;
/** Value of a direction that nobody can tell, as one side wrote nothing: about what two texts of a pool reach in the middle. */
export const TEXT_NEUTRAL = (SCALE * 3) / 10;

/** Strength of a match: 1 counts one half. `lengths`: the product of both lengths, in their units. */
export const strength = (sum: number, lengths: number): number => (sum * FACTOR) / lengths;

/** Value of one direction from the sum over the words that both have and the product of the two lengths. */
export const answered = (sum: number, lengths: number): number =>
  Math.floor((sum * FACTOR * SCALE) / (sum * FACTOR + lengths));

/** The same for a stand-in: only what is new of the offer counts, and the whole is a guess. */
export const answeredStandIn = (sum: number, lengths: number, fresh: number): number =>
  guessed(scaled(answered(sum, lengths), fresh), TEXT_NEUTRAL);

/** Both directions, each in [0, SCALE], fused; the same whichever way round. */
export const textValue = (forOne: number, forOther: number): number => harmonic(forOne, forOther);
