import { SCALE } from '../types.ts';
import type { FlatTables } from './flat.ts';
import { OVERRUN } from './kernels.ts';
import type { Layout } from './space.ts';
import type { Kernel } from './sums.ts';
import type { WeightedTables } from './weighted.ts';

/*
 * What the classes of a slot bring, by slot, for every own class: one byte each, rounded up. The scan adds up four rows of these, sixteen
 * slots at once; without them each slot would have to be taken for the best that any class brings.
 */

/** Columns whose classes are laid out so, those with the fewest classes first: all of them have to fit. */
const COLUMNS = ['reach', 'field', 'practical', 'sector'] as const;
type Column = (typeof COLUMNS)[number];
/** Bytes that all of these may take: as much as the words of some ten thousand texts. */
const MOST_BYTES = 2 ** 24;
/** Highest byte. */
const FULL = 255;

/** A column that is laid out. */
interface Laid {
  readonly column: Column;
  /** Where its rows start in the memory. */
  readonly at: number;
}

/** Rows of bytes, in the memory of the kernels. */
export class ClassRows {
  readonly #tables: FlatTables;
  readonly #weighted: WeightedTables;
  readonly #laid: readonly Laid[];
  readonly #stride: number;
  readonly #zerosAt: number;
  /** Where the sums of the present row are, by slot. */
  readonly sumsAt: number;
  /** What one of the bytes stands for. */
  readonly unit: number;
  #bytes: Uint8Array = new Uint8Array(0);
  #run: Kernel = () => 0;

  /** Sets room aside; `further`: the most that is added to the sums by others. `connect` comes next. */
  constructor(tables: FlatTables, weighted: WeightedTables, layout: Layout, further: number) {
    this.#tables = tables;
    this.#weighted = weighted;
    this.#stride = Math.ceil((tables.size + OVERRUN) / 16) * 16;
    this.sumsAt = layout.reserve(this.#stride);
    this.#zerosAt = layout.reserve(this.#stride);
    const laid: Laid[] = [];
    let left = MOST_BYTES;
    for (const column of COLUMNS) {
      const bytes = weighted[column].size * this.#stride;
      if (bytes > left || this.#most(column) === 0) continue;
      left -= bytes;
      laid.push({ column, at: layout.reserve(bytes) });
    }
    this.#laid = laid;
    const most = laid.reduce((sum, { column }) => sum + this.#most(column), further);
    // each of them is rounded up, and so is what is further added; the sum has to fit
    this.unit = Math.max(1, Math.ceil(most / (FULL - COLUMNS.length - 1)));
  }

  /** What all classes of a column bring, rounded up where that is still to be done. */
  #shareOf(column: Column): number {
    return column === 'field' || column === 'sector' ? this.#weighted.domainShare / 6 : SCALE;
  }

  #most(column: Column): number {
    let most = 0;
    for (const value of this.#weighted[column].values) if (value > most) most = value;
    return Math.ceil((most * this.#shareOf(column)) / SCALE);
  }

  /** Fills the room that was set aside. */
  connect(memory: WebAssembly.Memory, run: Kernel): void {
    this.#run = run;
    this.#bytes = new Uint8Array(memory.buffer);
    for (const { column, at } of this.#laid) this.#fill(column, at);
  }

  #fill(column: Column, at: number): void {
    const { size, values } = this.#weighted[column];
    const { size: slots, columns } = this.#tables;
    const classes = columns[column];
    const inUnits = this.#shareOf(column) / SCALE / this.unit;
    const ofClass = new Uint8Array(size);
    const bytes = this.#bytes;
    for (let own = 0; own < size; own += 1) {
      // a little more, so that no rounding of the product matters
      for (let other = 0; other < size; other += 1) {
        ofClass[other] = Math.ceil(values[own * size + other] * inUnits + TINY);
      }
      const first = at + own * this.#stride;
      for (let slot = 0; slot < slots; slot += 1) bytes[first + slot] = ofClass[classes[slot]];
    }
  }

  /** Whether what a column brings is in the sums of a row, rather than to be taken at its best. */
  has(column: Column): boolean {
    return this.#laid.some((one) => one.column === column);
  }

  /** Adds up the row of a slot, for the slots from one on. */
  open(own: number, from: number): void {
    const { columns, size } = this.#tables;
    const rows = this.#laid.map(({ column, at }) => at + columns[column][own] * this.#stride);
    while (rows.length < COLUMNS.length) rows.push(this.#zerosAt);
    this.#run(from - (from % 16), size, ...rows, this.sumsAt);
  }

  /** Leaves nothing in the sums: for a side that has no class here. */
  clear(): void {
    this.#bytes.fill(0, this.sumsAt, this.sumsAt + this.#stride);
  }
}

const TINY = 2 ** -20;
