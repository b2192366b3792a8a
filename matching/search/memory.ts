import { CLOSE_BITS, CLOSE_PLACES, KIND, KINDS, MOST_CLOSE, STEPS, STRENGTH_PLACES } from './bounds.ts';
import type { FlatTables } from './flat.ts';
import { CELL_NUMBERS, CLASS_BYTES, kernelsOver, OVERRUN, ROW, ROW_NUMBERS } from './kernels.ts';
import { Layout } from './space.ts';
import { RowSums } from './sums.ts';
import { strength } from '../factors/text.ts';
import { SCALE } from '../types.ts';
import type { Contributions, WeightedTables } from './weighted.ts';

export { CELL_NUMBERS } from './kernels.ts';

const NUMBER = 4;
/** Strengths are worked out in fractions of 24 bits; so much more makes up for all that is rounded. */
const ROUNDED = 1 + 2 ** -20;
/** What is sought in one cell. */
export interface CellWanted {
  /** Kind of the own side, and how many terms it seeks. */
  readonly kind: number;
  readonly sought: number;
  /** What is the same along the cell. */
  readonly base: number;
  readonly left: number;
}

/** First place of a table of text, by how far it is from `first`, from which on it brings so much. The last one does. */
function leastPlace(memory: Int32Array, first: number, words: number): number {
  let [low, high] = [0, STRENGTH_PLACES];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (memory[first + middle] < words) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The memory of the kernels, with what of the tables they read, and calls to them with plain arguments. */
export class Kernels {
  /** Closeness of the offered terms by slot, with how many there are. */
  readonly close: Int32Array;
  /** Slots that were found, each with its bound. */
  readonly found: Int32Array;
  /** The own text by stem: weights of what is sought x 2^16 + weights of what is offered. */
  readonly laid: Int32Array;
  /** Sums of the last `match`: what the own side gets, what the other gets, and the sum of both offers. */
  readonly matched: Int32Array;
  readonly #tables: FlatTables;
  readonly #weighted: WeightedTables;
  readonly #sums: RowSums;
  readonly #run: Readonly<Record<string, (...args: number[]) => number>>;
  readonly #memory: Int32Array;
  readonly #cells: Int32Array;
  readonly #rowsAt: Int32Array;
  readonly #rows: readonly Int32Array[];
  readonly #floors: Int32Array;
  readonly #rowFractions: Float32Array;
  readonly #cellFractions: Float32Array;
  readonly #at: Readonly<
    Record<
      | 'texts'
      | 'offerFactors'
      | 'seekFactors'
      | 'classes'
      | 'close'
      | 'found'
      | 'text'
      | 'capability'
      | 'floors',
      number
    >
  >;
  /** Address of the table of two kinds, 0 where it was not asked for yet. */
  readonly #textAt = new Int32Array(KINDS * KINDS);
  readonly #capabilityAt = new Map<number, number>();
  #textTables = 0;
  #capabilityTables = 0;

  constructor(tables: FlatTables, weighted: WeightedTables) {
    const { size, texts, cells, vocabulary, terms, columns } = tables;
    this.#tables = tables;
    this.#weighted = weighted;
    const kinds = new Set(cells.kind).size;
    const sought = new Set<number>();
    for (let slot = 0; slot < size; slot += 1) {
      sought.add(terms.needStarts[slot + 1] - terms.needStarts[slot]);
    }
    const layout = new Layout();
    this.#sums = new RowSums(tables, layout);
    const numbers = (count: number): number => layout.reserve(count * NUMBER);
    const classRows = [weighted.practical, weighted.sector, weighted.field, weighted.reach];
    const laidAt = numbers(vocabulary);
    const matchedAt = numbers(3);
    const cellsAt = numbers(cells.count * CELL_NUMBERS);
    const rowsAt = numbers(ROW_NUMBERS);
    const rows = classRows.map((one) => numbers(one.size));
    this.#at = {
      texts: numbers(texts.entries.length),
      offerFactors: layout.reserve(size * NUMBER + OVERRUN),
      seekFactors: layout.reserve(size * NUMBER + OVERRUN),
      classes: layout.reserve(size * CLASS_BYTES),
      close: numbers(size),
      found: numbers(2 * size),
      text: numbers(kinds * kinds * (STRENGTH_PLACES + 1)),
      capability: numbers(kinds * kinds * sought.size * CLOSE_PLACES),
      floors: numbers(size),
    };
    const memory = layout.memory();
    const at = (address: number, count: number): Int32Array => new Int32Array(memory.buffer, address, count);
    this.#memory = new Int32Array(memory.buffer);
    this.laid = at(laidAt, vocabulary);
    this.matched = at(matchedAt, 3);
    this.close = at(this.#at.close, size);
    this.found = at(this.#at.found, 2 * size);
    this.#floors = at(this.#at.floors, size);
    this.#cells = at(cellsAt, cells.count * CELL_NUMBERS);
    this.#cellFractions = new Float32Array(memory.buffer, cellsAt, cells.count * CELL_NUMBERS);
    this.#rowsAt = at(rowsAt, ROW_NUMBERS);
    this.#rowFractions = new Float32Array(memory.buffer, rowsAt, ROW_NUMBERS);
    this.#rows = rows.map((address, i) => at(address, classRows[i].size));
    this.#rowsAt.set(rows);
    at(this.#at.texts, texts.entries.length).set(texts.entries);
    // what a sum of 1 between vectors of length 1 comes to in steps, so that only the two lengths are left to divide by
    const factors = (lengths: Int32Array): Float32Array =>
      Float32Array.from(lengths, (length) => (ROUNDED * STEPS * strength(1, 1)) / length);
    new Float32Array(memory.buffer, this.#at.offerFactors, size).set(factors(columns.offerLength));
    new Float32Array(memory.buffer, this.#at.seekFactors, size).set(factors(columns.seekLength));
    this.#fillClasses(new Uint16Array(memory.buffer, this.#at.classes, (size * CLASS_BYTES) / 2));
    this.#run = kernelsOver(memory);
    this.#sums.connect(memory, { columns: this.#run['columns'], lists: this.#run['lists'] });
  }

  #fillClasses(to: Uint16Array): void {
    const { size, columns } = this.#tables;
    const { country, practical, sector, field, reach } = columns;
    for (const [offset, column] of [country, practical, sector, field, reach].entries()) {
      for (let slot = 0; slot < size; slot += 1) to[(slot * CLASS_BYTES) / 2 + offset] = column[slot];
    }
  }

  /** Goes to the row of a slot. `until`: the rows before this slot are going to be asked for next, in their order. */
  open(own: number, until: number): void {
    const { columns } = this.#tables;
    this.#sums.open(own, until);
    // where sums would run over, everything is possible
    const { overflows } = this.#sums;
    this.#rowFractions[ROW.given] = overflows ? Infinity : 1 / columns.seekLength[own];
    this.#rowFractions[ROW.taken] = overflows ? Infinity : 1 / columns.offerLength[own];
  }

  /** What each class of a column brings at most, for one own class; the share may be one that is still to be rounded. */
  setRow(row: number, table: Contributions, own: number, share: number): void {
    const to = this.#rows[row];
    const first = own * table.size;
    if (share === SCALE)
      for (let number = 0; number < to.length; number += 1) to[number] = table.values[first + number];
    else
      for (let number = 0; number < to.length; number += 1)
        to[number] = Math.ceil((table.values[first + number] * share) / SCALE);
  }

  /**
   * Writes one cell for the next scan. `left`: what words and terms have to bring there, together.
   *
   * @returns false where they cannot
   */
  setCell(to: number, cell: number, { kind, sought, base, left }: CellWanted): boolean {
    const { cells } = this.#tables;
    const other = cells.kind[cell];
    const capability = this.#capabilityTable(kind, other, sought);
    const known = this.#weighted.known(kind, other);
    const same = capability > 0 ? 0 : this.#sameCapability(kind, other, known);
    const text = this.#textTable(kind, other);
    this.#cells[to] = cells.starts[cell];
    this.#cells[to + 1] = cells.ends[cell];
    this.#cells[to + 2] = base + same;
    this.#cells[to + 3] = text;
    this.#cells[to + 4] = capability;
    const mostTerms = capability > 0 ? this.#memory[capability / NUMBER + MOST_CLOSE] : same;
    const words = left - mostTerms;
    const first = text / NUMBER;
    if (this.#memory[first + STRENGTH_PLACES] < words) return false;
    this.#cellFractions[to + 5] = words <= this.#memory[first] ? -1 : leastPlace(this.#memory, first, words);
    return true;
  }

  /** Slots whose bound reaches a floor. @returns how many there are */
  scan(cells: number, floor: number, floors: Int32Array | undefined, country: number): number {
    if (floors) this.#floors.set(floors);
    this.#rowsAt[ROW.country] = country;
    const from = this.#cells.byteOffset;
    const { offerFactors, seekFactors, close, classes, found } = this.#at;
    const { given, taken } = this.#sums;
    const end = this.#run['scan'](
      from,
      from + cells * NUMBER,
      given,
      taken,
      offerFactors,
      seekFactors,
      classes,
      close,
      this.#rowsAt.byteOffset,
      floor,
      floors ? this.#at.floors : 0,
      found,
    );
    return (end - found) / (2 * NUMBER);
  }

  /** What the bound of a slot has for capability. */
  mostCapability(own: number, other: number): number {
    const { columns, terms } = this.#tables;
    const [kind, otherKind] = [columns.kind[own], columns.kind[other]];
    const table = this.#capabilityTable(kind, otherKind, terms.needStarts[own + 1] - terms.needStarts[own]);
    if (table === 0) return this.#sameCapability(kind, otherKind, this.#weighted.known(kind, otherKind));
    const near = this.close[other];
    return this.#memory[table / NUMBER + ((near >>> 16) << CLOSE_BITS) + Math.min(near & 0xffff, MOST_CLOSE)];
  }

  /**
   * The same from the sums of the row, which hold two of the three: where one of the two sides posted no need, its offer stands in, and what it
   * gets or gives is what the offers have in common. `likeGiven`: the own side is such a one.
   */
  matchByRow(slot: number, likeGiven: boolean): void {
    const { matched } = this;
    matched[0] = this.#sums.givenBy(slot);
    matched[1] = this.#sums.takenBy(slot);
    matched[2] = matched[likeGiven ? 0 : 1];
  }

  /** Whether the sums of a row are exact. */
  get sumsHold(): boolean {
    return !this.#sums.overflows;
  }

  /** Sums of the text that is laid out with that of a slot, into `matched`. */
  match(slot: number): void {
    const { starts, ends } = this.#tables.texts;
    const { texts } = this.#at;
    this.#run['match'](
      texts + starts[slot] * NUMBER,
      texts + ends[slot] * NUMBER,
      this.laid.byteOffset,
      this.matched.byteOffset,
    );
  }

  #sameCapability(kind: number, other: number, known: number): number {
    return (known & 1) === 0
      ? this.#weighted.neutralCapability(kind, other)
      : this.#weighted.mostOneSided(known);
  }

  #textTable(kind: number, other: number): number {
    const place = kind * KINDS + other;
    if (this.#textAt[place] > 0) return this.#textAt[place];
    const address = this.#at.text + this.#textTables * (STRENGTH_PLACES + 1) * NUMBER;
    this.#textTables += 1;
    this.#memory.set(this.#weighted.text(kind, other), address / NUMBER);
    this.#textAt[place] = address;
    return address;
  }

  /** Address of the table of two kinds; 0 where the closeness of terms tells nothing. */
  #capabilityTable(kind: number, other: number, sought: number): number {
    if ((kind & KIND.asksTerms) === 0 || (other & KIND.answersTerms) === 0) return 0;
    const place = (sought * KINDS + kind) * KINDS + other;
    const kept = this.#capabilityAt.get(place);
    if (kept !== undefined) return kept;
    const address = this.#at.capability + this.#capabilityTables * CLOSE_PLACES * NUMBER;
    this.#capabilityTables += 1;
    this.#memory.set(this.#weighted.capability(kind, other, sought), address / NUMBER);
    this.#capabilityAt.set(place, address);
    return address;
  }
}
