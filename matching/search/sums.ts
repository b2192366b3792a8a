import { KIND } from './bounds.ts';
import { EntryStarts } from './entry-starts.ts';
import type { FlatTables } from './flat.ts';
import { JOB, JOB_NUMBERS, OVERRUN } from './kernels.ts';
import type { Layout } from './space.ts';
import { SEEK_SHIFT, TIMES_MASK } from './stem-reader.ts';
import { longestOf, STEM_SHIFT } from './texts.ts';
import { STEP, type Words } from './words.ts';
import { NEED_UNIT } from '../text/weighing.ts';

/*
 * Problem: for each SME, the sums of words with all others, both ways, as numbers of 16 bits.
 * Method: columns and lists of who has which stem (words.ts) are added up by a kernel. Columns of ten thousand SMEs are megabytes and do not
 * stay in the nearest cache from row to row; so some rows that follow each other are added up together, a few slots after the other.
 */

const NUMBER = 4;
/** Numbers of 16 bits: two bytes. */
const SHORT = 2;
/** Sums of 16 bits hold what two texts have in common where no square is above this (Cauchy and Schwarz). */
const MOST_SQUARES = 2 ** 16 - 1;
/** The same of a posted need, by its length. */
const MOST_LENGTH = NEED_UNIT * (2 ** 8 - 1);
/** Largest sum of the bytes of some columns that are added up as bytes. */
const MOST_BYTES = 255;
/** One more than how often a text has a stem at most. */
const WEIGHTS = TIMES_MASK + 1;
/** How many rows are added up together: at least, at most, and in between as many as have room for their sums in so many bytes. */
const BATCH_LEAST = 16;
const ROWS_TOGETHER = 48;
const BATCH_BYTES = 2 ** 24;

/** Slots by rows that are added up together. */
export function* inGroups(slots: Iterable<number>): Generator<readonly number[], void, void> {
  let group: number[] = [];
  for (const slot of slots) {
    group.push(slot);
    if (group.length < ROWS_TOGETHER) continue;
    yield group;
    group = [];
  }
  if (group.length > 0) yield group;
}

/** What is added up for one row: stems of one side of its text with the words of all. */
const PARTS = 3;
/**
 * What it seeks with all offers; what it offers with the needs of those who posted one, and with the offers of the others, which is what it
 * gets from these where its own offer stands in too. What two offer who posted a need each is not added up: it only tells near-copies.
 */
const PART = { given: 0, takenByNeeds: 1, takenByOffers: 2 } as const;
/** Sums of a row: what it gets, and what it gives. */
const SUMS = 2;
const SUM_OF: readonly number[] = [0, 1, 1];
type PartNumber = (typeof PART)[keyof typeof PART];

/** Which rows are opened. */
export interface Rows {
  /** Rows of which this is one and the others come next, in rising order: they are added up together. [this one] */
  readonly next?: readonly number[];
  /** Slots of interest along a row: all, or only those after it. */
  readonly along: 'all' | 'after';
}

/** What is to be known of the text of an SME that stands in no slot. */
export interface GuestText {
  /** Its offer stands in for a need. */
  readonly standsIn: boolean;
  /** Square of the vector of what it offers, and length of what it seeks. */
  readonly squares: number;
  readonly seekLength: number;
}

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
  readonly #at: Readonly<Record<'sums' | 'jobs', number>>;
  /** Of each row and part: the columns by weight, and the lists. */
  readonly #groups: readonly Place[];
  readonly #lists: readonly Place[];
  /** By part: where the entries of interest start. */
  readonly #entries: readonly EntryStarts[];
  /** Bytes from the sums of one row to the next; what it gives stands behind what it gets. */
  readonly #stride: number;
  /** Rows that are added up together. */
  readonly #batch: number;
  /** Most stems that a text of the tables has. */
  readonly #longest: number;
  /** While a part is read, by weight: columns, and how many. */
  readonly #ofWeight: readonly Int32Array[];
  readonly #counts = new Int32Array(WEIGHTS);
  #numbers: Int32Array = new Int32Array(0);
  #shorts: Uint16Array = new Uint16Array(0);
  #run: Adders = { columns: () => 0, lists: () => 0 };
  /** The rows that were added up last; and where the sums of the present one are. */
  #opened: readonly number[] = [];
  #along: Rows['along'] = 'all';
  #given = 0;

  /** Sets room aside. `connect` comes next. */
  constructor(tables: FlatTables, layout: Layout) {
    const { size, offers, seeks, columns } = tables;
    this.#tables = tables;
    this.#stride = Math.ceil((size * SHORT + OVERRUN) / 16) * 16;
    const batch = Math.floor(BATCH_BYTES / (SUMS * this.#stride));
    this.#batch = Math.min(ROWS_TOGETHER, Math.max(BATCH_LEAST, batch));
    const longest = longestOf(tables);
    this.#longest = longest;
    const places = (numbers: number): Place[] =>
      Array.from({ length: this.#batch * PARTS }, () => {
        const from = layout.reserve(numbers * NUMBER);
        return { from, to: from };
      });
    this.#groups = places(3 * longest + 2 * WEIGHTS);
    this.#lists = places(3 * longest);
    this.#entries = [new EntryStarts(offers), new EntryStarts(seeks), new EntryStarts(offers)];
    this.#ofWeight = Array.from({ length: WEIGHTS }, () => new Int32Array(longest));
    this.#at = {
      sums: layout.reserve(SUMS * this.#batch * this.#stride),
      jobs: layout.reserve(PARTS * this.#batch * JOB_NUMBERS * NUMBER),
    };
    this.overflows =
      columns.squares.some((squares) => squares > MOST_SQUARES) ||
      // an offer that stands in for a need is one of the squares
      columns.seekLength.some(
        (length, slot) => (columns.kind[slot] & KIND.standsIn) === 0 && length > MOST_LENGTH,
      );
  }

  /** Fills the room that was set aside. */
  connect(memory: WebAssembly.Memory, run: Adders): void {
    const at = this.#at;
    this.#run = run;
    this.#numbers = new Int32Array(memory.buffer);
    this.#shorts = new Uint16Array(memory.buffer);
    // everything is possible
    if (this.overflows)
      this.#shorts.fill(2 ** 16 - 1, at.sums / SHORT, (at.sums + SUMS * this.#stride) / SHORT);
    this.#given = at.sums;
  }

  /** Address of the sums of the row: what the own side gets from each slot. */
  get given(): number {
    return this.#given;
  }

  /** Address of what it gives to each; `alike`: to those whose offer stands in, as its own does. */
  taken(alike: boolean): number {
    return alike ? this.#given : this.#given + this.#stride;
  }

  /** What the own side gets from a slot. */
  givenBy(slot: number): number {
    return this.#shorts[this.#given / SHORT + slot];
  }

  /** What it gives to a slot. */
  takenBy(slot: number, alike: boolean): number {
    return this.#shorts[this.taken(alike) / SHORT + slot];
  }

  /** Goes to the row of a slot; some of those that are opened next are added up with it. */
  open(own: number, { next = [own], along }: Rows): void {
    if (this.overflows) return;
    let row = along === this.#along ? this.#opened.indexOf(own) : -1;
    if (row < 0) {
      const at = Math.max(0, next.indexOf(own));
      this.#along = along;
      this.#opened = next.slice(at, at + this.#batch);
      this.#addUp();
      row = 0;
    }
    this.#given = this.#at.sums + row * SUMS * this.#stride;
  }

  /** Adds up the row of an SME that stands in no slot. @returns false where sums may run over or there is no room for so long a text */
  openGuest(entries: Int32Array, { standsIn, squares, seekLength }: GuestText): boolean {
    if (this.overflows || squares > MOST_SQUARES) return false;
    if (!standsIn && seekLength > MOST_LENGTH) return false;
    if (entries.length > this.#longest) return false;
    this.#opened = [];
    this.#along = 'all';
    this.#goTo(0);
    this.#read(0, { entries, from: 0, to: entries.length, standsIn, seeks: true });
    this.#add(1, 0);
    this.#given = this.#at.sums;
    return true;
  }

  /** Adds up the rows that were opened. */
  #addUp(): void {
    const { seekers } = this.#tables;
    const { starts, entries } = this.#tables.texts;
    const first = this.#along === 'all' ? 0 : this.#opened[0];
    this.#goTo(first);
    for (const [row, own] of this.#opened.entries()) {
      this.#read(row, {
        entries,
        from: starts[own],
        to: starts[own + 1],
        standsIn: (this.#tables.columns.kind[own] & KIND.standsIn) !== 0,
        seeks: this.#along === 'all' || own < seekers,
      });
    }
    this.#add(this.#opened.length, first);
  }

  #goTo(first: number): void {
    this.#entries[PART.given].goTo(first);
    this.#entries[PART.takenByNeeds].goTo(first);
    this.#entries[PART.takenByOffers].goTo(Math.max(first, this.#tables.seekers));
  }

  /** Adds up the rows that were laid out, for the slots from one on. */
  #add(rows: number, first: number): void {
    const { size, seekers, offers, seeks } = this.#tables;
    const offersAt = offers.bytes.byteOffset;
    const seeksAt = seeks.bytes.byteOffset;
    const from = first - (first % STEP);
    let jobs = 0;
    for (let row = 0; row < rows; row += 1) {
      jobs = this.#writeJob(jobs, row, PART.given, from);
      jobs = this.#writeJob(jobs, row, PART.takenByOffers, Math.max(from, seekers));
    }
    this.#addColumns(jobs, { columns: offers.columns, columnsAt: offersAt, from, to: size });
    jobs = 0;
    for (let row = 0; row < rows; row += 1) jobs = this.#writeJob(jobs, row, PART.takenByNeeds, from);
    this.#addColumns(jobs, { columns: seeks.columns, columnsAt: seeksAt, from, to: seekers });
    for (let row = 0; row < rows; row += 1) {
      this.#addList(row, PART.given);
      this.#addList(row, PART.takenByNeeds);
      this.#addList(row, PART.takenByOffers);
    }
  }

  #target(row: number, part: PartNumber): number {
    return this.#at.sums + (SUMS * row + SUM_OF[part]) * this.#stride;
  }

  /** Notes what is to be added up of one row, after some other jobs. @returns how many there are then */
  #writeJob(jobs: number, row: number, part: PartNumber, from: number): number {
    const { from: groups, to: end } = this.#groups[row * PARTS + part];
    // that part was passed over
    if (end < groups) return jobs;
    const at = this.#at.jobs / NUMBER + jobs * JOB_NUMBERS;
    this.#numbers[at + JOB.groups] = groups;
    this.#numbers[at + JOB.end] = end;
    this.#numbers[at + JOB.from] = from;
    this.#numbers[at + JOB.sums] = this.#target(row, part);
    return jobs + 1;
  }

  #addColumns(jobs: number, { columns, columnsAt, from, to }: ColumnRange): void {
    const { jobs: at } = this.#at;
    if (jobs === 0 || from >= to) return;
    const end = at + jobs * JOB_NUMBERS * NUMBER;
    this.#run.columns(at, end, columnsAt + from * columns, columns * STEP, from, to);
  }

  #addList(row: number, part: PartNumber): void {
    const { from, to } = this.#lists[row * PARTS + part];
    if (from < to) this.#run.lists(from, to, this.#target(row, part));
  }

  /** Lays out what is added up for a row. */
  #read(row: number, text: OwnText): void {
    const { offers, seeks } = this.#tables;
    const ofOffers = { words: offers, entriesAt: offers.entries.byteOffset };
    const ofNeeds = { words: seeks, entriesAt: seeks.entries.byteOffset };
    this.#readPart(row, text, { part: PART.given, ...ofOffers, shift: SEEK_SHIFT });
    if (text.seeks) this.#readPart(row, text, { part: PART.takenByNeeds, ...ofNeeds, shift: 0 });
    else this.#skipPart(row, PART.takenByNeeds);
    if (text.standsIn) this.#skipPart(row, PART.takenByOffers);
    else this.#readPart(row, text, { part: PART.takenByOffers, ...ofOffers, shift: 0 });
  }

  #skipPart(row: number, part: PartNumber): void {
    const place = row * PARTS + part;
    this.#groups[place].to = -1;
    this.#lists[place].to = -1;
  }

  #readPart(
    row: number,
    { entries, from, to: end }: OwnText,
    { part, words, entriesAt, shift }: Reading,
  ): void {
    const { information } = this.#tables.texts;
    const place = row * PARTS + part;
    const entryStarts = this.#entries[part];
    const lists = this.#lists[place];
    const numbers = this.#numbers;
    let to = lists.from / NUMBER;
    this.#counts.fill(0);
    for (let at = from; at < end; at += 1) {
      const times = (entries[at] >>> shift) & TIMES_MASK;
      if (times === 0) continue;
      const stem = entries[at] >>> STEM_SHIFT;
      if (stem < words.columns) {
        this.#ofWeight[times][this.#counts[times]++] = stem;
        continue;
      }
      const first = entryStarts.of(stem);
      const last = words.starts[stem + 1];
      if (first >= last) continue;
      numbers[to] = entriesAt + first * NUMBER;
      numbers[to + 1] = entriesAt + last * NUMBER;
      numbers[to + 2] = information[stem] * times;
      to += 3;
    }
    lists.to = to * NUMBER;
    const groups = this.#groups[place];
    groups.to = this.#writeGroups(groups.from / NUMBER, words) * NUMBER;
  }

  /** Lays out the columns by weight. @returns the place after the last */
  #writeGroups(first: number, { largest }: Words): number {
    const numbers = this.#numbers;
    let to = first;
    for (let weight = 1; weight < WEIGHTS; weight += 1) {
      const columns = this.#ofWeight[weight];
      let group = to;
      let bytes = MOST_BYTES;
      for (let at = 0; at < this.#counts[weight]; at += 1) {
        const column = columns[at];
        if (largest[column] === 0) continue;
        bytes += largest[column];
        if (bytes > MOST_BYTES) {
          group = to;
          numbers[group] = weight;
          numbers[group + 1] = 0;
          bytes = largest[column];
          to += 2;
        }
        numbers[to] = column * STEP;
        numbers[group + 1] += 1;
        to += 1;
      }
    }
    return to;
  }
}

/** Which columns are added up for which slots: whole steps. */
interface ColumnRange {
  readonly columns: number;
  readonly columnsAt: number;
  readonly from: number;
  readonly to: number;
}

/** The text of the own side of a row: entries from `from` up to `to`. */
interface OwnText {
  readonly entries: Int32Array;
  readonly from: number;
  readonly to: number;
  /** Its offer stands in for a need. */
  readonly standsIn: boolean;
  /** What those seek who posted a need is of interest. */
  readonly seeks: boolean;
}

/** Which words of an SME are read against which of all. */
interface Reading {
  readonly part: PartNumber;
  readonly words: Words;
  readonly entriesAt: number;
  readonly shift: 0 | typeof SEEK_SHIFT;
}
