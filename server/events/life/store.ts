import { trusted, type Connection } from 'mongoose';
import type { Viewer } from '../../accounts/viewer.ts';
import type { Audit } from '../../audit/audit.ts';
import { conflict, notFound } from '../../http/errors.ts';
import { oneAlong } from '../../storage/read-along.ts';
import { eventState } from '../audited.ts';
import { eventModel, type EventRecord, type HistoryEntry } from '../model.ts';
import type { EventState } from './schema.ts';

/** One change of an event: what is set, what kind of change it is, and the line of its history. */
export interface EventStep {
  readonly set: Partial<Omit<EventRecord, '_id' | 'version' | 'history' | 'told' | 'change'>>;
  readonly change: EventRecord['change'];
  readonly line: Pick<HistoryEntry, 'what' | 'note' | 'before' | 'after'>;
  /** What the audit log calls it, after `event.`. */
  readonly verb: string;
}

export type Author = Pick<Viewer, 'id' | 'name' | 'role'>;

/** Other processes may write in between; after so many tries something else is wrong. */
const TRIES = 20;

/** The stored events. State, definition and history change together, in one conditional write. */
export class EventStore {
  readonly #events;
  readonly #clock: () => Date;
  readonly #audit: Audit;

  constructor(deps: { connection: Connection; clock: () => Date; audit: Audit }) {
    this.#events = eventModel(deps.connection);
    this.#clock = deps.clock;
    this.#audit = deps.audit;
  }

  /** @throws HttpProblem 404 */
  async get(id: string): Promise<EventRecord> {
    const found = await this.find(id);
    if (!found) throw notFound('event');
    return found;
  }

  find(id: string): Promise<EventRecord | null> {
    return oneAlong<EventRecord>(this.#events, id, { history: 0 });
  }

  /** Events in one of these states; all where none is named. */
  list(states?: readonly EventState[]): Promise<EventRecord[]> {
    return this.#events
      .find(states ? { state: trusted({ $in: [...states] }) } : {}, { history: 0 })
      .lean<EventRecord[]>()
      .exec();
  }

  async add(record: Omit<EventRecord, 'history'>, author: Author): Promise<EventRecord> {
    const line = { what: 'Created', note: '', before: null, after: null };
    const whole = { ...record, history: [this.#line(author, line)] };
    await this.#events.insertMany([whole], { lean: true });
    await this.#note(author, 'create', { before: null, after: whole, reason: '' });
    return whole;
  }

  /**
   * Changes an event by one conditional write. `step` decides on the event as it stands, and is asked again where somebody else was
   * faster; what it throws ends the change.
   */
  async change(id: string, author: Author, step: (event: EventRecord) => EventStep): Promise<EventRecord> {
    for (let attempt = 0; attempt < TRIES; attempt += 1) {
      const before = await this.get(id);
      const { set, change, line, verb } = step(before);
      const { modifiedCount } = await this.#events
        .updateOne(
          { _id: id, version: before.version },
          {
            $set: { ...set, change, version: before.version + 1 },
            $push: { history: this.#line(author, line) },
          },
        )
        .exec();
      if (modifiedCount === 1) {
        const after = { ...before, ...set, change, version: before.version + 1 };
        await this.#note(author, verb, { before, after, reason: line.note });
        return after;
      }
    }
    throw conflict('busy', 'The event is being changed by many at once. Try again in a moment.');
  }

  async history(id: string): Promise<readonly HistoryEntry[]> {
    const found = await this.#events.findById(id, { history: 1 }).lean<Pick<EventRecord, 'history'>>().exec();
    return found?.history ?? [];
  }

  /** The accounts concerned were told of this version. */
  async told(id: string, version: number): Promise<void> {
    await this.#events
      .updateOne({ _id: id, told: trusted({ $lt: version }) }, { $set: { told: version } })
      .exec();
  }

  async #note(
    { id, role }: Author,
    verb: string,
    {
      before,
      after,
      reason,
    }: { before: EventRecord | null; after: Omit<EventRecord, 'history'>; reason: string },
  ): Promise<void> {
    await this.#audit.record({
      actor: { id, role },
      action: `event.${verb}`,
      thing: { kind: 'event', id: after._id },
      before: before && eventState(before),
      after: eventState(after),
      reason,
    });
  }

  #line({ id, name }: Author, line: EventStep['line']): HistoryEntry {
    return { ...line, at: this.#clock(), by: name, byId: id };
  }
}
