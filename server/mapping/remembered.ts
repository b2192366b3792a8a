/** Answers that are remembered at most. */
const MOST = 200;

/**
 * Remembers what was counted over all solutions until one of them changes: many readers open the same view, and a facet or a matrix looks at
 * every solution. The answers are only read, never changed.
 */
export class Remembered {
  #revision = -1;
  readonly #answers = new Map<string, unknown>();

  /** What `make` gave for this question since the last change, or gives now. The question names its kind, so its answer has one type. */
  of<T>(revision: number, question: readonly [kind: string, ...parts: unknown[]], make: () => T): T {
    if (revision !== this.#revision) this.#answers.clear();
    this.#revision = revision;
    const key = JSON.stringify(question);
    // Only `make` of this very question put it there.
    if (this.#answers.has(key)) return this.#answers.get(key) as T;
    const answer = make();
    if (this.#answers.size >= MOST) this.#answers.clear();
    this.#answers.set(key, answer);
    return answer;
  }
}
