import type { Features } from '../features.ts';

/*
 * The texts of a pool in flat arrays, so that the sums of two SMEs, both ways, cost one look per stem. Stems are numbered anew, the most
 * frequent first: what is read most stands close together. Those of an SME stand the rarest first.
 */

/** An entry of a text: its stem, how often what the SME seeks has it (two bits), and how often what it offers has it (two bits). */
export const STEM_SHIFT = 4;
export const SEEK_SHIFT = 2;
export const TIMES_MASK = 3;

/** Texts by slot. */
export interface Texts {
  /** Entries of a slot: from starts[slot] up to ends[slot]. */
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  readonly entries: Int32Array;
  /** Information of each stem. */
  readonly information: Uint8Array;
}

/** Numbers of stems in the texts by their number in the vocabulary, the most frequent first; -1 for one that no text has. */
export interface StemNumbers {
  readonly numbers: Int32Array;
  readonly count: number;
}

/** One stem of an SME as `eachStem` tells it: its number in the vocabulary, its information, and how often it is sought and offered. */
export type StemVisitor = (stem: number, information: number, sought: number, offered: number) => void;

/** Calls `visit` for each stem of what an SME seeks or offers, once. */
export function eachStem({ query, answer }: Features, visit: StemVisitor): void {
  const { stems, times, weights } = answer;
  if (query === answer) {
    for (let at = 0; at < stems.length; at += 1) {
      visit(stems[at], weights[at] / times[at], times[at], times[at]);
    }
    return;
  }
  let i = 0;
  let j = 0;
  while (i < query.stems.length || j < stems.length) {
    const sought = i < query.stems.length ? query.stems[i] : Infinity;
    const offered = j < stems.length ? stems[j] : Infinity;
    const seeks = sought <= offered ? query.times[i] : 0;
    const offers = offered <= sought ? times[j] : 0;
    const information = seeks > 0 ? query.weights[i] / seeks : weights[j] / offers;
    visit(Math.min(sought, offered), information, seeks, offers);
    if (seeks > 0) i += 1;
    if (offers > 0) j += 1;
  }
}

/** How many texts are read between two pauses. */
const BLOCK = 512;

/** Texts of SMEs in slots, with the slots of each stem beside them. */
export interface Inverted {
  readonly texts: Texts;
  readonly numbers: StemNumbers;
  /** Entries of stem s: from starts[s] up to starts[s + 1], by rising slot. */
  readonly starts: Int32Array;
  readonly slots: Int32Array;
  /** How often the slot seeks and offers it: sought x 2^SEEK_SHIFT + offered. */
  readonly times: Uint8Array;
}

/** Reads and inverts texts; `order` has the features by slot. A generator, so that the caller can pause it. */
export function* invertTexts(order: readonly Features[]): Generator<undefined, Inverted, void> {
  const lengths = new Int32Array(order.length);
  let frequency = new Int32Array(1024);
  let told = new Uint8Array(1024);
  for (let slot = 0; slot < order.length; slot += 1) {
    eachStem(order[slot], (stem, information) => {
      if (stem >= frequency.length) {
        frequency = longer(frequency, stem + 1);
        const wider = new Uint8Array(frequency.length);
        wider.set(told);
        told = wider;
      }
      // words that say nothing add nothing to any sum
      if (information === 0) return;
      frequency[stem] += 1;
      told[stem] = information;
      lengths[slot] += 1;
    });
    if (slot % BLOCK === BLOCK - 1) yield;
  }
  const numbers = byFrequency(frequency);
  yield;
  const starts = new Int32Array(numbers.count + 1);
  const information = new Uint8Array(numbers.count);
  for (let stem = 0; stem < frequency.length; stem += 1) {
    if (frequency[stem] === 0) continue;
    starts[numbers.numbers[stem] + 1] = frequency[stem];
    information[numbers.numbers[stem]] = told[stem];
  }
  for (let stem = 0; stem < numbers.count; stem += 1) starts[stem + 1] += starts[stem];
  const entries = starts[numbers.count];
  const slots = new Int32Array(entries);
  const times = new Uint8Array(entries);
  const next = starts.slice();
  for (let slot = 0; slot < order.length; slot += 1) {
    eachStem(order[slot], (stem, says, sought, offered) => {
      if (says === 0) return;
      const at = next[numbers.numbers[stem]]++;
      slots[at] = slot;
      times[at] = (sought << SEEK_SHIFT) | offered;
    });
    if (slot % BLOCK === BLOCK - 1) yield;
  }
  const lists = { starts, slots, times };
  const texts = { ...(yield* transposed(lengths, lists)), information };
  return { texts, numbers, ...lists };
}

/** A longer copy, at least twice as long. */
function longer(array: Int32Array, length: number): Int32Array<ArrayBuffer> {
  const copy = new Int32Array(Math.max(length, 2 * array.length));
  copy.set(array);
  return copy;
}

function byFrequency(frequency: Int32Array): StemNumbers {
  const keys = new Float64Array(frequency.length);
  // falling frequency, then rising stem
  for (let stem = 0; stem < keys.length; stem += 1) keys[stem] = -frequency[stem] * 2 ** 24 + stem;
  keys.sort();
  const numbers = new Int32Array(frequency.length).fill(-1);
  let count = 0;
  while (count < keys.length && keys[count] < 0) {
    const stem = keys[count] - Math.floor(keys[count] / 2 ** 24) * 2 ** 24;
    if (frequency[stem] === 0) break;
    numbers[stem] = count;
    count += 1;
  }
  return { numbers, count };
}

type Lists = Pick<Inverted, 'starts' | 'slots' | 'times'>;

/** From the slots of each stem to the stems of each slot; going from the rarest stem on puts these in order. */
function* transposed(
  lengths: Int32Array,
  lists: Lists,
): Generator<undefined, Omit<Texts, 'information'>, void> {
  const starts = new Int32Array(lengths.length);
  for (let slot = 1; slot < starts.length; slot += 1) starts[slot] = starts[slot - 1] + lengths[slot - 1];
  const ends = starts.slice();
  const entries = new Int32Array(lists.slots.length);
  let done = 0;
  for (let stem = lists.starts.length - 2; stem >= 0; stem -= 1) {
    for (let at = lists.starts[stem]; at < lists.starts[stem + 1]; at += 1) {
      entries[ends[lists.slots[at]]++] = (stem << STEM_SHIFT) | lists.times[at];
    }
    done += lists.starts[stem + 1] - lists.starts[stem];
    if (done > BLOCK * 128) {
      done = 0;
      yield;
    }
  }
  return { starts, ends, entries };
}
