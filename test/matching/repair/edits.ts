import fc from 'fast-check';
import type { StandingMatching } from '../../../matching/repair/standing.ts';

/** A change to a standing matching; vertices are drawn as places in the list of those that are there. */
export interface Draw {
  readonly kind: 'arrive' | 'leave' | 'set' | 'forbid' | 'rest' | 'repair';
  readonly one: number;
  readonly other: number;
  readonly w: number;
}

export const arbitraryDraws = (length: number, largest: number): fc.Arbitrary<Draw[]> =>
  fc.array(
    fc.record({
      kind: fc.constantFrom('arrive', 'leave', 'set', 'set', 'forbid', 'rest', 'repair', 'repair'),
      one: fc.nat(1000),
      other: fc.nat(1000),
      w: fc.nat(largest),
    }),
    { maxLength: length },
  );

/** Applies draws and keeps a plain record of who is there, who rests, and which edges there are. */
export class Player {
  readonly there: Set<number>;
  readonly resting = new Set<number>();
  readonly #standing: StandingMatching;
  readonly #most: number;

  constructor(standing: StandingMatching, size: number, most: number) {
    this.#standing = standing;
    this.#most = most;
    this.there = new Set(Array.from({ length: size }, (_, vertex) => vertex));
  }

  /** Applies one change, unless it makes no sense now. */
  play({ kind, one, other, w }: Draw): void {
    const list = [...this.there];
    const [u, v] = [list[one % list.length], list[other % list.length]];
    if (kind === 'arrive') this.#arrive(list, one, other, w);
    else if (u === undefined || v === undefined) return;
    else if (kind === 'leave') this.#leave(u);
    else if (kind === 'rest') this.#rest(u);
    else if (u !== v && kind === 'set') this.#standing.set(u, v, w);
    else if (u !== v && kind === 'forbid' && this.#standing.weight(u, v) !== undefined)
      this.#standing.forbid(u, v);
  }

  #arrive(list: readonly number[], one: number, other: number, w: number): void {
    if (list.length >= this.#most) return;
    const partners = new Set(
      [one, other, one + other, 3 * one + 1]
        .map((at) => list[at % list.length])
        .filter((to) => to !== undefined),
    );
    this.there.add(
      this.#standing.arrive([...partners].map((to, at) => ({ to, w: at === 0 ? w : (w * (at + 3)) >> 2 }))),
    );
  }

  #leave(vertex: number): void {
    this.#standing.leave(vertex);
    this.there.delete(vertex);
    this.resting.delete(vertex);
  }

  #rest(vertex: number): void {
    const resting = !this.resting.has(vertex);
    this.#standing.rest(vertex, resting);
    if (resting) this.resting.add(vertex);
    else this.resting.delete(vertex);
  }
}
