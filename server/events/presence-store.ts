import { trusted, type Connection } from 'mongoose';
import { batched } from '../storage/batched.ts';
import { presenceModel, type PresenceRecord } from './model.ts';
import type { PresenceCounts, PresenceState } from './schema.ts';

/** All of one event as this process has read it. */
interface Known {
  readonly records: Map<string, PresenceRecord>;
  /** When what other processes wrote was looked for last, by this process's clock. */
  readyUntil: Date;
  /** When all of it was read (ms, `performance.now()`). */
  readonly readAt: number;
}

/** Clocks of several machines may differ by this much when changes of other processes are looked for. */
const CLOCK_SKEW_MS = 5_000;
/** All is read anew this often. */
const WHOLE_EVERY_MS = 60_000;

/**
 * Where the SMEs stand with events, as it is stored. Of events that are looked at again and again all is kept in memory, and only what
 * changed since is read, whoever changed it.
 */
export class PresenceStore {
  readonly #presence;
  readonly #clock: () => Date;
  readonly #batched = batched((ids) => this.#statesById(ids));
  readonly #known = new Map<string, Known>();
  readonly #reading = new Map<string, Promise<Known>>();

  constructor(connection: Connection, clock: () => Date) {
    this.#presence = presenceModel(connection);
    this.#clock = clock;
  }

  async find(eventId: string, smeId: string): Promise<PresenceRecord | null> {
    return this.#presence.findById(`${eventId}:${smeId}`).lean<PresenceRecord>().exec();
  }

  /** 'invited' where nothing was heard of it yet. */
  async stateOf(eventId: string, smeId: string): Promise<PresenceState> {
    const _id = `${eventId}:${smeId}`;
    return (await this.#batched([_id])).get(_id) ?? 'invited';
  }

  /** All of an event by SME. */
  async all(eventId: string): Promise<Map<string, PresenceRecord>> {
    return new Map((await this.#upToDate(eventId)).records);
  }

  /** Of these SMEs; those that nothing was heard of are left out. */
  async statesOf(eventId: string, smeIds: readonly string[]): Promise<Map<string, PresenceState>> {
    const states = await this.#batched(smeIds.map((smeId) => `${eventId}:${smeId}`));
    return new Map([...states].map(([id, state]) => [id.slice(eventId.length + 1), state]));
  }

  async #statesById(ids: readonly string[]): Promise<Map<string, PresenceRecord['state']>> {
    const found = await this.#presence
      .find({ _id: trusted({ $in: [...ids] }) }, { state: 1 })
      .lean<Pick<PresenceRecord, '_id' | 'state'>[]>()
      .exec();
    return new Map(found.map(({ _id, state }) => [_id, state]));
  }

  async idsIn(eventId: string, ...states: PresenceRecord['state'][]): Promise<string[]> {
    const { records } = await this.#upToDate(eventId);
    return [...records.values()].flatMap(({ smeId, state }) => (states.includes(state) ? smeId : []));
  }

  async counts(eventId: string): Promise<PresenceCounts> {
    const counts = { expected: 0, here: 0, left: 0 };
    const { records } = await this.#upToDate(eventId);
    for (const { state } of records.values()) counts[state] += 1;
    return counts;
  }

  /** Sets where an SME stands, by one conditional write. @returns whether that changed anything */
  async set(eventId: string, smeId: string, state: PresenceRecord['state'], by: string): Promise<boolean> {
    const _id = `${eventId}:${smeId}`;
    const at = this.#clock();
    const found = await this.#presence
      .findOneAndUpdate(
        { _id },
        {
          $setOnInsert: { eventId, smeId, state, since: at, by, history: [{ state, at, by }] },
        },
        { upsert: true, returnDocument: 'before' },
      )
      .lean<PresenceRecord>()
      .exec();
    if (!found) return true;
    if (found.state === state) return false;
    const { modifiedCount } = await this.#presence
      .updateOne(
        { _id, state: found.state },
        { $set: { state, since: at, by }, $push: { history: { state, at, by } } },
      )
      .exec();
    // Somebody else was faster: look again at what it is now.
    return modifiedCount === 1 || this.set(eventId, smeId, state, by);
  }

  /** Forgets an SME that was withdrawn. */
  async erase(smeId: string): Promise<void> {
    await this.#presence.deleteMany({ smeId }).exec();
    this.#known.clear();
  }

  /** Reads what changed since the last look. Who asks while one is on its way gets the next one, as its question may be newer. */
  async #upToDate(eventId: string): Promise<Known> {
    await this.#reading.get(eventId);
    const running = this.#reading.get(eventId);
    if (running) return running;
    const mine = this.#read(eventId).finally(() => this.#reading.delete(eventId));
    this.#reading.set(eventId, mine);
    return mine;
  }

  async #read(eventId: string): Promise<Known> {
    const at = this.#clock();
    const known = this.#known.get(eventId);
    const isOld = known !== undefined && performance.now() - known.readAt > WHOLE_EVERY_MS;
    const since = known && !isOld ? new Date(known.readyUntil.getTime() - CLOCK_SKEW_MS) : null;
    const found = await this.#presence
      .find({ eventId, ...(since ? { since: trusted({ $gte: since }) } : {}) }, { history: 0 })
      .lean<PresenceRecord[]>()
      .exec();
    const fresh =
      known && since
        ? known
        : { records: new Map<string, PresenceRecord>(), readyUntil: at, readAt: performance.now() };
    for (const record of found) fresh.records.set(record.smeId, record);
    fresh.readyUntil = at;
    this.#known.set(eventId, fresh);
    return fresh;
  }
}
