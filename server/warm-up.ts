/** One thing that the first who asks would otherwise wait for, with its name for the log. */
export interface WarmUpStep {
  readonly name: string;
  warm(): Promise<unknown>;
}

export interface WarmUp {
  /** Begins in the background; the server answers meanwhile. */
  start(): void;
  /** Begins nothing more, and resolves once what runs has ended. */
  stop(): Promise<void>;
}

/**
 * Reads into memory, one thing after the other, what pages of a large programme are answered from: otherwise the first question after a
 * start would wait for that. Where it fails, that first question tries again and is told.
 */
export function createWarmUp(
  steps: readonly WarmUpStep[],
  log: { warn(fields: object, message: string): void },
): WarmUp {
  const ending = new AbortController();
  let running = Promise.resolve();

  async function run(): Promise<void> {
    for (const step of steps) {
      if (ending.signal.aborted) return;
      try {
        await step.warm();
      } catch (error) {
        log.warn({ err: error, name: step.name }, 'could not be read into memory ahead');
      }
    }
  }

  return {
    start() {
      running = run();
    },
    stop() {
      ending.abort();
      return running;
    },
  };
}
