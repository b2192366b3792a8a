import type { Two } from '../assignment/asked.ts';
import { byId } from '../pool.ts';
import type { SmeId } from '../types.ts';

/** Two SMEs by id. */
export const asTwo = (a: SmeId, b: SmeId): Two => (byId(a, b) <= 0 ? [a, b] : [b, a]);

/** Order of twos by their ids. */
export const byTwo = (one: Two, other: Two): number => byId(one[0], other[0]) || byId(one[1], other[1]);

/** Names two SMEs, either way round, as a key. */
export const keyOf = (a: SmeId, b: SmeId): string => JSON.stringify(asTwo(a, b));

/** A set of twos, either way round. To look one up makes no new string: an arrival asks for each of its candidates. */
export class TwoSet {
  readonly #partners = new Map<SmeId, Set<SmeId>>();

  constructor(twos: Iterable<Two> = []) {
    for (const [a, b] of twos) this.add(a, b);
  }

  has(a: SmeId, b: SmeId): boolean {
    return this.#partners.get(a)?.has(b) === true;
  }

  add(a: SmeId, b: SmeId): void {
    this.#partnersOf(a).add(b);
    this.#partnersOf(b).add(a);
  }

  delete(a: SmeId, b: SmeId): void {
    this.#partners.get(a)?.delete(b);
    this.#partners.get(b)?.delete(a);
  }

  /** Each two once, by id. */
  *[Symbol.iterator](): Iterator<Two> {
    for (const [a, partners] of this.#partners) {
      for (const b of partners) if (asTwo(a, b)[0] === a) yield [a, b];
    }
  }

  #partnersOf(id: SmeId): Set<SmeId> {
    const known = this.#partners.get(id);
    if (known) return known;
    const made = new Set<SmeId>();
    this.#partners.set(id, made);
    return made;
  }
}
