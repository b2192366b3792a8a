import { matricesOf, newBooks, type Books, type Matrices } from './classes.ts';
import { KIND } from './bounds.ts';
import type { Features } from '../features.ts';
import type { Model } from '../model.ts';
import type { Pool } from '../pool.ts';
import { textTables, type TextTables } from './texts.ts';
import { MOST_SLOTS, STEP } from './words.ts';

/*
 * All that the search reads of a pool, in flat typed arrays: no object, text or function in it, so that it can stand in shared memory
 * and be read by several threads. SMEs stand in slots; slots of one cell (same kind, TRL class and role) follow each
 * other, so that much of a bound is the same along a cell. Many who declare the same, or nothing, are a cell of their own.
 */

/** Columns by slot. */
export interface SlotColumns {
  /** Position in the pool, which breaks ties. */
  readonly position: Int32Array;
  readonly kind: Uint8Array;
  readonly country: Int32Array;
  /** Number of the group of companies, -1: none. */
  readonly company: Int32Array;
  readonly trl: Int32Array;
  readonly role: Int32Array;
  readonly field: Int32Array;
  readonly sector: Int32Array;
  readonly practical: Int32Array;
  readonly reach: Int32Array;
  readonly challenge: Int32Array;
  /** Lengths of the texts that it seeks and offers, and the square of the vector that it offers (text/weighing.ts). */
  readonly seekLength: Int32Array;
  readonly offerLength: Int32Array;
  readonly squares: Float64Array;
}

/** Ranges of slots that share what their columns are named for. */
export interface Cells {
  readonly count: number;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  readonly kind: Int32Array;
  readonly trl: Int32Array;
  readonly role: Int32Array;
  /** A slot whose other classes, but for reach, all of the cell have; -1 where they differ. */
  readonly example: Int32Array;
}

/** Sets of terms by slot, and who offers each term. */
export interface Terms {
  readonly size: number;
  readonly closeness: Uint8Array;
  readonly needStarts: Int32Array;
  readonly needs: Int16Array;
  readonly offerStarts: Int32Array;
  readonly offers: Int16Array;
  /** Slots that offer term t: from starts[t] up to starts[t + 1]. */
  readonly starts: Int32Array;
  readonly slots: Int32Array;
}

/** Numbers of the joint projects of each slot: from starts[slot] up to starts[slot + 1]. */
export interface Projects {
  readonly starts: Int32Array;
  readonly numbers: Int32Array;
}

/** For each slot those that one of the two refuses: conflicts of interest and 'not for me', both ways. */
export interface Barred {
  readonly starts: Int32Array;
  readonly slots: Int32Array;
}

/** See above. */
export interface FlatTables extends TextTables {
  /** Number of SMEs of the pool, and of slots: those that may not take part have none. */
  readonly positions: number;
  readonly size: number;
  /** Slot by position, -1 where it has none. */
  readonly slots: Int32Array;
  readonly columns: SlotColumns;
  readonly cells: Cells;
  readonly matrices: Matrices;
  /** The first slots: at least those that posted a need. The offers of the others stand in. */
  readonly seekers: number;
  readonly projects: Projects;
  readonly terms: Terms;
  readonly barred: Barred;
  /** Two SMEs of one country may not be paired. */
  readonly crossBorder: boolean;
}

/** What can be told of an SME, in bits (bounds.ts). */
export const kindOf = ({ prepared }: Features): number =>
  (prepared.need.length > 0 ? KIND.asksWords : 0) |
  (prepared.offer.length > 0 ? KIND.answersWords : 0) |
  (prepared.needTerms.length > 0 ? KIND.asksTerms : 0) |
  (prepared.offerTerms.length > 0 ? KIND.answersTerms : 0) |
  (prepared.standsIn ? KIND.standsIn : 0);

/** How many SMEs are read between two pauses. */
const BLOCK = 256;

/** Reads a pool into tables. A generator, so that the caller can pause it. */
export function* flatten(
  pool: Pool,
  model: Model,
  books: Books = newBooks(model.call),
): Generator<undefined, FlatTables, void> {
  const { positions: order, own } = yield* inOrder(pool, books);
  const features = order.map((position) => pool.features[position]);
  const columns = yield* columnsOf(order, features, books);
  const all = order.length;
  const posters = features.filter(({ query, answer }) => query !== answer).length;
  const seekers = Math.min(all, Math.ceil(posters / STEP) * STEP);
  const texts = yield* textTables(features, seekers);
  const slots = new Int32Array(pool.features.length).fill(-1);
  order.forEach((position, slot) => (slots[position] = slot));
  yield;
  const cells = cellsOf(columns, own);
  const matrices = yield* matricesOf(books, model);
  yield;
  const terms = termsOf(features, model);
  yield;
  const barred = barredOf(features, pool, slots);
  return {
    positions: pool.features.length,
    size: order.length,
    slots,
    columns,
    cells,
    matrices,
    ...texts,
    seekers,
    projects: projectsOf(features),
    terms,
    barred,
    crossBorder: model.call.crossBorder !== 'bonus',
  };
}

/** Slots by cell, and what makes cells of their own. */
interface Order {
  readonly positions: readonly number[];
  /** By slot: number of the combination of classes that has a cell of its own, 0 for none. */
  readonly own: Int32Array;
}

/** From so many on SMEs with the same classes are a cell of their own. */
const LEAST_OF_A_CELL = 32;
/** Classes beyond this share a place in the order, which costs speed, not truth. */
const ORDERED = 1024;
const ROLES = 4;
const OWN_CELLS = 4096;

/** Positions of those that may take part, cell by cell, then by position. */
function* inOrder({ features }: Pool, books: Books): Generator<undefined, Order, void> {
  const cells = new Float64Array(features.length);
  const combined = new Int32Array(features.length);
  const positions = new Int32Array(features.length);
  const combinations = new Combinations();
  let count = 0;
  for (let position = 0; position < features.length; position += 1) {
    const one = features[position];
    if (!one.mayTakePart) continue;
    positions[count] = position;
    cells[count] =
      (kindOf(one) * ORDERED + (books.trl.numberOf(one) % ORDERED)) * ROLES + books.role.numberOf(one);
    combined[count] = combinations.numberOf(cells[count], one, books);
    count += 1;
    if (position % BLOCK === BLOCK - 1) yield;
  }
  if (count > MOST_SLOTS) {
    throw new RangeError(`The pool has ${count} SMEs; an index holds up to ${MOST_SLOTS}.`);
  }
  const ownCells = combinations.ownCells();
  const keys = new Float64Array(count);
  for (let at = 0; at < count; at += 1) {
    keys[at] = (cells[at] * OWN_CELLS + ownCells[combined[at]]) * MOST_SLOTS + positions[at];
  }
  keys.sort();
  return {
    positions: Array.from(keys, (key) => key % MOST_SLOTS),
    own: Int32Array.from(keys, (key) => Math.floor(key / MOST_SLOTS) % OWN_CELLS),
  };
}

/** Numbers the combinations of classes of SMEs and counts who has each. */
class Combinations {
  readonly #numbers = new Map<string, number>();
  readonly #counts: number[] = [];

  numberOf(cell: number, one: Features, books: Books): number {
    const classes = OF_A_CELL.map((name) => books[name].numberOf(one)).join();
    const key = `${cell},${classes}`;
    const known = this.#numbers.get(key);
    if (known !== undefined) {
      this.#counts[known] += 1;
      return known;
    }
    this.#numbers.set(key, this.#counts.length);
    return this.#counts.push(1) - 1;
  }

  /** By combination: number of its own cell, 0 where it is too rare to have one. */
  ownCells(): Int32Array {
    let cells = 0;
    return Int32Array.from(this.#counts, (count) => {
      if (count < LEAST_OF_A_CELL || cells === OWN_CELLS - 1) return 0;
      cells += 1;
      return cells;
    });
  }
}

function* columnsOf(
  order: readonly number[],
  features: readonly Features[],
  books: Books,
): Generator<undefined, SlotColumns, void> {
  const columns = emptyColumns(order.length);
  for (let slot = 0; slot < order.length; slot += 1) {
    enter(columns, slot, features[slot], order[slot], books);
    if (slot % BLOCK === BLOCK - 1) yield;
  }
  return columns;
}

const emptyColumns = (size: number): SlotColumns => ({
  position: new Int32Array(size).fill(-1),
  kind: new Uint8Array(size),
  country: new Int32Array(size),
  company: new Int32Array(size),
  trl: new Int32Array(size),
  role: new Int32Array(size),
  field: new Int32Array(size),
  sector: new Int32Array(size),
  practical: new Int32Array(size),
  reach: new Int32Array(size),
  challenge: new Int32Array(size),
  seekLength: new Int32Array(size),
  offerLength: new Int32Array(size),
  squares: new Float64Array(size),
});

/** What is the same along a cell of its own, beside what every cell has. */
const OF_A_CELL = ['practical', 'field', 'sector', 'challenge'] as const;
const CLASSES = ['country', 'trl', 'role', 'field', 'sector', 'practical', 'reach', 'challenge'] as const;

function enter(columns: SlotColumns, slot: number, one: Features, position: number, books: Books): void {
  const { prepared, query, answer } = one;
  for (const name of CLASSES) columns[name][slot] = books[name].numberOf(one);
  columns.position[slot] = position;
  columns.kind[slot] = kindOf(one);
  columns.company[slot] = prepared.profile.group === null ? -1 : books.company.numberOf(one);
  columns.seekLength[slot] = query.length;
  columns.offerLength[slot] = answer.length;
  columns.squares[slot] = answer.squares;
}

function cellsOf({ kind, trl, role }: SlotColumns, own: Int32Array): Cells {
  const first: number[] = [];
  for (let slot = 0; slot < kind.length; slot += 1) {
    const before = slot - 1;
    const same =
      slot > 0 &&
      kind[slot] === kind[before] &&
      trl[slot] === trl[before] &&
      role[slot] === role[before] &&
      own[slot] === own[before];
    if (!same) first.push(slot);
  }
  const starts = Int32Array.from(first);
  return {
    count: first.length,
    starts,
    ends: Int32Array.from([...first.slice(1), kind.length]),
    kind: starts.map((slot) => kind[slot]),
    trl: starts.map((slot) => trl[slot]),
    role: starts.map((slot) => role[slot]),
    example: starts.map((slot) => (own[slot] > 0 ? slot : -1)),
  };
}

function termsOf(features: readonly Features[], { taxonomy: { size, closeness } }: Model): Terms {
  const [needStarts, needs] = flatSets(features.map(({ prepared }) => prepared.needTerms));
  const [offerStarts, offers] = flatSets(features.map(({ prepared }) => prepared.offerTerms));
  const starts = new Int32Array(size + 1);
  for (const term of offers) starts[term + 1] += 1;
  for (let term = 0; term < size; term += 1) starts[term + 1] += starts[term];
  const next = starts.slice();
  const slots = new Int32Array(offers.length);
  for (let slot = 0; slot < features.length; slot += 1) {
    for (let at = offerStarts[slot]; at < offerStarts[slot + 1]; at += 1) slots[next[offers[at]]++] = slot;
  }
  return { size, closeness, needStarts, needs, offerStarts, offers, starts, slots };
}

function projectsOf(features: readonly Features[]): Projects {
  const starts = new Int32Array(features.length + 1);
  const numbers: number[] = [];
  features.forEach(({ prepared }, slot) => {
    numbers.push(...prepared.projects);
    starts[slot + 1] = numbers.length;
  });
  return { starts, numbers: Int32Array.from(numbers) };
}

function flatSets(sets: readonly Int16Array[]): [Int32Array, Int16Array] {
  const starts = new Int32Array(sets.length + 1);
  for (let slot = 0; slot < sets.length; slot += 1) starts[slot + 1] = starts[slot] + sets[slot].length;
  const terms = new Int16Array(starts[sets.length]);
  for (let slot = 0; slot < sets.length; slot += 1) terms.set(sets[slot], starts[slot]);
  return [starts, terms];
}

function barredOf(features: readonly Features[], { positions }: Pool, slots: Int32Array): Barred {
  const lists = features.map((): number[] => []);
  for (let own = 0; own < features.length; own += 1) {
    const { conflicts, declined } = features[own].prepared.profile;
    for (const id of [...conflicts, ...declined]) {
      const other = slots[positions.get(id) ?? -1] ?? -1;
      if (other < 0) continue;
      lists[own].push(other);
      lists[other].push(own);
    }
  }
  const starts = new Int32Array(lists.length + 1);
  lists.forEach((list, slot) => (starts[slot + 1] = starts[slot] + list.length));
  return { starts, slots: Int32Array.from(lists.flat()) };
}
