import { guessed, harmonic, scaled } from '../fixed.ts';
import { MATCH_UNIT } from '../text/bm25.ts';
import { SCALE } from '../types.ts';

/*
 * Factor text: what each needs against what the other offers, in words (BM25, text/bm25.ts), both ways, fused.
 * A stand-in need (an SME that posts none) is answered by what is new: an offer that merely repeats its own brings it nothing.
 */

/** A match of this strength counts one half: a need of five words answered whole, or a fifth of one of a hundred. */
const HALF_WAY = MATCH_UNIT;
/** Value of a direction that nobody can tell, as one side wrote nothing: about what two texts of a pool reach in the middle. */
export const TEXT_NEUTRAL = (SCALE * 3) / 10;

/** Value of one direction from the sum of query x answer weights. */
export const answered = (sum: number): number => Math.floor((sum * SCALE) / (sum + HALF_WAY));

/** The same for a stand-in: only what is new of the offer counts, and the whole is a guess. */
export const answeredStandIn = (sum: number, fresh: number): number =>
  guessed(scaled(answered(sum), fresh), TEXT_NEUTRAL);

/** A quick bound, in floating point: no direction with this sum has a value above it. */
export const mostAnswered = (sum: number, standsIn: number): number => {
  const most = (sum * SCALE) / (sum + HALF_WAY);
  return standsIn === 1 ? (most + TEXT_NEUTRAL) / 2 : most;
};

/** Both directions, each in [0, SCALE], fused; the same whichever way round. */
export const textValue = (forOne: number, forOther: number): number => harmonic(forOne, forOther);
