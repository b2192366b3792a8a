/** Told how far a long run is. */
export type OnProgress = (done: number, total: number) => void;

/** How a long run is followed and stopped. */
export interface RunControl {
  /** Ends the waiting, which then rejects with an error named `AbortError`. */
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: OnProgress | undefined;
}

/** Begins a run; it ends early when the signal aborts. */
type Start<Result> = (control: { signal: AbortSignal; onProgress: OnProgress }) => Promise<Result>;

interface SharedRun<Result> {
  readonly result: Promise<Result>;
  readonly controller: AbortController;
  readonly listeners: Set<OnProgress>;
  waiting: number;
  settled: boolean;
}

/** Results kept at most; the oldest goes first. */
const KEPT = 16;

/**
 * Runs that several may wait for. The same question is worked out once, however many ask it, and its answer kept until `forget`. A run
 * ends when nobody waits for it any more; a failure is told to those who waited, and the next question tries again.
 */
export class SharedRuns<Result> {
  #runs = new Map<string, SharedRun<Result>>();

  /** @param start begins the run; called only where none with this key is there */
  async ask(key: string, start: Start<Result>, { signal, onProgress }: RunControl = {}): Promise<Result> {
    signal?.throwIfAborted();
    const run = this.#runs.get(key) ?? this.#begin(key, start);
    run.waiting += 1;
    if (onProgress) run.listeners.add(onProgress);
    try {
      return await (signal ? unlessAborted(run.result, signal) : run.result);
    } finally {
      if (onProgress) run.listeners.delete(onProgress);
      run.waiting -= 1;
      if (run.waiting === 0 && !run.settled) this.#giveUp(key, run);
    }
  }

  /** Everything known is out of date: the next question of each kind begins anew. Those who wait still get what they asked for. */
  forget(): void {
    this.#runs = new Map();
  }

  #begin(key: string, start: Start<Result>): SharedRun<Result> {
    const controller = new AbortController();
    const listeners = new Set<OnProgress>();
    const onProgress: OnProgress = (done, total) => {
      for (const listener of listeners) listener(done, total);
    };
    const result = start({ signal: controller.signal, onProgress });
    const run: SharedRun<Result> = { result, controller, listeners, waiting: 0, settled: false };
    const settle = (): void => {
      run.settled = true;
    };
    result.then(settle, () => {
      settle();
      this.#drop(key, run);
    });
    this.#runs.set(key, run);
    const [oldest] = this.#runs.keys();
    if (this.#runs.size > KEPT && oldest !== undefined) this.#runs.delete(oldest);
    return run;
  }

  #giveUp(key: string, run: SharedRun<Result>): void {
    this.#drop(key, run);
    run.controller.abort();
  }

  #drop(key: string, run: SharedRun<Result>): void {
    if (this.#runs.get(key) === run) this.#runs.delete(key);
  }
}

/** The same promise, or a rejection as soon as the signal aborts. */
function unlessAborted<Result>(promise: Promise<Result>, signal: AbortSignal): Promise<Result> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      reject(new DOMException('Nobody waits for this any more.', 'AbortError'));
    };
    signal.addEventListener('abort', stop, { once: true });
    void promise.then(resolve, reject).finally(() => {
      signal.removeEventListener('abort', stop);
    });
  });
}
