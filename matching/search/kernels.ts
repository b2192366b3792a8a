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
  countBits,
  divideFractions,
  equal,
  get,
  highBytes,
  larger,
  largerFraction,
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
  oneFraction,
  or,
  select,
  set,
  shiftLeft,
  shiftRight,
  smaller,
  smaller32,
  spread16,
  spread32,
  spreadFraction,
  store,
  store16,
  storeVector,
  subtract,
  subtract32,
  subtractFour,
  toFraction,
  toFractions,
  when,
  whichAtLeast,
  whileTrue,
  wholePart,
  zeroFraction,
  zeroVector,
  type Code,
  type Func,
} from './assembler.ts';
import { CLOSE_BITS, MOST_CLOSE } from './bounds.ts';
import { SEEK_SHIFT, TIMES_MASK } from './stem-reader.ts';
import { STEM_SHIFT } from './texts.ts';
import { ENTRY_SHIFT, STEP } from './words.ts';

/*
 * The loops in which a search spends its time, in WebAssembly: up to 16 slots at once, and without JavaScript's reading the place of an
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

/** capabilities(from, to, close, table, bounds): looks up the bounds of slots `from` to `to` in a table by closeness and number of terms. */
function capabilities(): Func {
  const [from, to, close, table, bounds, near] = [0, 1, 2, 3, 4, 5];
  const place = add(
    shiftLeft(shiftRight(get(near), 16), CLOSE_BITS),
    smaller(and(get(near), constant(0xffff)), constant(MOST_CLOSE)),
  );
  return {
    name: 'capabilities',
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

/** Places of one cell in the list of cells that `scan` reads: the first ones are whole numbers, the last ones fractions. */
export const CELL = {
  first: 0,
  last: 1,
  base: 2,
  capability: 3,
  taken: 4,
  most: 5,
  ownLeast: 6,
  ownMost: 7,
  otherLeast: 8,
  otherMost: 9,
  share: 10,
} as const;
export const CELL_NUMBERS = 11;
/** Bytes per slot of the classes that `scan` reads: country, practical, sector, field, reach and challenge, 16 bits each. */
export const CLASS_BYTES = 12;
/**
 * Places of what `scan` reads once per row: addresses of what classes bring, the own country, two fractions, addresses by slot, then for
 * the challenges what classes cover, what the own side covers, what each term of both counts as a fraction, how many challenges there are
 * (0: nothing is known of the own side) and what the bounds have for all of it.
 */
export const ROW = {
  practical: 0,
  sector: 1,
  field: 2,
  reach: 3,
  country: 4,
  given: 5,
  taken: 6,
  offers: 7,
  seeks: 8,
  classes: 9,
  floors: 10,
  covers: 11,
  ownCovers: 12,
  perPart: 13,
  parts: 14,
  mostChallenge: 15,
} as const;
export const ROW_NUMBERS = 16;
/** Slots that are compared at once. */
const LANES = 4;

/**
 * scan(cells, end, given, rows, floor, found): writes slot and bound of each slot whose bound reaches the floor, or its own floor. A cell
 * has its first and last slot, what is the same along it, an address of bounds of capability by slot (0: they are the same), one of the sums
 * that the other side gets, the most that all but text and capability bring, and what text is worked out from: the values of both
 * directions of strength p are (least + most x p) / (1 + p), and their harmonic mean counts the share. Sums have 16 bits. Returns
 * where it stopped writing.
 */
function scan(): Func {
  const [cells, end, given, rows, floor, found] = [0, 1, 2, 3, 4, 5];
  const [slot, last, base, capability, taken, bound, one, passing, left, at, inside] = [
    6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16,
  ];
  const [practical, sector, field, reach, country, offers, seeks, classes, floors] = [
    17, 18, 19, 20, 21, 22, 23, 24, 25,
  ];
  const [part, cover, better, floorHere] = [26, 27, 28, 29];
  const [own, other, wanted, most, ownLeast, ownMost, otherLeast, otherMost, share] = [
    30, 31, 32, 33, 34, 35, 36, 37, 38,
  ];
  const [strong, answered, mine, theirs, needed, ones] = [39, 40, 41, 42, 43, 44];
  const four = (table: number, index: number): Code => add(get(table), shiftLeft(get(index), 2));
  const byClass = (table: number, offset: number): Code =>
    load(add(get(table), shiftLeft(load16(get(one), offset), 2)));
  const strengthsOf = (sums: number, lengths: number, side: number): Code =>
    multiplyFour(
      multiplyFour(
        toFractions(loadFour16(add(get(sums), shiftLeft(get(slot), 1)))),
        loadVector(four(lengths, slot)),
      ),
      get(side),
    );
  const inCell = (place: number): Code => loadFraction(get(cells), place * NEXT);
  const strengthOf = (sums: number, lengths: number, side: number): Code =>
    multiplyFractions(
      multiplyFractions(
        toFraction(load16(add(get(sums), shiftLeft(get(at), 1)))),
        loadFraction(four(lengths, at)),
      ),
      loadFraction(get(rows), side * NEXT),
    );
  const [p, q, m, t, best] = [45, 46, 47, 48, 49];
  const whole = (direction: number): Code => addFractions(oneFraction, get(direction));
  // the harmonic mean of m / (1 + p) and t / (1 + q)
  const text = divideFractions(
    multiplyFractions(multiplyFractions(get(m), get(t)), inCell(CELL.share)),
    addFractions(multiplyFractions(get(m), whole(q)), multiplyFractions(get(t), whole(p))),
  );
  const valueOf = (strength: number, least: number, highest: number): Code =>
    addFractions(inCell(least), multiplyFractions(inCell(highest), get(strength)));
  const inRow = (place: number): Code => load(get(rows), place * NEXT);
  const ofPart = (table: Code): Code => add(table, shiftLeft(get(part), 2));
  const both = countBits(or(load(ofPart(inRow(ROW.ownCovers))), load(get(cover))));
  // three for each term that both cover together, less two for each that the better one covers alone
  const boundChallenge = [
    set(part, inRow(ROW.parts)),
    when(
      get(part),
      // what a class covers starts with 1 where something is known
      set(
        cover,
        add(
          inRow(ROW.covers),
          multiply(load16(get(one), 10), multiply(add(get(part), constant(1)), constant(NEXT))),
        ),
      ),
      when(
        load(get(cover)),
        set(bound, subtract(get(bound), inRow(ROW.mostChallenge))),
        set(best, zeroFraction),
        set(part, constant(0)),
        whileTrue(
          less(get(part), inRow(ROW.parts)),
          set(cover, add(get(cover), constant(NEXT))),
          set(better, larger(countBits(load(ofPart(inRow(ROW.ownCovers)))), countBits(load(get(cover))))),
          set(
            best,
            largerFraction(
              get(best),
              multiplyFractions(
                toFraction(subtract(multiply(both, constant(3)), shiftLeft(get(better), 1))),
                loadFraction(ofPart(inRow(ROW.perPart))),
              ),
            ),
          ),
          set(part, add(get(part), constant(1))),
        ),
        set(bound, add(get(bound), add(wholePart(get(best)), constant(1)))),
      ),
    ),
  ];
  const look = [
    set(p, strengthOf(given, offers, ROW.given)),
    set(q, strengthOf(taken, seeks, ROW.taken)),
    set(m, valueOf(p, CELL.ownLeast, CELL.ownMost)),
    set(t, valueOf(q, CELL.otherLeast, CELL.otherMost)),
    set(bound, add(get(base), wholePart(text))),
    when(get(capability), set(bound, add(get(bound), load(four(capability, at))))),
    set(one, add(get(classes), multiply(get(at), constant(CLASS_BYTES)))),
    set(
      bound,
      add(
        add(get(bound), add(byClass(practical, 2), byClass(sector, 4))),
        add(byClass(field, 6), byClass(reach, 8)),
      ),
    ),
    set(floorHere, smaller(get(floor), load(four(floors, at)))),
    when(
      and(
        atLeast(get(bound), get(floorHere)),
        select(equal(load16(get(one), 0), get(country)), constant(0), constant(1)),
      ),
      ...boundChallenge,
      when(
        atLeast(get(bound), get(floorHere)),
        store(get(found), get(at), 0),
        store(get(found), get(bound), NEXT),
        set(found, add(get(found), constant(2 * NEXT))),
      ),
    ),
  ];
  const spreadCell = (variable: number, place: number): Code => set(variable, spreadFraction(inCell(place)));
  const direction = (value: number, least: number, highest: number, strength: number): Code =>
    set(value, addFour(get(least), multiplyFour(get(highest), get(strength))));
  return {
    name: 'scan',
    parameters: 6,
    variables: 24,
    vectors: 15,
    fractions: 5,
    body: [
      ...set(practical, inRow(ROW.practical)),
      ...set(sector, inRow(ROW.sector)),
      ...set(field, inRow(ROW.field)),
      ...set(reach, inRow(ROW.reach)),
      ...set(country, inRow(ROW.country)),
      ...set(offers, inRow(ROW.offers)),
      ...set(seeks, inRow(ROW.seeks)),
      ...set(classes, inRow(ROW.classes)),
      ...set(floors, inRow(ROW.floors)),
      ...set(own, spreadFraction(loadFraction(get(rows), ROW.given * NEXT))),
      ...set(other, spreadFraction(loadFraction(get(rows), ROW.taken * NEXT))),
      ...set(wanted, spread32(get(floor))),
      ...set(ones, spreadFraction(oneFraction)),
      ...whileTrue(
        less(get(cells), get(end)),
        set(slot, load(get(cells), CELL.first * NEXT)),
        set(last, load(get(cells), CELL.last * NEXT)),
        set(base, load(get(cells), CELL.base * NEXT)),
        set(capability, load(get(cells), CELL.capability * NEXT)),
        set(taken, load(get(cells), CELL.taken * NEXT)),
        spreadCell(most, CELL.most),
        spreadCell(ownLeast, CELL.ownLeast),
        spreadCell(ownMost, CELL.ownMost),
        spreadCell(otherLeast, CELL.otherLeast),
        spreadCell(otherMost, CELL.otherMost),
        spreadCell(share, CELL.share),
        whileTrue(
          less(get(slot), get(last)),
          set(strong, strengthsOf(given, offers, own)),
          set(answered, strengthsOf(taken, seeks, other)),
          direction(mine, ownLeast, ownMost, strong),
          direction(theirs, otherLeast, otherMost, answered),
          set(needed, smaller32(get(wanted), loadVector(four(floors, slot)))),
          when(get(capability), set(needed, subtract32(get(needed), loadVector(four(capability, slot))))),
          set(needed, subtractFour(toFractions(get(needed)), get(most))),
          // text x share >= needed, without dividing
          set(
            passing,
            whichAtLeast(
              multiplyFour(multiplyFour(get(mine), get(theirs)), get(share)),
              multiplyFour(
                get(needed),
                addFour(
                  multiplyFour(get(mine), addFour(get(ones), get(answered))),
                  multiplyFour(get(theirs), addFour(get(ones), get(strong))),
                ),
              ),
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
  compiled ??= assemble([columns(), lists(), capabilities(), scan(), match()]);
  return new WebAssembly.Instance(compiled, { host: { memory } }).exports;
}

/** Room that reads and writes of whole vectors may run over, in bytes. */
export const OVERRUN = SHORT * STEP;
