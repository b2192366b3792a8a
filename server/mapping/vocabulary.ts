import { stemOf } from '../../matching/text/words.ts';
import { lettersOf, mayBeClose, slipsAllowed, slipsBetween } from './typos.ts';

/** A word of the vocabulary that stands for what was typed, and how well, 0 to 1. */
export interface Variant {
  readonly word: number;
  readonly quality: number;
}

/** What one typed word is read as. */
export interface Reading {
  readonly typed: string;
  readonly variants: readonly Variant[];
  /** True where only words that are a slip or two away were found. */
  readonly corrected: boolean;
}

const QUALITY = { same: 1, stem: 0.9, beginning: 0.7, oneSlip: 0.6, twoSlips: 0.4 } as const;
/** Words that begin with what was typed, and words that are close to it, at most. */
const MOST_BEGINNINGS = 200;
const MOST_SLIPS = 20;
/** No beginning is looked for below this many letters: it would be half the vocabulary. */
const SHORTEST_BEGINNING = 3;

/** Every word of the texts once, numbered, and how many texts hold it now. */
export class Vocabulary {
  readonly words: string[] = [];
  /** Texts that hold the word; 0: none does any more, so nobody is led to it. */
  readonly holders: number[] = [];
  readonly #numbers = new Map<string, number>();
  readonly #letters: number[] = [];
  readonly #byStem = new Map<string, number[]>();
  readonly #ignored = new Set<string>();

  /** Number of a word as `searchName` writes it; -1 for one that says nothing. New words are taken up. */
  numberOf(word: string): number {
    const known = this.#numbers.get(word);
    if (known !== undefined) return known;
    if (this.#ignored.has(word)) return -1;
    const stem = word.length > 40 ? null : stemOf(word);
    if (stem === null) {
      // Long 'words' are all different and would fill the memory.
      if (word.length <= 40) this.#ignored.add(word);
      return -1;
    }
    const number = this.words.length;
    this.words.push(word);
    this.holders.push(0);
    this.#letters.push(lettersOf(word));
    this.#numbers.set(word, number);
    const family = this.#byStem.get(stem);
    if (family) family.push(number);
    else this.#byStem.set(stem, [number]);
    return number;
  }

  /** What a typed word stands for: itself and its family, words that begin with it, and only where there are none, likely slips. */
  read(typed: string): Reading {
    const qualities = new Map<number, number>();
    for (const word of this.#byStem.get(stemOf(typed) ?? '') ?? []) {
      if (this.#held(word)) qualities.set(word, this.words[word] === typed ? QUALITY.same : QUALITY.stem);
    }
    for (const word of this.#beginningWith(typed)) {
      if (!qualities.has(word)) qualities.set(word, QUALITY.beginning);
    }
    const corrected = qualities.size === 0;
    if (corrected) {
      for (const { word, slips } of this.closeTo(typed)) {
        qualities.set(word, slips === 1 ? QUALITY.oneSlip : QUALITY.twoSlips);
      }
    }
    const variants = Array.from(qualities, ([word, quality]) => ({ word, quality }));
    return { typed, variants, corrected: corrected && variants.length > 0 };
  }

  /** Words that are the fewest slips away from what was typed, most used first; none of them is the typed word itself. */
  closeTo(typed: string): { word: number; slips: number }[] {
    let most = slipsAllowed(typed.length);
    if (most === 0) return [];
    const letters = lettersOf(typed);
    let found: { word: number; slips: number }[] = [];
    for (let word = 0; word < this.words.length; word++) {
      if (!this.#held(word) || !mayBeClose(letters, this.#letters[word] ?? 0, most)) continue;
      const slips = slipsBetween(typed, this.words[word] ?? '', most);
      if (slips > most || slips === 0) continue;
      if (slips < most) found = [];
      most = slips;
      found.push({ word, slips });
    }
    return this.#mostUsed(found, ({ word }) => word).slice(0, MOST_SLIPS);
  }

  #beginningWith(typed: string): number[] {
    if (typed.length < SHORTEST_BEGINNING) return [];
    const found: number[] = [];
    for (let word = 0; word < this.words.length; word++) {
      if (this.#held(word) && this.words[word]?.startsWith(typed) === true) found.push(word);
    }
    return this.#mostUsed(found, (word) => word).slice(0, MOST_BEGINNINGS);
  }

  #held(word: number): boolean {
    return (this.holders[word] ?? 0) > 0;
  }

  #mostUsed<T>(items: T[], wordOf: (item: T) => number): T[] {
    return items.sort(
      (one, other) =>
        (this.holders[wordOf(other)] ?? 0) - (this.holders[wordOf(one)] ?? 0) || wordOf(one) - wordOf(other),
    );
  }
}
