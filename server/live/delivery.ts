import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Logger } from 'pino';
import { fewAtOnce } from '../few-at-once.ts';
import type { EventStreams } from './events.ts';
import type { EventRecord } from './model.ts';
import { presentTexts, type EventText, type Presenters, type ReadyContents } from './present.ts';

export interface DeliveryOptions {
  readonly streams: Pick<EventStreams, 'since' | 'writtenSince'>;
  readonly presenters: Presenters;
  readonly isConnected: (accountId: string) => boolean;
  readonly emit: (accountId: string, event: EventText) => void;
  readonly log: Logger;
}

/** Accounts whose events are prepared and sent at once: enough to share reads, few enough that requests get their turn in between. */
const ACCOUNTS_AT_ONCE = 64;

/** So many may be written to their sockets without letting others have their turn. */
const SENT_AT_ONCE = 16;

const NOTHING_READY: ReadyContents = new Map();

/**
 * Brings events from the database to the open windows of this process, in order for each account. What cannot be delivered stays in the
 * database, where the client's catch-up finds it.
 */
export class Delivery {
  readonly #options: DeliveryOptions;
  /** Last number that went out, by account that is connected here. */
  readonly #sent = new Map<string, number>();
  /** Accounts whose events could not be delivered at once; tried again with the next look. */
  readonly #failed = new Set<string>();
  readonly #running = new Map<string, Promise<void>>();
  readonly #few = fewAtOnce(ACCOUNTS_AT_ONCE);

  constructor(options: DeliveryOptions) {
    this.#options = options;
  }

  /** Delivers new events, with what is ready of them; resolves when they are out, or were left to the catch-up. */
  async deliver(events: readonly EventRecord[], ready?: ReadyContents): Promise<void> {
    const byAccount = new Map<string, EventRecord[]>();
    for (const event of events) {
      if (!this.#options.isConnected(event.accountId)) {
        this.#sent.delete(event.accountId);
        continue;
      }
      byAccount.set(event.accountId, [...(byAccount.get(event.accountId) ?? []), event]);
    }
    await Promise.all([...byAccount].map(([accountId, mine]) => this.#inTurn(accountId, mine, ready)));
  }

  /** Looks for events that other processes wrote, or that failed before, for accounts that are connected here. */
  async deliverForeign(since: Date): Promise<void> {
    const written = await this.#options.streams.writtenSince(since);
    const behind = new Set(
      written
        .filter(({ accountId, seq }) => this.#options.isConnected(accountId) && seq > this.#sentTo(accountId))
        .map(({ accountId }) => accountId),
    );
    for (const accountId of this.#failed) behind.add(accountId);
    this.#failed.clear();
    for (const accountId of behind) {
      const { events } = await this.#options.streams.since(accountId, this.#sentTo(accountId));
      await this.#inTurn(accountId, events);
    }
  }

  /** Resolves when all that was given to be delivered is out, or was left to the catch-up. */
  async settled(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running.values());
  }

  /** Resolves when all that was given to be delivered so far is out, whatever comes meanwhile. */
  async out(): Promise<void> {
    await Promise.all([...this.#running.values()]);
  }

  /** The windows of an account have everything up to this number. */
  startAt(accountId: string, seq: number): void {
    if (!this.#sent.has(accountId)) this.#sent.set(accountId, seq);
  }

  forget(accountId: string): void {
    this.#sent.delete(accountId);
  }

  #sentTo(accountId: string): number {
    return this.#sent.get(accountId) ?? Number.MAX_SAFE_INTEGER;
  }

  #inTurn(accountId: string, events: readonly EventRecord[], ready?: ReadyContents): Promise<void> {
    const run = async (): Promise<void> => {
      try {
        await this.#few(() => this.#send(accountId, events, ready));
      } catch (error) {
        if (this.#sent.has(accountId)) this.#failed.add(accountId);
        this.#options.log.warn({ err: error, accountId }, 'an event could not be delivered yet');
      }
    };
    const mine = (this.#running.get(accountId) ?? Promise.resolve()).then(run).finally(() => {
      if (this.#running.get(accountId) === mine) this.#running.delete(accountId);
    });
    this.#running.set(accountId, mine);
    return mine;
  }

  async #send(accountId: string, events: readonly EventRecord[], ready?: ReadyContents): Promise<void> {
    const due = events.filter(({ seq }) => seq > (this.#sent.get(accountId) ?? 0));
    const presented = await presentTexts(due, this.#options.presenters, ready ?? NOTHING_READY);
    // Many may be ready in the same moment, and each is written to its sockets at once.
    if (this.#running.size > SENT_AT_ONCE) await nextTurn();
    for (const event of presented) {
      this.#options.emit(accountId, event);
      this.#sent.set(accountId, event.seq);
    }
  }
}
