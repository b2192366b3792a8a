import { KIND } from './bounds.ts';
import type { FlatTables } from './flat.ts';
import { OVERRUN } from './kernels.ts';
import type { Layout } from './space.ts';
import { SEEK_SHIFT, STEM_SHIFT, TIMES_MASK } from './texts.ts';
import { STEP, type Words } from './words.ts';
import { LENGTH_UNIT } from '../text/weighing.ts';

/*
 * Problem: for each SME, the sums of words with all others, both ways, as numbers of 16 bits.
 * Method: columns and lists of who has which stem (words.ts) are added up by a kernel. Columns of ten thousand SMEs are megabytes and do not
 * stay in the nearest cache from row to row; so some rows that follow each other are added up together, one block of slots after the other.
 */

const NUMBER = 4;
/** Numbers of 16 bits: two bytes. */
const SHORT = 2;
/** Sums of 16 bits hold what two texts have in common where no square is above this (Cauchy and Schwarz). */
const MOST_SQUARES = 2 ** 16 - 1;
/** The same of a posted need, by its length. */
const MOST_LENGTH = LENGTH_UNIT * (2 ** 8 - 1);
/** Columns whose bytes can be added up without running over: 85 x 3 is 255. */
const COLUMNS_AT_ONCE = 85;
/** How many weights there are: 3 times 8 bits of information, and one more group for each time that one is full. */
const WEIGHTS = 32;
/** How many rows are added up together. */
const BATCH = 16;
/** Bytes of all columns of a block: half of what the second cache of a processor holds. */
const BLOCK_BYTES = 2 ** 18;

/** What is added up for one row: stems of one side of its text with the words of all. */
const PARTS = 3;
/** What it seeks with all offers; what it offers with the offers of those who posted no need, and with the needs of the others. */
const PART = { given: 0, takenByOffers: 1, takenByNeeds: 2 } as const;
type PartNumber = (typeof PART)[keyof typeof PART];

/** A call of the kernels. */
export type Kernel = (...args: number[]) => number;
/** The kernels that add up. */
export interface Adders {
  readonly columns: Kernel;
  readonly lists: Kernel;
}

/** Where something stands in a memory: its first byte, and the one after the last. */
interface Place {
  readonly from: number;
  to: number;
}

/** Sums of words of rows, in the memory of the kernels. */
export class RowSums {
  /** Texts are so long that sums run over: nothing is added up. */
  readonly overflows: boolean;
  readonly #tables: FlatTables;
  readonly #at: Readonly<Record<'offers' | 'offerLists' | 'seeks' | 'seekLists' | 'sums', number>>;
  /** Of each row and part: the columns by weight, and the lists. */
  readonly #groups: readonly Place[];
  readonly #lists: readonly Place[];
  /** Bytes from the sums of one row to the next; what it gives stands behind what it gets. */
  readonly #stride: number;
  /** Slots of a block. */
  readonly #block: number;
  /** While a part is read, by weight: addresses of columns, and how many. */
  readonly #ofWeight: readonly Int32Array[];
  readonly #counts = new Int32Array(WEIGHTS);
  #numbers = new Int32Array(0);
  #shorts = new Uint16Array(0);
  #run: Adders = { columns: () => 0, lists: () => 0 };
  /** The rows that were added up last: slots `first` to `end`; and where the sums of the present one are. */
  #first = 0;
  #end = 0;
  #given = 0;

  /** Sets room aside. `connect` comes next. */
  constructor(tables: FlatTables, layout: Layout) {
    const { size, offers, seeks, texts, columns } = tables;
    this.#tables = tables;
    let longest = 0;
    for (let slot = 0; slot < size; slot += 1) {
      longest = Math.max(longest, texts.ends[slot] - texts.starts[slot]);
    }
    const places = (numbers: number): Place[] =>
      Array.from({ length: BATCH * PARTS }, () => {
        const from = layout.reserve(numbers * NUMBER);
        return { from, to: from };
      });
    this.#groups = places(longest + 2 * (WEIGHTS + Math.ceil(longest / COLUMNS_AT_ONCE)));
    this.#lists = places(3 * longest);
    this.#stride = Math.ceil((size * SHORT + OVERRUN) / 16) * 16;
    this.#block = Math.max(1, Math.floor(BLOCK_BYTES / Math.max(1, offers.columns) / STEP)) * STEP;
    this.#ofWeight = Array.from({ length: WEIGHTS }, () => new Int32Array(longest));
    this.#at = {
      offers: layout.reserve(offers.times.length),
      offerLists: layout.reserve(offers.entries.length * NUMBER),
      seeks: layout.reserve(seeks.times.length),
      seekLists: layout.reserve(seeks.entries.length * NUMBER),
      sums: layout.reserve(2 * BATCH * this.#stride),
    };
    this.overflows =
      columns.squares.some((squares) => squares > MOST_SQUARES) ||
      columns.seekLength.some((length) => length > MOST_LENGTH);
  }

  /** Fills the room that was set aside. */
  connect(memory: WebAssembly.Memory, run: Adders): void {
    const { offers, seeks } = this.#tables;
    const at = this.#at;
    this.#run = run;
    this.#numbers = new Int32Array(memory.buffer);
    this.#shorts = new Uint16Array(memory.buffer);
    const bytes = new Uint8Array(memory.buffer);
    bytes.set(offers.times, at.offers);
    bytes.set(seeks.times, at.seeks);
    this.#numbers.set(offers.entries, at.offerLists / NUMBER);
    this.#numbers.set(seeks.entries, at.seekLists / NUMBER);
    // everything is possible
    if (this.overflows) this.#shorts.fill(2 ** 16 - 1, at.sums / SHORT, (at.sums + 2 * this.#stride) / SHORT);
    this.#given = at.sums;
  }

  /** Address of the sums of the row: what the own side gets from each slot. */
  get given(): number {
    return this.#given;
  }

  /** Address of what it gives to each. */
  get taken(): number {
    return this.#given + this.#stride;
  }

  /** What the own side gets from a slot. */
  givenBy(slot: number): number {
    return this.#shorts[this.#given / SHORT + slot];
  }

  /** What it gives to a slot. */
  takenBy(slot: number): number {
    return this.#shorts[(this.#given + this.#stride) / SHORT + slot];
  }

  /** Goes to the row of a slot. `until`: the rows before this slot are going to be asked for next, in their order. */
  open(own: number, until: number): void {
    if (this.overflows) return;
    if (own < this.#first || own >= this.#end) this.#addUp(own, Math.min(until, own + BATCH));
    this.#given = this.#at.sums + (own - this.#first) * 2 * this.#stride;
  }

  /** Adds up the rows of some slots. */
  #addUp(from: number, to: number): void {
    const { size, seekers } = this.#tables;
    this.#first = from;
    this.#end = to;
    for (let own = from; own < to; own += 1) this.#read(own);
    for (let slot = 0; slot < size; slot += this.#block) {
      const end = Math.min(size, slot + this.#block);
      for (let row = 0; row < to - from; row += 1) {
        this.#addColumns(row, PART.given, slot, end);
        this.#addColumns(row, PART.takenByOffers, Math.max(slot, seekers), end);
      }
    }
    for (let own = from; own < to; own += 1) this.#addLists(own);
    for (let slot = 0; slot < seekers; slot += this.#block) {
      const end = Math.min(seekers, slot + this.#block);
      for (let row = 0; row < to - from; row += 1) this.#addColumns(row, PART.takenByNeeds, slot, end);
    }
    for (let row = 0; row < to - from; row += 1) this.#addList(row, PART.takenByNeeds);
  }

  #addLists(own: number): void {
    const row = own - this.#first;
    this.#addList(row, PART.given);
    if (!this.#standsIn(own)) {
      this.#addList(row, PART.takenByOffers);
      return;
    }
    // what it gives to whoever posted nothing is what it gets from them
    const { size, seekers } = this.#tables;
    const given = this.#target(row, PART.given) / SHORT;
    this.#shorts.copyWithin(given + this.#stride / SHORT + seekers, given + seekers, given + size);
  }

  #standsIn(own: number): boolean {
    return (this.#tables.columns.kind[own] & KIND.standsIn) !== 0;
  }

  #target(row: number, part: PartNumber): number {
    return this.#at.sums + (2 * row + (part === PART.given ? 0 : 1)) * this.#stride;
  }

  #addColumns(row: number, part: PartNumber, slot: number, end: number): void {
    const { from, to } = this.#groups[row * PARTS + part];
    // nothing is sought: the sums are none
    if (slot < end && to >= from) this.#run.columns(from, to, slot, end, this.#target(row, part));
  }

  #addList(row: number, part: PartNumber): void {
    const { from, to } = this.#lists[row * PARTS + part];
    if (from < to) this.#run.lists(from, to, this.#target(row, part));
  }

  /** Lays out what is added up for the row of a slot. */
  #read(own: number): void {
    const row = own - this.#first;
    const { offers, seeks } = this.#tables;
    const { offers: offersAt, offerLists, seeks: seeksAt, seekLists } = this.#at;
    const ofOffers = { words: offers, columnsAt: offersAt, entriesAt: offerLists };
    this.#readPart(own, row * PARTS + PART.given, { ...ofOffers, shift: SEEK_SHIFT });
    if (!this.#standsIn(own))
      this.#readPart(own, row * PARTS + PART.takenByOffers, { ...ofOffers, shift: 0 });
    else this.#groups[row * PARTS + PART.takenByOffers].to = -1;
    const ofNeeds = { words: seeks, columnsAt: seeksAt, entriesAt: seekLists };
    this.#readPart(own, row * PARTS + PART.takenByNeeds, { ...ofNeeds, shift: 0 });
  }

  #readPart(own: number, part: number, { words, columnsAt, entriesAt, shift }: Reading): void {
    const { starts, ends, entries, information } = this.#tables.texts;
    const lists = this.#lists[part];
    let to = lists.from / NUMBER;
    this.#counts.fill(0);
    for (let at = starts[own]; at < ends[own]; at += 1) {
      const stem = entries[at] >>> STEM_SHIFT;
      const weight = information[stem] * ((entries[at] >>> shift) & TIMES_MASK);
      if (weight === 0) continue;
      if (stem < words.columns) {
        this.#ofWeight[weight][this.#counts[weight]++] = columnsAt + stem * words.stride;
      } else if (words.starts[stem] < words.starts[stem + 1]) {
        this.#numbers[to] = entriesAt + words.starts[stem] * NUMBER;
        this.#numbers[to + 1] = entriesAt + words.starts[stem + 1] * NUMBER;
        this.#numbers[to + 2] = weight;
        to += 3;
      }
    }
    lists.to = to * NUMBER;
    const groups = this.#groups[part];
    groups.to = this.#writeGroups(groups.from / NUMBER) * NUMBER;
  }

  /** Lays out the columns by weight. @returns the place after the last */
  #writeGroups(first: number): number {
    let to = first;
    for (let weight = 1; weight < WEIGHTS; weight += 1) {
      const addresses = this.#ofWeight[weight];
      for (let from = 0; from < this.#counts[weight]; from += COLUMNS_AT_ONCE) {
        const count = Math.min(COLUMNS_AT_ONCE, this.#counts[weight] - from);
        this.#numbers[to] = weight;
        this.#numbers[to + 1] = count;
        for (let at = 0; at < count; at += 1) this.#numbers[to + 2 + at] = addresses[from + at];
        to += count + 2;
      }
    }
    return to;
  }
}

/** Which words of an SME are read against which of all. */
interface Reading {
  readonly words: Words;
  readonly columnsAt: number;
  readonly entriesAt: number;
  readonly shift: 0 | typeof SEEK_SHIFT;
}
