import type { Connection } from 'mongoose';
import { conflict, notFound } from '../../http/errors.ts';
import { oneAlong } from '../../storage/read-along.ts';
import { isDuplicateKey } from '../../storage/duplicate-key.ts';
import { requestModel, type RequestRecord } from '../model.ts';
import { pairKey } from '../plan/plan.ts';

type Closing = Pick<RequestRecord, 'state'> &
  Partial<Pick<RequestRecord, 'reason' | 'comment' | 'meetingId'>>;

/** An acceptance is done with: the two may have another pending one. */
const settledOf = (id: string) => ({ settled: true, openKey: id });

/** The stored requests. Each change of state is one conditional write. */
export class RequestStore {
  readonly #requests;

  constructor(connection: Connection) {
    this.#requests = requestModel(connection);
  }

  find(id: string): Promise<RequestRecord | null> {
    return oneAlong<RequestRecord>(this.#requests, id);
  }

  /** @throws HttpProblem 404 */
  async get(eventId: string, id: string): Promise<RequestRecord> {
    const found = await this.find(id);
    if (found?.eventId !== eventId) throw notFound('request');
    return found;
  }

  /** All of an SME at an event, newest first. */
  async of(eventId: string, smeId: string): Promise<RequestRecord[]> {
    return this.#requests
      .find({ eventId, $or: [{ fromId: smeId }, { toId: smeId }] })
      .sort({ _id: -1 })
      .lean<RequestRecord[]>()
      .exec();
  }

  /** @throws HttpProblem 409 where the two have a pending one */
  async add(
    request: Omit<RequestRecord, 'openKey' | 'state' | 'version' | 'untold' | 'settled'>,
  ): Promise<RequestRecord> {
    const record: RequestRecord = {
      ...request,
      state: 'pending',
      openKey: `${request.eventId}:${pairKey(request.fromId, request.toId)}`,
      settled: true,
      version: 1,
      untold: true,
    };
    try {
      await this.#requests.insertMany([record], { lean: true });
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      throw conflict(
        'request-pending',
        'There is a pending request between you two. Answer it or withdraw it first.',
      );
    }
    return record;
  }

  /**
   * Ends a pending request; null where it is not pending any more. An acceptance is settled once its meeting is in the plan; until then
   * the two cannot have another pending one, as this may be pending again.
   */
  async close(request: RequestRecord, closing: Closing): Promise<RequestRecord | null> {
    const settled = closing.state !== 'accepted';
    return this.#move(request, { ...closing, settled, ...(settled ? { openKey: request._id } : {}) });
  }

  /** An acceptance that found no place is pending again, as if it had not been tried. */
  async reopen(request: RequestRecord): Promise<RequestRecord | null> {
    return this.#move(request, { state: 'pending', settled: true, meetingId: null });
  }

  /** The meeting of an acceptance is in the plan. */
  async settled({ _id }: Pick<RequestRecord, '_id'>): Promise<void> {
    await this.#requests.updateOne({ _id }, { $set: settledOf(_id) }).exec();
  }

  /** Acceptances that a crash cut off before they were in the plan. */
  unsettled(): Promise<RequestRecord[]> {
    return this.#requests.find({ state: 'accepted', settled: false }).lean<RequestRecord[]>().exec();
  }

  /** Pending ones in the order in which they expire. */
  async pending(limit: number): Promise<RequestRecord[]> {
    return this.#requests
      .find({ state: 'pending' })
      .sort({ expiresAt: 1 })
      .limit(limit)
      .lean<RequestRecord[]>()
      .exec();
  }

  /** Changes that the accounts were not told of. */
  async untold(): Promise<RequestRecord[]> {
    return this.#requests.find({ untold: true }).lean<RequestRecord[]>().exec();
  }

  /** Both sides were told of it. Of an acceptance they are told once its meeting is in the plan: with that it is settled. */
  async told({ _id, version, state }: RequestRecord): Promise<void> {
    const settled = state === 'accepted' ? settledOf(_id) : {};
    await this.#requests.updateOne({ _id, version }, { $set: { untold: false, ...settled } }).exec();
  }

  /** Forgets an SME that was withdrawn. */
  async erase(smeId: string): Promise<void> {
    await this.#requests.deleteMany({ $or: [{ fromId: smeId }, { toId: smeId }] }).exec();
  }

  async #move(request: RequestRecord, set: Partial<RequestRecord>): Promise<RequestRecord | null> {
    const version = request.version + 1;
    return this.#requests
      .findOneAndUpdate(
        { _id: request._id, version: request.version },
        { $set: { ...set, version, untold: true } },
        { returnDocument: 'after' },
      )
      .lean<RequestRecord>()
      .exec();
  }
}
