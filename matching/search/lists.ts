import type { Shares } from '../model.ts';
import type { TopLists } from '../topk.ts';
import { KINDS } from './bounds.ts';
import type { FlatTables } from './flat.ts';
import { RowSearch } from './rows.ts';

/** How far below the usual end of a list, in mean deviations, a row is looked through at first, then each time further, and at most. */
const FIRST_DEVIATIONS = 0.5;
const MORE_DEVIATIONS = 1.5;
const MOST_DEVIATIONS = 4;
/** Weight of the last row in the running means. */
const FRESH = 1 / 16;
const UNKNOWN = -1;

/**
 * Guesses the end of a list from those before it of the same kind. A guess that was too high costs a second search, one that is too
 * low only time.
 */
class Guess {
  readonly #mean = new Float64Array(KINDS).fill(UNKNOWN);
  readonly #deviation = new Float64Array(KINDS);

  of(kind: number, deviations: number): number {
    const mean = this.#mean[kind];
    return mean < 0 ? UNKNOWN : Math.max(UNKNOWN, Math.floor(mean - deviations * this.#deviation[kind]));
  }

  note(kind: number, floor: number): void {
    const mean = this.#mean[kind];
    if (mean < 0) {
      this.#mean[kind] = Math.max(0, floor);
      this.#deviation[kind] = floor / 8;
      return;
    }
    this.#deviation[kind] += FRESH * (Math.abs(floor - mean) - this.#deviation[kind]);
    this.#mean[kind] = mean + FRESH * (floor - mean);
  }
}

/** How a list is filled. */
export interface FillOptions {
  /** What its end is known to reach. [nothing is known] */
  readonly known?: number;
  /** Positions by slot where these are others by now, below 0 for one that is passed over. [those of the tables] */
  readonly positions?: Int32Array;
  /** The slots before this one are filled next, in their order. [none] */
  readonly until?: number;
  /** How far below the usual end it is looked through at first, in mean deviations. */
  readonly deviations?: number;
}

/** Finds lists, row by row, with a memory of its own; the tables are only read. */
export class ListSearch {
  readonly #tables: FlatTables;
  readonly rows: RowSearch;
  readonly guess = new Guess();

  constructor(tables: FlatTables, shares: readonly Shares[]) {
    this.#tables = tables;
    this.rows = new RowSearch(tables, shares);
  }

  /** Fills the list of one slot, which must be empty, in lists by position. */
  fill(
    slot: number,
    lists: TopLists,
    {
      known = UNKNOWN,
      positions = this.#tables.columns.position,
      until = slot + 1,
      deviations: first = FIRST_DEVIATIONS,
    }: FillOptions = {},
  ): void {
    const { kind } = this.#tables.columns;
    const own = positions[slot];
    this.rows.open(slot, { until, along: 'all' });
    let guess = Math.max(known, this.guess.of(kind[slot], first));
    this.#look(slot, lists, positions, guess);
    for (let deviations = first; lists.counts[own] < lists.length && guess > known;) {
      lists.clear(own);
      deviations += MORE_DEVIATIONS;
      guess = deviations > MOST_DEVIATIONS ? known : Math.max(known, this.guess.of(kind[slot], deviations));
      this.#look(slot, lists, positions, guess);
    }
    this.rows.close();
    this.guess.note(kind[slot], lists.floors[own]);
  }

  #look(slot: number, lists: TopLists, positions: Int32Array, floor: number): void {
    const own = positions[slot];
    this.rows.look(slot, {
      floor,
      positions,
      take: (other, score) => {
        lists.offer(own, positions[other], score);
        return lists.floors[own];
      },
    });
  }
}
