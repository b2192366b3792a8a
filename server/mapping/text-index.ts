/*
 * Problem: find the solutions whose words fit what was typed, ranked, within a few milliseconds, while profiles change.
 * Method: an inverted index (for each word the slots of the solutions that have it, with the weight it has there), BM25's saturation
 * of repeats and its inverse frequencies (Robertson and Zaragoza 2009). Slots are only ever added; a removed one stays in the lists
 * until `renumber` and is skipped by the caller.
 */
import { searchName } from '../smes/search-name.ts';
import { Vocabulary, type Reading } from './vocabulary.ts';

/** A piece of text, and how much one mention in it counts. */
export interface WeighedText {
  readonly text: string;
  readonly weight: number;
}

/** Slots with their relevance; `relevance[i]` belongs to `slots[i]`. */
export interface Found {
  readonly slots: readonly number[];
  readonly relevance: readonly number[];
}

interface Postings {
  slots: number[];
  weights: number[];
}

/** Mentions after which one more hardly counts. */
const SATURATION = 4;

export class TextIndex {
  readonly vocabulary = new Vocabulary();
  readonly #postings: Postings[] = [];
  /** Words of each slot, so that a removal can be counted. */
  readonly #wordsOf = new Map<number, readonly number[]>();

  /** Takes up a text under a new slot; slots are given in ascending order. */
  add(slot: number, texts: readonly WeighedText[]): void {
    const mentions = new Map<number, number>();
    for (const { text, weight } of texts) {
      for (const word of searchName(text).split(' ')) {
        const number = this.vocabulary.numberOf(word);
        if (number >= 0) mentions.set(number, (mentions.get(number) ?? 0) + weight);
      }
    }
    for (const [word, count] of mentions) {
      const postings = (this.#postings[word] ??= { slots: [], weights: [] });
      postings.slots.push(slot);
      postings.weights.push(count / (count + SATURATION));
      this.#count(word, 1);
    }
    this.#wordsOf.set(slot, [...mentions.keys()]);
  }

  /** Forgets the words of a slot; it stays in the lists until `renumber`. */
  remove(slot: number): void {
    for (const word of this.#wordsOf.get(slot) ?? []) this.#count(word, -1);
    this.#wordsOf.delete(slot);
  }

  /** Drops removed slots and gives the others new, closer numbers in the same order. */
  renumber(numberOf: (slot: number) => number): void {
    for (const postings of this.#postings) {
      const kept = postings.slots.flatMap((slot, at) => (this.#wordsOf.has(slot) ? [at] : []));
      postings.weights = kept.map((at) => postings.weights[at] ?? 0);
      postings.slots = kept.map((at) => numberOf(postings.slots[at] ?? 0));
    }
    const words = [...this.#wordsOf];
    this.#wordsOf.clear();
    for (const [slot, itsWords] of words) this.#wordsOf.set(numberOf(slot), itsWords);
  }

  /**
   * Slots that have, of each reading, at least one of its variants (`every`), or of any (`some`). Relevance is a whole number.
   *
   * @param slotCount one more than the highest slot
   */
  find(readings: readonly Reading[], which: 'every' | 'some', slotCount: number): Found {
    const sums = new Float64Array(slotCount);
    const met = new Uint8Array(slotCount);
    const touched: number[] = [];
    for (const reading of readings) {
      const { best, slots } = this.#bestOf(reading, slotCount);
      for (const slot of slots) {
        if (met[slot] === 0) touched.push(slot);
        met[slot] = (met[slot] ?? 0) + 1;
        sums[slot] = (sums[slot] ?? 0) + (best[slot] ?? 0);
      }
    }
    const needed = which === 'every' ? readings.length : 1;
    const slots = touched.filter((slot) => (met[slot] ?? 0) >= needed && this.#wordsOf.has(slot));
    return { slots, relevance: slots.map((slot) => Math.round((sums[slot] ?? 0) * 1_000)) };
  }

  /** Score of each slot that has a variant of the reading; its best variant decides. */
  #bestOf({ variants }: Reading, slotCount: number): { best: Float64Array; slots: readonly number[] } {
    const best = new Float64Array(slotCount);
    const touched: number[] = [];
    const texts = this.#wordsOf.size;
    for (const { word, quality } of variants) {
      const postings = this.#postings[word];
      if (!postings) continue;
      const holders = this.vocabulary.holders[word] ?? 0;
      const value = quality * Math.log(1 + (texts - holders + 0.5) / (holders + 0.5));
      const { slots, weights } = postings;
      for (let at = 0; at < slots.length; at++) {
        const slot = slots[at] ?? 0;
        const score = value * (weights[at] ?? 0);
        if (best[slot] === 0) touched.push(slot);
        if (score > (best[slot] ?? 0)) best[slot] = score;
      }
    }
    return { best, slots: touched };
  }

  #count(word: number, by: 1 | -1): void {
    this.vocabulary.holders[word] = (this.vocabulary.holders[word] ?? 0) + by;
  }
}
