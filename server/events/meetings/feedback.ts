import type { Connection } from 'mongoose';
import { feedbackModel, type FeedbackRecord } from '../model.ts';
import { pairKey } from '../plan/plan.ts';
import type { FeedbackValue } from './schema.ts';

/** The stored answers to meetings. */
export class FeedbackStore {
  readonly #feedback;

  constructor(connection: Connection) {
    this.#feedback = feedbackModel(connection);
  }

  /** A second answer replaces the first. Says whether both sides want it now. */
  async put(record: Omit<FeedbackRecord, '_id'>): Promise<{ bothWant: boolean }> {
    const _id = `${record.meetingId}:${record.smeId}`;
    await this.#feedback.updateOne({ _id }, { $set: record }, { upsert: true }).exec();
    if (record.answer !== 'we-want-this') return { bothWant: false };
    const other = await this.#feedback
      .findById(`${record.meetingId}:${record.partnerId}`)
      .lean<FeedbackRecord>()
      .exec();
    return { bothWant: other?.answer === 'we-want-this' };
  }

  /** Answers of an SME at an event, by meeting. */
  async of(eventId: string, smeId: string): Promise<ReadonlyMap<string, FeedbackValue>> {
    const found = await this.#feedback.find({ eventId, smeId }).lean<FeedbackRecord[]>().exec();
    return new Map(found.map(({ meetingId, answer }) => [meetingId, answer]));
  }

  /** Pairs that both want to go on, each once; of one event, or of all. */
  async wanted(eventId?: string): Promise<{ eventId: string; a: string; b: string }[]> {
    const found = await this.#feedback
      .find({ ...(eventId === undefined ? {} : { eventId }), answer: 'we-want-this' })
      .lean<FeedbackRecord[]>()
      .exec();
    const asked = new Set(found.map(({ meetingId, smeId }) => `${meetingId}:${smeId}`));
    const both = found.filter(
      ({ meetingId, smeId, partnerId }) => smeId < partnerId && asked.has(`${meetingId}:${partnerId}`),
    );
    const byPair = new Map(
      both.map(({ eventId: id, smeId, partnerId }) => [
        `${id}:${pairKey(smeId, partnerId)}`,
        { eventId: id, a: smeId, b: partnerId },
      ]),
    );
    return [...byPair.values()];
  }

  /** Forgets an SME that was withdrawn. */
  async erase(smeId: string): Promise<void> {
    await this.#feedback.deleteMany({ $or: [{ smeId }, { partnerId: smeId }] }).exec();
  }
}
