import type { Two } from '../assignment/asked.ts';
import type { SmeId } from '../types.ts';

/*
 * The words of a plan of meetings. A round is a stretch of time in which each SME sits at one table at most; a bye is a round in which
 * an SME is present and meets nobody. Rounds and tables are numbered from 1.
 */

/** Two SMEs at a table in a round; a < b by id. */
export interface Meeting {
  readonly round: number;
  readonly table: number;
  readonly a: SmeId;
  readonly b: SmeId;
  readonly score: number;
}

/** What one SME, or staff for it, asked for. Mutual where the other asked too. */
export interface Wish {
  readonly from: SmeId;
  readonly to: SmeId;
  /** 'must': before seats, byes and scores, as far as it can be had; 'would-like': raises the score of the pair. */
  readonly kind: 'must' | 'would-like';
}

/** A meeting that is settled whatever it costs. */
export interface Pin {
  readonly round: number;
  readonly a: SmeId;
  readonly b: SmeId;
  readonly table?: number;
}

/** What to plan. */
export interface RoundsOptions {
  /** Number of the last round. */
  readonly rounds: number;
  /** Number of the first round to plan; earlier ones stand. [1] */
  readonly first?: number;
  /** Tables there are in each round. [half of the participants] */
  readonly tables?: number;
  readonly wishes?: readonly Wish[];
  /** Pairs that are not to meet. Ids that are not in the room are passed over, here and below. */
  readonly never?: readonly Two[];
  /** Pairs that have met already and are not to meet again. */
  readonly met?: readonly Two[];
  readonly pinned?: readonly Pin[];
  readonly absences?: readonly { readonly sme: SmeId; readonly round: number }[];
  /** Rounds that each SME has sat out so far; entries of one SME add up. */
  readonly byes?: readonly { readonly sme: SmeId; readonly count: number }[];
  /** What people were told: kept where nothing better is worth it. */
  readonly standing?: readonly Meeting[];
  /** What keeping a meeting that people were told of is worth, in units of score (integer >= 0). [SCALE / 4] */
  readonly standingBonus?: number;
  /** Meetings that everybody is to have at least. [0] */
  readonly needed?: number;
}

/** Why a wish could not be met. */
export type UnmetReason =
  /** One of the two is not in the room. */
  | 'not-in-room'
  /** A rule of the call, a conflict, or a 'not for me' stands against it. */
  | 'not-allowed'
  /** It is asked that these two never meet. */
  | 'never'
  | 'met-before'
  /** There is no round in which both are present and free. */
  | 'never-both-free'
  /** One of the two has to meet more partners than there are rounds for it. */
  | 'more-wishes-than-rounds'
  /** Other wishes (for 'would-like': seats, byes and scores) came first. */
  | 'others-came-first';

export interface MetWish extends Wish {
  readonly mutual: boolean;
  readonly round: number;
}

export interface UnmetWish extends Wish {
  readonly mutual: boolean;
  readonly reason: UnmetReason;
}

export interface PlannedRound {
  readonly round: number;
  /** By table. */
  readonly meetings: readonly Meeting[];
  /** Present without a meeting, sorted by id. */
  readonly byes: readonly SmeId[];
  readonly absent: readonly SmeId[];
  readonly total: number;
}

/** The rounds of one SME. */
export interface SmeRounds {
  readonly sme: SmeId;
  readonly meetings: number;
  /** With those before this plan. */
  readonly byes: number;
  /** Sum of the scores of its meetings. */
  readonly total: number;
}

/** Why somebody has fewer meetings than everybody should. */
export type ShortReason =
  'too-few-rounds' | 'too-few-partners' | 'too-few-tables' | 'odd-number' | 'not-found';

/** Whether everybody has the meetings asked for, and what is possible at best. */
export interface Demand {
  readonly needed: number;
  /** The fewest that any SME has in this plan. */
  readonly reached: number;
  /** No plan gives everybody more than this. */
  readonly atMost: number;
  readonly short: readonly {
    readonly sme: SmeId;
    readonly meetings: number;
    /** No plan gives this SME more. */
    readonly atMost: number;
    readonly reason: ShortReason;
  }[];
}

/** A plan of meetings, and how good it is. */
export interface RoundsPlan {
  readonly rounds: readonly PlannedRound[];
  readonly wishes: { readonly met: readonly MetWish[]; readonly unmet: readonly UnmetWish[] };
  /** By id. */
  readonly smes: readonly SmeRounds[];
  readonly demand: Demand;
  /** Sum of the scores of all meetings. */
  readonly total: number;
  /** No plan for these rounds has a larger total, whatever it does about wishes, seats and byes. */
  readonly bound: number;
  /** (bound - total) / bound in units of 1/SCALE, rounded up: what wishes, byes and the method cost at most. */
  readonly gap: number;
  /** 'optimal' where the total reaches the bound; 'feasible': no single round can be made better while the others stand. */
  readonly status: 'optimal' | 'feasible';
  /** How often all rounds were gone through. */
  readonly passes: number;
}
