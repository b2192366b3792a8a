import {
  add,
  add32,
  addFour,
  and,
  atLeastFraction,
  bitAt,
  constant,
  countBits,
  divideFractions,
  equal,
  get,
  larger,
  largerFraction,
  less,
  load,
  load16,
  loadFour16,
  loadFourBytes,
  loadFraction,
  loadVector,
  lowBytes,
  lowestBit,
  lowShorts,
  multiply,
  multiplyFour,
  multiplyFractions,
  or,
  oneFraction,
  select,
  set,
  shiftLeft,
  smaller,
  smaller32,
  spread32,
  spreadFraction,
  store,
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
  type Code,
  type Func,
} from './assembler.ts';

/*
 * The scan: upper bounds of the scores of a row with all slots, four at once, and who of these may be wanted.
 */

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
 * (0: nothing is known of the own side) and what the bounds have for all of it; what classes bring by slot in bytes, what one of these
 * stands for as a fraction, room for two vectors, the shares of text by slot, and what the floor of every slot is raised by.
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
  ofClasses: 16,
  unit: 17,
  scratch: 18,
  shares: 19,
  price: 20,
} as const;
export const ROW_NUMBERS = 21;
/** Bytes of a vector. */
const VECTOR = 16;
/** Bytes of the room for two vectors. */
export const SCRATCH_BYTES = 2 * VECTOR;
/** Slots that are compared at once. */
const LANES = 4;
/** Bytes of a number. */
const NEXT = 4;

/**
 * scan(cells, end, given, rows, floor, found): writes slot and bound of each slot whose bound reaches the floor, or its own floor. A cell
 * has its first and last slot, what is the same along it, an address of bounds of capability by slot (0: they are the same), one of the sums
 * that the other side gets, the most that all but text, capability and the bytes of classes bring, and what text is worked out from: the
 * values of both directions of strength p are (least + most x p) / (1 + p), and their harmonic mean counts the share (twice it, as the mean has a
 * two; where bounds of capability go by slot, so do the shares of text). Sums have 16 bits.
 * Returns where it stopped writing.
 */
export function scan(): Func {
  const [cells, end, given, rows, floor, found] = [0, 1, 2, 3, 4, 5];
  const [slot, last, base, capability, taken, bound, one, passing, left, at, inside] = [
    6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16,
  ];
  const [practical, sector, field, reach, country, offers, seeks, classes, floors] = [
    17, 18, 19, 20, 21, 22, 23, 24, 25,
  ];
  const [part, cover, better, floorHere, scratch, ofClasses, shares] = [26, 27, 28, 29, 30, 31, 32];
  const [own, other, wanted, most, ownLeast, ownMost, otherLeast, otherMost, share] = [
    33, 34, 35, 36, 37, 38, 39, 40, 41,
  ];
  const [strong, answered, mine, theirs, needed, ones, over, under, unit] = [
    42, 43, 44, 45, 46, 47, 48, 49, 50,
  ];
  const raised = 51;
  const [best, above, below] = [52, 53, 54];
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
  // text is one over the other: what both directions come to is only divided where somebody is found
  const ofLane = (place: number): Code =>
    loadFraction(add(get(scratch), shiftLeft(lowestBit(get(passing)), 2)), place);
  const reaches = atLeastFraction(
    get(above),
    multiplyFractions(toFraction(subtract(get(floorHere), get(bound))), get(below)),
  );
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
    set(above, ofLane(0)),
    set(below, ofLane(VECTOR)),
    set(bound, get(base)),
    when(get(capability), set(bound, add(get(bound), load(four(capability, at))))),
    set(one, add(get(classes), multiply(get(at), constant(CLASS_BYTES)))),
    set(
      bound,
      add(
        add(get(bound), add(byClass(practical, 2), byClass(sector, 4))),
        add(byClass(field, 6), byClass(reach, 8)),
      ),
    ),
    set(floorHere, smaller(get(floor), add(load(four(floors, at)), inRow(ROW.price)))),
    when(
      and(reaches, select(equal(load16(get(one), 0), get(country)), constant(0), constant(1))),
      ...boundChallenge,
      when(
        reaches,
        store(get(found), get(at), 0),
        store(get(found), add(get(bound), wholePart(divideFractions(get(above), get(below)))), NEXT),
        set(found, add(get(found), constant(2 * NEXT))),
      ),
    ),
  ];
  const broughtByClasses = multiplyFour(
    toFractions(lowShorts(lowBytes(loadFourBytes(add(get(ofClasses), get(slot)))))),
    get(unit),
  );
  const spreadCell = (variable: number, place: number): Code => set(variable, spreadFraction(inCell(place)));
  const direction = (value: number, least: number, highest: number, strength: number): Code =>
    set(value, addFour(get(least), multiplyFour(get(highest), get(strength))));
  return {
    name: 'scan',
    parameters: 6,
    variables: 27,
    vectors: 19,
    fractions: 3,
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
      ...set(raised, spread32(inRow(ROW.price))),
      ...set(ones, spreadFraction(oneFraction)),
      ...set(ofClasses, inRow(ROW.ofClasses)),
      ...set(scratch, inRow(ROW.scratch)),
      ...set(shares, inRow(ROW.shares)),
      ...set(unit, spreadFraction(loadFraction(get(rows), ROW.unit * NEXT))),
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
          set(needed, smaller32(get(wanted), add32(get(raised), loadVector(four(floors, slot))))),
          when(
            get(capability),
            set(needed, subtract32(get(needed), loadVector(four(capability, slot)))),
            set(share, loadVector(four(shares, slot))),
          ),
          set(needed, subtractFour(subtractFour(toFractions(get(needed)), get(most)), broughtByClasses)),
          set(over, multiplyFour(multiplyFour(get(mine), get(theirs)), get(share))),
          set(
            under,
            addFour(
              multiplyFour(get(mine), addFour(get(ones), get(answered))),
              multiplyFour(get(theirs), addFour(get(ones), get(strong))),
            ),
          ),
          // text x share >= needed, without dividing
          set(passing, whichAtLeast(get(over), multiplyFour(get(needed), get(under)))),
          set(left, subtract(get(last), get(slot))),
          // beyond the end of the cell nothing counts
          set(
            inside,
            select(less(get(left), constant(LANES)), subtract(bitAt(get(left)), constant(1)), constant(15)),
          ),
          set(passing, and(get(passing), get(inside))),
          when(
            get(passing),
            storeVector(get(scratch), get(over)),
            storeVector(get(scratch), get(under), VECTOR),
          ),
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
