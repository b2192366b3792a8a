/**
 * Joins what comes in quick succession: the first item of a key starts a pause, and after it the task gets all items of the key at
 * once. While a task of the key runs, what comes in waits for the next one. Without a pause the first item begins the task at once.
 */
export class Coalescer<T> {
  readonly #pauseMs: number;
  readonly #task: (key: string, items: readonly T[]) => Promise<void>;
  readonly #onFault: (error: unknown, key: string) => void;
  readonly #waiting = new Map<string, T[]>();
  readonly #timers = new Map<string, NodeJS.Timeout>();
  readonly #running = new Map<string, Promise<void>>();
  #stopped = false;

  /** `onFault` hears of a task that failed; the next one of its key begins all the same. */
  constructor(
    pauseMs: number,
    task: (key: string, items: readonly T[]) => Promise<void>,
    onFault: (error: unknown, key: string) => void,
  ) {
    this.#pauseMs = pauseMs;
    this.#task = task;
    this.#onFault = onFault;
  }

  add(key: string, item: T): void {
    if (this.#stopped) return;
    this.#waiting.set(key, [...(this.#waiting.get(key) ?? []), item]);
    this.#schedule(key);
  }

  /** Does at once what waits, and resolves when nothing waits or runs any more. */
  async flush(): Promise<void> {
    for (const [key, timer] of this.#timers) {
      clearTimeout(timer);
      this.#timers.delete(key);
      this.#begin(key);
    }
    if (this.#running.size === 0) return;
    await Promise.all(this.#running.values());
    await this.flush();
  }

  /** Nothing begins any more; resolves when what runs has ended. */
  async stop(): Promise<void> {
    this.#stopped = true;
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
    await Promise.all(this.#running.values());
  }

  #schedule(key: string): void {
    if (this.#timers.has(key) || this.#running.has(key) || this.#stopped) return;
    if (this.#pauseMs === 0) {
      this.#begin(key);
      return;
    }
    const begin = (): void => {
      this.#timers.delete(key);
      this.#begin(key);
    };
    this.#timers.set(key, setTimeout(begin, this.#pauseMs));
  }

  #begin(key: string): void {
    const items = this.#waiting.get(key);
    if (!items || this.#running.has(key)) return;
    this.#waiting.delete(key);
    const run = this.#task(key, items)
      .catch((error: unknown) => {
        this.#onFault(error, key);
      })
      .finally(() => {
        this.#running.delete(key);
        if (this.#waiting.has(key)) this.#schedule(key);
      });
    this.#running.set(key, run);
  }
}
