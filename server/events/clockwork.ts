import type { Logger } from 'pino';

export interface ClockworkOptions {
  /** Does what is due; answers when the next thing is, null where nothing is known. Done twice it must do no harm. */
  readonly tick: () => Promise<Date | null>;
  readonly clock: () => Date;
  readonly log: Pick<Logger, 'error'>;
  /** Looks at least this often, as other processes may have begun something. [5 s] */
  readonly everyMs?: number;
}

/** Does things when they are due. What is due stands in the database, so any process, also one started anew, can do it. */
export class Clockwork {
  readonly #options: Required<ClockworkOptions>;
  #timer: NodeJS.Timeout | null = null;
  #running: Promise<void> = Promise.resolve();
  #stopped = true;

  constructor(options: ClockworkOptions) {
    this.#options = { everyMs: 5_000, ...options };
  }

  start(): void {
    this.#stopped = false;
    this.#wait(0);
  }

  /** Something new may be due: look now. */
  poke(): void {
    if (!this.#stopped) this.#wait(0);
  }

  /** Does what is due now, whatever the timer says. */
  async look(): Promise<void> {
    const { tick, clock, log, everyMs } = this.#options;
    let pauseMs = everyMs;
    try {
      const next = await tick();
      if (next) pauseMs = Math.min(everyMs, Math.max(0, next.getTime() - clock().getTime()));
    } catch (error) {
      if (!this.#stopped) log.error({ err: error }, 'what was due could not be done; it is tried again');
    }
    if (!this.#stopped && this.#timer === null) this.#wait(Math.max(pauseMs, 20));
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    if (this.#timer) clearTimeout(this.#timer);
    await this.#running;
  }

  #wait(pauseMs: number): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#running = this.#running.then(() => this.look());
    }, pauseMs);
  }
}
