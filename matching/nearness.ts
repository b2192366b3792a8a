import type { ClassBook } from './classes.ts';
import type { Features } from './features.ts';
import type { Taxonomy } from './taxonomy.ts';

/** How many classes are taken in between two pauses. */
const BLOCK = 512;

/** The sets of terms of one book, flat, and how near each term is to them: `size` places per class. */
export class Nearness {
  readonly #book: ClassBook;
  readonly #termsOf: (one: Features) => Int16Array;
  readonly #taxonomy: Taxonomy;
  /** Closeness of term t to the nearest of class c, at place c x size + t, as of the last `extend`. */
  table = new Uint8Array(0);
  /** Terms of class c: from starts[c] up to starts[c + 1]. */
  starts = new Int32Array(1);
  terms = new Int16Array(0);
  #classes = 0;

  constructor(book: ClassBook, termsOf: (one: Features) => Int16Array, taxonomy: Taxonomy) {
    this.#book = book;
    this.#termsOf = termsOf;
    this.#taxonomy = taxonomy;
  }

  /** Takes in the classes that the book has got since; a generator, so that the caller can pause it. */
  *extend(): Generator<undefined, void, void> {
    const { length } = this.#book.members;
    const { size } = this.#taxonomy;
    if (length * size > this.table.length) {
      const longer = new Uint8Array(2 * length * size);
      longer.set(this.table);
      this.table = longer;
    }
    if (this.#classes >= length) return;
    for (let number = this.#classes; number < length; number += 1) {
      this.#add(number);
      // another search may have come further while this one paused
      this.#classes = Math.max(this.#classes, number + 1);
      if (number % BLOCK === BLOCK - 1) yield;
    }
    this.#flatten();
  }

  #add(number: number): void {
    const { closeness, size } = this.#taxonomy;
    const first = number * size;
    for (const own of this.#termsOf(this.#book.members[number])) {
      for (let term = 0; term < size; term += 1) {
        const close = closeness[own * size + term];
        if (close > this.table[first + term]) this.table[first + term] = close;
      }
    }
  }

  #flatten(): void {
    const sets = this.#book.members.map((one) => this.#termsOf(one));
    this.starts = new Int32Array(sets.length + 1);
    for (let number = 0; number < sets.length; number += 1) {
      this.starts[number + 1] = this.starts[number] + sets[number].length;
    }
    this.terms = new Int16Array(this.starts[sets.length]);
    for (let number = 0; number < sets.length; number += 1) this.terms.set(sets[number], this.starts[number]);
  }

  /** Closeness of the nearest of class `to`, summed over the terms of class `own` of another book. */
  sum(own: number, sets: Nearness, to: number): number {
    const first = to * this.#taxonomy.size;
    const { table } = this;
    const { starts, terms } = sets;
    let sum = 0;
    for (let at = starts[own]; at < starts[own + 1]; at += 1) sum += table[first + terms[at]];
    return sum;
  }

  /** Number of terms of a class. */
  size(number: number): number {
    return this.starts[number + 1] - this.starts[number];
  }
}
