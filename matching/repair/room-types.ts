import type { Two } from '../assignment/asked.ts';
import type { Certificate } from '../assignment/certificate.ts';
import type { SmeId } from '../types.ts';

/** Somebody with whom an SME that arrives may be paired. */
export interface Candidate {
  readonly partner: SmeId;
  readonly score: number;
}

/** How a room stands. Pinned pairs count in none of these. */
export interface RoomSummary {
  /** Number of pairs. */
  readonly pairs: number;
  /** Sum of their scores. */
  readonly total: number;
  /** Sum of what each score is above the outside option: what is made as large as can be. */
  readonly worth: number;
  /** No set of pairs is worth more (aim 'everybody': none with as many pairs): the worth, and the bonus of each told pair that stands. */
  readonly bound: number;
  /** 'optimal' where the worth equals the bound; 'feasible' where, by the bonus of told pairs, another set may be worth more. */
  readonly status: 'optimal' | 'feasible';
  /** What a told pair is worth more, in units of the score. */
  readonly bonus: number;
  /** Number of told pairs that stand. */
  readonly kept: number;
}

/** What a change did to a room. Pinned pairs are named too. Each two by id, and sorted. */
export interface RoomChange extends RoomSummary {
  readonly gained: readonly Two[];
  readonly lost: readonly Two[];
  /** Those lost pairs that people were told. */
  readonly broken: readonly Two[];
}

/** What it would cost to have a pair. */
export interface RoomForcing {
  /** What the room would lose, exactly: worth, and bonus of told pairs. Below 0 only where there would be fewer pairs. */
  readonly loss: number;
  /** What the prices alone say that it would lose at least. */
  readonly bound: number;
  /** The loss as a share of all that the room has, in units of 1/SCALE. */
  readonly share: number;
  /** How many pairs fewer there would be. */
  readonly fewer: number;
  /** What else would change. */
  readonly gained: readonly Two[];
  readonly lost: readonly Two[];
}

/** Why no better set exists: prices over vertices. See `verifyRoom`. */
export interface RoomProof {
  /** Whom each vertex stands for; null for the empty chair, for who is pinned, and for nobody. */
  readonly ids: readonly (SmeId | null)[];
  /** The vertex of the empty chair where it takes part; -1 else. */
  readonly chair: number;
  readonly certificate: Certificate;
}
