import type { Shares } from '../model.ts';
import { SCALE } from '../types.ts';
import { KIND, MOST_TERMS } from './bounds.ts';
import { PairScores, sideOf, type Side } from './exact.ts';
import type { FlatTables } from './flat.ts';
import { CELL_NUMBERS, Kernels } from './memory.ts';
import { ahead } from '../topk.ts';
import type { Rows } from './sums.ts';
import { WeightedTables, type Contributions } from './weighted.ts';

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
  /** Takes a pair that is wanted; returns the own floor from then on. */
  readonly take: (other: number, score: number) => number;
}

/** How many offered terms stands above the closeness in the accumulator of terms. */
const OFFERED_SHIFT = 16;
/** Bounds are rounded up one by one; a domain is rounded as a whole. */
const SLACK = 1;
/** How many of the most promising are scored first. */
const FIRST = 16;
/** Bound of a pair that was scored: below every floor. */
const DONE = -2;
/** Floor of a slot to which no score matters: above every score. */
export const NO_FLOOR = 2 * SCALE;

/** Searches rows of one pool under one set of weights. What it works with is reused from row to row. */
export class RowSearch {
  readonly #tables: FlatTables;
  readonly #weighted: WeightedTables;
  readonly #kernels: Kernels;
  readonly #exact: PairScores;
  readonly #offered: Int32Array;
  /** Slots that are still in question, and upper bounds of their scores. */
  readonly #slots: Int32Array;
  readonly #bounds: Int32Array;
  readonly #first = new Int32Array(FIRST);
  /** First slot of interest of the row that was opened. */
  #from = 0;

  constructor(tables: FlatTables, shares: readonly Shares[]) {
    this.#tables = tables;
    this.#weighted = new WeightedTables(tables.matrices, shares);
    this.#kernels = new Kernels(tables, this.#weighted);
    this.#exact = new PairScores(tables, this.#weighted, this.#kernels);
    const { size, terms } = tables;
    this.#offered = new Int32Array(size);
    for (let slot = 0; slot < size; slot += 1) {
      const offered = terms.offerStarts[slot + 1] - terms.offerStarts[slot];
      this.#offered[slot] = Math.min(offered, MOST_TERMS) << OFFERED_SHIFT;
    }
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
    this.look(own, wanted);
    this.close();
  }

  /**
   * Adds up the row of a slot, which may then be looked at under several floors.
   *
   * @param rows which rows are opened next, and whether only slots after them are of interest
   */
  open(own: number, rows: Rows = { until: own + 1, along: 'all' }): void {
    this.#from = rows.along === 'all' ? 0 : own + 1;
    this.#exact.open(sideOf(own, this.#tables, this.#weighted));
    this.#addTerms(own);
    this.#kernels.open(own, rows);
    this.#exact.useSums();
  }

  /** Finds what is wanted of the row that was opened. */
  look(own: number, wanted: Wanted): void {
    const found = this.#scan(own, wanted);
    this.#settle(this.#refine(own, found, wanted), wanted);
  }

  /** Forgets the row that was opened. */
  close(): void {
    this.#exact.close();
  }

  #addTerms(own: number): void {
    if ((this.#tables.columns.kind[own] & KIND.asksTerms) === 0) return;
    const { size, starts, slots } = this.#tables.terms;
    const { nearNeed, farNeed } = this.#exact;
    const { close } = this.#kernels;
    close.set(this.#offered);
    for (let term = 0; term < size; term += 1) {
      const near = nearNeed[term] + farNeed[term];
      if (near === 0) continue;
      for (let at = starts[term]; at < starts[term + 1]; at += 1) close[slots[at]] += near;
    }
  }

  /** Collects the slots whose bound is wanted. @returns how many there are */
  #scan(own: number, { floor }: Wanted): number {
    const { cells, columns } = this.#tables;
    const { trl, role, challengeMost, practical, sector, field, reach } = this.#weighted;
    const kernels = this.#kernels;
    const kind = columns.kind[own];
    kernels.setRow(0, practical, columns.practical[own], SCALE);
    kernels.setRow(1, sector, columns.sector[own], this.#weighted.domainShare / 6);
    kernels.setRow(2, field, columns.field[own], this.#weighted.domainShare / 6);
    kernels.setRow(3, reach, columns.reach[own], SCALE);
    const same =
      most(practical, columns.practical[own], SCALE) +
      most(sector, columns.sector[own], this.#weighted.domainShare / 6) +
      most(field, columns.field[own], this.#weighted.domainShare / 6) +
      challengeMost[columns.challenge[own]];
    const mostReach = most(reach, columns.reach[own], SCALE);
    const from = this.#from;
    let to = 0;
    for (let cell = 0; cell < cells.count; cell += 1) {
      if (cells.ends[cell] <= from) continue;
      const base =
        SLACK +
        trl.values[columns.trl[own] * trl.size + cells.trl[cell]] +
        part(role.values[columns.role[own] * role.size + cells.role[cell]], this.#weighted.domainShare / 6);
      const example = cells.example[cell];
      const others = example < 0 ? same : this.#bySlot(own, example);
      kernels.setCell(to, cell, { from, kind, base, most: base + others + mostReach });
      to += CELL_NUMBERS;
    }
    return kernels.scan(to, floor, this.#tables.crossBorder ? columns.country[own] : NO_COUNTRY);
  }

  /** What one slot brings to another by its classes, but for those that every cell has, and reach. */
  #bySlot(own: number, other: number): number {
    const { columns } = this.#tables;
    const { practical, sector, field, domainShare } = this.#weighted;
    const value = ({ size, values }: Contributions, one: Int32Array): number =>
      values[one[own] * size + one[other]];
    return (
      value(practical, columns.practical) +
      part(value(sector, columns.sector), domainShare / 6) +
      part(value(field, columns.field), domainShare / 6) +
      this.#exact.challenge(other)
    );
  }

  /** Leaves those that break no rule and may still be wanted with everything but text known exactly. @returns how many there are */
  #refine(own: number, count: number, { floor, positions }: Wanted): number {
    const { columns, barred } = this.#tables;
    const { found, floors } = this.#kernels;
    const [slots, bounds] = [this.#slots, this.#bounds];
    const exact = this.#exact;
    const { company, kind } = columns;
    const weighted = this.#weighted;
    const anyBarred = barred.starts[own] !== barred.starts[own + 1];
    let kept = 0;
    for (let at = 0; at < count; at += 1) {
      const other = found[2 * at];
      const least = Math.min(floor, floors[other]);
      const bound = found[2 * at + 1];
      if (positions[other] < 0 || other === own) continue;
      if (company[own] >= 0 && company[own] === company[other]) continue;
      if (anyBarred && this.#isBarred(own, other)) continue;
      const isKnown = (weighted.known(kind[own], kind[other]) & 1) === 1;
      const better = isKnown
        ? bound - this.#kernels.mostCapability(own, other) + exact.capability(other)
        : bound;
      if (better < least) continue;
      slots[kept] = other;
      bounds[kept] = better;
      kept += 1;
    }
    return kept;
  }

  #isBarred(own: number, other: number): boolean {
    const { starts, slots } = this.#tables.barred;
    for (let at = starts[own]; at < starts[own + 1]; at += 1) if (slots[at] === other) return true;
    return false;
  }

  /**
   * Calls `visit` with the exact score of a side that stands in no slot with each slot that `allows` lets through.
   */
  visit(side: Side, allows: (slot: number) => boolean, visit: (slot: number, score: number) => void): void {
    this.#exact.open(side);
    if (this.#kernels.openGuest(side)) this.#exact.useSums();
    for (let slot = 0; slot < this.#tables.size; slot += 1) {
      if (allows(slot)) visit(slot, this.#exact.score(slot));
    }
    this.#exact.close();
  }

  /** Calls `visit` with the exact score of a slot with each of some others. */
  scoresWith(own: number, others: readonly number[], visit: (score: number) => void): void {
    this.#exact.open(sideOf(own, this.#tables, this.#weighted));
    for (const other of others) visit(this.#exact.score(other));
    this.#exact.close();
  }

  /** Contributions under the weights of this search. */
  get weighted(): WeightedTables {
    return this.#weighted;
  }

  /** Scores what is left, the most promising first. */
  #settle(count: number, { floor: first, take }: Wanted): void {
    const [slots, bounds, floors] = [this.#slots, this.#bounds, this.floors];
    const best = this.#mostPromising(count);
    let floor = first;
    for (let at = -best; at < count; at += 1) {
      const place = at < 0 ? this.#first[at + best] : at;
      const slot = slots[place];
      const otherFloor = floors[slot];
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

const most = (table: Contributions, own: number, share: number): number => part(table.most[own], share);
