import type { Two } from '../assignment/asked.ts';
import { SCALE, type SmeId } from '../types.ts';
import { TwoSet } from './two-set.ts';

/** What a room is arranged for. */
export interface RoomOptions {
  /** 'everybody': as many pairs as can be had, and of these sets the one that is worth most; 'total': the one that is worth most. ['everybody'] */
  readonly aim?: 'total' | 'everybody';
  /** What staying alone is worth to a pair: it is taken off each score, and pairs below it are not proposed. Integer in [0, SCALE]. [0] */
  readonly outside?: number;
  /** What a pair that people were told is worth more than its score. Integer in [0, SCALE]. [0] */
  readonly bonus?: number;
}

/** How many SMEs a room can hold: sums of what pairs are worth stay exact, and one pair more always outweighs better ones. */
export const STANDING_MOST = 20_000;

/**
 * What a seat on the empty chair is worth with the aim 'everybody', and each pair. A pair more outweighs a seat and all scores and bonuses
 * of a full room, so nobody is left alone for the sake of the chair. A seat is worth more than half of a pair, as prices split what a pair
 * is worth about evenly: below that, a chair that arrives would have nothing to search with.
 */
const SEAT_WORTH = 24e9;
const PAIR_WORTH = SEAT_WORTH + STANDING_MOST * SCALE;

const isShare = (value: number): boolean => Number.isInteger(value) && value >= 0 && value <= SCALE;

/** What the pairs of a room are worth, in units of the score. */
export class Worths {
  readonly outside: number;
  readonly bonus: number;
  /** Worth of each pair just for being one. */
  readonly perPair: number;
  /** Worth of sitting on the empty chair. */
  readonly perSeat: number;
  #told = new TwoSet();

  /** @throws RangeError for an outside option or a bonus that is not an integer in [0, SCALE] */
  constructor({ aim = 'everybody', outside = 0, bonus = 0 }: RoomOptions) {
    for (const [name, value] of Object.entries({ outside, bonus })) {
      if (isShare(value)) continue;
      throw new RangeError(`The option ${name} is ${value}; it must be a whole number from 0 to ${SCALE}.`);
    }
    this.outside = outside;
    this.bonus = bonus;
    this.perPair = aim === 'everybody' ? PAIR_WORTH : 0;
    this.perSeat = aim === 'everybody' ? SEAT_WORTH : 0;
  }

  /** Pairs that people were told. */
  get told(): Two[] {
    return [...this.#told];
  }

  isTold(a: SmeId, b: SmeId): boolean {
    return this.#told.has(a, b);
  }

  /** What a pair is worth; null where it is not to be proposed. @throws RangeError for a score that is not an integer in [0, SCALE] */
  of(a: SmeId, b: SmeId, score: number): number | null {
    if (a === b) throw new RangeError(`${a} cannot be paired with itself.`);
    if (!isShare(score)) {
      throw new RangeError(
        `The score of ${a} and ${b} is ${score}; it must be a whole number from 0 to ${SCALE}.`,
      );
    }
    if (score < this.outside) return null;
    return score - this.outside + this.perPair + (this.isTold(a, b) ? this.bonus : 0);
  }

  /** Puts other pairs in place of those that were told. @returns those whose worth changes, and by how much */
  tell(pairs: readonly Two[]): { readonly two: Two; readonly by: number }[] {
    const before = this.#told;
    const after = new TwoSet(pairs);
    this.#told = after;
    const only = (these: TwoSet, those: TwoSet): Two[] => [...these].filter(([a, b]) => !those.has(a, b));
    return [
      ...only(before, after).map((two) => ({ two, by: -this.bonus })),
      ...only(after, before).map((two) => ({ two, by: this.bonus })),
    ];
  }
}
