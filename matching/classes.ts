import type { Features } from './features.ts';

/**
 * Numbers profiles that do the same on one factor, so that its value is worked out once per two classes instead of once per pair. A
 * pool of thousands has a few hundred combinations of TRL or of languages and size. Numbers are never reused, so that they
 * hold from one refresh to the next.
 */
export class ClassBook {
  readonly members: Features[] = [];
  readonly #numbers = new Map<string, number>();
  readonly #key: (one: Features) => string;

  /** SMEs with the same key do the same on the factor with everybody. */
  constructor(key: (one: Features) => string) {
    this.#key = key;
  }

  /** Number of the class of an SME; undefined where nobody of it was numbered. */
  find(one: Features): number | undefined {
    return this.#numbers.get(this.#key(one));
  }

  /** Number of the class of an SME. */
  numberOf(one: Features): number {
    const key = this.#key(one);
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    this.#numbers.set(key, this.members.length);
    return this.members.push(one) - 1;
  }
}
