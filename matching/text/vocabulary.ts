import { bits } from '../fixed.ts';
import { Store } from './store.ts';
import { isVerbOrAdverb } from './verbs-and-adverbs.ts';
import { longer, WordTable } from './word-table.ts';
import { readWords, stemOf, type WordSink } from './words.ts';

/** One text as counted stems. `stems` is sorted and without repeats; `times` runs beside it. */
export interface Bag {
  readonly stems: Int32Array;
  /** How often the text has each: 1 for once, 2 for two or three times, 3 for four times or more. */
  readonly times: Uint8Array;
  /** Number of words that count. */
  readonly length: number;
}

const MOST_TIMES = 3;
/** Stands for the stem of a word that says nothing. */
const NONE = -1;

/** Numbers the stems of a pool, so that texts are compared as sorted whole numbers. Numbers are never reused. */
export class Vocabulary implements WordSink {
  readonly #numbers = new Map<string, number>();
  readonly #stems: string[] = [];
  /** By stem: whether it names something, and is no verb, adverb or word of grammar. */
  readonly #names: boolean[] = [];
  /** Forms as they were written: each is stemmed once. */
  readonly #forms = new WordTable();
  /** By form: number of its stem, or NONE; and 1 where it is in lower case. */
  #stemOf = new Int32Array(1024);
  #lower = new Uint8Array(1024);
  /** While a text is read, by stem: how often it came. Cleared after each text. */
  #counts = new Int32Array(1024);
  /** The stems that came, and the number of words that count. */
  #met = new Int32Array(256);
  #metCount = 0;
  #length = 0;
  /** Where the next bags go. */
  readonly #store = new Store();
  /** Written forms of bags that were asked for. */
  readonly #formsOf = new WeakMap<Bag, Int32Array>();

  get size(): number {
    return this.#stems.length;
  }

  /** The stem with this number. */
  stem(number: number): string {
    return this.#stems[number];
  }

  /** Whether the stem with this number names something, and is no verb, adverb or word of grammar. */
  namesSomething(number: number): boolean {
    return this.#names[number];
  }

  /** The written form with this number. */
  form(number: number): string {
    return this.#forms.word(number);
  }

  /** Reads a text into a bag; an empty text gives an empty bag. */
  read(text: string): Bag {
    return this.readAll([text]);
  }

  /** Reads texts into one bag. */
  readAll(texts: readonly string[]): Bag {
    this.#metCount = 0;
    this.#length = 0;
    for (const text of texts) readWords(text, this);
    return this.#bag();
  }

  /**
   * For each stem of a bag the number of a form in which its texts have it: the first in lower case, otherwise the first. Most texts are
   * never shown, so that these are only read when somebody asks, and kept then.
   */
  formsOf(bag: Bag, texts: () => readonly string[]): Int32Array {
    const known = this.#formsOf.get(bag);
    if (known) return known;
    const chosen = new Map<number, number>();
    const word = (text: string, from: number, to: number, hash: number): void => {
      const form = this.#formOf(text, from, to, hash);
      const stem = this.#stemOf[form];
      if (stem === NONE) return;
      const before = chosen.get(stem);
      if (before === undefined || this.#lower[form] > this.#lower[before]) chosen.set(stem, form);
    };
    for (const text of texts()) readWords(text, { word });
    const forms = bag.stems.map((stem) => chosen.get(stem) ?? NONE);
    this.#formsOf.set(bag, forms);
    return forms;
  }

  /** Counts a word of the text that is being read. */
  word(text: string, from: number, to: number, hash: number): void {
    const form = this.#formOf(text, from, to, hash);
    const stem = this.#stemOf[form];
    if (stem === NONE) return;
    this.#length += 1;
    const count = this.#counts[stem];
    if (count === 0) this.#meet(stem);
    this.#counts[stem] = count + 1;
  }

  #formOf(text: string, from: number, to: number, hash: number): number {
    const known = this.#forms.size;
    const form = this.#forms.numberOf(text, from, to, hash);
    if (form === known) this.#newForm(form);
    return form;
  }

  #meet(stem: number): void {
    if (this.#metCount === this.#met.length) this.#met = longer(this.#met, 2 * this.#metCount);
    this.#met[this.#metCount] = stem;
    this.#metCount += 1;
  }

  #bag(): Bag {
    const count = this.#metCount;
    const stems = this.#store.numbers(count);
    const times = this.#store.bytes(count);
    for (let at = 0; at < count; at += 1) stems[at] = this.#met[at];
    stems.sort();
    for (let at = 0; at < count; at += 1) {
      const stem = stems[at];
      times[at] = Math.min(MOST_TIMES, bits(this.#counts[stem]));
      this.#counts[stem] = 0;
    }
    return { stems, times, length: this.#length };
  }

  #newForm(form: number): void {
    const word = this.#forms.word(form);
    const stem = stemOf(word);
    if (form >= this.#stemOf.length) {
      this.#stemOf = longer(this.#stemOf, 2 * form);
      const lower = new Uint8Array(2 * form);
      lower.set(this.#lower);
      this.#lower = lower;
    }
    this.#stemOf[form] = stem === null ? NONE : this.#intern(stem);
    this.#lower[form] = Number(word === word.toLowerCase());
  }

  #intern(stem: string): number {
    const known = this.#numbers.get(stem);
    if (known !== undefined) return known;
    const number = this.#stems.push(stem) - 1;
    this.#numbers.set(stem, number);
    this.#names.push(!isVerbOrAdverb(stem));
    if (number >= this.#counts.length) this.#counts = longer(this.#counts, 2 * number);
    return number;
  }
}
