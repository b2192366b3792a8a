import type { Shares } from '../model.ts';
import type { TopLists } from '../topk.ts';
import { KINDS } from './bounds.ts';
import type { Side } from './side.ts';
import type { FlatTables } from './flat.ts';
import { NO_FLOOR, RowSearch } from './rows.ts';

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
  /** What its end is thought to reach. [what is usual] */
  readonly likely?: number;
  /** Positions by slot where these are others by now, below 0 for one that is passed over. [those of the tables] */
  readonly positions?: Int32Array;
  /** How far below the usual end it is looked through at first, in mean deviations. */
  readonly deviations?: number;
  /** Slots of which it is one and the others come next. [it alone] */
  readonly next?: readonly number[];
}

/** How the list of a side that stands in no slot is filled. */
export interface GuestOptions extends FillOptions {
  /** Its position. */
  readonly own: number;
  /** Slots that it may be paired with. */
  readonly allows: (slot: number) => boolean;
}

/** Slots that are passed over where a row is offered to the lists of others too. */
type Skips = (slot: number) => boolean;

/** A list that is being filled from the row that was opened. */
interface Filling {
  readonly known: number;
  readonly likely: number | undefined;
  readonly positions: Int32Array;
  readonly deviations: number;
  readonly own: number;
  readonly kind: number;
  readonly allows?: (slot: number) => boolean;
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

  /** Fills the list of one slot, in lists by position, which may hold some who stand in no slot. */
  fill(slot: number, lists: TopLists, options: FillOptions = {}): void {
    this.rows.open(slot, { next: options.next ?? [slot], along: 'all' });
    this.#fill(lists, this.#fillingOf(slot, options));
    this.rows.close();
  }

  /** The same for a side that stands in no slot. `skips`: its pairs are offered to the lists of others too, as with `offer`. */
  fillGuest(side: Side, lists: TopLists, options: GuestOptions, skips?: Skips): void {
    const { own, allows } = options;
    this.rows.openGuest(side);
    this.#fill(lists, { ...this.#defaults(options), own, kind: side.kind, allows }, skips);
    this.rows.close();
  }

  /**
   * Fills the list of one slot, and offers its pairs to the lists of others, which have their floors in `rows.floors`; these are taken away
   * then.
   */
  offer(slot: number, lists: TopLists, options: FillOptions, skips: Skips): void {
    this.rows.open(slot);
    this.#fill(lists, this.#fillingOf(slot, options), skips);
    this.rows.close();
  }

  #fillingOf(slot: number, options: FillOptions): Filling {
    const defaults = this.#defaults(options);
    return { ...defaults, own: defaults.positions[slot], kind: this.#tables.columns.kind[slot] };
  }

  #defaults({
    known = UNKNOWN,
    likely,
    positions = this.#tables.columns.position,
    deviations = FIRST_DEVIATIONS,
  }: FillOptions): Pick<Filling, 'known' | 'likely' | 'positions' | 'deviations'> {
    return { known, likely, positions, deviations };
  }

  #fill(lists: TopLists, filling: Filling, skips?: Skips): void {
    const { own, kind, known, likely, deviations: first } = filling;
    const before = lists.entriesOf(own);
    let guess = Math.max(known, likely ?? this.guess.of(kind, first));
    this.#look(lists, filling, guess, skips && { skips, forOthers: true });
    // the others have had their pairs by now
    if (skips) this.rows.floors.fill(NO_FLOOR);
    for (let deviations = first; lists.floors[own] < guess && guess > known;) {
      lists.restore(own, before);
      deviations += MORE_DEVIATIONS;
      guess = deviations > MOST_DEVIATIONS ? known : Math.max(known, this.guess.of(kind, deviations));
      this.#look(lists, filling, guess, skips && { skips, forOthers: false });
    }
    this.guess.note(kind, lists.floors[own]);
  }

  #look(
    lists: TopLists,
    { own, positions, allows }: Filling,
    floor: number,
    offers: { readonly skips: Skips; readonly forOthers: boolean } | undefined,
  ): void {
    const take = (slot: number, score: number): number => {
      if (offers?.skips(slot) === true) return floor;
      const other = positions[slot];
      lists.offer(own, other, score);
      if (offers?.forOthers === true) lists.offer(other, own, score);
      return lists.floors[own];
    };
    this.rows.look(allows ? { floor, positions, take, allows } : { floor, positions, take });
  }
}
