import {
  CLOSE_PLACES,
  inTermsBoundsOf,
  KIND,
  MOST_TERMS,
  MOST_ONE_SIDED,
  termsTold,
  TOLD,
  TOLD_TERMS,
  textOf,
} from './bounds.ts';
import type { Challenges } from './classes.ts';
import type { Side } from './side.ts';
import type { FlatTables } from './flat.ts';
import { ChallengeRows } from './challenge-rows.ts';
import { ClassRows } from './class-rows.ts';
import { kernelsOver, OVERRUN, TELLING, TELLING_NUMBERS } from './kernels.ts';
import { CELL, CELL_NUMBERS, CLASS_BYTES, ROW, ROW_NUMBERS, SCRATCH_BYTES } from './scan-kernel.ts';
import { claimRegion, Layout } from './space.ts';
import { RowSums, type Rows } from './sums.ts';
import { BOTH_WAYS, COMMON, PRIOR_TERMS, QUARTERS } from '../factors/capability.ts';
import { strength } from '../factors/text.ts';
import { SCALE } from '../types.ts';
import type { WeightedTables } from './weighted.ts';

export { CELL_NUMBERS } from './scan-kernel.ts';

const NUMBER = 4;
/** Strengths are worked out in fractions of 24 bits; so much more makes up for all that is rounded. */
const ROUNDED = 1 + 2 ** -19;
/** Stands for the length of texts whose sums run over, so that everything is possible. */
const SHORTEST = 1e-6;

/** How many offered terms stands above the closeness in the accumulator of terms. */
const OFFERED_SHIFT = 16;
/** Class numbers have 16 bits. */
const MOST_CLASSES = 2 ** 16;

/** What is sought in one cell. */
export interface CellWanted {
  /** First slot of interest. */
  readonly from: number;
  /** Kind of the own side. */
  readonly kind: number;
  /** What all but text and capability bring: what is the same along the cell, and with the most that classes bring. */
  readonly base: number;
  readonly most: number;
}

/** Which slots a scan is to find. */
export interface ScanWanted {
  /** A bound that is enough for any slot, and what is added to its own floor, which is enough as well. */
  readonly floor: number;
  readonly price: number;
  /** Country whose slots are passed over; below 0: none. */
  readonly country: number;
}

/** What classes cover of the challenges, for the kernels: 1 where something is known, then a mask each. */
function coversOf({ known, masks, perClass }: Challenges): Int32Array {
  const covers = new Int32Array(known.length * (perClass + 1));
  for (let number = 0; number < known.length; number += 1) {
    const first = number * (perClass + 1);
    covers[first] = known[number];
    covers.set(masks.subarray(number * perClass, (number + 1) * perClass), first + 1);
  }
  return covers;
}

/** Sets aside all that the kernels of one thread work with. */
function setAside(tables: FlatTables, weighted: WeightedTables, layout: Layout) {
  const { size, cells, vocabulary, terms } = tables;
  const { challenge } = tables.matrices;
  const sought = new Set<number>();
  for (let slot = 0; slot < size; slot += 1) {
    sought.add(terms.needStarts[slot + 1] - terms.needStarts[slot]);
  }
  const numbers = (count: number): number => layout.reserve(count * NUMBER);
  const bySlot = (): number => layout.reserve(size * NUMBER + OVERRUN);
  const covers = coversOf(challenge);
  const challengeRows = new ChallengeRows(tables, weighted, layout);
  return {
    sums: new RowSums(tables, layout),
    challengeRows,
    classSums: new ClassRows(tables, weighted, layout, challengeRows.most),
    scratchAt: layout.reserve(SCRATCH_BYTES),
    laidAt: numbers(vocabulary),
    matchedAt: numbers(3),
    cellsAt: numbers(cells.count * CELL_NUMBERS),
    rowsAt: numbers(ROW_NUMBERS),
    classRows: [weighted.practical, weighted.sector, weighted.field, weighted.reach].map((row) => ({
      size: row.size,
      at: numbers(row.size),
    })),
    covers,
    coversAt: numbers(covers.length),
    ownCoversAt: numbers(challenge.parts.length),
    perPartAt: numbers(challenge.parts.length),
    offersAt: bySlot(),
    seeksAt: bySlot(),
    floorsAt: bySlot(),
    classesAt: layout.reserve(size * CLASS_BYTES),
    notClose: numbers(size),
    close: numbers(size),
    found: numbers(2 * size),
    tables: numbers(2 * sought.size * CLOSE_PLACES),
    guest: numbers(2 * CLOSE_PLACES),
    capabilities: bySlot(),
    shares: bySlot(),
    counts: { offered: bySlot(), sought: bySlot(), telling: numbers(TELLING_NUMBERS) },
  };
}

/** The memory of the kernels, with what of the tables they read, and calls to them with plain arguments. */
export class Kernels {
  /** Closeness of the offered terms by slot, with how many there are. */
  readonly close: Int32Array;
  /** Scores that matter to each slot. */
  readonly floors: Int32Array;
  /** Slots that were found, each with its bound. */
  readonly found: Int32Array;
  /** The own text by stem: weights of what is sought x 2^16 + weights of what is offered. */
  readonly laid: Int32Array;
  /** Sums of the last `match`: what the own side gets, what the other gets, and the sum of both offers. */
  readonly matched: Int32Array;
  readonly #tables: FlatTables;
  readonly #weighted: WeightedTables;
  readonly #sums: RowSums;
  readonly #classRows: ClassRows;
  readonly #challengeRows: ChallengeRows;
  readonly #run: Readonly<Record<string, (...args: number[]) => number>>;
  readonly #memory: Int32Array;
  readonly #cells: Int32Array;
  readonly #rowsAt: Int32Array;
  readonly #rows: readonly Int32Array[];
  readonly #ownCovers: Int32Array;
  readonly #rowFractions: Float32Array;
  readonly #cellFractions: Float32Array;
  readonly #at: Readonly<
    Record<'notClose' | 'close' | 'found' | 'tables' | 'guest' | 'capabilities' | 'shares', number>
  >;
  /** How many terms each slot offers and seeks, where they are, and what these tell. */
  readonly #counts: Readonly<Record<'offered' | 'sought' | 'telling', number>>;
  readonly #telling: Float32Array;
  /** Fractions of the whole memory. */
  readonly #fractions: Float32Array;
  /** Address of the table of bounds in terms, by how many terms are sought, then by whether both directions can be told. */
  readonly #tableAt = new Map<number, number>();

  constructor(tables: FlatTables, weighted: WeightedTables) {
    const { size, cells, vocabulary, columns, memory } = tables;
    this.#tables = tables;
    this.#weighted = weighted;
    // twice: where everything stands depends on where the region is, and that on how long it has to be
    const measured = new Layout();
    setAside(tables, weighted, measured);
    const places = setAside(tables, weighted, new Layout(claimRegion(memory, measured.end, this)));
    const { laidAt, matchedAt, cellsAt, rowsAt, classRows, covers, coversAt } = places;
    const { ownCoversAt, perPartAt, offersAt, seeksAt, floorsAt, classesAt } = places;
    this.#sums = places.sums;
    this.#classRows = places.classSums;
    this.#challengeRows = places.challengeRows;
    this.#at = places;
    this.#counts = places.counts;
    const at = (address: number, count: number): Int32Array => new Int32Array(memory.buffer, address, count);
    this.#memory = new Int32Array(memory.buffer);
    this.#fractions = new Float32Array(memory.buffer);
    this.#telling = new Float32Array(memory.buffer, this.#counts.telling, TELLING_NUMBERS);
    this.laid = at(laidAt, vocabulary);
    this.matched = at(matchedAt, 3);
    this.close = at(this.#at.close, size);
    this.found = at(this.#at.found, 2 * size);
    this.floors = at(floorsAt, size);
    this.#cells = at(cellsAt, cells.count * CELL_NUMBERS);
    this.#cellFractions = new Float32Array(memory.buffer, cellsAt, cells.count * CELL_NUMBERS);
    this.#rowsAt = at(rowsAt, ROW_NUMBERS);
    this.#rowFractions = new Float32Array(memory.buffer, rowsAt, ROW_NUMBERS);
    this.#rows = classRows.map((row) => at(row.at, row.size));
    this.#rowsAt.set(classRows.map((row) => row.at));
    this.#rowsAt[ROW.offers] = offersAt;
    this.#rowsAt[ROW.seeks] = seeksAt;
    this.#rowsAt[ROW.classes] = classesAt;
    this.#rowsAt[ROW.floors] = floorsAt;
    this.#rowsAt[ROW.covers] = coversAt;
    this.#rowsAt[ROW.ownCovers] = ownCoversAt;
    this.#rowsAt[ROW.perPart] = perPartAt;
    this.#rowsAt[ROW.ofClasses] = this.#classRows.sumsAt;
    this.#rowsAt[ROW.scratch] = places.scratchAt;
    this.#rowsAt[ROW.shares] = this.#at.shares;
    this.#rowFractions[ROW.unit] = this.#classRows.unit;
    this.#ownCovers = at(ownCoversAt, tables.matrices.challenge.parts.length);
    at(coversAt, covers.length).set(covers);
    new Float32Array(memory.buffer, perPartAt, tables.matrices.challenge.parts.length).set(
      Float32Array.from(
        tables.matrices.challenge.parts,
        (parts) => (weighted.challengeShare * ROUNDED) / (2 * parts),
      ),
    );
    // what a sum of 1 between vectors of length 1 comes to, so that only the two lengths are left to divide by
    const factors = (lengths: Int32Array): Float32Array =>
      Float32Array.from(lengths, (length) => (ROUNDED * strength(1, 1)) / length);
    new Float32Array(memory.buffer, offersAt, size).set(factors(columns.offerLength));
    new Float32Array(memory.buffer, seeksAt, size).set(factors(columns.seekLength));
    const lengths = (starts: Int32Array): Float32Array =>
      Float32Array.from({ length: size }, (_, slot) => starts[slot + 1] - starts[slot]);
    new Float32Array(memory.buffer, this.#counts.offered, size).set(lengths(tables.terms.offerStarts));
    new Float32Array(memory.buffer, this.#counts.sought, size).set(lengths(tables.terms.needStarts));
    const { offerStarts } = tables.terms;
    const notClose = at(places.notClose, size);
    for (let slot = 0; slot < size; slot += 1) {
      notClose[slot] = Math.min(offerStarts[slot + 1] - offerStarts[slot], MOST_TERMS) << OFFERED_SHIFT;
    }
    this.#fillClasses(new Uint16Array(memory.buffer, classesAt, (size * CLASS_BYTES) / 2));
    this.#run = kernelsOver(memory);
    this.#classRows.connect(memory, this.#run['classes']);
    this.#challengeRows.connect(memory, this.#run['challenges'], this.#classRows.unit);
    this.#sums.connect(memory, { columns: this.#run['columns'], lists: this.#run['lists'] });
  }

  #fillClasses(to: Uint16Array): void {
    const { size, columns } = this.#tables;
    const { country, practical, sector, field, reach, challenge } = columns;
    for (const [offset, column] of [country, practical, sector, field, reach, challenge].entries()) {
      for (let slot = 0; slot < size; slot += 1) to[(slot * CLASS_BYTES) / 2 + offset] = column[slot];
    }
  }

  /** Says of every slot how many terms it offers, and that none of them is close to any. */
  clearClose(): void {
    const { close, notClose } = this.#at;
    this.#run['move'](close, notClose, this.close.byteLength);
  }

  /** Goes to the row of a slot; `side`: what stands in the tables of it. */
  open(own: number, side: Side, rows: Rows): void {
    this.#sums.open(own, rows);
    this.#openSide(side, rows.along === 'all' ? 0 : own, false);
  }

  /** Goes to the row of a side that stands in no slot. @returns false where its sums cannot be told, so that no slot can be passed over */
  openGuest(side: Side): boolean {
    const { kind, entries, squares, seekLength } = side;
    const standsIn = (kind & KIND.standsIn) !== 0;
    if (!this.#sums.openGuest(entries, { standsIn, squares, seekLength })) return false;
    this.#openSide(side, 0, true);
    return true;
  }

  #openSide(side: Side, from: number, isGuest: boolean): void {
    // where sums would run over, everything is possible
    const { overflows } = this.#sums;
    this.#rowFractions[ROW.given] = 1 / (overflows ? SHORTEST : side.seekLength);
    this.#rowFractions[ROW.taken] = 1 / (overflows ? SHORTEST : side.offerLength);
    this.#openChallenges(side);
    this.#boundCapabilities(side, from, isGuest);
  }

  #openChallenges(side: Side): void {
    const { known, perClass, parts } = this.#tables.matrices.challenge;
    this.#rowsAt[ROW.mostChallenge] = this.#weighted.mostChallenge(side);
    // a challenge of more than one word keeps its bound, and so does everything where class numbers do not fit
    const isCounted = side.coversKnown && perClass === parts.length && known.length <= MOST_CLASSES;
    this.#rowsAt[ROW.parts] = isCounted ? parts.length : 0;
    if (isCounted) this.#ownCovers.set(side.covers);
  }

  /** Writes the bounds of capability of the cells where something can be told in terms, and the shares of text there. */
  #boundCapabilities(side: Side, from: number, isGuest: boolean): void {
    const { kind, needs } = side;
    if ((kind & (KIND.asksTerms | KIND.answersTerms)) === 0) return;
    const { cells } = this.#tables;
    const { close, capabilities, shares } = this.#at;
    const { offered, sought, telling } = this.#counts;
    // in the order of the slots, as each cell is written a little over its end
    for (let cell = 0; cell < cells.count; cell += 1) {
      const other = cells.kind[cell];
      const told = termsTold(kind, other);
      if (cells.ends[cell] <= from || told === 0) continue;
      const first = Math.max(from, cells.starts[cell]);
      const end = cells.ends[cell];
      if ((told & TOLD.termsForOwn) === 0) {
        this.#fractions.fill(MOST_ONE_SIDED, capabilities / NUMBER + first, capabilities / NUMBER + end);
      } else {
        const table = this.#table(needs.length, told === TOLD_TERMS, isGuest);
        this.#run['nearness'](first, end, close, table, capabilities);
      }
      this.#setTelling(side, told, this.#weighted.known(kind, other));
      this.#run['capabilities'](first, end, offered, sought, telling, capabilities, shares);
    }
  }

  /** What each term tells between a side and the slots of a cell, against one that is not known. */
  #setTelling({ needs, offers }: Side, told: number, known: number): void {
    const forOwn = (told & TOLD.termsForOwn) !== 0;
    const forOther = (told & TOLD.termsForOther) !== 0;
    const perTerm = ((forOwn && forOther ? BOTH_WAYS : 1) * COMMON) / (QUARTERS * PRIOR_TERMS);
    const own = (forOwn ? needs.length : 0) + (forOther ? offers.length : 0);
    const { capabilityShare, textShare } = this.#weighted;
    const numbers = this.#telling;
    numbers[TELLING.offered] = forOwn ? perTerm : 0;
    numbers[TELLING.sought] = forOther ? perTerm : 0;
    numbers[TELLING.own] = own * perTerm;
    numbers[TELLING.capability] = capabilityShare[known] * ROUNDED;
    numbers[TELLING.words] = 2 * textShare[known] * ROUNDED;
    numbers[TELLING.gained] = 2 * capabilityShare[known] * ROUNDED;
  }

  /**
   * Writes what classes bring to a side. `slot`: where it stands, null where that is nowhere; `from`: first slot of interest.
   *
   * @returns the most that those of them bring that are not told slot by slot
   */
  openClasses(side: Side, slot: number | null, from: number): number {
    const { domainShare } = this.#weighted;
    const rows = this.#classRows;
    if (slot === null) rows.clear();
    else rows.open(slot, from);
    const rest = (column: 'practical' | 'sector' | 'field' | 'reach', most: number): number =>
      slot !== null && rows.has(column) ? 0 : most;
    return (
      rest('practical', this.#setRow(0, side.practical, SCALE)) +
      rest('sector', this.#setRow(1, side.sector, domainShare / 6)) +
      rest('field', this.#setRow(2, side.field, domainShare / 6)) +
      rest('reach', this.#setRow(3, side.reach, SCALE))
    );
  }

  /** Adds what challenges bring to what classes do, slot by slot. @returns whether that can be told */
  addChallenges(side: Side, from: number): boolean {
    return this.#challengeRows.add(side, from, this.#classRows.sumsAt);
  }

  /** What each class of a column brings; the share may be one that is still to be rounded up. @returns the most of these */
  #setRow(row: number, values: Int32Array, share: number): number {
    const to = this.#rows[row];
    let most = 0;
    for (let number = 0; number < to.length; number += 1) {
      const value = share === SCALE ? values[number] : Math.ceil((values[number] * share) / SCALE);
      to[number] = value;
      if (value > most) most = value;
    }
    return most;
  }

  /** Writes one cell for the next scan. */
  setCell(to: number, cell: number, { from, kind, base, most }: CellWanted): void {
    const { cells } = this.#tables;
    const other = cells.kind[cell];
    const known = this.#weighted.known(kind, other);
    const isTold = (known & 1) === 1;
    const same = isTold ? 0 : this.#weighted.neutralCapability(kind, other);
    const numbers = this.#cells;
    const fractions = this.#cellFractions;
    numbers[to + CELL.first] = Math.max(from, cells.starts[cell]);
    numbers[to + CELL.last] = cells.ends[cell];
    numbers[to + CELL.base] = base + same + this.#rowsAt[ROW.mostChallenge];
    numbers[to + CELL.capability] = isTold ? this.#at.capabilities : 0;
    numbers[to + CELL.taken] = this.#sums.taken((kind & other & KIND.standsIn) !== 0);
    fractions[to + CELL.most] = most + same;
    const { least: ownLeast, most: ownMost } = textOf(kind, other);
    const { least: otherLeast, most: otherMost } = textOf(other, kind);
    fractions[to + CELL.ownLeast] = ownLeast;
    fractions[to + CELL.ownMost] = ownMost;
    fractions[to + CELL.otherLeast] = otherLeast;
    fractions[to + CELL.otherMost] = otherMost;
    fractions[to + CELL.share] = 2 * this.#weighted.textShare[known] * ROUNDED;
  }

  /** Slots whose bound reaches a floor, or their own. @returns how many there are */
  scan(cells: number, { floor, price, country }: ScanWanted): number {
    this.#rowsAt[ROW.price] = price;
    this.#rowsAt[ROW.country] = country;
    const from = this.#cells.byteOffset;
    const { found } = this.#at;
    const { given } = this.#sums;
    const rows = this.#rowsAt.byteOffset;
    const end = this.#run['scan'](from, from + cells * NUMBER, given, rows, floor, found);
    return (end - found) / (2 * NUMBER);
  }

  /** What the bound of a slot of the row has at least for capability and text, where something can be told in terms; `words`: value of text at least. */
  boundsAtLeast(slot: number, words: number): number {
    const { capabilities, shares } = this.#at;
    const share = this.#fractions[shares / NUMBER + slot] / (2 * ROUNDED);
    return this.#memory[capabilities / NUMBER + slot] + Math.floor((share * words) / SCALE);
  }

  /**
   * What the own side gets and what the other gets, from the sums of the row. Where one of the two posted no need its offer stands in, and one
   * of these is what the offers have in common. @returns whether it is so: otherwise that cannot be told from the row
   */
  matchByRow(slot: number, own: number): boolean {
    const { matched } = this;
    const other = this.#tables.columns.kind[slot];
    matched[0] = this.#sums.givenBy(slot);
    matched[1] = this.#sums.takenBy(slot, (own & other & KIND.standsIn) !== 0);
    matched[2] = (own & KIND.standsIn) !== 0 ? matched[0] : matched[1];
    return ((own | other) & KIND.standsIn) !== 0;
  }

  /** Whether the sums of a row are exact. */
  get sumsHold(): boolean {
    return !this.#sums.overflows;
  }

  /** Sums of the text that is laid out with that of a slot, into `matched`. */
  match(slot: number): void {
    const { starts, entries } = this.#tables.texts;
    const at = entries.byteOffset;
    const [first, end] = [at + starts[slot] * NUMBER, at + starts[slot + 1] * NUMBER];
    this.#run['match'](first, end, this.laid.byteOffset, this.matched.byteOffset);
  }

  /** Address of the table of bounds in terms. That of a side that stands in no slot is written anew each time, as there may be none that seeks as much. */
  #table(sought: number, both: boolean, isGuest: boolean): number {
    const place = 2 * sought + (both ? 1 : 0);
    const kept = isGuest ? undefined : this.#tableAt.get(place);
    if (kept !== undefined) return kept;
    const { guest, tables } = this.#at;
    const address = isGuest
      ? guest + (both ? CLOSE_PLACES * NUMBER : 0)
      : tables + this.#tableAt.size * CLOSE_PLACES * NUMBER;
    this.#fractions.set(inTermsBoundsOf(sought, both), address / NUMBER);
    if (!isGuest) this.#tableAt.set(place, address);
    return address;
  }
}
