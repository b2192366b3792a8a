import type { Logger } from 'pino';

/** Work that goes on after the answer was given. What fails is logged; the end of the server waits for what runs. */
export class Background {
  readonly #log: Pick<Logger, 'error'>;
  readonly #running = new Set<Promise<void>>();

  constructor(log: Pick<Logger, 'error'>) {
    this.#log = log;
  }

  /** Begins a task; `what` names it in the log. */
  run(what: string, task: () => Promise<unknown>): void {
    const running: Promise<void> = task()
      .then(() => undefined)
      .catch((error: unknown) => {
        this.#log.error({ err: error }, `${what} failed`);
      })
      .finally(() => this.#running.delete(running));
    this.#running.add(running);
  }

  /** Resolves when nothing runs any more, also what was begun meanwhile. */
  async drain(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running);
  }
}
