import { stemOf, wordsOf } from './words.ts';

/** One text as counted stems. `stems` is sorted and without repeats; `counts` runs beside it. */
export interface Bag {
  readonly stems: Int32Array;
  readonly counts: Int32Array;
  /** Number of words that count. */
  readonly length: number;
  /** Sum of the squared counts. */
  readonly squares: number;
}

/** Numbers the stems of a pool, so that texts are compared as sorted whole numbers. Numbers are never reused. */
export class Vocabulary {
  readonly #numbers = new Map<string, number>();
  /** Written form -> number of its stem, -1 for words that say nothing: each form is stemmed once. */
  readonly #forms = new Map<string, number>();
  readonly #stems: string[] = [];

  get size(): number {
    return this.#stems.length;
  }

  /** The stem with this number. */
  stem(number: number): string {
    return this.#stems[number];
  }

  /** Reads a text into a bag; an empty text gives an empty bag. */
  read(text: string): Bag {
    const counted = new Map<number, number>();
    let length = 0;
    for (const word of wordsOf(text)) {
      const number = this.#number(word);
      if (number < 0) continue;
      counted.set(number, (counted.get(number) ?? 0) + 1);
      length += 1;
    }
    const stems = Int32Array.from(counted.keys()).sort();
    const counts = stems.map((stem) => counted.get(stem) ?? 0);
    return { stems, counts, length, squares: counts.reduce((sum, count) => sum + count * count, 0) };
  }

  /** Number of the stem of a written word, -1 where it says nothing. */
  #number(word: string): number {
    const known = this.#forms.get(word);
    if (known !== undefined) return known;
    const stem = stemOf(word);
    const number = stem === null ? -1 : this.#intern(stem);
    this.#forms.set(word, number);
    return number;
  }

  #intern(stem: string): number {
    const known = this.#numbers.get(stem);
    if (known !== undefined) return known;
    this.#numbers.set(stem, this.#stems.length);
    return this.#stems.push(stem) - 1;
  }
}
