import type { Features } from './features.ts';

/** Largest number of cells that the rows of one factor may keep. */
const KEPT_CELLS = 4_000_000;

/**
 * Numbers profiles that do the same on one factor, so that its value is worked out once per two classes instead of once per pair. A
 * pool of thousands has a few hundred combinations of TRL or of languages and size. Numbers are never reused, so that they
 * hold from one refresh to the next.
 */
export class ClassBook {
  readonly members: Features[] = [];
  readonly #numbers = new Map<string, number>();
  readonly #key: (one: Features) => string;

  /** SMEs with the same key do the same on the factor with everybody. */
  constructor(key: (one: Features) => string) {
    this.#key = key;
  }

  /** Number of the class of an SME. */
  numberOf(one: Features): number {
    const key = this.#key(one);
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    this.#numbers.set(key, this.members.length);
    return this.members.push(one) - 1;
  }
}

/** Value of a factor that reads only what SMEs of one class share. */
export type ClassValue = (a: Features, b: Features) => number;

/** Values of one factor by class, worked out where they are asked for. */
export class ClassTable {
  readonly book: ClassBook;
  readonly #value: ClassValue;
  readonly #rows = new Map<number, Int32Array>();
  #cells = 0;

  constructor(book: ClassBook, value: ClassValue) {
    this.book = book;
    this.#value = value;
  }

  /** Values of one class against every class that the book has by now. */
  row(own: number): Int32Array {
    const { members } = this.book;
    const kept = this.#rows.get(own);
    if (kept && kept.length >= members.length) return kept;
    const row = new Int32Array(members.length);
    if (kept) row.set(kept);
    for (let other = kept?.length ?? 0; other < row.length; other += 1) {
      row[other] = this.#value(members[own], members[other]);
    }
    const more = row.length - (kept?.length ?? 0);
    if (this.#cells + more <= KEPT_CELLS) {
      this.#cells += more;
      this.#rows.set(own, row);
    }
    return row;
  }
}
