import type { TopLists } from '../topk.ts';
import type { FlatTables } from './flat.ts';
import type { ListSearch } from './lists.ts';
import { Prospects } from './prospects.ts';
import { NO_FLOOR } from './rows.ts';

/*
 * Problem: the lists of all slots.
 * Method: a score is the same both ways, so each row is searched among the slots after it, and what is found is offered to both lists. Where a
 * list is going to end is guessed from a sample of rows (prospects.ts); pairs below that are passed over. The few lists that are not full
 * in the end, as their guess was too high, are searched anew.
 */

/** How many rows are searched first to guess from, and the smallest pool for which that pays. */
const SAMPLE = 160;
const LEAST_SIZE = 1_000;
/** How far below the usual end of a list a guess is, in mean deviations: some two in a hundred are too high. */
const DEVIATIONS = 2.5;

/** What is searched. */
interface Slots {
  readonly tables: FlatTables;
  /** Positions by slot, below 0 for slots that are passed over. */
  readonly positions: Int32Array;
}

/** Lists of all slots on their way; several of these may search some of the rows each, on lists of their own. */
export class PairSearch {
  readonly #search: ListSearch;
  readonly #slots: Slots;
  readonly #lists: TopLists;
  /** Floors by slot: first guesses, then those of the lists where these are higher. */
  readonly #floors: Int32Array;
  /** What lists are known to reach, by slot; -1 for none. */
  readonly #known: Int32Array;
  readonly #samples: boolean;
  readonly #prospects: Prospects;
  /** The floors hold what matters to each slot. */
  #isOpen = false;
  /** What they were in the end. */
  #ends = new Int32Array(0);

  /** `known`: scores by slot that its list is known to reach, -1 for none; without it a sample tells what is usual. */
  constructor(search: ListSearch, slots: Slots, lists: TopLists, known?: Int32Array) {
    this.#samples = known === undefined && slots.tables.size >= LEAST_SIZE;
    this.#prospects = new Prospects(this.#samples ? slots.tables.size : 0);
    this.#known = known ?? new Int32Array(slots.tables.size).fill(-1);
    this.#search = search;
    this.#slots = slots;
    this.#lists = lists;
    this.#floors = search.rows.floors;
  }

  /** Slots to measure first, evenly spread. */
  sample(): number[] {
    const { tables, positions } = this.#slots;
    const slots: number[] = [];
    if (!this.#samples) return slots;
    const step = Math.floor(tables.size / SAMPLE);
    for (let slot = 0; slot < tables.size; slot += step) if (positions[slot] >= 0) slots.push(slot);
    return slots;
  }

  /** Finds where the list of a slot ends. `next`: slots of which it is one and the others come next. */
  measure(slot: number, next: readonly number[]): void {
    const { positions } = this.#slots;
    const own = positions[slot];
    const { rows } = this.#search;
    this.#search.fill(slot, this.#lists, { positions, next });
    this.#known[slot] = this.#lists.floors[own];
    this.#prospects.noteEnd(slot, this.#known[slot]);
    this.#lists.clear(own);
    rows.open(slot, { next, along: 'all' });
    rows.boundAll(this.#prospects.heights, (other, bound) => {
      if (other !== slot) this.#prospects.note(other, slot, bound);
    });
    rows.close();
  }

  /** Where the list of each slot is thought to end, by slot. */
  guesses(): Int32Array {
    const { positions, tables } = this.#slots;
    const likely = this.#samples ? this.#prospects.guesses(tables.columns.kind, DEVIATIONS) : this.#known;
    return Int32Array.from(positions, (position, slot) => {
      if (position < 0) return NO_FLOOR;
      return this.#known[slot] < 0 ? likely[slot] : this.#known[slot];
    });
  }

  /** Takes over floors that others know, and tells what is known here. */
  exchange(others: Int32Array): void {
    const floors = this.#floors;
    if (!this.#isOpen) floors.set(others);
    this.#isOpen = true;
    for (let slot = 0; slot < floors.length; slot += 1) {
      if (floors[slot] < others[slot]) floors[slot] = others[slot];
      else if (floors[slot] > others[slot]) others[slot] = floors[slot];
    }
  }

  /** Searches a row among the slots after it. `next`: rows of which it is one and the others come next. */
  search(slot: number, next: readonly number[]): void {
    const { positions } = this.#slots;
    if (positions[slot] < 0) return;
    const { rows } = this.#search;
    rows.open(slot, { next, along: 'after' });
    rows.look({
      floor: this.#floors[slot],
      positions,
      take: (other, score) => {
        this.#offer(other, slot, score);
        return this.#offer(slot, other, score);
      },
    });
    rows.close();
  }

  #offer(slot: number, other: number, score: number): number {
    const { positions } = this.#slots;
    const floor = this.#floors[slot];
    const own = positions[slot];
    if (score < floor || !this.#lists.offer(own, positions[other], score)) return floor;
    const reached = this.#lists.floors[own];
    if (reached > floor) this.#floors[slot] = reached;
    return this.#floors[slot];
  }

  /** No pairs are going to be offered any more. */
  end(): void {
    this.#ends = this.#floors.slice();
    this.#floors.fill(NO_FLOOR);
    this.#isOpen = false;
  }

  /** Slots whose lists are to be searched anew. */
  *short(): Generator<number, void, void> {
    const { positions } = this.#slots;
    const { counts, length } = this.#lists;
    for (let slot = 0; slot < positions.length; slot += 1) {
      // where nothing was guessed nobody was passed over
      if (positions[slot] >= 0 && counts[positions[slot]] < length && this.#ends[slot] >= 0) yield slot;
    }
  }

  /** Searches one list among all. `next`: slots of which it is one and the others come next. */
  searchAnew(slot: number, next: readonly number[]): void {
    const { positions } = this.#slots;
    this.#lists.clear(positions[slot]);
    this.#search.fill(slot, this.#lists, { positions, next, deviations: 2 * DEVIATIONS });
  }
}
