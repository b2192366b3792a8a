/** A slice takes so long (ms): whoever asks meanwhile waits no longer than that. */
const SLICE_MS = 2;
/** Between two slices (ms): a fifth of one core at most. */
const PAUSE_MS = 8;

/**
 * Does small pieces of work that nobody waits for while nothing else is to be done, so that they are done when somebody does. Work that
 * is begun anew takes the place of what was left.
 */
export class ReadAhead {
  readonly #isIdle: () => boolean;
  #left: Iterator<unknown> | null = null;
  #timer: NodeJS.Timeout | null = null;

  /** @param isIdle asked before each slice */
  constructor(isIdle: () => boolean) {
    this.#isIdle = isIdle;
  }

  /** Takes up new work, one piece with each step. It may be given up at any of them. */
  begin(work: Iterator<unknown>): void {
    this.#left = work;
    if (!this.#timer) this.#timer = setTimeout(this.#slice, PAUSE_MS).unref();
  }

  readonly #slice = (): void => {
    this.#timer = null;
    if (this.#isIdle()) this.#work();
    if (this.#left) this.#timer = setTimeout(this.#slice, PAUSE_MS).unref();
  };

  #work(): void {
    const end = performance.now() + SLICE_MS;
    while (this.#left && performance.now() < end) if (this.#left.next().done === true) this.#left = null;
  }
}
