import type { Features } from './features.ts';
import { invert, scatter, type Postings } from './postings.ts';
import { matchSum, says, type TextStatistics } from './text/bm25.ts';

/*
 * Problem: the sums of query x answer of one SME with all others, both ways.
 * Method: inverted lists and an accumulator. The lists are kept while profiles change: those that changed since are few, and are
 * compared one by one until it pays to invert anew.
 */

/** Share of the pool, and number, of changed texts from which inverting anew is cheaper. */
const STALE_SHARE = 1 / 32;
const STALE_LEAST = 32;

/** Inverted lists of a pool as it once was. Never changed once they are made. */
interface Inverted {
  readonly features: readonly Features[];
  readonly offers: Postings;
  readonly needs: Postings;
}

/** Sums of one SME with all others. Made once per pool; `given` and `taken` are reused by the next `read`. */
export class TextSums {
  /** What the need of the SME that was read gets from each offer, and what each need gets from its offer, by position. */
  readonly given: Int32Array;
  readonly taken: Int32Array;
  readonly #features: readonly Features[];
  readonly #inverted: Inverted;
  /** Place of each position in the inverted lists, -1 where its text is newer than these; null: the same. */
  readonly #slots: Int32Array | null;
  readonly #sums: Int32Array;

  /** Use `TextSums.build` or `TextSums.follow`. */
  private constructor(features: readonly Features[], inverted: Inverted, slots: Int32Array | null) {
    this.#features = features;
    this.#inverted = inverted;
    this.#slots = slots;
    this.given = new Int32Array(features.length);
    this.taken = new Int32Array(features.length);
    this.#sums = new Int32Array(slots ? inverted.features.length : 0);
  }

  /** Inverts the texts of a pool; a generator, so that the caller can pause it. */
  static *build(
    features: readonly Features[],
    statistics: TextStatistics,
  ): Generator<undefined, TextSums, void> {
    const speaks = (stem: number): boolean => says(statistics, stem);
    const offers = yield* invert(features, ({ answer }) => answer, speaks);
    const needs = yield* invert(features, ({ query }) => query, speaks);
    return new TextSums(features, { features, offers, needs }, null);
  }

  /** Whether positions are places in the inverted lists, so that `from` saves work. */
  get aligned(): boolean {
    return this.#slots === null;
  }

  /**
   * The same for a pool that came from this one: `origins` has for each position that of the same SME before, -1 for a new one.
   * undefined where so much changed that inverting anew is cheaper.
   */
  follow(features: readonly Features[], origins: Int32Array): TextSums | undefined {
    const slots = new Int32Array(features.length);
    let stale = 0;
    for (let position = 0; position < slots.length; position += 1) {
      const origin = origins[position];
      const slot = origin < 0 ? -1 : this.#slots ? this.#slots[origin] : origin;
      const inverted = slot < 0 ? undefined : this.#inverted.features[slot];
      const { query, answer } = features[position];
      const same = inverted !== undefined && inverted.query === query && inverted.answer === answer;
      slots[position] = same ? slot : -1;
      if (!same) stale += 1;
    }
    if (stale > STALE_LEAST + features.length * STALE_SHARE) return undefined;
    return new TextSums(features, this.#inverted, slots);
  }

  /** Fills `given` and `taken` for one SME, from position `from` on; what stands before it means nothing. */
  read(own: number, from: number): void {
    const { query, answer } = this.#features[own];
    const { offers, needs } = this.#inverted;
    if (this.#slots) {
      scatter(query, offers, this.#sums.fill(0), 0);
      this.#gather(this.given, (other) => matchSum(query, other.answer));
      scatter(answer, needs, this.#sums.fill(0), 0);
      this.#gather(this.taken, (other) => matchSum(other.query, answer));
    } else {
      scatter(query, offers, this.given.fill(0, from), from);
      scatter(answer, needs, this.taken.fill(0, from), from);
    }
  }

  #gather(to: Int32Array, compare: (other: Features) => number): void {
    const slots = this.#slots ?? new Int32Array(0);
    for (let position = 0; position < slots.length; position += 1) {
      const slot = slots[position];
      to[position] = slot < 0 ? compare(this.#features[position]) : this.#sums[slot];
    }
  }
}
