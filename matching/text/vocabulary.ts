import { bits } from '../fixed.ts';
import { eachWord, stemOf } from './words.ts';

/** One text as counted stems. `stems` is sorted and without repeats; `times` and `forms` run beside it. */
export interface Bag {
  readonly stems: Int32Array;
  /** How often the text has each: 1 for once, 2 for two or three times, 3 for four times or more. */
  readonly times: Uint8Array;
  /** For each stem the number of a form in which the text has it: the first in lower case, otherwise the first. */
  readonly forms: Int32Array;
  /** Number of words that count. */
  readonly length: number;
}

const MOST_TIMES = 3;

/** A written form: `stem` is the number of its stem, -1 for words that say nothing. */
interface Form {
  readonly number: number;
  readonly stem: number;
  readonly lower: boolean;
}

/** Numbers the stems of a pool, so that texts are compared as sorted whole numbers. Numbers are never reused. */
export class Vocabulary {
  readonly #numbers = new Map<string, number>();
  readonly #stems: string[] = [];
  /** By the written word: each form is stemmed once. */
  readonly #forms = new Map<string, Form>();
  readonly #written: string[] = [];
  /** While a text is read, by stem: how often it came, and in which form. Cleared after each text. */
  #counts = new Int32Array(1024);
  #chosen: (Form | undefined)[] = [];

  get size(): number {
    return this.#stems.length;
  }

  /** The stem with this number. */
  stem(number: number): string {
    return this.#stems[number];
  }

  /** The written form with this number. */
  form(number: number): string {
    return this.#written[number];
  }

  /** Reads a text into a bag; an empty text gives an empty bag. */
  read(text: string): Bag {
    const met: number[] = [];
    let length = 0;
    eachWord(text, (word) => {
      const form = this.#forms.get(word) ?? this.#newForm(word);
      if (form.stem < 0) return;
      length += 1;
      if (this.#counts[form.stem] === 0) met.push(form.stem);
      this.#counts[form.stem] += 1;
      const known = this.#chosen[form.stem];
      if (known === undefined || (form.lower && !known.lower)) this.#chosen[form.stem] = form;
    });
    return this.#bagOf(Int32Array.from(met).sort(), length);
  }

  #bagOf(stems: Int32Array, length: number): Bag {
    const times = new Uint8Array(stems.length);
    const forms = new Int32Array(stems.length);
    for (let at = 0; at < stems.length; at += 1) {
      const stem = stems[at];
      times[at] = Math.min(MOST_TIMES, bits(this.#counts[stem]));
      forms[at] = this.#chosen[stem]?.number ?? -1;
      this.#counts[stem] = 0;
      this.#chosen[stem] = undefined;
    }
    return { stems, times, forms, length };
  }

  #newForm(word: string): Form {
    const stem = stemOf(word);
    const form = {
      number: this.#written.push(word) - 1,
      stem: stem === null ? -1 : this.#intern(stem),
      lower: word === word.toLowerCase(),
    };
    this.#forms.set(word, form);
    return form;
  }

  #intern(stem: string): number {
    const known = this.#numbers.get(stem);
    if (known !== undefined) return known;
    const number = this.#stems.push(stem) - 1;
    this.#numbers.set(stem, number);
    this.#chosen.push(undefined);
    if (number >= this.#counts.length) {
      const longer = new Int32Array(2 * this.#counts.length);
      longer.set(this.#counts);
      this.#counts = longer;
    }
    return number;
  }
}
