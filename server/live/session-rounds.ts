/** Shares out open sessions such that each has its turn, a few at a time. */
export class SessionRounds {
  /** In the order of their turns: who was looked at last comes last. */
  readonly #order = new Set<string>();

  /** Those whose turn it is. Of so many calls in a row, one gives each session that is open all the while. */
  next(open: ReadonlySet<string>, calls: number): string[] {
    for (const session of this.#order) if (!open.has(session)) this.#order.delete(session);
    for (const session of open) this.#order.add(session);
    const turn = [...this.#order].slice(0, Math.ceil(this.#order.size / calls));
    for (const session of turn) {
      this.#order.delete(session);
      this.#order.add(session);
    }
    return turn;
  }
}
