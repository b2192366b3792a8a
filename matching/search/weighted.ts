import { CAPABILITY_NEUTRAL } from '../factors/capability.ts';
import { CHALLENGE_NEUTRAL, togetherValue } from '../factors/challenge.ts';
import { scaled } from '../fixed.ts';
import type { Shares } from '../model.ts';
import { FACTORS, SCALE, type Factor } from '../types.ts';
import { KINDS, knownBetween } from './bounds.ts';
import type { Matrices, Matrix } from './classes.ts';

const place = (factor: Factor): number => FACTORS.indexOf(factor);
const CAPABILITY = place('capability');
const TEXT = place('text');

/** Contributions of a factor by class, and those of each class with all. */
export interface Contributions extends Matrix {
  readonly rows: readonly Int32Array[];
}

function contributions({ size, values: whole }: Matrix, share: number): Contributions {
  const values = share === SCALE ? whole : whole.map((value) => scaled(value, share));
  const rows = Array.from({ length: size }, (_, own) => values.subarray(own * size, (own + 1) * size));
  return { size, values, rows };
}

/** What one side covers: how many terms of each challenge, and whether anything is known of that. */
interface Covered {
  readonly coverCounts: Int32Array;
  readonly coversKnown: boolean;
}

/** Most that a challenge can be answered by one side and any other: none covers less together than what is left open. */
function mostChallenge({ coverCounts, coversKnown }: Covered, parts: Int32Array): number {
  let most = CHALLENGE_NEUTRAL;
  for (let at = 0; coversKnown && at < parts.length; at += 1) {
    const own = coverCounts[at];
    const better = Math.max(own, parts[at] - own);
    most = Math.max(most, togetherValue(parts[at], better, parts[at]));
  }
  return most;
}

/** Tables under one set of weights: what a row adds up. Domain stays without its share, as its parts are rounded together. */
export class WeightedTables {
  readonly trl: Contributions;
  readonly practical: Contributions;
  readonly reach: Contributions;
  readonly role: Contributions;
  readonly field: Contributions;
  readonly sector: Contributions;
  readonly domainShare: number;
  readonly challengeShare: number;
  /** By `2 x words known + terms known`. */
  readonly capabilityShare: Float64Array;
  readonly textShare: Float64Array;
  readonly #known = Uint8Array.from({ length: KINDS * KINDS }, (_, at) =>
    knownBetween(Math.floor(at / KINDS), at % KINDS),
  );
  readonly #parts: Int32Array;

  constructor(matrices: Matrices, shares: readonly Shares[]) {
    const share = (factor: Factor): number => shares[0][place(factor)];
    this.trl = contributions(matrices.trl, share('trl'));
    this.practical = contributions(matrices.practical, share('practical'));
    this.reach = contributions(matrices.reach, share('reach'));
    this.role = contributions(matrices.role, SCALE);
    this.field = contributions(matrices.field, SCALE);
    this.sector = contributions(matrices.sector, SCALE);
    this.domainShare = share('domain');
    this.challengeShare = share('challenge');
    this.#parts = matrices.challenge.parts;
    this.capabilityShare = Float64Array.from(shares, (one) => one[CAPABILITY]);
    this.textShare = Float64Array.from(shares, (one) => one[TEXT]);
  }

  /** Largest contribution of the factor challenge to one side. */
  mostChallenge(covered: Covered): number {
    return scaled(mostChallenge(covered, this.#parts), this.challengeShare);
  }

  /** Place in the shares by what is known between two kinds. */
  known(own: number, other: number): number {
    return this.#known[own * KINDS + other];
  }

  /** Contribution of capability where it cannot be told between two kinds. */
  neutralCapability(own: number, other: number): number {
    return scaled(CAPABILITY_NEUTRAL, this.capabilityShare[this.known(own, other)]);
  }
}
