import { SEEK_SHIFT, StemReader, TIMES_MASK } from './stem-reader.ts';
import { memoryFor, tableLayout } from './space.ts';
import { COLUMN_SHARE, roomForWords, type Words, type WordsWriter } from './words.ts';
import type { Features } from '../features.ts';

/*
 * The texts of a pool in flat arrays: what stems each slot has, and who has which stem (words.ts). Stems are numbered anew, the most
 * frequent first: what is read most stands close together.
 */

/** An entry of a text: its stem x 2^STEM_SHIFT + how often it is sought and offered, as the reader tells it. */
export const STEM_SHIFT = 4;

/** Texts by slot. */
export interface Texts {
  /** Entries of a slot: from starts[slot] up to starts[slot + 1]. */
  readonly starts: Int32Array;
  readonly entries: Int32Array;
  /** Information of each stem. */
  readonly information: Uint8Array;
}

/** The texts of a pool, both ways. */
export interface TextTables {
  /** Holds the entries of texts and what words are, and room for whoever searches (space.ts). */
  readonly memory: WebAssembly.Memory;
  readonly texts: Texts;
  /** How many stems there are, and their numbers by those of the vocabulary (-1: none). */
  readonly vocabulary: number;
  readonly numbers: Int32Array;
  /** What all offer, and what the first `seekers` slots seek. */
  readonly offers: Words;
  readonly seeks: Words;
}

/** Most entries that a slot has. */
export function longestOf({ texts: { starts } }: Pick<TextTables, 'texts'>): number {
  let longest = 0;
  for (let slot = 1; slot < starts.length; slot += 1) {
    longest = Math.max(longest, starts[slot] - starts[slot - 1]);
  }
  return longest;
}

/** How many texts are read between two pauses. */
const BLOCK = 512;

/** Reads the texts of a pool; `order` has the features by slot. A generator, so that the caller can pause it. */
export function* textTables(
  order: readonly Features[],
  seekers: number,
): Generator<undefined, TextTables, void> {
  const count = new StemCount(order, seekers);
  for (let from = 0; from < order.length; from += BLOCK) {
    count.read(from, Math.min(order.length, from + BLOCK));
    yield;
  }
  const writer = new TextWriter(order, seekers, count);
  yield;
  for (let from = 0; from < order.length; from += BLOCK) {
    writer.read(from, Math.min(order.length, from + BLOCK));
    yield;
  }
  return writer.tables();
}

/** Who has each stem, counted; stems by their number in the vocabulary. */
class StemCount {
  readonly reader = new StemReader();
  readonly #order: readonly Features[];
  readonly #seekers: number;
  /** Entries of slot i, at place i + 1. */
  readonly lengths: Int32Array;
  /** Slots that offer a stem, and those among the first that seek it; its information. */
  offered = new Int32Array(1024);
  sought = new Int32Array(1024);
  all = new Int32Array(1024);
  information = new Uint8Array(1024);

  constructor(order: readonly Features[], seekers: number) {
    this.#order = order;
    this.#seekers = seekers;
    this.lengths = new Int32Array(order.length + 1);
  }

  read(from: number, to: number): void {
    const { reader } = this;
    for (let slot = from; slot < to; slot += 1) {
      const count = reader.read(this.#order[slot]);
      this.lengths[slot + 1] = count;
      this.#makeRoom(count === 0 ? 0 : reader.stems[count - 1]);
      this.#count(count, slot < this.#seekers);
    }
  }

  #count(count: number, seeks: boolean): void {
    const { all, offered, sought, information } = this;
    const { stems, times, says } = this.reader;
    for (let at = 0; at < count; at += 1) {
      const stem = stems[at];
      all[stem] += 1;
      if ((times[at] & TIMES_MASK) !== 0) offered[stem] += 1;
      if (seeks && times[at] >>> SEEK_SHIFT !== 0) sought[stem] += 1;
      information[stem] = says[at];
    }
  }

  #makeRoom(stem: number): void {
    if (stem < this.all.length) return;
    const length = 2 * stem;
    this.all = longer(this.all, length);
    this.offered = longer(this.offered, length);
    this.sought = longer(this.sought, length);
    const information = new Uint8Array(length);
    information.set(this.information);
    this.information = information;
  }
}

function longer(array: Int32Array, length: number): Int32Array<ArrayBuffer> {
  const copy = new Int32Array(length);
  copy.set(array);
  return copy;
}

/** Writes what was counted. */
class TextWriter {
  readonly #order: readonly Features[];
  readonly #seekers: number;
  readonly #reader: StemReader;
  readonly #numbers: Int32Array;
  readonly #vocabulary: number;
  readonly #memory: WebAssembly.Memory;
  readonly #texts: Texts;
  readonly #offers: WordsWriter;
  readonly #seeks: WordsWriter;

  constructor(order: readonly Features[], seekers: number, count: StemCount) {
    this.#order = order;
    this.#seekers = seekers;
    this.#reader = count.reader;
    const stems = byFrequency(count.all);
    const vocabulary = stems.length;
    this.#vocabulary = vocabulary;
    this.#numbers = new Int32Array(count.all.length).fill(-1);
    const information = new Uint8Array(vocabulary);
    const offered = new Int32Array(vocabulary);
    const sought = new Int32Array(vocabulary);
    let columns = 0;
    for (let number = 0; number < vocabulary; number += 1) {
      const stem = stems[number];
      this.#numbers[stem] = number;
      information[number] = count.information[stem];
      offered[number] = count.offered[stem];
      sought[number] = count.sought[stem];
      if (count.all[stem] >= order.length * COLUMN_SHARE) columns += 1;
    }
    const starts = count.lengths;
    for (let slot = 0; slot < order.length; slot += 1) starts[slot + 1] += starts[slot];
    const layout = tableLayout();
    const entries = starts[order.length];
    const entriesAt = layout.reserve(entries * Int32Array.BYTES_PER_ELEMENT);
    const offers = roomForWords(offered, columns, order.length, layout);
    const seeks = roomForWords(sought, columns, seekers, layout);
    const memory = memoryFor(layout);
    this.#memory = memory;
    this.#texts = { starts, entries: new Int32Array(memory.buffer, entriesAt, entries), information };
    this.#offers = offers(memory);
    this.#seeks = seeks(memory);
  }

  read(from: number, to: number): void {
    for (let slot = from; slot < to; slot += 1) this.#write(slot, this.#reader.read(this.#order[slot]));
  }

  #write(slot: number, count: number): void {
    const { stems, times, says } = this.#reader;
    const { starts, entries } = this.#texts;
    const numbers = this.#numbers;
    const first = starts[slot];
    const seeks = slot < this.#seekers;
    for (let at = 0; at < count; at += 1) {
      const stem = numbers[stems[at]];
      entries[first + at] = (stem << STEM_SHIFT) | times[at];
      const offered = times[at] & TIMES_MASK;
      const sought = times[at] >>> SEEK_SHIFT;
      if (offered !== 0) this.#offers.enter(stem, slot, offered, says[at]);
      if (seeks && sought !== 0) this.#seeks.enter(stem, slot, sought, says[at]);
    }
  }

  tables(): TextTables {
    return {
      memory: this.#memory,
      texts: this.#texts,
      vocabulary: this.#vocabulary,
      numbers: this.#numbers,
      offers: this.#offers.words,
      seeks: this.#seeks.words,
    };
  }
}

/** Stems by falling frequency, without those that nobody has; equals by their number. */
function byFrequency(frequency: Int32Array): Int32Array {
  const keys = new Float64Array(frequency.length);
  let count = 0;
  for (let stem = 0; stem < frequency.length; stem += 1) {
    if (frequency[stem] > 0) keys[count++] = -frequency[stem] * 2 ** 24 + stem;
  }
  const sorted = keys.subarray(0, count).sort();
  return Int32Array.from(sorted, (key) => key - Math.floor(key / 2 ** 24) * 2 ** 24);
}
