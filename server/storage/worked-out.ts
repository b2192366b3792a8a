const MOST = 500;

/**
 * What was worked out of everything that is stored, kept until something of that changes: each answer holds for the stamp that it was worked
 * out under, which the caller reads anew for each question.
 */
export class WorkedOut {
  readonly #most: number;
  readonly #answers = new Map<string, { readonly stamp: string | number; readonly answer: unknown }>();

  /** @param most answers kept at once; the one that was not asked for the longest goes first */
  constructor(most = MOST) {
    this.#most = most;
  }

  /** What `make` gave for this question under this stamp, or gives now. The question names its kind, so its answer has one type. */
  of<T>(stamp: string | number, question: readonly [kind: string, ...parts: unknown[]], make: () => T): T {
    const key = JSON.stringify(question);
    const known = this.#answers.get(key);
    this.#answers.delete(key);
    // Only `make` of this very question put it there.
    const answer = known?.stamp === stamp ? (known.answer as T) : make();
    this.#answers.set(key, { stamp, answer });
    const [oldest] = this.#answers.keys();
    if (this.#answers.size > this.#most && oldest !== undefined) this.#answers.delete(oldest);
    return answer;
  }
}
