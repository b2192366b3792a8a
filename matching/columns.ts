import { ClassBook } from './classes.ts';
import type { Features } from './features.ts';
import { DOMAIN_PARTS } from './factors/domain.ts';
import { practicalKey } from './factors/practical.ts';
import { trlKey } from './factors/trl.ts';
import type { Pool } from './pool.ts';
import { FINGERPRINT_WORDS } from './text/copies.ts';

/** Numbers of what SMEs share, one book per column below. They only grow, so that columns can be carried on. */
export interface Books {
  readonly country: ClassBook;
  readonly group: ClassBook;
  readonly reach: ClassBook;
  readonly trl: ClassBook;
  readonly role: ClassBook;
  readonly field: ClassBook;
  readonly sector: ClassBook;
  readonly challenge: ClassBook;
  readonly practical: ClassBook;
  /** Sets of terms that are sought and that are offered. */
  readonly needTerms: ClassBook;
  readonly offerTerms: ClassBook;
}

/** The group of those that belong to none. */
const NO_GROUP = '';

/** Empty books. */
export const newBooks = (): Books => ({
  country: new ClassBook(({ prepared }) => prepared.profile.country),
  // a group by any name is told from none
  group: new ClassBook(({ prepared: { profile } }) =>
    profile.group === null ? NO_GROUP : `=${profile.group}`,
  ),
  reach: new ClassBook(({ reach }) => String(reach)),
  trl: new ClassBook(({ prepared }) => trlKey(prepared)),
  role: new ClassBook(({ prepared }) => DOMAIN_PARTS.role.key(prepared)),
  field: new ClassBook(({ prepared }) => DOMAIN_PARTS.field.key(prepared)),
  sector: new ClassBook(({ prepared }) => DOMAIN_PARTS.sector.key(prepared)),
  challenge: new ClassBook(({ cover }) => cover.join()),
  practical: new ClassBook(({ prepared }) => practicalKey(prepared)),
  needTerms: new ClassBook(({ prepared }) => prepared.needTerms.join()),
  offerTerms: new ClassBook(({ prepared }) => prepared.offerTerms.join()),
});

const BOOKS = [
  'country',
  'group',
  'reach',
  'trl',
  'role',
  'field',
  'sector',
  'challenge',
  'practical',
  'needTerms',
  'offerTerms',
] as const satisfies readonly (keyof Books)[];

/** Columns by position: the number of its class in each book, and what is asked of it alone. */
export interface Columns extends Readonly<Record<keyof Books, Int32Array>> {
  readonly mayTakePart: Uint8Array;
  /** 1 where the side has words (terms) to ask with or to answer with. */
  readonly asksWords: Uint8Array;
  readonly answersWords: Uint8Array;
  readonly asksTerms: Uint8Array;
  readonly answersTerms: Uint8Array;
  /** 1 where what it works on stands in for its need. */
  readonly standsIn: Uint8Array;
  /** FINGERPRINT_WORDS per position. */
  readonly fingerprints: Int32Array;
}

const emptyColumns = (size: number): Columns => ({
  country: new Int32Array(size),
  group: new Int32Array(size),
  reach: new Int32Array(size),
  trl: new Int32Array(size),
  role: new Int32Array(size),
  field: new Int32Array(size),
  sector: new Int32Array(size),
  challenge: new Int32Array(size),
  practical: new Int32Array(size),
  needTerms: new Int32Array(size),
  offerTerms: new Int32Array(size),
  mayTakePart: new Uint8Array(size),
  asksWords: new Uint8Array(size),
  answersWords: new Uint8Array(size),
  asksTerms: new Uint8Array(size),
  answersTerms: new Uint8Array(size),
  standsIn: new Uint8Array(size),
  fingerprints: new Int32Array(size * FINGERPRINT_WORDS),
});

const FLAGS = ['mayTakePart', 'asksWords', 'answersWords', 'asksTerms', 'answersTerms', 'standsIn'] as const;

function enter(columns: Columns, position: number, one: Features, books: Books): void {
  const { prepared } = one;
  for (const name of BOOKS) columns[name][position] = books[name].numberOf(one);
  columns.mayTakePart[position] = Number(one.mayTakePart);
  columns.asksWords[position] = Number(prepared.need.length > 0);
  columns.answersWords[position] = Number(prepared.offer.length > 0);
  columns.asksTerms[position] = Number(prepared.needTerms.length > 0);
  columns.answersTerms[position] = Number(prepared.offerTerms.length > 0);
  columns.standsIn[position] = Number(prepared.standsIn);
  columns.fingerprints.set(prepared.fingerprint, position * FINGERPRINT_WORDS);
}

/** What is carried on from an earlier pool: its columns, and where each position stood there (-1: new or changed). */
export interface Earlier {
  readonly columns: Columns;
  readonly origins: Int32Array;
}

function carry(columns: Columns, { columns: old, origins }: Earlier): void {
  const copy = (to: Int32Array | Uint8Array, from: Int32Array | Uint8Array): void => {
    for (let position = 0; position < origins.length; position += 1) {
      if (origins[position] >= 0) to[position] = from[origins[position]];
    }
  };
  for (const name of BOOKS) copy(columns[name], old[name]);
  for (const name of FLAGS) copy(columns[name], old[name]);
  for (let position = 0; position < origins.length; position += 1) {
    for (let word = 0; word < FINGERPRINT_WORDS && origins[position] >= 0; word += 1) {
      columns.fingerprints[position * FINGERPRINT_WORDS + word] =
        old.fingerprints[origins[position] * FINGERPRINT_WORDS + word];
    }
  }
}

/** How many SMEs are entered between two pauses. */
const BLOCK = 256;

/** Flat columns of a pool; a generator, so that the caller can pause it. */
export function* columnsOf(
  features: readonly Features[],
  books: Books,
  before?: Earlier,
): Generator<undefined, Columns, void> {
  const columns = emptyColumns(features.length);
  if (before) carry(columns, before);
  let entered = 0;
  for (let position = 0; position < features.length; position += 1) {
    if (before && before.origins[position] >= 0) continue;
    enter(columns, position, features[position], books);
    entered += 1;
    if (entered % BLOCK === 0) yield;
  }
  return columns;
}

/** For each position those that one of the two refuses: conflicts of interest and 'not for me', both ways. */
export const barredBy = ({ features, positions }: Pool): ReadonlyMap<number, readonly number[]> => {
  const barred = new Map<number, number[]>();
  const bar = (one: number, other: number): void => {
    const list = barred.get(one);
    if (list) list.push(other);
    else barred.set(one, [other]);
  };
  const barAll = (own: number, ids: readonly string[]): void => {
    for (const id of ids) {
      const other = positions.get(id);
      if (other === undefined) continue;
      bar(own, other);
      bar(other, own);
    }
  };
  for (let own = 0; own < features.length; own += 1) {
    const { conflicts, declined } = features[own].prepared.profile;
    if (conflicts.length > 0) barAll(own, conflicts);
    if (declined.length > 0) barAll(own, declined);
  }
  return barred;
};
