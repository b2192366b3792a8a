import { barredBy } from './barred.ts';
import type { Features } from './features.ts';
import type { Model } from './model.ts';
import { positionsBefore, type Pool } from './pool.ts';
import { scorePair } from './score.ts';
import { newBooks, type Books } from './search/classes.ts';
import { flatten, type FlatTables } from './search/flat.ts';
import { guestSide } from './search/guest.ts';
import { ListSearch } from './search/lists.ts';
import { NO_FLOOR } from './search/rows.ts';
import { searchTogether, type Helpers } from './search/together.ts';
import type { TopLists } from './topk.ts';

/*
 * Problem: the best partners of the SMEs of one pool among all others by exactly the scores of score.ts, fast, while profiles change.
 * Method: search/ works on flat tables of the pool as it once was. Those that changed since are guests: few, and scored one by one, until
 * it pays to make the tables anew. SMEs that left or changed are passed over in the tables.
 */

/** Stands for a refused pair in a row of scores, and for one that is known to be below what was asked for. */
export const REFUSED = -1;

/** Which part of a row of scores is wanted. */
export interface RowOptions {
  /** First position of interest. [0] */
  readonly from?: number;
  /** Scores that matter, by position: pairs below that of both sides may be left out. [all matter] */
  readonly floors?: Int32Array;
}

/** Which lists a row is offered to. */
export interface OfferOptions {
  readonly lists: TopLists;
  /** Positions that are passed over, marked by 1. [none] */
  readonly skip?: Uint8Array;
}

/** Lists of an earlier pool, by its positions. */
export interface EarlierLists {
  readonly pool: Pool;
  readonly lists: TopLists;
}

/** Rows that are searched between two pauses. */
const ROWS_TOGETHER = 32;
/** Number, and share of the pool, of guests from which new tables are cheaper. */
const GUESTS_LEAST = 32;
const GUESTS_SHARE = 1 / 64;

/** Tables with what they were made of; and how long they serve. */
interface Base {
  readonly pool: Pool;
  readonly model: Model;
  readonly tables: FlatTables;
  readonly books: Books;
}

/** What a scorer is made from. */
interface Parts {
  readonly pool: Pool;
  readonly model: Model;
  readonly base: Base;
  readonly search: ListSearch;
  /** Positions in the pool by slot, -1 for those that left or changed; and slots by position, -1 for guests. */
  readonly positions: Int32Array;
  readonly slots: Int32Array;
  /** Positions of the guests that may take part. */
  readonly guests: readonly number[];
}

type Take = (other: number, score: number) => void;

/** Finds the best partners of the SMEs of one pool under one model. Never changed once made, but for what it works with. */
export class RowScorer {
  readonly #parts: Parts;
  readonly #features: readonly Features[];
  readonly #barred: ReadonlyMap<number, readonly number[]>;

  /** Use `RowScorer.build`. */
  private constructor(parts: Parts) {
    this.#parts = parts;
    this.#features = parts.pool.features;
    this.#barred = barredBy(parts.pool);
  }

  /**
   * Reads a pool into tables, or goes on with those of an earlier one where these still serve. `whole`: all rows are to come, so that
   * tables without guests pay. A generator, so that the caller can pause it.
   */
  static *build(
    pool: Pool,
    model: Model,
    before: RowScorer | null = null,
    whole = true,
    helpers: Helpers | null = null,
  ): Generator<undefined, RowScorer, void> {
    const old = before === null ? undefined : before.#parts;
    const serves = old !== undefined && old.base.model.challenges === model.challenges;
    const follows = serves ? followed(old, pool, whole) : undefined;
    if (old && follows) {
      const search =
        old.model.shares === model.shares ? old.search : new ListSearch(old.base.tables, model.shares);
      return new RowScorer({ ...follows, base: old.base, pool, model, search });
    }
    const books = newBooks(model.call);
    const flat = yield* flatten(pool, model, books);
    const tables = helpers?.share(flat) ?? flat;
    const base = { pool, model, tables, books };
    const search = new ListSearch(tables, model.shares);
    yield;
    const { slots } = tables;
    return new RowScorer({
      pool,
      model,
      base,
      search,
      positions: tables.columns.position,
      slots,
      guests: [],
    });
  }

  /**
   * Fills all lists, which must be empty, with the help of others where there are any. Yields how many are filled, so that the caller can
   * pause, report, or give up by not going on. `before`: lists of an earlier pool, whose partners tell what the new ones reach at least.
   */
  *fillAll(
    lists: TopLists,
    helpers: Helpers | null,
    before: EarlierLists | null = null,
  ): Generator<number, void, void> {
    const { base, model, search, positions, guests } = this.#parts;
    const { tables } = base;
    if (guests.length === 0) {
      const known = before ? yield* this.#reached(before) : undefined;
      yield* searchTogether(search, { tables, shares: model.shares, positions }, lists, helpers, known);
      return;
    }
    let done = 0;
    for (const own of [...positions.filter((position) => position >= 0), ...guests]) {
      this.fill(own, lists);
      done += 1;
      yield done;
    }
  }

  /** By slot, what the worst of its earlier partners scores by now; -1 where it had fewer than a list has, or one may not be paired any more. */
  *#reached({ pool, lists }: EarlierLists): Generator<number, Int32Array, void> {
    const { positions, slots, search, pool: now } = this.#parts;
    const olds = positionsBefore(now, pool);
    const news = new Int32Array(pool.features.length).fill(-1);
    for (let position = 0; position < olds.length; position += 1) {
      if (olds[position] >= 0) news[olds[position]] = position;
    }
    const known = new Int32Array(positions.length).fill(REFUSED);
    for (let slot = 0; slot < positions.length; slot += 1) {
      const own = positions[slot];
      if (own < 0 || olds[own] < 0) continue;
      const partners = Array.from(lists.of(olds[own]), (partner) => news[partner]).filter(
        (partner) => partner >= 0 && slots[partner] >= 0 && this.#allows(own, partner),
      );
      if (partners.length < lists.length) continue;
      let least = Infinity;
      search.rows.scoresWith(
        slot,
        partners.map((partner) => slots[partner]),
        (score) => {
          least = Math.min(least, score);
        },
      );
      known[slot] = least;
      yield 0;
    }
    return known;
  }

  /** Scores by position, REFUSED where a hard rule forbids the pair. A new array each time. */
  row(own: number, { from = 0, floors }: RowOptions = {}): Int32Array {
    const scores = new Int32Array(this.#features.length).fill(REFUSED);
    const take = (other: number, score: number): number => {
      if (other >= from) scores[other] = score;
      return floors ? floors[own] : REFUSED;
    };
    const least = floors ?? new Int32Array(scores.length).fill(REFUSED);
    this.#reach(own, least[own], least, take);
    return scores;
  }

  /** Fills the empty list of one SME. `least`: a score that its end is known to reach. */
  fill(own: number, lists: TopLists, least = REFUSED): void {
    const { slots, positions, search, guests } = this.#parts;
    const take = (other: number, score: number): void => {
      lists.offer(own, other, score);
    };
    if (!this.#features[own].mayTakePart) return;
    if (slots[own] < 0) this.#visitSlots(own, take);
    else search.fill(slots[own], lists, { known: least, positions });
    this.#visitGuests(own, guests, take);
  }

  /** Scores one SME with all others and offers each pair to the lists of both; those that cannot enter one are passed over. */
  offer(own: number, { lists, skip }: OfferOptions): void {
    this.#reach(own, lists.floors[own], lists.floors, (other, score) => {
      if (skip?.[other] === 1) return lists.floors[own];
      lists.offer(own, other, score);
      lists.offer(other, own, score);
      return lists.floors[own];
    });
  }

  /**
   * Finds the pairs whose score is at least what the floors of both come to: each once or, where `of` is given, all pairs of these
   * positions, maybe twice. Yields how many rows are done.
   *
   * @param floors by position, within twice the highest score of zero
   */
  *reaching(
    floors: Int32Array,
    take: (one: number, other: number, score: number) => void,
    of?: readonly number[],
  ): Generator<number, void, void> {
    const { slots, positions, guests } = this.#parts;
    const rowsOf = of?.filter((position) => slots[position] >= 0).map((position) => slots[position]);
    const along = rowsOf === undefined ? 'after' : 'all';
    const sought = rowsOf ?? positions.keys();
    const bySlot = Int32Array.from(positions, (position) => (position < 0 ? NO_FLOOR : floors[position]));
    let block: number[] = [];
    let done = 0;
    for (const slot of sought) {
      if (positions[slot] < 0) continue;
      block.push(slot);
      if (block.length < ROWS_TOGETHER) continue;
      this.#reachTogether(block, along, bySlot, take);
      done += block.length;
      block = [];
      yield done;
    }
    this.#reachTogether(block, along, bySlot, take);
    const isAsked = of === undefined ? null : new Set(of);
    for (const guest of guests) {
      const ownFloor = floors[guest];
      const offer = (other: number, score: number): void => {
        if (isAsked !== null && !isAsked.has(guest) && !isAsked.has(other)) return;
        if (score >= ownFloor + floors[other]) take(guest, other, score);
      };
      this.#visitSlots(guest, offer);
      this.#visitGuests(
        guest,
        guests.filter((other) => other > guest),
        offer,
      );
      yield done;
    }
  }

  /** Rows one after the other; the floors of the search are left as they were. */
  #reachTogether(
    block: readonly number[],
    along: 'all' | 'after',
    floors: Int32Array,
    take: (one: number, other: number, score: number) => void,
  ): void {
    const { positions, search } = this.#parts;
    const { rows } = search;
    const last = block.at(-1) ?? 0;
    for (const slot of block) {
      rows.open(slot, { until: along === 'after' ? last + 1 : slot + 1, along });
      const own = floors[slot];
      for (let other = along === 'after' ? slot + 1 : 0; other < floors.length; other += 1) {
        // every score reaches 0
        rows.floors[other] = Math.max(0, own + floors[other]);
      }
      rows.look(slot, {
        floor: NO_FLOOR,
        positions,
        take: (other, score) => {
          take(positions[slot], positions[other], score);
          return NO_FLOOR;
        },
      });
      rows.close();
    }
    rows.floors.fill(NO_FLOOR);
  }

  /** Finds pairs that reach a floor of the SME itself or, by position, of the other. */
  #reach(
    own: number,
    floor: number,
    floors: Int32Array,
    take: (other: number, score: number) => number,
  ): void {
    const { slots, positions, search, guests } = this.#parts;
    if (!this.#features[own].mayTakePart) return;
    if (slots[own] < 0) this.#visitSlots(own, take);
    else {
      const { rows } = search;
      for (let slot = 0; slot < positions.length; slot += 1) {
        rows.floors[slot] = positions[slot] < 0 ? NO_FLOOR : floors[positions[slot]];
      }
      rows.search(slots[own], { floor, positions, take: (slot, score) => take(positions[slot], score) });
      rows.floors.fill(NO_FLOOR);
    }
    this.#visitGuests(own, guests, take);
  }

  /** Scores of a guest with everybody in the tables. */
  #visitSlots(own: number, take: Take): void {
    const { base, model, positions, search } = this.#parts;
    const side = guestSide(this.#features[own], base.tables, base.books, model);
    search.rows.visit(
      side,
      (slot) => positions[slot] >= 0 && this.#allows(own, positions[slot]),
      (slot, score) => {
        take(positions[slot], score);
      },
    );
  }

  #visitGuests(own: number, guests: readonly number[], take: Take): void {
    for (const guest of guests) {
      if (guest === own || !this.#allows(own, guest)) continue;
      take(guest, scorePair(this.#features[own], this.#features[guest], this.#parts.model).score);
    }
  }

  /** Whether two that may take part may be paired. */
  #allows(own: number, other: number): boolean {
    const one = this.#features[own].prepared.profile;
    const two = this.#features[other].prepared.profile;
    if (one.country === two.country && this.#parts.model.call.crossBorder !== 'bonus') return false;
    if (one.group !== null && one.group === two.group) return false;
    return this.#barred.get(own)?.includes(other) !== true;
  }
}

/** How the tables of an earlier scorer serve a pool; undefined where so much changed that new ones are cheaper. */
function followed(
  { base }: Parts,
  pool: Pool,
  whole: boolean,
): Pick<Parts, 'positions' | 'slots' | 'guests'> | undefined {
  const { tables, pool: old } = base;
  const slots = new Int32Array(pool.features.length).fill(-1);
  const positions = new Int32Array(tables.size).fill(-1);
  const before = positionsBefore(pool, old);
  const guests: number[] = [];
  for (let position = 0; position < before.length; position += 1) {
    const was = before[position];
    const one = pool.features[position];
    if (!one.mayTakePart) continue;
    if (was >= 0 && old.features[was] === one) {
      slots[position] = tables.slots[was];
      positions[tables.slots[was]] = position;
    } else guests.push(position);
  }
  const most = whole ? 0 : GUESTS_LEAST + pool.features.length * GUESTS_SHARE;
  return guests.length > most ? undefined : { positions, slots, guests };
}
