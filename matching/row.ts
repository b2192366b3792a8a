import type { Features } from './features.ts';
import { barredAfter, followed, type Parts } from './guests.ts';
import type { Model } from './model.ts';
import { positionsBefore, type Pool } from './pool.ts';
import { scorePair } from './score.ts';
import { newBooks } from './search/classes.ts';
import { flatten } from './search/flat.ts';
import type { Side } from './search/side.ts';
import { guestSide } from './search/guest.ts';
import { ListSearch } from './search/lists.ts';
import { NO_FLOOR } from './search/rows.ts';
import { inGroups } from './search/sums.ts';
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

/** Floor of a slot that is passed over: above every score whatever it is raised by. */
const PASSED_OVER = 2 * NO_FLOOR;
/** A list that is to be filled anew. */
export interface Unfilled {
  readonly list: number;
  /** A score that its end is known to reach, and one that it is thought to. */
  readonly least: number;
  readonly likely: number;
}

/** Finds the best partners of the SMEs of one pool under one model. Never changed once made, but for what it works with. */
export class RowScorer {
  readonly #parts: Parts;
  readonly #features: readonly Features[];

  /** Use `RowScorer.build`. */
  private constructor(parts: Parts) {
    this.#parts = parts;
    this.#features = parts.pool.features;
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
    const barred = barredAfter(pool, old);
    if (old && follows) {
      const again =
        old.model.shares === model.shares
          ? { search: old.search, sides: old.sides }
          : { search: new ListSearch(old.base.tables, model.shares), sides: new WeakMap<Features, Side>() };
      return new RowScorer({ ...follows, ...again, base: old.base, pool, model, barred });
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
      barred,
      sides: new WeakMap(),
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
        search.rows.sideOf(slot),
        partners.map((partner) => slots[partner]),
        (_, score) => {
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

  /** Fills the empty list of one SME. */
  fill(own: number, lists: TopLists): void {
    this.#fillWithGuests([own], lists);
    this.#fillWithSlots(own, lists, REFUSED);
  }

  /** Fills lists anew. Yields how many are filled, so that the caller can pause. */
  *fillAnew(unfilled: readonly Unfilled[], lists: TopLists): Generator<number, void, void> {
    for (const { list } of unfilled) lists.clear(list);
    this.#fillWithGuests(
      unfilled.map(({ list }) => list),
      lists,
    );
    for (const [done, { list, least, likely }] of unfilled.entries()) {
      this.#fillWithSlots(list, lists, least, likely);
      yield done + 1;
    }
  }

  /** Offers all guests to some lists: one guest after the other, as opening one costs more than a score. */
  #fillWithGuests(owns: readonly number[], lists: TopLists): void {
    const { slots, positions, search, guests } = this.#parts;
    const ownSlots = owns.map((own) => slots[own]).filter((slot) => slot >= 0);
    for (const guest of guests) {
      const allowed = ownSlots.filter((slot) => this.#allows(guest, positions[slot]));
      search.rows.scoresWith(this.#sideOf(guest), allowed, (slot, score) => {
        lists.offer(positions[slot], guest, score);
      });
    }
    for (const own of owns) {
      if (slots[own] >= 0 || !this.#features[own].mayTakePart) continue;
      this.#visitGuests(own, guests, (guest, score) => {
        lists.offer(own, guest, score);
      });
    }
  }

  /** Offers all of the tables to a list. */
  #fillWithSlots(own: number, lists: TopLists, known: number, likely?: number): void {
    const { slots, positions, search } = this.#parts;
    if (!this.#features[own].mayTakePart) return;
    const options = { known, positions, ...(likely !== undefined && { likely }) };
    if (slots[own] >= 0) search.fill(slots[own], lists, options);
    else search.fillGuest(this.#sideOf(own), lists, { ...options, ...this.#asGuest(own) });
  }

  /** Score of a pair that breaks no rule. */
  score(one: number, other: number): number {
    const { slots, search, pool, model } = this.#parts;
    const [own, theirs] = [slots[one], slots[other]];
    if (own < 0 || theirs < 0) return scorePair(pool.features[one], pool.features[other], model).score;
    let found = REFUSED;
    search.rows.scoresWith(search.rows.sideOf(own), [theirs], (_, score) => {
      found = score;
    });
    return found;
  }

  /** Scores one SME with all others and offers each pair to the lists of both; those that cannot enter one are passed over. */
  offer(own: number, { lists, skip }: OfferOptions): void {
    const { slots, positions, search, guests } = this.#parts;
    if (!this.#features[own].mayTakePart) return;
    this.#visitGuests(own, guests, (guest, score) => {
      if (skip?.[guest] === 1) return;
      lists.offer(own, guest, score);
      lists.offer(guest, own, score);
    });
    const skips = (slot: number): boolean => skip?.[positions[slot]] === 1;
    this.#setFloors(lists.floors);
    if (slots[own] >= 0) search.offer(slots[own], lists, { positions }, skips);
    else search.fillGuest(this.#sideOf(own), lists, { positions, ...this.#asGuest(own) }, skips);
  }

  /** Tells the search which scores matter to each slot, from floors by position. */
  #setFloors(floors: Int32Array, least = 0): void {
    const { positions, search } = this.#parts;
    const bySlot = search.rows.floors;
    for (let slot = 0; slot < positions.length; slot += 1) {
      bySlot[slot] = positions[slot] < 0 ? NO_FLOOR : Math.max(REFUSED, least + floors[positions[slot]]);
    }
  }

  #sideOf(guest: number): Side {
    const { base, model, search, sides } = this.#parts;
    const features = this.#features[guest];
    const known = sides.get(features);
    if (known) return known;
    const { tables, books } = base;
    const side = guestSide(features, { tables, books, model, weighted: search.rows.weighted });
    sides.set(features, side);
    return side;
  }

  #asGuest(own: number): { readonly own: number; readonly allows: (slot: number) => boolean } {
    const { positions } = this.#parts;
    return { own, allows: (slot) => this.#allows(own, positions[slot]) };
  }

  /**
   * Finds the pairs whose score is at least what the floors of both come to, each once; where `of` is given, those of these positions. Yields
   * how many rows are done.
   *
   * @param floors by position, within twice the highest score of zero
   */
  *reaching(
    floors: Int32Array,
    take: (one: number, other: number, score: number) => void,
    of?: readonly number[],
  ): Generator<number, void, void> {
    const { slots, positions, guests } = this.#parts;
    const sought = of?.map((position) => slots[position]) ?? [...positions.keys()];
    const along = of === undefined ? 'after' : 'all';
    const bySlot = Int32Array.from(positions, (position) => (position < 0 ? PASSED_OVER : floors[position]));
    let done = 0;
    for (const group of inGroups(sought.filter((slot) => slot >= 0 && positions[slot] >= 0))) {
      this.#reachTogether(group, along, bySlot, take);
      done += group.length;
      yield done;
    }
    const isAsked = of === undefined ? null : new Set(of);
    for (const guest of guests) {
      const ownFloor = floors[guest];
      const offer = (other: number, score: number): void => {
        if (isAsked !== null && !isAsked.has(guest) && !isAsked.has(other)) return;
        if (score >= ownFloor + floors[other]) take(guest, other, score);
      };
      this.#setFloors(floors, ownFloor);
      this.#visitSlots(guest, NO_FLOOR, (other, score) => {
        offer(other, score);
        return NO_FLOOR;
      });
      this.#visitGuests(
        guest,
        guests.filter((other) => other > guest),
        offer,
      );
      yield done;
    }
  }

  /** Rows one after the other; whoever had all its pairs is passed over from then on. The floors of the search are left as they were. */
  #reachTogether(
    block: readonly number[],
    along: 'all' | 'after',
    floors: Int32Array,
    take: (one: number, other: number, score: number) => void,
  ): void {
    const { positions, search } = this.#parts;
    const { rows } = search;
    rows.floors.set(floors);
    for (const slot of block) {
      rows.open(slot, { next: block, along });
      rows.look({
        floor: NO_FLOOR,
        price: floors[slot],
        positions,
        take: (other, score) => {
          take(positions[slot], positions[other], score);
          return NO_FLOOR;
        },
      });
      rows.close();
      floors[slot] = PASSED_OVER;
      rows.floors[slot] = PASSED_OVER;
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
    this.#setFloors(floors);
    if (slots[own] < 0) this.#visitSlots(own, floor, take);
    else {
      const { rows } = search;
      rows.search(slots[own], { floor, positions, take: (slot, score) => take(positions[slot], score) });
      rows.floors.fill(NO_FLOOR);
    }
    this.#visitGuests(own, guests, take);
  }

  /** Finds pairs of a guest with those in the tables that reach a floor of its own, or theirs, which are then taken away. */
  #visitSlots(own: number, floor: number, take: (other: number, score: number) => number): void {
    const { positions, search } = this.#parts;
    const { rows } = search;
    const { allows } = this.#asGuest(own);
    rows.openGuest(this.#sideOf(own));
    rows.look({ floor, positions, allows, take: (slot, score) => take(positions[slot], score) });
    rows.close();
    rows.floors.fill(NO_FLOOR);
  }

  #visitGuests(own: number, guests: readonly number[], take: (other: number, score: number) => void): void {
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
    return this.#parts.barred.get(own)?.includes(other) !== true;
  }
}
