import { CLOSE_BITS, CLOSE_PLACES, KIND, KINDS, MOST_CLOSE, SUM_PLACES } from './bounds.ts';
import type { FlatTables } from './flat.ts';
import { CELL_NUMBERS, CLASS_BYTES, kernelsOver } from './kernels.ts';
import { Layout } from './space.ts';
import { SCALE } from '../types.ts';
import type { Contributions, WeightedTables } from './weighted.ts';

export { CELL_NUMBERS } from './kernels.ts';

const NUMBER = 4;
const ROWS = 5;

/** The memory of the kernels, with what of the tables they read, and calls to them with plain arguments. */
export class Kernels {
  /** Address of the entries of the inverted lists. */
  readonly entries: number;
  /** Four numbers for each stem of the own side; see `sums` in kernels.ts. */
  readonly stems: Int32Array;
  /** Closeness of the offered terms by slot, with how many there are. */
  readonly close: Int32Array;
  /** Slots that were found, each with its bound. */
  readonly found: Int32Array;
  /** The own text by stem. */
  readonly laid: Int32Array;
  /** Sums of the last `match`: what the own side gets, and what the other gets. */
  readonly matched: Int32Array;
  readonly #tables: FlatTables;
  readonly #weighted: WeightedTables;
  readonly #run: Readonly<Record<string, (...args: number[]) => number>>;
  readonly #memory: Int32Array;
  readonly #cells: Int32Array;
  readonly #rowsAt: Int32Array;
  readonly #rows: readonly Int32Array[];
  readonly #floors: Int32Array;
  readonly #at: Readonly<
    Record<
      'texts' | 'weights' | 'sums' | 'classes' | 'close' | 'found' | 'text' | 'capability' | 'floors',
      number
    >
  >;
  /** Address of the table of two kinds, 0 where it was not asked for yet. */
  readonly #textAt = new Int32Array(KINDS * KINDS);
  readonly #capabilityAt = new Map<number, number>();
  #textTables = 0;
  #capabilityTables = 0;

  constructor(tables: FlatTables, weighted: WeightedTables) {
    const { size, postings, texts, cells, vocabulary, terms } = tables;
    this.#tables = tables;
    this.#weighted = weighted;
    const kinds = new Set(cells.kind).size;
    const sought = new Set<number>();
    let longest = 0;
    for (let slot = 0; slot < size; slot += 1) {
      sought.add(terms.needStarts[slot + 1] - terms.needStarts[slot]);
      longest = Math.max(longest, texts.ends[slot] - texts.starts[slot]);
    }
    const layout = new Layout();
    const numbers = (count: number): number => layout.reserve(count * NUMBER);
    this.entries = numbers(postings.entries.length);
    const classRows = [weighted.practical, weighted.sector, weighted.field, weighted.reach];
    const stemsAt = numbers(longest * 4);
    const laidAt = numbers(vocabulary);
    const matchedAt = numbers(2);
    const cellsAt = numbers(cells.count * CELL_NUMBERS);
    const rowsAt = numbers(ROWS);
    const rows = classRows.map((one) => numbers(one.size));
    this.#at = {
      texts: numbers(texts.stems.length),
      weights: numbers(texts.weights.length),
      sums: numbers(size),
      classes: layout.reserve(size * CLASS_BYTES),
      close: numbers(size),
      found: numbers(2 * size),
      text: numbers(kinds * kinds * (SUM_PLACES + 1)),
      capability: numbers(kinds * kinds * sought.size * CLOSE_PLACES),
      floors: numbers(size),
    };
    const memory = layout.memory();
    const at = (address: number, count: number): Int32Array => new Int32Array(memory.buffer, address, count);
    this.#memory = new Int32Array(memory.buffer);
    this.stems = at(stemsAt, longest * 4);
    this.laid = at(laidAt, vocabulary);
    this.matched = at(matchedAt, 2);
    this.close = at(this.#at.close, size);
    this.found = at(this.#at.found, 2 * size);
    this.#floors = at(this.#at.floors, size);
    this.#cells = at(cellsAt, cells.count * CELL_NUMBERS);
    this.#rowsAt = at(rowsAt, ROWS);
    this.#rows = rows.map((address, i) => at(address, classRows[i].size));
    this.#rowsAt.set(rows);
    new Uint32Array(memory.buffer, this.entries, postings.entries.length).set(postings.entries);
    at(this.#at.texts, texts.stems.length).set(texts.stems);
    at(this.#at.weights, texts.weights.length).set(texts.weights);
    this.#fillClasses(new Uint16Array(memory.buffer, this.#at.classes, (size * CLASS_BYTES) / 2));
    this.#run = kernelsOver(memory);
  }

  #fillClasses(to: Uint16Array): void {
    const { size, columns } = this.#tables;
    const { country, practical, sector, field, reach } = columns;
    for (const [offset, column] of [country, practical, sector, field, reach].entries()) {
      for (let slot = 0; slot < size; slot += 1) to[(slot * CLASS_BYTES) / 2 + offset] = column[slot];
    }
  }

  /** Fills the sums of the row from the stems up to the place `end`. */
  addUp(end: number): void {
    const { byteOffset } = this.stems;
    this.#run['sums'](byteOffset, byteOffset + end * NUMBER, this.#at.sums, this.#tables.size * NUMBER);
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

  /** Writes one cell for the next scan. @returns the most that words and terms can bring there */
  setCell(to: number, cell: number, kind: number, sought: number, base: number): number {
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
    const mostText = this.#memory[text / NUMBER + SUM_PLACES];
    return mostText + same + (capability > 0 ? this.#memory[capability / NUMBER + MOST_CLOSE] : 0);
  }

  /** Slots whose bound reaches a floor. @returns how many there are */
  scan(cells: number, floor: number, floors: Int32Array | undefined, country: number): number {
    if (floors) this.#floors.set(floors);
    this.#rowsAt[ROWS - 1] = country;
    const from = this.#cells.byteOffset;
    const { sums, close, classes, found } = this.#at;
    const end = this.#run['scan'](
      from,
      from + cells * NUMBER,
      sums,
      close,
      classes,
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

  /** Sums of query x answer of the text that is laid out with that of a slot, into `matched`. */
  match(slot: number): void {
    const { starts, ends } = this.#tables.texts;
    const { texts, weights } = this.#at;
    this.#run['match'](
      texts + starts[slot] * NUMBER,
      texts + ends[slot] * NUMBER,
      weights + starts[slot] * NUMBER,
      this.laid.byteOffset,
      this.matched.byteOffset,
    );
  }

  #sameCapability(kind: number, other: number, known: number): number {
    return (known & 1) === 0
      ? this.#weighted.neutralCapability(kind, other)
      : this.#weighted.capabilityShare[known];
  }

  #textTable(kind: number, other: number): number {
    const place = kind * KINDS + other;
    if (this.#textAt[place] > 0) return this.#textAt[place];
    const address = this.#at.text + this.#textTables * (SUM_PLACES + 1) * NUMBER;
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
