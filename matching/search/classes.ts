import { ClassBook } from '../classes.ts';
import { DOMAIN_PARTS } from '../factors/domain.ts';
import { practicalKey, practicalValue } from '../factors/practical.ts';
import { reachKey, reachValue } from '../factors/reach.ts';
import { trlKey, trlValue } from '../factors/trl.ts';
import type { Features } from '../features.ts';
import { ones } from '../fixed.ts';
import type { Model } from '../model.ts';
import type { Call } from '../types.ts';

/** Numbers of what SMEs share, one book per column. They only grow, so that numbers hold from one refresh to the next. */
export interface Books {
  readonly country: ClassBook;
  readonly company: ClassBook;
  readonly trl: ClassBook;
  readonly role: ClassBook;
  readonly field: ClassBook;
  readonly sector: ClassBook;
  readonly practical: ClassBook;
  readonly reach: ClassBook;
  readonly challenge: ClassBook;
}

/** Empty books. */
export const newBooks = (call: Pick<Call, 'crossBorder'>): Books => ({
  country: new ClassBook(({ prepared }) => prepared.profile.country),
  company: new ClassBook(({ prepared }) => prepared.profile.group ?? ''),
  trl: new ClassBook(({ prepared }) => trlKey(prepared)),
  role: new ClassBook(({ prepared }) => DOMAIN_PARTS.role.key(prepared)),
  field: new ClassBook(({ prepared }) => DOMAIN_PARTS.field.key(prepared)),
  sector: new ClassBook(({ prepared }) => DOMAIN_PARTS.sector.key(prepared)),
  practical: new ClassBook(({ prepared }) => practicalKey(prepared)),
  reach: new ClassBook((one) => reachKey(one, call)),
  challenge: new ClassBook(({ cover }) => cover.join()),
});

/** Values of one factor (or part of one) for every two classes: size x size places. */
export interface Matrix {
  readonly size: number;
  readonly values: Int32Array;
}

/** Factors that are read from tables alone, before any weight. */
export interface Matrices {
  readonly trl: Matrix;
  readonly role: Matrix;
  readonly field: Matrix;
  readonly sector: Matrix;
  readonly practical: Matrix;
  readonly reach: Matrix;
  readonly challenge: Challenges;
}

/** What classes of SMEs cover of the challenges of the call. */
export interface Challenges {
  /** Terms of each challenge, and where its words start in those of a class. */
  readonly parts: Int32Array;
  readonly words: Int32Array;
  readonly perClass: number;
  /** 1 for classes of which something is known. */
  readonly known: Uint8Array;
  /** Masks of class c, from place c x perClass on, and how many terms of each challenge it covers. */
  readonly masks: Int32Array;
  readonly counts: Int32Array;
}

/** Value of a factor, or of a part of one, that reads only what SMEs of one class share. */
type Value = (a: Features, b: Features) => number;

/** Columns whose values stand in matrices. */
export type MatrixName = 'trl' | 'role' | 'field' | 'sector' | 'practical' | 'reach';

/** How the value of each is worked out. */
export const valuesUnder = ({ call }: Model): Readonly<Record<MatrixName, Value>> => ({
  trl: (a, b) => trlValue(a.prepared, b.prepared, call).value,
  role: domainPart('role'),
  field: domainPart('field'),
  sector: domainPart('sector'),
  practical: (a, b) => practicalValue(a.prepared, b.prepared).value,
  reach: (a, b) => reachValue(a, b, call),
});

/** Cells that are worked out between two pauses. */
const BLOCK = 1024;

function* matrixOf({ members }: ClassBook, value: Value): Generator<undefined, Matrix, void> {
  const size = members.length;
  const values = new Int32Array(size * size);
  let done = 0;
  for (let one = 0; one < size; one += 1) {
    for (let other = 0; other <= one; other += 1) {
      const found = value(members[one], members[other]);
      values[one * size + other] = found;
      values[other * size + one] = found;
      done += 1;
      if (done % BLOCK === 0) yield;
    }
  }
  return { size, values };
}

const domainPart =
  (part: keyof typeof DOMAIN_PARTS): Value =>
  (a, b) =>
    DOMAIN_PARTS[part].weight * DOMAIN_PARTS[part].fit(a.prepared, b.prepared).value;

/** Tables of all classes that the books have by now. A generator, so that the caller can pause it. */
export function* matricesOf(books: Books, model: Model): Generator<undefined, Matrices, void> {
  const values = valuesUnder(model);
  return {
    trl: yield* matrixOf(books.trl, values.trl),
    role: yield* matrixOf(books.role, values.role),
    field: yield* matrixOf(books.field, values.field),
    sector: yield* matrixOf(books.sector, values.sector),
    practical: yield* matrixOf(books.practical, values.practical),
    reach: yield* matrixOf(books.reach, values.reach),
    challenge: challengesOf(books.challenge, model),
  };
}

const WORD = 32;

function challengesOf({ members }: ClassBook, { challenges }: Model): Challenges {
  const parts = Int32Array.from(challenges, ({ terms }) => terms.length);
  const words = new Int32Array(parts.length + 1);
  for (let place = 0; place < parts.length; place += 1) {
    words[place + 1] = words[place] + Math.ceil(parts[place] / WORD);
  }
  const perClass = words[parts.length];
  const masks = new Int32Array(members.length * perClass);
  const counts = new Int32Array(members.length * parts.length);
  for (let number = 0; number < members.length; number += 1) {
    const { cover } = members[number];
    masks.set(cover, number * perClass);
    if (cover.length > 0) counts.set(coverCounts(cover, words), number * parts.length);
  }
  const known = Uint8Array.from(members, ({ cover }) => Number(cover.length > 0));
  return { parts, words, perClass, known, masks, counts };
}

/** How many terms of each challenge are covered; `words`: where those of each start. */
export const coverCounts = (cover: Int32Array, words: Int32Array): Int32Array =>
  Int32Array.from({ length: words.length - 1 }, (_, place) =>
    onesBetween(cover, words[place], words[place + 1]),
  );

function onesBetween(masks: Int32Array, from: number, to: number): number {
  let sum = 0;
  for (let at = from; at < to; at += 1) sum += ones(masks[at]);
  return sum;
}
