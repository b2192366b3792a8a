import type { RoundsAsked } from './asked.ts';
import type { Mates } from './one-round.ts';
import { NOT_ALLOWED, type Room } from './room.ts';

/** Nobody: the mate of an SME without a meeting. */
export const NOBODY = -1;

/** One round on its way. */
interface DraftRound {
  readonly mates: Mates;
  /** 1 where the meeting of an SME is settled. */
  readonly settled: Uint8Array;
  readonly present: Uint8Array;
}

/** Rounds on their way: who meets whom, and which pairs are still open. Rounds are counted from 0 here. */
export class Draft {
  readonly size: number;
  readonly rounds: readonly DraftRound[];
  /** Worth of each pair, NOT_ALLOWED where it may not meet or meets already; both ways round. */
  readonly open: Int32Array;
  /** By position: rounds sat out, with those before. */
  readonly byes: Int32Array;
  /** Meetings in each round. */
  readonly counts: Int32Array;
  readonly #worth: Int32Array;

  /** @param worth of each pair, as `Room.scores` */
  constructor(room: Room, asked: RoundsAsked, worth: Int32Array) {
    this.size = room.participants.length;
    this.#worth = worth;
    this.open = worth.slice();
    this.byes = asked.byes.slice();
    this.rounds = asked.present.map((present) => ({
      mates: new Int32Array(this.size).fill(NOBODY),
      settled: new Uint8Array(this.size),
      present,
    }));
    this.counts = new Int32Array(this.rounds.length);
    for (const present of asked.present) present.forEach((here, sme) => (this.byes[sme] += here));
  }

  /** Whether two may be seated in a round beside all that stands. */
  maySeat(round: number, u: number, v: number): boolean {
    const { mates, present } = this.rounds[round];
    return (
      this.open[u * this.size + v] !== NOT_ALLOWED &&
      present[u] + present[v] === 2 &&
      mates[u] === NOBODY &&
      mates[v] === NOBODY
    );
  }

  seat(round: number, u: number, v: number): void {
    const { mates } = this.rounds[round];
    mates[u] = v;
    mates[v] = u;
    this.open[u * this.size + v] = this.open[v * this.size + u] = NOT_ALLOWED;
    this.byes[u] -= 1;
    this.byes[v] -= 1;
    this.counts[round] += 1;
  }

  unseat(round: number, u: number, v: number): void {
    const { mates } = this.rounds[round];
    mates[u] = mates[v] = NOBODY;
    this.open[u * this.size + v] = this.open[v * this.size + u] = this.#worth[u * this.size + v];
    this.byes[u] += 1;
    this.byes[v] += 1;
    this.counts[round] -= 1;
  }

  /** The meeting of these two in this round is not to be touched any more. */
  settle(round: number, u: number, v: number): void {
    const { settled } = this.rounds[round];
    settled[u] = settled[v] = 1;
  }

  /** Meetings of a round; those that are settled only where asked for. */
  *meetings(round: number, which: 'all' | 'unsettled' = 'all'): Iterable<readonly [number, number]> {
    const { mates, settled } = this.rounds[round];
    for (let u = 0; u < this.size; u += 1) {
      if (mates[u] > u && (which === 'all' || settled[u] === 0)) yield [u, mates[u]];
    }
  }

  worthOf(u: number, v: number): number {
    return this.#worth[u * this.size + v];
  }
}
