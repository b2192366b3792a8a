import { trusted, type Connection } from 'mongoose';
import { restOfTask } from '../../rest-of-task.ts';
import { batched } from '../../storage/batched.ts';
import { someAlong } from '../../storage/read-along.ts';
import { presenceModel, type PresenceRecord } from '../model.ts';
import type { PresenceCounts, PresenceState } from './schema.ts';

/** All of one event as this process has read it. */
interface Known {
  readonly records: Map<string, PresenceRecord>;
  /** When what other processes wrote was looked for last, by this process's clock. */
  readyUntil: Date;
  /** When all of it was read (ms, `performance.now()`). */
  readonly readAt: number;
  /** Grows when a read says of somebody what was not known. */
  changes: number;
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
  readonly #batched = batched((ids) => this.#statesById(ids), restOfTask);
  readonly #known = new Map<string, Known>();
  /** Written by this process while a read is on its way. */
  readonly #noted = new Map<string, PresenceRecord[]>();
  readonly #reading = new Map<string, Promise<Known>>();

  constructor(connection: Connection, clock: () => Date) {
    this.#presence = presenceModel(connection);
    this.#clock = clock;
  }

  /**
   * The same as this process knows it: with all that it wrote itself, and with what others wrote up to the last `all`. Read where it knows
   * nothing yet.
   */
  async known(eventId: string): Promise<ReadonlyMap<string, PresenceRecord>> {
    return (this.#known.get(eventId) ?? (await this.#upToDate(eventId))).records;
  }

  /** The same where it is in memory already; undefined where it would have to be read. */
  atHand(eventId: string): ReadonlyMap<string, PresenceRecord> | undefined {
    return this.#known.get(eventId)?.records;
  }

  /** Reads what others wrote. @returns whether that says of anybody what was not known */
  async lookFurther(eventId: string): Promise<boolean> {
    const before = this.#known.get(eventId)?.changes;
    return (await this.#upToDate(eventId)).changes !== before;
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
    const found = await someAlong<Pick<PresenceRecord, '_id' | 'state'>>(this.#presence, ids, { state: 1 });
    return new Map(found.map(({ _id, state }) => [_id, state]));
  }

  async idsIn(eventId: string, ...states: PresenceRecord['state'][]): Promise<string[]> {
    const { records } = await this.#upToDate(eventId);
    return [...records.values()].flatMap(({ smeId, state }) => (states.includes(state) ? smeId : []));
  }

  async counts(eventId: string): Promise<PresenceCounts> {
    return countsIn(await this.#upToDate(eventId));
  }

  /** Of several events: two commands, however many they are, and one more for each where somebody moved since it was last looked at. */
  async countsOf(eventIds: readonly string[]): Promise<ReadonlyMap<string, PresenceCounts>> {
    const held = eventIds.filter((id) => this.#known.has(id));
    await Promise.all([
      this.#moved(held).then((moved) => Promise.all(moved.map((id) => this.#upToDate(id)))),
      this.#readWhole(eventIds.filter((id) => !this.#known.has(id))),
    ]);
    return new Map(
      eventIds.flatMap((id) => {
        const known = this.#known.get(id);
        return known ? [[id, countsIn(known)] as const] : [];
      }),
    );
  }

  /** Those of these events, which are in memory, where somebody stands otherwise than is known. */
  async #moved(eventIds: readonly string[]): Promise<string[]> {
    const known = eventIds.flatMap((id) => this.#known.get(id) ?? []);
    if (known.length === 0) return [];
    const first = Math.min(...known.map(({ readyUntil }) => readyUntil.getTime()));
    const since = trusted({ $gte: new Date(first - CLOCK_SKEW_MS) });
    const found = await this.#presence
      .find({ eventId: trusted({ $in: [...eventIds] }), since }, { history: 0 })
      .lean<PresenceRecord[]>()
      .exec();
    const isNews = ({ eventId, smeId, state }: PresenceRecord): boolean =>
      this.#known.get(eventId)?.records.get(smeId)?.state !== state;
    return [...new Set(found.filter(isNews).map(({ eventId }) => eventId))];
  }

  /** Takes all of these events into memory, where nobody else did meanwhile. */
  async #readWhole(eventIds: readonly string[]): Promise<void> {
    if (eventIds.length === 0) return;
    const readyUntil = this.#clock();
    const found = await this.#presence
      .find({ eventId: trusted({ $in: [...eventIds] }) }, { history: 0 })
      .lean<PresenceRecord[]>()
      .exec();
    for (const id of eventIds) {
      if (this.#known.has(id)) continue;
      const own = found.filter(({ eventId }) => eventId === id).map((one) => [one.smeId, one] as const);
      this.#known.set(id, { records: new Map(own), readyUntil, readAt: performance.now(), changes: 0 });
    }
  }

  /** Sets where an SME stands, by one conditional write. @returns whether that changed anything, and how it stands now */
  async set(
    eventId: string,
    smeId: string,
    state: PresenceRecord['state'],
    by: string,
  ): Promise<{ readonly changed: boolean; readonly record: PresenceRecord }> {
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
    if (!found) {
      const record = { _id, eventId, smeId, state, since: at, by, history: [] };
      this.#note(record);
      return { changed: true, record };
    }
    if (found.state === state) return { changed: false, record: found };
    const { modifiedCount } = await this.#presence
      .updateOne(
        { _id, state: found.state },
        { $set: { state, since: at, by }, $push: { history: { state, at, by } } },
      )
      .exec();
    // Somebody else was faster: look again at what it is now.
    if (modifiedCount !== 1) return this.set(eventId, smeId, state, by);
    const record = { ...found, state, since: at, by };
    this.#note(record);
    return { changed: true, record };
  }

  /** Of an event that is in memory, what was just written is too. */
  #note(record: PresenceRecord): void {
    this.#known.get(record.eventId)?.records.set(record.smeId, record);
    this.#noted.get(record.eventId)?.push(record);
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
    const mine = this.#read(eventId).finally(() => {
      this.#reading.delete(eventId);
      this.#noted.delete(eventId);
    });
    this.#reading.set(eventId, mine);
    return mine;
  }

  async #read(eventId: string): Promise<Known> {
    const at = this.#clock();
    this.#noted.set(eventId, []);
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
        : {
            records: new Map<string, PresenceRecord>(),
            readyUntil: at,
            readAt: performance.now(),
            changes: 0,
          };
    // What this process wrote while the answer was on its way may not be in it.
    const noted = this.#noted.get(eventId) ?? [];
    const isNew = ({ smeId, state }: PresenceRecord): boolean => known?.records.get(smeId)?.state !== state;
    fresh.changes = (known?.changes ?? 0) + found.filter(isNew).length;
    for (const record of [...found, ...noted]) fresh.records.set(record.smeId, record);
    fresh.readyUntil = at;
    this.#known.set(eventId, fresh);
    return fresh;
  }
}

function countsIn({ records }: Known): PresenceCounts {
  const counts = { expected: 0, here: 0, left: 0 };
  for (const { state } of records.values()) counts[state] += 1;
  return counts;
}
