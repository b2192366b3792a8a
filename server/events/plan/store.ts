import { trusted, type Connection, type Model } from 'mongoose';
import { conflict, HttpProblem } from '../../http/errors.ts';
import { someAlong } from '../../storage/read-along.ts';
import { Turns } from '../../matching/turns.ts';
import { planModel, type HistoryEntry, type PlanRecord } from '../model.ts';
import { newsOf, type PlanCause, type PlanNews } from './changes.ts';
import { fieldsOf } from './fields.ts';
import { planFaults } from './rules.ts';
import { EMPTY_PLAN, type Plan, type Round } from './plan.ts';

/** One change of a plan. */
export interface PlanStep {
  /** The rounds that change, each whole. */
  readonly rounds: readonly Round[];
  readonly forbidden?: Plan['forbidden'];
  readonly cause: PlanCause;
  readonly event?: PlanNews['event'];
  readonly history?: Omit<HistoryEntry, 'at'>;
}

/** See PlanStore.change. */
export type ChangePlan = (
  eventId: string,
  tables: number,
  step: (plan: Plan) => PlanStep | null,
  /** The same step, worked out before. */
  ready?: ReadyStep | null,
) => Promise<{ before: Plan; after: Plan; news: PlanNews | null }>;

/** A step that was worked out on a plan, breaks no rule of it, and is still to be written. */
export interface ReadyStep {
  readonly before: Plan;
  readonly after: Plan;
  readonly news: PlanNews;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly history: PlanStep['history'];
}

/** Other processes may write in between; after so many tries something else is wrong. */
const TRIES = 50;

/** Keeps the plans of all events. Every write of a meeting goes through `change`. */
export class PlanStore {
  readonly #plans: Model<PlanRecord>;
  readonly #stored;
  readonly #clock: () => Date;
  /** The last plan seen of each event: read anew only where the version in the database is another one. */
  readonly #seen = new Map<string, Plan>();
  readonly #turns = new Map<string, Turns>();

  constructor(connection: Connection, clock: () => Date) {
    this.#plans = planModel(connection);
    this.#stored = connection.collection<PlanRecord>(this.#plans.collection.collectionName);
    this.#clock = clock;
  }

  /** The plan as this process wrote or read it last; undefined where it did neither. */
  known(eventId: string): Plan | undefined {
    return this.#seen.get(eventId);
  }

  /** The plan as it stands. */
  async read(eventId: string): Promise<Plan> {
    return (await this.readAll([eventId])).get(eventId) ?? EMPTY_PLAN;
  }

  /** The plans of these events: two commands at most, however many there are. */
  async readAll(eventIds: readonly string[]): Promise<ReadonlyMap<string, Plan>> {
    const current = await this.#current(eventIds.filter((id) => this.#seen.has(id)));
    const others = eventIds.filter((id) => !current.has(id));
    if (others.length === 0) return current;
    const records = await this.#plans
      .find({ _id: trusted({ $in: [...others] }) }, { history: 0, untold: 0 })
      .lean<PlanRecord[]>()
      .exec();
    const read = new Map(records.map((record) => [record._id, toPlan(record)]));
    for (const id of others) this.#seen.set(id, read.get(id) ?? EMPTY_PLAN);
    return new Map(eventIds.map((id) => [id, current.get(id) ?? read.get(id) ?? EMPTY_PLAN]));
  }

  /** Those of these plans that are still as they were last seen. */
  async #current(eventIds: readonly string[]): Promise<Map<string, Plan>> {
    if (eventIds.length === 0) return new Map();
    const stored = await someAlong<Pick<PlanRecord, '_id' | 'version'>>(this.#plans, eventIds, {
      version: 1,
    });
    const versions = new Map(stored.map(({ _id, version }) => [_id, version]));
    return new Map(
      eventIds.flatMap((id) => {
        const seen = this.#seen.get(id);
        // Where nothing is stored there is no plan yet, as was seen.
        return seen && seen.version === (versions.get(id) ?? EMPTY_PLAN.version) ? [[id, seen] as const] : [];
      }),
    );
  }

  /**
   * Changes a plan by one conditional write. `step` is a plain function of the plan as it stands and is called again where another
   * process was faster; null: nothing to do; what it throws ends the change. Changes of one event take turns.
   *
   * @throws HttpProblem 409 where the step would break a rule of rules.ts; then nothing is written
   */
  change(...change: Parameters<ChangePlan>): ReturnType<ChangePlan> {
    return this.#turnsOf(change[0]).take(() => this.#change(...change));
  }

  /**
   * Holds back all other changes of an event that go through this process while `task` works one out, which it writes by the function
   * that it is given. For work that takes long and would be overtaken again and again.
   */
  alone<T>(eventId: string, task: (change: ChangePlan) => Promise<T>): Promise<T> {
    return this.#turnsOf(eventId).take(() => task((...change) => this.#change(...change)));
  }

  #turnsOf(eventId: string): Turns {
    const turns = this.#turns.get(eventId) ?? new Turns();
    this.#turns.set(eventId, turns);
    return turns;
  }

  /**
   * Works a step out on the plan as it was seen last, while something else is waited for; null where it refuses that plan. `change` takes it where
   * the plan is still that one, and works the step out anew where it is not.
   */
  ready(...[eventId, tables, step]: Parameters<ChangePlan>): ReadyStep | null {
    const seen = this.#seen.get(eventId);
    const wanted = seen && tried(step, seen);
    if (!wanted) return null;
    const after = applied(seen, wanted);
    return planFaults(seen, after, tables).length > 0 ? null : worked(seen, after, wanted);
  }

  async #change(...[eventId, tables, step, ready]: Parameters<ChangePlan>): ReturnType<ChangePlan> {
    // The plan as it was seen last is the plan as it stands, unless another process wrote: then the write is refused.
    const isOfSeen = ready && ready.before === this.#seen.get(eventId);
    const ofSeen = isOfSeen ? ready : this.ready(eventId, tables, step);
    if (ofSeen) {
      const done = await this.#writeStep(eventId, ofSeen);
      if (done) return done;
    }
    for (let attempt = 0; attempt < TRIES; attempt += 1) {
      const before = await this.read(eventId);
      const wanted = step(before);
      if (wanted === null) return { before, after: before, news: null };
      const after = applied(before, wanted);
      const faults = planFaults(before, after, tables);
      if (faults.length > 0) throw conflict('plan-rule', `This would break the plan: ${faults.join('; ')}.`);
      const done = await this.#writeStep(eventId, worked(before, after, wanted));
      if (done) return done;
    }
    throw conflict('busy', 'The plan is being changed by many at once. Try again in a moment.');
  }

  /** Writes a step that breaks no rule; null where the plan is another one by now. */
  async #writeStep(
    eventId: string,
    { before, after, news, fields, history }: ReadyStep,
  ): Promise<{ before: Plan; after: Plan; news: PlanNews } | null> {
    const line = history && { ...history, at: this.#clock() };
    if (before.version === 0) await this.#create(eventId);
    // By the driver itself: mongoose would look through every meeting of what is ours.
    const { modifiedCount } = await this.#stored.updateOne(
      { _id: eventId, version: before.version },
      { $set: fields, ...(line ? { $push: { history: line } } : {}) },
    );
    if (modifiedCount !== 1) return null;
    this.#seen.set(eventId, after);
    return { before, after, news };
  }

  /** What is still to be told, of all events; empty but after a crash. */
  async untold(): Promise<{ eventId: string; news: PlanNews }[]> {
    const records = await this.#plans
      .find({}, { untold: 1 })
      .lean<Pick<PlanRecord, '_id' | 'untold'>[]>()
      .exec();
    return records.flatMap(({ _id, untold }) =>
      Object.entries(untold).map(([key, news]) => ({
        eventId: _id,
        news: { ...news, version: Number(key.slice(1)) },
      })),
    );
  }

  /** The news are in the streams of the accounts. */
  async told(eventId: string, version: number): Promise<void> {
    await this.#plans.updateOne({ _id: eventId }, { $unset: { [`untold.v${version}`]: 1 } }).exec();
  }

  async history(eventId: string): Promise<readonly HistoryEntry[]> {
    const record = await this.#plans
      .findById(eventId, { history: 1 })
      .lean<Pick<PlanRecord, 'history'>>()
      .exec();
    return record?.history ?? [];
  }

  /** An empty plan to write on; of two that come at once one makes it. */
  async #create(eventId: string): Promise<void> {
    await this.#plans
      .updateOne(
        { _id: eventId },
        { $setOnInsert: { version: 0, rounds: {}, forbidden: [], history: [], untold: {} } },
        { upsert: true },
      )
      .exec();
  }
}

/** What a step wants of a plan that may be an older one; null where it refuses that one: it is asked again on the plan as it stands. */
function tried(step: (plan: Plan) => PlanStep | null, plan: Plan): PlanStep | null {
  try {
    return step(plan);
  } catch (error) {
    if (error instanceof HttpProblem) return null;
    throw error;
  }
}

/** What is written of a step and told of it. */
function worked(before: Plan, after: Plan, step: PlanStep): ReadyStep {
  const meetings = newsOf(before, after, step.cause);
  const event = step.event ?? null;
  const rest = { cause: step.cause, meetings, event };
  const fields = {
    version: after.version,
    ...Object.fromEntries(
      step.rounds.flatMap((round) => Object.entries(fieldsOf(before.rounds.get(round.number), round))),
    ),
    ...(step.forbidden ? { forbidden: after.forbidden.map(([a, b]): [string, string] => [a, b]) } : {}),
    ...(event !== null || meetings.length > 0 ? { [`untold.v${after.version}`]: rest } : {}),
  };
  return { before, after, news: { version: after.version, ...rest }, fields, history: step.history };
}

function applied(before: Plan, { rounds, forbidden }: PlanStep): Plan {
  const next = new Map(before.rounds);
  for (const round of rounds) next.set(round.number, round);
  return { version: before.version + 1, rounds: next, forbidden: forbidden ?? before.forbidden };
}

function toPlan({ version, rounds, forbidden }: PlanRecord): Plan {
  return {
    version,
    rounds: new Map(Object.values(rounds).map((round) => [round.number, round])),
    forbidden,
  };
}
