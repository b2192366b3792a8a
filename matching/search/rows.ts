import type { Shares } from '../model.ts';
import { SCALE } from '../types.ts';
import { KIND } from './bounds.ts';
import { PairScores } from './exact.ts';
import { sideOf, type Side } from './side.ts';
import type { FlatTables } from './flat.ts';
import { CELL_NUMBERS, Kernels } from './memory.ts';
import { ahead } from '../topk.ts';
import type { Rows } from './sums.ts';
import { WeightedTables } from './weighted.ts';

/*
 * Problem: for one SME, all partners whose score reaches a given floor, exactly, without scoring everybody.
 * Method: two accumulators, one for words and one for terms, are filled from inverted lists. With what is the same along a cell and what
 * a slot's classes bring they give an upper bound of each score in a few additions (kernels.ts). What passes is looked at more closely,
 * and only what still may reach the floor is scored, the most promising first, so that the floor rises early.
 */

/** Stands for the own country where everybody's will do: no class of countries has this number. */
const NO_COUNTRY = -1;

/** What is sought along a row. */
export interface Wanted {
  /** Slots that are passed over: below 0. */
  readonly positions: Int32Array;
  /** Score that a pair has to reach for the own side; one that reaches the floor of the other slot (`floors`) is wanted too. */
  readonly floor: number;
  /** What the floors of other slots are raised by along this row. [0] */
  readonly price?: number;
  /** Takes a pair that is wanted; returns the own floor from then on. */
  readonly take: (other: number, score: number) => number;
  /** Slots that a side that stands in none may be paired with. [all] */
  readonly allows?: (slot: number) => boolean;
}

/** Bounds are rounded up one by one; a domain is rounded as a whole. */
const SLACK = 1;
/** What bounds may have lost where they are rounded down to whole numbers. */
const ROUNDED_DOWN = 2;
/** How many of the most promising are scored first. */
const FIRST = 16;
/** Bound of a pair that was scored: below every floor. */
const DONE = -(2 ** 31);
/** Stands for the slot of a side that stands in none. */
const GUEST = -1;
/** Floor of a slot to which no score matters: above every score. */
export const NO_FLOOR = 2 * SCALE;

/** Searches rows of one pool under one set of weights. What it works with is reused from row to row. */
export class RowSearch {
  readonly #tables: FlatTables;
  readonly #weighted: WeightedTables;
  readonly #kernels: Kernels;
  readonly #exact: PairScores;
  /** Slots that are still in question, and upper bounds of their scores. */
  readonly #slots: Int32Array;
  readonly #bounds: Int32Array;
  readonly #first = new Int32Array(FIRST);
  /** The slot that was opened, GUEST for a side that stands in none; and the first slot of interest of its row. */
  #own = GUEST;
  #from = 0;
  /** The sums of the row hold, so that slots may be passed over by their bounds. */
  #isBounded = true;

  constructor(tables: FlatTables, shares: readonly Shares[]) {
    this.#tables = tables;
    this.#weighted = new WeightedTables(tables.matrices, shares);
    this.#kernels = new Kernels(tables, this.#weighted);
    this.#exact = new PairScores(tables, this.#weighted, this.#kernels);
    const { size } = tables;
    this.#slots = new Int32Array(size);
    this.#bounds = new Int32Array(size);
    this.floors.fill(NO_FLOOR);
  }

  /** Scores that matter to each slot, NO_FLOOR where none does; for whoever searches to set. */
  get floors(): Int32Array {
    return this.#kernels.floors;
  }

  /** Finds the pairs of one slot that are wanted. */
  search(own: number, wanted: Wanted): void {
    this.open(own);
    this.look(wanted);
    this.close();
  }

  /**
   * Adds up the row of a slot, which may then be looked at under several floors.
   *
   * @param rows which rows are opened together, and whether only slots after them are of interest
   */
  open(own: number, rows: Rows = { along: 'all' }): void {
    this.#own = own;
    this.#from = rows.along === 'all' ? 0 : own + 1;
    const side = sideOf(own, this.#tables, this.#weighted);
    this.#exact.open(side);
    this.#addTerms(side);
    this.#kernels.open(own, side, rows);
    this.#exact.useSums();
  }

  /** Adds up the row of a side that stands in no slot. */
  openGuest(side: Side): void {
    this.#own = GUEST;
    this.#from = 0;
    this.#exact.open(side);
    this.#addTerms(side);
    this.#isBounded = this.#kernels.openGuest(side);
    if (this.#isBounded) this.#exact.useSums();
  }

  /** Finds what is wanted of the row that was opened. */
  look(wanted: Wanted): void {
    const { side } = this.#exact;
    const found = this.#isBounded ? this.#scan(side, wanted) : this.#all();
    this.#settle(this.#refine(side, found, wanted), wanted);
  }

  /**
   * Calls `visit` with upper bounds of the scores of the row that was opened, where they reach the floor of the other slot, but with those
   * whom no rule lets it have. Forgets the floors of the search.
   */
  boundAll(floors: Int32Array, visit: (slot: number, bound: number) => void): void {
    this.floors.set(floors);
    const count = this.#scan(this.#exact.side, { floor: NO_FLOOR });
    this.floors.fill(NO_FLOOR);
    const { found } = this.#kernels;
    for (let at = 0; at < count; at += 1) visit(found[2 * at], found[2 * at + 1]);
  }

  /** Takes all slots for possible. @returns how many there are */
  #all(): number {
    const { size } = this.#tables;
    const { found } = this.#kernels;
    for (let slot = 0; slot < size; slot += 1) {
      found[2 * slot] = slot;
      found[2 * slot + 1] = NO_FLOOR;
    }
    return size;
  }

  /** Forgets the row that was opened. */
  close(): void {
    this.#exact.close();
    this.#isBounded = true;
  }

  #addTerms({ kind }: Side): void {
    if ((kind & KIND.asksTerms) === 0) return;
    const { size, starts, slots } = this.#tables.terms;
    const { nearNeed, farNeed } = this.#exact;
    const { close } = this.#kernels;
    this.#kernels.clearClose();
    for (let term = 0; term < size; term += 1) {
      const near = nearNeed[term] + farNeed[term];
      if (near === 0) continue;
      for (let at = starts[term]; at < starts[term + 1]; at += 1) close[slots[at]] += near;
    }
  }

  /** Collects the slots whose bound is wanted. @returns how many there are */
  #scan(side: Side, { floor, price = 0 }: Pick<Wanted, 'floor' | 'price'>): number {
    const { cells, crossBorder } = this.#tables;
    const kernels = this.#kernels;
    const { kind } = side;
    const ofDomain = this.#weighted.domainShare / 6;
    const from = this.#from;
    const ofClasses = kernels.openClasses(side, this.#own === GUEST ? null : this.#own, from);
    const bySlot = kernels.addChallenges(side, from);
    const mostChallenge = bySlot ? 0 : this.#weighted.mostChallenge(side);
    let to = 0;
    for (let cell = 0; cell < cells.count; cell += 1) {
      if (cells.ends[cell] <= from) continue;
      const base = SLACK + side.trl[cells.trl[cell]] + part(side.role[cells.role[cell]], ofDomain);
      const example = cells.example[cell];
      const challenge = bySlot || example < 0 ? mostChallenge : this.#exact.challenge(example);
      kernels.setCell(to, cell, { from, kind, base, most: base + ofClasses + challenge });
      to += CELL_NUMBERS;
    }
    return kernels.scan(to, { floor, price, country: crossBorder ? side.country : NO_COUNTRY });
  }

  /** Leaves those that break no rule and may still be wanted with everything but text known exactly. @returns how many there are */
  #refine({ kind }: Side, count: number, { floor, price = 0, positions, allows }: Wanted): number {
    const kinds = this.#tables.columns.kind;
    const { found, floors } = this.#kernels;
    const [slots, bounds] = [this.#slots, this.#bounds];
    const weighted = this.#weighted;
    const own = this.#own;
    let kept = 0;
    for (let at = 0; at < count; at += 1) {
      const other = found[2 * at];
      const least = Math.min(floor, floors[other] + price);
      const bound = found[2 * at + 1];
      if (positions[other] < 0 || other === own) continue;
      if (own === GUEST ? allows?.(other) === false : this.#isBarred(own, other)) continue;
      const isTold = this.#isBounded && (weighted.known(kind, kinds[other]) & 1) === 1;
      const better = isTold ? bound - this.#lessThanBounded(other) : bound;
      if (better < least) continue;
      slots[kept] = other;
      bounds[kept] = better;
      kept += 1;
    }
    return kept;
  }

  /** How much less capability and text come to than a bound has for them: the less, the more the words are worth, so that these count in full. */
  #lessThanBounded(other: number): number {
    const words = this.#exact.mostText(other);
    return this.#kernels.boundsAtLeast(other, words) - this.#exact.answers(other, words) - ROUNDED_DOWN;
  }

  #isBarred(own: number, other: number): boolean {
    const { company } = this.#tables.columns;
    if (company[own] >= 0 && company[own] === company[other]) return true;
    const { starts, slots } = this.#tables.barred;
    for (let at = starts[own]; at < starts[own + 1]; at += 1) if (slots[at] === other) return true;
    return false;
  }

  /** Calls `visit` with each of some slots and its exact score with a side, which may stand in a slot or not. */
  scoresWith(side: Side, others: readonly number[], visit: (slot: number, score: number) => void): void {
    this.#exact.open(side);
    for (const other of others) visit(other, this.#exact.score(other));
    this.#exact.close();
  }

  /** What stands in the tables of a slot. */
  sideOf(slot: number): Side {
    return sideOf(slot, this.#tables, this.#weighted);
  }

  /** Contributions under the weights of this search. */
  get weighted(): WeightedTables {
    return this.#weighted;
  }

  /** Scores what is left, the most promising first. */
  #settle(count: number, { floor: first, price = 0, take }: Wanted): void {
    const [slots, bounds, floors] = [this.#slots, this.#bounds, this.floors];
    const best = this.#mostPromising(count);
    let floor = first;
    for (let at = -best; at < count; at += 1) {
      const place = at < 0 ? this.#first[at + best] : at;
      const slot = slots[place];
      const otherFloor = floors[slot] + price;
      if (bounds[place] < floor && bounds[place] < otherFloor) continue;
      bounds[place] = DONE;
      const score = this.#exact.score(slot);
      if (score >= floor || score >= otherFloor) floor = Math.max(floor, take(slot, score));
    }
  }

  /** Places of the largest bounds, in falling order. @returns how many there are */
  #mostPromising(count: number): number {
    const [places, bounds] = [this.#first, this.#bounds];
    let full = 0;
    for (let at = 0; at < count; at += 1) {
      if (full === FIRST && bounds[at] <= bounds[places[FIRST - 1]]) continue;
      let to = full < FIRST ? full : FIRST - 1;
      while (to > 0 && ahead(bounds[at], at, bounds[places[to - 1]], places[to - 1])) {
        places[to] = places[to - 1];
        to -= 1;
      }
      places[to] = at;
      if (full < FIRST) full += 1;
    }
    return full;
  }
}

/** A contribution, rounded up. */
const part = (value: number, share: number): number => Math.ceil((value * share) / SCALE);
