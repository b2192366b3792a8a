import {
  add,
  add16,
  addBytes,
  addFour,
  and,
  anyBit,
  assemble,
  atLeast,
  constant,
  copy,
  countBitsOfBytes,
  divideFour,
  either,
  fraction,
  get,
  highBytes,
  largerBytes,
  less,
  load,
  load16,
  loadFraction,
  loadVector,
  lowBytes,
  lookUpBytes,
  multiply,
  multiply16,
  multiplyFour,
  orVectors,
  set,
  shiftLeft,
  shiftRight,
  smaller,
  smallerBytes,
  spread16,
  spreadByte,
  spreadFraction,
  store,
  store16,
  storeVector,
  subtract,
  subtractBytes,
  subtractFour,
  when,
  whileTrue,
  wholeParts,
  zeroVector,
  type Code,
  type Func,
} from './assembler.ts';
import { COMMON } from '../factors/capability.ts';
import { CLOSE_BITS, MOST_CLOSE } from './bounds.ts';
import { scan } from './scan-kernel.ts';
import { SEEK_SHIFT, TIMES_MASK } from './stem-reader.ts';
import { STEM_SHIFT } from './texts.ts';
import { ENTRY_SHIFT, STEP } from './words.ts';

/*
 * The loops in which a search spends its time, in WebAssembly (the largest one stands in scan-kernel.ts): up to 16 slots at once, and without JavaScript's reading the place of an
 * array anew after every store. All arguments are addresses in bytes or counts.
 */

const NEXT = 4;
/** Numbers of 16 bits: two bytes. */
const SHORT = 2;

/** Vectors of bytes of one step. */
const VECTORS = STEP / 16;
const range = (count: number): number[] => [...Array(count).keys()];

/** Places of one job of `columns`: its first and last address of groups, its first slot, and where its sums are. */
export const JOB = { groups: 0, end: 1, from: 2, sums: 3 } as const;
export const JOB_NUMBERS = 4;

/**
 * columns(jobs, end, bytes, step, from, to): fills the sums of slots `from` to `to` (whole steps), 16 bits each, for some rows; `bytes`: where
 * the columns of the first step are, each step being so many bytes. A group is a weight, how many columns it has, and where these are in a
 * step; what they hold is added up byte by byte, so that the largest bytes of a group come to 255 at most.
 */
function columns(): Func {
  const [jobs, end, bytesAt, step, from, to] = [0, 1, 2, 3, 4, 5];
  const [job, group, groupsEnd, last, weight, place] = [6, 7, 8, 9, 10, 11];
  const bytes = range(VECTORS).map((at) => 12 + at);
  const totals = range(2 * VECTORS).map((at) => 12 + VECTORS + at);
  const factor = 12 + 3 * VECTORS;
  const weighed = (total: number, added: Code): Code =>
    set(total, add16(get(total), multiply16(added, get(factor))));
  const addGroup = [
    set(weight, load(get(group), 0)),
    set(last, add(add(get(group), constant(2 * NEXT)), shiftLeft(load(get(group), NEXT), 2))),
    set(group, add(get(group), constant(2 * NEXT))),
    ...bytes.map((sum) => set(sum, zeroVector)),
    whileTrue(
      less(get(group), get(last)),
      set(place, add(load(get(group)), get(bytesAt))),
      ...bytes.map((sum, at) => set(sum, addBytes(get(sum), loadVector(get(place), 16 * at)))),
      set(group, add(get(group), constant(NEXT))),
    ),
    set(factor, spread16(get(weight))),
    ...bytes.flatMap((sum, at) => [
      weighed(totals[2 * at], lowBytes(get(sum))),
      weighed(totals[2 * at + 1], highBytes(get(sum))),
    ]),
  ];
  return {
    name: 'columns',
    parameters: 6,
    variables: 6,
    vectors: 3 * VECTORS + 1,
    body: [
      ...whileTrue(
        less(get(from), get(to)),
        set(job, get(jobs)),
        whileTrue(
          less(get(job), get(end)),
          when(
            atLeast(get(from), load(get(job), JOB.from * NEXT)),
            ...totals.map((total) => set(total, zeroVector)),
            set(group, load(get(job), JOB.groups * NEXT)),
            set(groupsEnd, load(get(job), JOB.end * NEXT)),
            whileTrue(less(get(group), get(groupsEnd)), ...addGroup),
            set(place, add(load(get(job), JOB.sums * NEXT), shiftLeft(get(from), 1))),
            ...totals.map((total, at) => storeVector(get(place), get(total), 16 * at)),
          ),
          set(job, add(get(job), constant(JOB_NUMBERS * NEXT))),
        ),
        set(bytesAt, add(get(bytesAt), get(step))),
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

/** move(to, from, length): copies bytes; from JavaScript that takes several times as long in memory that threads share. */
function move(): Func {
  return {
    name: 'move',
    parameters: 3,
    variables: 0,
    body: [...copy(get(0), get(1), get(2)), ...constant(0)],
  };
}

/** nearness(from, to, close, table, bounds): looks up the bounds of slots `from` to `to` in a table by closeness and number of terms. */
function nearness(): Func {
  const [from, to, close, table, bounds, near] = [0, 1, 2, 3, 4, 5];
  const place = add(
    shiftLeft(shiftRight(get(near), 16), CLOSE_BITS),
    smaller(and(get(near), constant(0xffff)), constant(MOST_CLOSE)),
  );
  return {
    name: 'nearness',
    parameters: 5,
    variables: 1,
    body: [
      ...whileTrue(
        less(get(from), get(to)),
        set(near, load(add(get(close), shiftLeft(get(from), 2)))),
        store(add(get(bounds), shiftLeft(get(from), 2)), load(add(get(table), shiftLeft(place, 2)))),
        set(from, add(get(from), constant(1))),
      ),
      ...constant(0),
    ],
  };
}

/**
 * Places of what `capabilities` reads beside the slots: how much each term of a slot tells that it offers, or seeks, and all terms of the own side
 * do; the share of capability; and what the shares of the words start from and at most gain.
 */
export const TELLING = { offered: 0, sought: 1, own: 2, capability: 3, words: 4, gained: 5 } as const;
export const TELLING_NUMBERS = 6;
/** Whole parts lose up to one; what fractions of 24 bits lose is far below another. */
const ROUNDED_UP = 2;

/**
 * capabilities(from, to, offered, sought, telling, bounds, shares): from the most that slots `from` to `to` can be worth in terms, in
 * place, to what they bring for certain in the bounds, and the share of the words then (the factor capability is told times the terms, and
 * what is not told times the words). `offered` and `sought`: how many terms each slot has. Four at once, so that it writes over the end.
 */
function capabilities(): Func {
  const [from, to, offered, sought, telling, bounds, shares] = [0, 1, 2, 3, 4, 5, 6];
  const [ofOffered, ofSought, own, capability, words, gained] = [7, 8, 9, 10, 11, 12];
  const [most, told, known, one, common, perMost, more] = [13, 14, 15, 16, 17, 18, 19];
  const four = (table: number): Code => add(get(table), shiftLeft(get(from), 2));
  const spread = (variable: number, place: number): Code =>
    set(variable, spreadFraction(loadFraction(get(telling), place * NEXT)));
  return {
    name: 'capabilities',
    parameters: 7,
    variables: 0,
    vectors: 13,
    body: [
      ...spread(ofOffered, TELLING.offered),
      ...spread(ofSought, TELLING.sought),
      ...spread(own, TELLING.own),
      ...spread(capability, TELLING.capability),
      ...spread(words, TELLING.words),
      ...spread(gained, TELLING.gained),
      ...set(one, spreadFraction(fraction(1))),
      ...set(more, spreadFraction(fraction(ROUNDED_UP))),
      ...set(common, spreadFraction(fraction(COMMON))),
      ...set(perMost, spreadFraction(fraction(COMMON - 1))),
      ...whileTrue(
        less(get(from), get(to)),
        set(most, loadVector(four(bounds))),
        set(
          told,
          addFour(
            get(own),
            addFour(
              multiplyFour(loadVector(four(offered)), get(ofOffered)),
              multiplyFour(loadVector(four(sought)), get(ofSought)),
            ),
          ),
        ),
        set(
          known,
          divideFour(
            get(told),
            addFour(get(told), subtractFour(get(common), multiplyFour(get(perMost), get(most)))),
          ),
        ),
        storeVector(
          four(shares),
          addFour(get(words), multiplyFour(get(gained), subtractFour(get(one), get(known)))),
        ),
        storeVector(
          four(bounds),
          wholeParts(addFour(get(more), multiplyFour(get(capability), multiplyFour(get(known), get(most))))),
        ),
        set(from, add(get(from), constant(4))),
      ),
      ...constant(0),
    ],
  };
}

/** classes(from, to, one, two, three, four, sums): adds up four rows of bytes, sixteen at once. */
function classes(): Func {
  const [from, to, sums] = [0, 1, 6];
  const rows = [2, 3, 4, 5];
  const ofRow = (row: number): Code => loadVector(add(get(row), get(from)));
  return {
    name: 'classes',
    parameters: 7,
    variables: 0,
    body: [
      ...whileTrue(
        less(get(from), get(to)),
        storeVector(
          add(get(sums), get(from)),
          addBytes(addBytes(ofRow(rows[0]), ofRow(rows[1])), addBytes(ofRow(rows[2]), ofRow(rows[3]))),
        ),
        set(from, add(get(from), constant(16))),
      ),
      ...constant(0),
    ],
  };
}

/** Places of the parameters of `challenges`, in their order. */
const CHALLENGES = [
  'from',
  'to',
  'masks',
  'counts',
  'known',
  'stride',
  'own',
  'end',
  'values',
  'neutral',
  'sums',
] as const;

/**
 * challenges(from, to, masks, counts, known, stride, own, end, values, neutral, sums): adds to the bytes of slots `from` to `to` what the best
 * challenge brings, sixteen at once. Of each challenge, so many bytes apart, the terms that a slot covers and how many these are; `own` to
 * `end`: the same of the own side, a vector each; what it brings is looked up by three times what both cover less twice what the better one
 * does. Slots of which nothing is known bring what is neutral.
 */
function challenges(): Func {
  const [from, to, masks, counts, known, stride, own, end, values, neutral, sums] = CHALLENGES.keys();
  const [ofOwn, ofSlots, table] = [11, 12, 13];
  const [both, better, best, isKnown] = [14, 15, 16, 17];
  const here = (start: number): Code => add(get(start), get(from));
  const count = add(get(ofSlots), subtract(get(counts), get(masks)));
  return {
    name: 'challenges',
    parameters: CHALLENGES.length,
    variables: 3,
    vectors: 4,
    body: [
      ...whileTrue(
        less(get(from), get(to)),
        set(isKnown, loadVector(here(known))),
        set(best, loadVector(get(neutral))),
        when(
          anyBit(get(isKnown)),
          set(best, zeroVector),
          set(ofOwn, get(own)),
          set(ofSlots, here(masks)),
          set(table, get(values)),
          whileTrue(
            less(get(ofOwn), get(end)),
            set(both, countBitsOfBytes(orVectors(loadVector(get(ofOwn)), loadVector(get(ofSlots))))),
            set(better, largerBytes(loadVector(get(ofOwn), 16), loadVector(count))),
            set(
              both,
              subtractBytes(
                addBytes(addBytes(get(both), get(both)), get(both)),
                addBytes(get(better), get(better)),
              ),
            ),
            set(both, smallerBytes(get(both), spreadByte(constant(15)))),
            set(best, largerBytes(get(best), lookUpBytes(loadVector(get(table)), get(both)))),
            set(ofOwn, add(get(ofOwn), constant(2 * 16))),
            set(ofSlots, add(get(ofSlots), get(stride))),
            set(table, add(get(table), constant(16))),
          ),
          set(best, either(get(best), loadVector(get(neutral)), get(isKnown))),
        ),
        storeVector(here(sums), addBytes(loadVector(here(sums)), get(best))),
        set(from, add(get(from), constant(16))),
      ),
      ...constant(0),
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
  compiled ??= assemble([
    columns(),
    lists(),
    move(),
    nearness(),
    capabilities(),
    classes(),
    challenges(),
    scan(),
    match(),
  ]);
  return new WebAssembly.Instance(compiled, { host: { memory } }).exports;
}

/** Room that reads and writes of whole vectors may run over, in bytes. */
export const OVERRUN = SHORT * STEP;
