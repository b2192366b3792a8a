import { TopLists } from '../topk.ts';
import { KINDS } from './bounds.ts';

/*
 * Problem: the sooner it is known where a list is going to end, the more pairs are passed over.
 * Method: some rows are searched first. They tell where lists end, and bound a pair of everybody with each of them; whoever has high bounds
 * there has a list that ends high. A line through the ends of the searched rows over the mean of their own highest bounds gives a guess
 * for each slot; how far off it is at the searched ones tells how far below a guess has to stay.
 */

/** How many of the highest bounds of a slot count. */
const HIGHEST = 10;
/** From so many searched rows of a kind on these tell how far off guesses are; below, all rows do. */
const LEAST_OF_A_KIND = 8;

/** A searched row: its slot, and where its list ends. */
interface Searched {
  readonly slot: number;
  readonly end: number;
}

/** Where lists are thought to end. */
export class Prospects {
  readonly #bounds: TopLists;
  readonly #searched: Searched[] = [];

  constructor(slots: number) {
    this.#bounds = new TopLists(slots, HIGHEST);
  }

  /** By slot: what a bound has to reach to count; -1 where any does. */
  get heights(): Int32Array {
    return this.#bounds.floors;
  }

  /** Notes a bound of a slot with a row that is being searched. */
  note(slot: number, row: number, bound: number): void {
    this.#bounds.offer(slot, row, bound);
  }

  /** Notes where the list of a row ends that was searched; -1 where it is not full. */
  noteEnd(slot: number, end: number): void {
    if (end >= 0) this.#searched.push({ slot, end });
  }

  /** Guesses by slot, so many mean deviations below what is likely; -1 where nothing can be told. */
  guesses(kinds: Uint8Array, deviations: number): Int32Array {
    const likely = this.#line();
    const off = deviationsOf(this.#searched, kinds, ({ slot, end }) => Math.abs(end - likely(slot)));
    return Int32Array.from(kinds, (kind, slot) =>
      Math.max(-1, Math.floor(likely(slot) - deviations * off[kind])),
    );
  }

  /** The line with the least squares of what it is off. */
  #line(): (slot: number) => number {
    const points = this.#searched.map(({ slot, end }) => ({ x: this.#height(slot), y: end }));
    const count = points.length;
    if (count === 0) return () => -1;
    const meanX = points.reduce((sum, { x }) => sum + x, 0) / count;
    const meanY = points.reduce((sum, { y }) => sum + y, 0) / count;
    let [up, along] = [0, 0];
    for (const { x, y } of points) {
      up += (x - meanX) * (y - meanY);
      along += (x - meanX) ** 2;
    }
    const slope = along === 0 ? 0 : up / along;
    return (slot) => meanY + slope * (this.#height(slot) - meanX);
  }

  /** Mean of the highest bounds. */
  #height(slot: number): number {
    const bounds = this.#bounds.scoresOf(slot);
    let sum = 0;
    for (let at = 0; at < bounds.length; at += 1) sum += bounds[at];
    return sum / Math.max(1, bounds.length);
  }
}

/** By kind, the mean of what is off at the searched rows of that kind, or of all where these are few. */
function deviationsOf(
  searched: readonly Searched[],
  kinds: Uint8Array,
  offOf: (one: Searched) => number,
): Float64Array {
  const sums = new Float64Array(KINDS);
  const counts = new Int32Array(KINDS);
  let total = 0;
  for (const one of searched) {
    const off = offOf(one);
    total += off;
    sums[kinds[one.slot]] += off;
    counts[kinds[one.slot]] += 1;
  }
  const usual = total / Math.max(1, searched.length);
  return sums.map((sum, kind) => (counts[kind] < LEAST_OF_A_KIND ? usual : sum / counts[kind]));
}
