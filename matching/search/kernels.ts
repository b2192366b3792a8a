import {
  add,
  and,
  assemble,
  atLeast,
  clear,
  constant,
  equal,
  get,
  less,
  load,
  load16,
  multiply,
  select,
  set,
  shiftLeft,
  shiftRight,
  smaller,
  store,
  when,
  whileTrue,
  type Func,
} from './assembler.ts';
import { CLOSE_BITS, MOST_CLOSE, SUM_PLACES, SUM_SHIFT } from './bounds.ts';
import { ANSWER_LEVELS, QUERY_LEVELS, QUERY_SHIFT, SLOT_SHIFT } from './postings.ts';
import { ANSWER_BITS, ANSWER_MASK } from './texts.ts';

/*
 * The three loops in which a search spends its time, in WebAssembly: three to seven times as fast as the same loops in JavaScript, which
 * reads the place of an array anew after every store. All arguments are addresses in bytes or counts.
 */

const NEXT = 4;

/** sums(stems, end, sums, bytes): fills the sums by slot; each stem is four numbers: first and last address of its entries, weight per level. */
function sums(): Func {
  const [stems, end, target, bytes, at, last, perAnswer, perQuery, entry, place] = [
    0, 1, 2, 3, 4, 5, 6, 7, 8, 9,
  ];
  const answers = multiply(and(get(entry), constant(ANSWER_LEVELS)), get(perAnswer));
  const queries = multiply(and(shiftRight(get(entry), QUERY_SHIFT), constant(QUERY_LEVELS)), get(perQuery));
  return {
    name: 'sums',
    parameters: 4,
    variables: 6,
    body: [
      ...clear(get(target), get(bytes)),
      ...whileTrue(
        less(get(stems), get(end)),
        set(at, load(get(stems), 0)),
        set(last, load(get(stems), 4)),
        set(perAnswer, load(get(stems), 8)),
        set(perQuery, load(get(stems), 12)),
        whileTrue(
          less(get(at), get(last)),
          set(entry, load(get(at))),
          set(place, add(get(target), shiftLeft(shiftRight(get(entry), SLOT_SHIFT), 2))),
          store(get(place), add(load(get(place)), add(answers, queries))),
          set(at, add(get(at), constant(NEXT))),
        ),
        set(stems, add(get(stems), constant(16))),
      ),
      ...constant(0),
    ],
  };
}

/** Numbers of one cell in the list of cells that `scan` reads. */
export const CELL_NUMBERS = 5;
/** Bytes per slot of the classes that `scan` reads: country, practical, sector, field and reach, 16 bits each, and 16 to spare. */
export const CLASS_BYTES = 12;

/**
 * scan(cells, end, sums, close, classes, rows, floor, floors, found): writes slot and bound of each slot whose bound reaches the floor (or its
 * own floor, where `floors` is not 0). Cell: first and last slot, what is the same along it, table of text, table of capability (0: none).
 * `rows`: addresses of what a class of practical, sector, field and reach brings, then the own country. Returns where it stopped writing.
 */
function scan(): Func {
  const [cells, end, sumsAt, close, classes, rows, floor, floors, found] = [0, 1, 2, 3, 4, 5, 6, 7, 8];
  const [slot, last, base, text, capability, bound, near, one, needed] = [9, 10, 11, 12, 13, 14, 15, 16, 17];
  const [practical, sector, field, reach, country] = [18, 19, 20, 21, 22];
  const inTable = (table: number, index: number[] | readonly number[]): readonly number[] =>
    load(add(get(table), shiftLeft(index, 2)));
  const byClass = (table: number, offset: number): readonly number[] =>
    inTable(table, load16(get(one), offset));
  const sum = smaller(
    shiftRight(load(add(get(sumsAt), shiftLeft(get(slot), 2))), SUM_SHIFT),
    constant(SUM_PLACES),
  );
  const place = add(
    shiftLeft(shiftRight(get(near), 16), CLOSE_BITS),
    smaller(and(get(near), constant(0xffff)), constant(MOST_CLOSE)),
  );
  return {
    name: 'scan',
    parameters: 9,
    variables: 14,
    body: [
      ...set(practical, load(get(rows), 0)),
      ...set(sector, load(get(rows), 4)),
      ...set(field, load(get(rows), 8)),
      ...set(reach, load(get(rows), 12)),
      ...set(country, load(get(rows), 16)),
      ...whileTrue(
        less(get(cells), get(end)),
        set(slot, load(get(cells), 0)),
        set(last, load(get(cells), 4)),
        set(base, load(get(cells), 8)),
        set(text, load(get(cells), 12)),
        set(capability, load(get(cells), 16)),
        set(one, add(get(classes), multiply(get(slot), constant(CLASS_BYTES)))),
        whileTrue(
          less(get(slot), get(last)),
          set(bound, add(get(base), inTable(text, sum))),
          when(
            get(capability),
            set(near, load(add(get(close), shiftLeft(get(slot), 2)))),
            set(bound, add(get(bound), inTable(capability, place))),
          ),
          set(
            bound,
            add(
              add(get(bound), add(byClass(practical, 2), byClass(sector, 4))),
              add(byClass(field, 6), byClass(reach, 8)),
            ),
          ),
          set(needed, get(floor)),
          when(
            get(floors),
            set(needed, smaller(get(floor), load(add(get(floors), shiftLeft(get(slot), 2))))),
          ),
          when(
            and(
              atLeast(get(bound), get(needed)),
              select(equal(load16(get(one), 0), get(country)), constant(0), constant(1)),
            ),
            store(get(found), get(slot), 0),
            store(get(found), get(bound), 4),
            set(found, add(get(found), constant(8))),
          ),
          set(one, add(get(one), constant(CLASS_BYTES))),
          set(slot, add(get(slot), constant(1))),
        ),
        set(cells, add(get(cells), constant(CELL_NUMBERS * 4))),
      ),
      ...get(found),
    ],
  };
}

/** match(stems, end, weights, laid, result): sums of query x answer with the text that is laid out by stem, both ways. */
function match(): Func {
  const [stems, end, weights, laid, result, mine, theirs, given, taken] = [0, 1, 2, 3, 4, 5, 6, 7, 8];
  const answerOf = (weight: number): readonly number[] => and(get(weight), constant(ANSWER_MASK));
  const queryOf = (weight: number): readonly number[] => shiftRight(get(weight), ANSWER_BITS);
  return {
    name: 'match',
    parameters: 5,
    variables: 4,
    body: [
      ...whileTrue(
        less(get(stems), get(end)),
        set(mine, load(add(get(laid), shiftLeft(load(get(stems)), 2)))),
        set(theirs, load(get(weights))),
        set(given, add(get(given), multiply(queryOf(mine), answerOf(theirs)))),
        set(taken, add(get(taken), multiply(answerOf(mine), queryOf(theirs)))),
        set(stems, add(get(stems), constant(NEXT))),
        set(weights, add(get(weights), constant(NEXT))),
      ),
      ...store(get(result), get(given), 0),
      ...store(get(result), get(taken), 4),
      ...constant(0),
    ],
  };
}

let compiled: WebAssembly.Module | undefined;

/** The kernels over a memory. Compiled once. */
export function kernelsOver(memory: WebAssembly.Memory): WebAssembly.Instance['exports'] {
  compiled ??= assemble([sums(), scan(), match()]);
  return new WebAssembly.Instance(compiled, { host: { memory } }).exports;
}
