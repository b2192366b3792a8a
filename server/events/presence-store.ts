import { trusted, type Connection } from 'mongoose';
import { batched } from '../storage/batched.ts';
import { presenceModel, type PresenceRecord } from './model.ts';
import type { PresenceCounts, PresenceState } from './schema.ts';

/** Where the SMEs stand with events, as it is stored. */
export class PresenceStore {
  readonly #presence;
  readonly #clock: () => Date;
  readonly #batched = batched((ids) => this.#statesById(ids));

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
    const found = await this.#presence.find({ eventId }, { history: 0 }).lean<PresenceRecord[]>().exec();
    return new Map(found.map((record) => [record.smeId, record]));
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
    const found = await this.#presence
      .find({ eventId, state: trusted({ $in: states }) }, { smeId: 1 })
      .lean<Pick<PresenceRecord, 'smeId'>[]>()
      .exec();
    return found.map(({ smeId }) => smeId);
  }

  async counts(eventId: string): Promise<PresenceCounts> {
    const groups = await this.#presence
      .aggregate<{ _id: keyof PresenceCounts; n: number }>([
        { $match: { eventId } },
        { $group: { _id: '$state', n: { $sum: 1 } } },
      ])
      .exec();
    const counts = { expected: 0, here: 0, left: 0 };
    for (const { _id, n } of groups) counts[_id] = n;
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
  }
}
