import type { SmeId, TermId, Trl } from '../types.ts';

/*
 * What the demand side gets as an answer to a need.
 *
 * - Part: one wanted term of a need. An SME brings a part at a level: 0 not at all; 1 it offers it, but not at the wanted readiness (or the
 *   readiness is not declared); 2 it offers it at the wanted readiness.
 * - Covered: the sum of the levels over all parts. Two SMEs together bring each part at the better level of the two.
 * - Only together: what two SMEs cover beyond what the better one of them covers alone.
 */

export type Level = 0 | 1 | 2;
export const LEVEL_MOST = 2;

/** What one SME brings of one part. */
export interface PartBrought {
  readonly term: TermId;
  readonly level: Level;
  /** Share of this part in the score, in units of 1/SCALE; the shares add up to the score exactly. */
  readonly contribution: number;
  /** The solution that brings it best; null at level 0. */
  readonly solution: {
    readonly id: string;
    readonly title: string;
    readonly trl: Trl | null;
    /** The term as the SME declared it: the wanted one, or a broader or narrower one. */
    readonly term: TermId;
  } | null;
}

/** An SME that answers a need. */
export interface NeedAnswer {
  readonly sme: SmeId;
  /** Covered over what could be covered, integer in [0, SCALE]. */
  readonly score: number;
  /** Sum of the levels, 0 to LEVEL_MOST for each part. */
  readonly covered: number;
  /** How well its own words answer those of the need, integer in [0, SCALE]; decides between equals. */
  readonly words: number;
  readonly parts: readonly PartBrought[];
  /** Words that both use, the heaviest first, as the SME wrote them. */
  readonly matchedWords: readonly string[];
  /** Why, in words. */
  readonly sentence: string;
}

/** One part of a need as a pair brings it. */
export interface PairPart {
  readonly term: TermId;
  readonly level: Level;
  readonly contribution: number;
  /** Those of the two that bring it at this level; empty at level 0. */
  readonly by: readonly SmeId[];
}

/** Two SMEs that answer a need together and may form a consortium; a < b by id. */
export interface NeedPair {
  readonly a: SmeId;
  readonly b: SmeId;
  readonly score: number;
  readonly covered: number;
  /** Levels that the two cover together beyond what the better one covers alone. */
  readonly onlyTogether: number;
  /** Sum of both sides' words, in [0, 2 SCALE]. */
  readonly words: number;
  readonly parts: readonly PairPart[];
  readonly sentence: string;
}

/** How much of one wanted part there is in the whole pool. */
export interface PartSupply {
  readonly term: TermId;
  /** SMEs that offer it at all, and at the wanted readiness. */
  readonly offered: number;
  readonly ready: number;
}

/** Everything that answers one need. */
export interface NeedAnswers {
  /** Best first. */
  readonly smes: readonly NeedAnswer[];
  /** The exact best pairs, best first. */
  readonly pairs: readonly NeedPair[];
  readonly supply: readonly PartSupply[];
  /** SMEs that answer at all, of which `smes` are the best. */
  readonly answering: number;
  /** SMEs that may take part in the call: those that were looked at. */
  readonly looked: number;
}

export interface AnswersAsked {
  /** SMEs to be listed at most. [25] */
  readonly smes?: number;
  /** Pairs to be listed at most. [25] */
  readonly pairs?: number;
}

/** A term as some need wants it, to be counted in the pool. */
export interface WantedTerm {
  readonly term: TermId;
  readonly trlMin: Trl | null;
  readonly trlMax: Trl | null;
}
