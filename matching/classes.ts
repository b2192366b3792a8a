import type { Features } from './features.ts';

/** Largest number of cells that the rows of one factor may keep. */
const KEPT_CELLS = 4_000_000;

/** Value of a factor that reads only what profiles of one class share. */
export type ClassValue = (a: Features, b: Features) => number;

/**
 * Profiles that do the same on one factor, so that its value is worked out once per two classes instead of once per pair. A pool of
 * thousands has a few hundred combinations of TRL or of languages and size.
 */
export class Classes {
  /** Class of each position. */
  readonly of: Int32Array;
  readonly #members: Features[] = [];
  readonly #rows = new Map<number, Int32Array>();
  readonly #value: ClassValue;

  constructor(features: readonly Features[], key: (one: Features) => string, value: ClassValue) {
    this.#value = value;
    const numbers = new Map<string, number>();
    this.of = Int32Array.from(features, (one) => {
      const name = key(one);
      const number = numbers.get(name) ?? this.#members.push(one) - 1;
      numbers.set(name, number);
      return number;
    });
  }

  /** Values of the class of one position against every class. */
  row(position: number): Int32Array {
    const own = this.of[position];
    const kept = this.#rows.get(own);
    if (kept) return kept;
    const one = this.#members[own];
    const row = Int32Array.from(this.#members, (other) => this.#value(one, other));
    if ((this.#rows.size + 1) * row.length <= KEPT_CELLS) this.#rows.set(own, row);
    return row;
  }
}
