import type { SmeId } from './types.ts';

/**
 * Something of each of many pairs, as the first of the two sees it. By one id and then by the other: a key made of both would be a new text each
 * time. When there is no room all is forgotten, and made anew when it is asked for.
 */
export class PairMap<T> {
  readonly #most: number;
  readonly #byFirst = new Map<SmeId, Map<SmeId, T>>();
  #size = 0;

  /** @param most pairs that there is room for */
  constructor(most: number) {
    this.#most = most;
  }

  get(a: SmeId, b: SmeId): T | undefined {
    return this.#byFirst.get(a)?.get(b);
  }

  set(a: SmeId, b: SmeId, value: T): void {
    if (this.#size >= this.#most && this.get(a, b) === undefined) this.clear();
    const own = this.#byFirst.get(a) ?? new Map<SmeId, T>();
    const before = own.size;
    own.set(b, value);
    this.#size += own.size - before;
    this.#byFirst.set(a, own);
  }

  clear(): void {
    this.#byFirst.clear();
    this.#size = 0;
  }
}
