import {
  add,
  add16,
  addBytes,
  addFour,
  addFractions,
  and,
  assemble,
  atLeast,
  bitAt,
  constant,
  equal,
  get,
  highBytes,
  less,
  load,
  load16,
  loadFour16,
  loadFraction,
  loadVector,
  lowBytes,
  lowestBit,
  multiply,
  multiply16,
  multiplyFour,
  multiplyFractions,
  select,
  set,
  shiftLeft,
  shiftRight,
  smaller,
  spread16,
  spreadFraction,
  store,
  store16,
  storeVector,
  subtract,
  toFraction,
  toFractions,
  when,
  whichAtLeast,
  whileTrue,
  wholePart,
  zeroVector,
  type Code,
  type Func,
} from './assembler.ts';
import { CLOSE_BITS, MOST_CLOSE, STRENGTH_PLACES } from './bounds.ts';
import { SEEK_SHIFT, STEM_SHIFT, TIMES_MASK } from './texts.ts';
import { ENTRY_SHIFT, STEP } from './words.ts';

/*
 * The loops in which a search spends its time, in WebAssembly: up to 16 slots at once, and without JavaScript's reading the place of an
 * array anew after every store. All arguments are addresses in bytes or counts.
 */

const NEXT = 4;
/** Numbers of 16 bits: two bytes. */
const SHORT = 2;

/**
 * columns(groups, end, from, to, sums): fills the sums of slots `from` to `to` (whole steps), 16 bits each. A group is a weight, how many
 * columns it has, and their addresses; what they hold is added up byte by byte, so that a group has at most 85.
 */
function columns(): Func {
  const [groups, end, from, to, sums, group, last, weight, place] = [0, 1, 2, 3, 4, 5, 6, 7, 8];
  const [low, high, first, second, third, fourth] = [9, 10, 11, 12, 13, 14];
  const column = add(load(get(group)), get(from));
  const weighed = (sum: number, bytes: Code): Code =>
    set(sum, add16(get(sum), multiply16(bytes, spread16(get(weight)))));
  return {
    name: 'columns',
    parameters: 5,
    variables: 4,
    vectors: 6,
    body: [
      ...whileTrue(
        less(get(from), get(to)),
        set(first, zeroVector),
        set(second, zeroVector),
        set(third, zeroVector),
        set(fourth, zeroVector),
        set(group, get(groups)),
        whileTrue(
          less(get(group), get(end)),
          set(weight, load(get(group), 0)),
          set(last, add(add(get(group), constant(2 * NEXT)), shiftLeft(load(get(group), NEXT), 2))),
          set(group, add(get(group), constant(2 * NEXT))),
          set(low, zeroVector),
          set(high, zeroVector),
          whileTrue(
            less(get(group), get(last)),
            set(place, column),
            set(low, addBytes(get(low), loadVector(get(place)))),
            set(high, addBytes(get(high), loadVector(get(place), 16))),
            set(group, add(get(group), constant(NEXT))),
          ),
          weighed(first, lowBytes(get(low))),
          weighed(second, highBytes(get(low))),
          weighed(third, lowBytes(get(high))),
          weighed(fourth, highBytes(get(high))),
        ),
        set(place, add(get(sums), shiftLeft(get(from), 1))),
        storeVector(get(place), get(first), 0),
        storeVector(get(place), get(second), 16),
        storeVector(get(place), get(third), 32),
        storeVector(get(place), get(fourth), 48),
        set(from, add(get(from), constant(STEP))),
      ),
      ...constant(0),
    ],
  };
}

/** lists(stems, end, sums): adds rare stems to the sums; each is three numbers: first and last address of its entries, and its weight. */
function lists(): Func {
  const [stems, end, sums, at, last, weight, entry, place] = [0, 1, 2, 3, 4, 5, 6, 7];
  const times = and(get(entry), constant(2 ** ENTRY_SHIFT - 1));
  return {
    name: 'lists',
    parameters: 3,
    variables: 5,
    body: [
      ...whileTrue(
        less(get(stems), get(end)),
        set(at, load(get(stems), 0)),
        set(last, load(get(stems), NEXT)),
        set(weight, load(get(stems), 2 * NEXT)),
        whileTrue(
          less(get(at), get(last)),
          set(entry, load(get(at))),
          set(place, add(get(sums), shiftLeft(shiftRight(get(entry), ENTRY_SHIFT), 1))),
          store16(get(place), add(load16(get(place)), multiply(get(weight), times))),
          set(at, add(get(at), constant(NEXT))),
        ),
        set(stems, add(get(stems), constant(3 * NEXT))),
      ),
      ...constant(0),
    ],
  };
}

/** Numbers of one cell in the list of cells that `scan` reads. */
export const CELL_NUMBERS = 6;
/** Bytes per slot of the classes that `scan` reads: country, practical, sector, field and reach, 16 bits each, and 16 to spare. */
export const CLASS_BYTES = 12;
/** Places of what `scan` reads once per row: addresses of what classes bring, the own country, then two fractions and two addresses. */
export const ROW = { practical: 0, sector: 1, field: 2, reach: 3, country: 4, given: 5, taken: 6 } as const;
export const ROW_NUMBERS = 7;
/** Slots that are compared at once. */
const LANES = 4;

/**
 * scan(cells, end, given, taken, offers, seeks, classes, close, rows, floor, floors, found): writes slot and bound of each slot whose bound
 * reaches the floor (or its own floor, where `floors` is not 0). Cell: first and last slot, what is the same along it, table of text, table
 * of capability (0: none), least strength that can reach the floor, as a fraction. `given` and `taken`: sums of 16 bits; `offers` and `seeks`:
 * what they are multiplied by, as fractions; so are those of the row, for the own side. Returns where it stopped writing.
 */
function scan(): Func {
  const [cells, end, given, taken, offers, seeks, classes, close, rows, floor, floors, found] = [
    0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11,
  ];
  const [slot, last, base, text, capability, bound, near, one, needed, passing, left, at] = [
    12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23,
  ];
  const [practical, sector, field, reach, country, inside] = [24, 25, 26, 27, 28, 29];
  const [own, other, wanted] = [30, 31, 32];
  const short = (table: number): Code => add(get(table), shiftLeft(get(slot), 1));
  const four = (table: number, index: number): Code => add(get(table), shiftLeft(get(index), 2));
  const inTable = (table: number, index: Code): Code => load(add(get(table), shiftLeft(index, 2)));
  const byClass = (table: number, offset: number): Code => inTable(table, load16(get(one), offset));
  const sumsOfFour = (sums: number, lengths: number, side: number): Code =>
    multiplyFour(
      multiplyFour(toFractions(loadFour16(short(sums))), loadVector(four(lengths, slot))),
      get(side),
    );
  const strengthOf = (sums: number, lengths: number, side: number): Code =>
    multiplyFractions(
      multiplyFractions(
        toFraction(load16(add(get(sums), shiftLeft(get(at), 1)))),
        loadFraction(four(lengths, at)),
      ),
      loadFraction(get(rows), side * NEXT),
    );
  const strength = smaller(
    wholePart(addFractions(strengthOf(given, offers, ROW.given), strengthOf(taken, seeks, ROW.taken))),
    constant(STRENGTH_PLACES),
  );
  const place = add(
    shiftLeft(shiftRight(get(near), 16), CLOSE_BITS),
    smaller(and(get(near), constant(0xffff)), constant(MOST_CLOSE)),
  );
  const look = [
    set(bound, add(get(base), inTable(text, strength))),
    when(
      get(capability),
      set(near, load(four(close, at))),
      set(bound, add(get(bound), inTable(capability, place))),
    ),
    set(one, add(get(classes), multiply(get(at), constant(CLASS_BYTES)))),
    set(
      bound,
      add(
        add(get(bound), add(byClass(practical, 2), byClass(sector, 4))),
        add(byClass(field, 6), byClass(reach, 8)),
      ),
    ),
    set(needed, get(floor)),
    when(get(floors), set(needed, smaller(get(floor), load(four(floors, at))))),
    when(
      and(
        atLeast(get(bound), get(needed)),
        select(equal(load16(get(one), 0), get(country)), constant(0), constant(1)),
      ),
      store(get(found), get(at), 0),
      store(get(found), get(bound), NEXT),
      set(found, add(get(found), constant(2 * NEXT))),
    ),
  ];
  return {
    name: 'scan',
    parameters: 12,
    variables: 18,
    vectors: 3,
    body: [
      ...set(practical, load(get(rows), ROW.practical * NEXT)),
      ...set(sector, load(get(rows), ROW.sector * NEXT)),
      ...set(field, load(get(rows), ROW.field * NEXT)),
      ...set(reach, load(get(rows), ROW.reach * NEXT)),
      ...set(country, load(get(rows), ROW.country * NEXT)),
      ...set(own, spreadFraction(loadFraction(get(rows), ROW.given * NEXT))),
      ...set(other, spreadFraction(loadFraction(get(rows), ROW.taken * NEXT))),
      ...whileTrue(
        less(get(cells), get(end)),
        set(slot, load(get(cells), 0)),
        set(last, load(get(cells), NEXT)),
        set(base, load(get(cells), 2 * NEXT)),
        set(text, load(get(cells), 3 * NEXT)),
        set(capability, load(get(cells), 4 * NEXT)),
        set(wanted, spreadFraction(loadFraction(get(cells), 5 * NEXT))),
        whileTrue(
          less(get(slot), get(last)),
          set(
            passing,
            whichAtLeast(
              addFour(sumsOfFour(given, offers, own), sumsOfFour(taken, seeks, other)),
              get(wanted),
            ),
          ),
          set(left, subtract(get(last), get(slot))),
          // beyond the end of the cell nothing counts
          set(
            inside,
            select(less(get(left), constant(LANES)), subtract(bitAt(get(left)), constant(1)), constant(15)),
          ),
          set(passing, and(get(passing), get(inside))),
          whileTrue(
            get(passing),
            set(at, add(get(slot), lowestBit(get(passing)))),
            ...look,
            set(passing, and(get(passing), add(get(passing), constant(-1)))),
          ),
          set(slot, add(get(slot), constant(LANES))),
        ),
        set(cells, add(get(cells), constant(CELL_NUMBERS * NEXT))),
      ),
      ...get(found),
    ],
  };
}

/**
 * match(entries, end, laid, result): sums of a text with the one that is laid out by stem (weights of what that one seeks x 2^16, plus those of
 * what it offers): what the own side gets, what the other gets, and the sum of both offers.
 */
function match(): Func {
  const [entries, end, laid, result, entry, mine, given, taken, alike] = [0, 1, 2, 3, 4, 5, 6, 7, 8];
  const offered = and(get(entry), constant(TIMES_MASK));
  const sought = and(shiftRight(get(entry), SEEK_SHIFT), constant(TIMES_MASK));
  const offer = and(get(mine), constant(0xffff));
  return {
    name: 'match',
    parameters: 4,
    variables: 5,
    body: [
      ...whileTrue(
        less(get(entries), get(end)),
        set(entry, load(get(entries))),
        set(mine, load(add(get(laid), shiftLeft(shiftRight(get(entry), STEM_SHIFT), 2)))),
        when(
          get(mine),
          set(given, add(get(given), multiply(shiftRight(get(mine), 16), offered))),
          set(taken, add(get(taken), multiply(offer, sought))),
          set(alike, add(get(alike), multiply(offer, offered))),
        ),
        set(entries, add(get(entries), constant(NEXT))),
      ),
      ...store(get(result), get(given), 0),
      ...store(get(result), get(taken), NEXT),
      ...store(get(result), get(alike), 2 * NEXT),
      ...constant(0),
    ],
  };
}

let compiled: WebAssembly.Module | undefined;

/** The kernels over a memory. Compiled once. */
export function kernelsOver(memory: WebAssembly.Memory): WebAssembly.Instance['exports'] {
  compiled ??= assemble([columns(), lists(), scan(), match()]);
  return new WebAssembly.Instance(compiled, { host: { memory } }).exports;
}

/** Room that reads and writes of whole vectors may run over, in bytes. */
export const OVERRUN = SHORT * STEP;
