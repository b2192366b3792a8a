import { mongo, trusted, type Connection } from 'mongoose';
import { restOfTask } from '../rest-of-task.ts';
import { newId } from '../storage/ids.ts';
import { eventModel, type EventRecord } from './model.ts';
import type { ContentText, LiveContent } from './present.ts';
import type { LiveNotice } from './protocol.ts';

/** Events kept for each account, at most about this many and this long; whoever was away longer reloads the page's data. */
export const KEPT_EVENTS = 200;
export const KEPT_DAYS = 14;
const TRIM_EVERY = 50;
const DAY_MS = 86_400_000;

export interface AddressedNotice {
  readonly accountIds: readonly string[];
  readonly notice: LiveNotice;
  /** Makes a repeat of the same notice harmless. */
  readonly key?: string | undefined;
  /**
   * Makes ready what people read of it, while it is written or right after; it must be as new as the notice. Without it that is looked up at
   * delivery.
   */
  readonly content?: (() => Promise<LiveContent | ContentText>) | undefined;
  /** Whether what was made ready is still as things stand, asked at delivery; where it is not, it is looked up anew. [it is] */
  readonly isCurrent?: (() => boolean) | undefined;
}

/** What is asked for after a number: all that came since, or that some of it is no longer kept. */
export interface Replay {
  readonly events: readonly EventRecord[];
  readonly upTo: number;
  readonly reload: boolean;
}

interface Entry {
  readonly accountId: string;
  readonly notice: LiveNotice;
  readonly key: string;
}

/**
 * The stream of events of each account in the database: append-only, numbered without gaps. A number is given by inserting the event
 * at the last number plus one; where another process was faster the unique index refuses it, and the next number is tried. So whoever
 * holds number n has seen that n - 1 exists.
 */
export class EventStreams {
  readonly #events;
  readonly #stored;
  readonly #clock: () => Date;
  readonly #writer = newId();
  /** Last number that this process knows of, by account; only a hint. */
  readonly #last = new Map<string, number>();
  #turn: Promise<unknown> = Promise.resolve();
  /** What waits for its turn, to be written at once. */
  #next: { notices: AddressedNotice[]; written: Promise<EventRecord[]> } | null = null;

  constructor(connection: Connection, clock: () => Date) {
    this.#events = eventModel(connection);
    this.#stored = connection.collection<EventRecord>(this.#events.collection.collectionName);
    this.#clock = clock;
  }

  /**
   * Writes the notices to the streams; answers with the events that are new, in order. Calls take turns; those that wait for theirs are
   * written together, and fail together.
   */
  async append(notices: readonly AddressedNotice[]): Promise<EventRecord[]> {
    this.#next ??= this.#begin();
    const { notices: joined, written } = this.#next;
    joined.push(...notices);
    const mine = new Set(notices.map(({ notice }) => notice));
    return (await written).filter(({ notice }) => mine.has(notice));
  }

  #begin(): { notices: AddressedNotice[]; written: Promise<EventRecord[]> } {
    const notices: AddressedNotice[] = [];
    const run = async (): Promise<EventRecord[]> => {
      // What comes of one cause is often told in one task of the event loop, by several.
      await restOfTask();
      this.#next = null;
      return this.#append(notices);
    };
    const written = this.#turn.then(run, run);
    this.#turn = written;
    return { notices, written };
  }

  /** Number of the newest event of an account; 0 where there is none. */
  async latest(accountId: string): Promise<number> {
    const newest = await this.#events.findOne({ accountId }, { seq: 1 }).sort({ seq: -1 }).lean().exec();
    return newest?.seq ?? 0;
  }

  /** The same, for an account that is about to be written to: its next event then costs no look at the database. */
  async expect(accountId: string): Promise<number> {
    const seq = await this.latest(accountId);
    this.#last.set(accountId, Math.max(seq, this.#last.get(accountId) ?? 0));
    return seq;
  }

  async since(accountId: string, since: number): Promise<Replay> {
    const [upTo, events] = await Promise.all([
      this.latest(accountId),
      this.#events
        .find({ accountId, seq: trusted({ $gt: since }) })
        .sort({ seq: 1 })
        .lean<EventRecord[]>()
        .exec(),
    ]);
    const newest = Math.max(upTo, events.at(-1)?.seq ?? 0);
    const first = events[0]?.seq ?? newest + 1;
    // Older ones were removed; or the client knows numbers that are not there: the database is an older copy.
    const reload = first !== since + 1;
    return { events: reload ? [] : events, upTo: newest, reload };
  }

  /** What others than this object wrote since a time; only accounts and numbers. */
  async writtenSince(time: Date): Promise<Pick<EventRecord, 'accountId' | 'seq'>[]> {
    return this.#events
      .find({ at: trusted({ $gte: time }), writer: trusted({ $ne: this.#writer }) }, { accountId: 1, seq: 1 })
      .lean<EventRecord[]>()
      .exec();
  }

  /** Removes events that are too old, but never the newest of an account: the numbers must go on from it. Says how many. */
  async forgetOld(): Promise<number> {
    const before = trusted({ $lt: new Date(this.#clock().getTime() - KEPT_DAYS * DAY_MS) });
    let removed = 0;
    for (const accountId of await this.#events.distinct('accountId', { at: before }).exec()) {
      const newest = await this.latest(accountId);
      const { deletedCount } = await this.#events
        .deleteMany({ accountId, at: before, seq: trusted({ $lt: newest }) })
        .exec();
      removed += deletedCount;
    }
    return removed;
  }

  async #append(notices: readonly AddressedNotice[]): Promise<EventRecord[]> {
    const waiting = new Map<string, Entry[]>();
    for (const { accountIds, notice, key = newId() } of notices) {
      for (const accountId of new Set(accountIds)) {
        const queue = waiting.get(accountId) ?? [];
        queue.push({ accountId, notice, key });
        waiting.set(accountId, queue);
      }
    }
    const written = await this.#insertInOneGo(waiting);
    // One event per account and round: a refused one then leaves no gap behind it.
    while (waiting.size > 0) {
      const heads = [...waiting.values()].flatMap((queue) => queue.slice(0, 1));
      const { inserted, again } = await this.#insert(heads);
      written.push(...inserted);
      for (const [accountId, queue] of waiting) {
        if (!again.has(accountId)) queue.shift();
        if (queue.length === 0) waiting.delete(accountId);
      }
    }
    await this.#trim(written);
    return written;
  }

  /**
   * Where an account is told several things at once, all are inserted by one command, in order: it ends at the first that is refused, so that
   * none is there without those before it. Takes what was inserted out of the queues; the rest, as a rule nothing, is left to `#insert`.
   */
  async #insertInOneGo(waiting: Map<string, Entry[]>): Promise<EventRecord[]> {
    const queues = [...waiting.values()];
    if (queues.every(({ length }) => length < 2)) return [];
    await this.#learnLast([...waiting.keys()]);
    const records = queues.flatMap((queue) => queue.map((entry, place) => this.#numbered(entry, place)));
    const [refused] = await this.#insertAll(records, true);
    const inserted = refused ? records.slice(0, records.indexOf(refused)) : records;
    for (const { accountId, seq } of inserted) {
      this.#last.set(accountId, seq);
      const queue = waiting.get(accountId);
      queue?.shift();
      if (queue?.length === 0) waiting.delete(accountId);
    }
    return [...inserted];
  }

  /** Inserts at most one event per account. `again`: accounts where another process took the number. */
  async #insert(entries: readonly Entry[]): Promise<{ inserted: EventRecord[]; again: Set<string> }> {
    await this.#learnLast(entries.map(({ accountId }) => accountId));
    const records = entries.map((entry) => this.#numbered(entry, 0));
    const refused = await this.#insertAll(records, false);
    const inserted = records.filter((record) => !refused.has(record));
    for (const { accountId, seq } of inserted) this.#last.set(accountId, seq);

    const again = new Set<string>();
    for (const { accountId, key } of refused) {
      this.#last.delete(accountId);
      if (!(await this.#events.exists({ accountId, key }).exec())) again.add(accountId);
    }
    return { inserted, again };
  }

  /** An event with its number, of which so many of the same account go before it. */
  #numbered(entry: Entry, before: number): EventRecord {
    const seq = (this.#last.get(entry.accountId) ?? 0) + 1 + before;
    return { ...entry, _id: newId(), seq, at: this.#clock(), writer: this.#writer };
  }

  /** Inserts events; answers with those that were refused: all of them, or the first one, behind which nothing was tried, where they are `inOrder`. */
  async #insertAll(records: readonly EventRecord[], inOrder: boolean): Promise<Set<EventRecord>> {
    try {
      // By the driver itself: mongoose would cast and check each of a thousand records that are ours.
      await this.#stored.insertMany([...records], { ordered: inOrder });
      return new Set();
    } catch (error) {
      if (!(error instanceof mongo.MongoBulkWriteError)) throw error;
      // The driver types them as one or many, of any.
      const faults = [error.writeErrors].flat() as readonly { code: number; index: number }[];
      if (faults.some((fault) => fault.code !== 11000)) throw error;
      return new Set(faults.flatMap((fault) => records[fault.index] ?? []));
    }
  }

  async #learnLast(accountIds: readonly string[]): Promise<void> {
    const unknown = accountIds.filter((accountId) => !this.#last.has(accountId));
    await Promise.all(
      unknown.map(async (accountId) => this.#last.set(accountId, await this.latest(accountId))),
    );
  }

  async #trim(written: readonly EventRecord[]): Promise<void> {
    for (const { accountId, seq } of written) {
      if (seq % TRIM_EVERY !== 0 || seq <= KEPT_EVENTS) continue;
      await this.#events.deleteMany({ accountId, seq: trusted({ $lte: seq - KEPT_EVENTS }) }).exec();
    }
  }
}
