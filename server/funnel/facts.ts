import { trusted, type Connection } from 'mongoose';
import { consortiumModel, type ConsortiumRecord } from '../consortia/model.ts';
import { eventModel, planModel, type EventRecord, type PlanRecord } from '../events/model.ts';
import { outcomeModel, type OutcomeRecord } from '../outcomes/model.ts';
import { smeModel, type SmeRecord } from '../smes/model.ts';
import { listModel, type ListRecord } from '../suggestions/model.ts';
import type { FunnelFacts, FunnelProject, FunnelSme } from './count.ts';

/** SMEs and lists change slowly and are many: they are read at most once in this time. What people decide is read anew each time. */
const KEPT_MS = 10_000;

/** The large part of the facts. */
interface Pool {
  readonly smes: readonly FunnelSme[];
  readonly suggested: ReadonlySet<string>;
}

/** A project with what its money is reckoned from. */
export interface MoneyProject extends FunnelProject {
  readonly callId: string;
  readonly grantEur: number | null;
}

export type FactsReader = ReturnType<typeof createFactsReader>;

/** Reads what the funnel counts: a constant number of queries, however much there is. */
export function createFactsReader(deps: { connection: Connection; clock: () => Date }) {
  const { connection, clock } = deps;
  let kept: { readonly until: number; readonly pool: Promise<Pool> } | null = null;

  async function readPool(): Promise<Pool> {
    const [smes, lists] = await Promise.all([
      smeModel(connection)
        .find({}, { country: 1, clusterId: 1, sizeClass: 1 })
        .lean<Pick<SmeRecord, '_id' | 'country' | 'clusterId' | 'sizeClass'>[]>()
        .exec(),
      listModel(connection)
        .find({ 'entries.0': trusted({ $exists: true }) }, { _id: 1 })
        .lean<Pick<ListRecord, '_id'>[]>()
        .exec(),
    ]);
    return {
      smes: smes.map(({ _id, country, clusterId, sizeClass }) => ({
        id: _id,
        country,
        clusterId,
        sizeClass,
      })),
      suggested: new Set(lists.map(({ _id }) => _id)),
    };
  }

  function pool(): Promise<Pool> {
    const now = clock().getTime();
    if (kept !== null && kept.until > now) return kept.pool;
    const fresh = readPool();
    kept = { until: now + KEPT_MS, pool: fresh };
    fresh.catch(() => (kept = null));
    return fresh;
  }

  async function met(callId: string | undefined): Promise<[string, string][]> {
    const events = await eventModel(connection)
      .find(callId === undefined ? {} : { callId }, { _id: 1 })
      .lean<Pick<EventRecord, '_id'>[]>()
      .exec();
    const plans = await planModel(connection)
      .find({ _id: trusted({ $in: events.map(({ _id }) => _id) }) }, { rounds: 1 })
      .lean<Pick<PlanRecord, 'rounds'>[]>()
      .exec();
    const pairs = new Map<string, [string, string]>();
    for (const { rounds } of plans) {
      for (const { meetings } of Object.values(rounds)) {
        for (const { a, b, state } of meetings) {
          if (state === 'running' || state === 'done') pairs.set(a < b ? `${a} ${b}` : `${b} ${a}`, [a, b]);
        }
      }
    }
    return [...pairs.values()];
  }

  async function projects(callId: string | undefined): Promise<MoneyProject[]> {
    const ofCall = callId === undefined ? {} : { callId };
    const [consortia, outcomes] = await Promise.all([
      consortiumModel(connection)
        .find(ofCall, { a: 1, b: 1, state: 1, callId: 1, details: 1 })
        .lean<ConsortiumRecord[]>()
        .exec(),
      outcomeModel(connection).find(ofCall).lean<OutcomeRecord[]>().exec(),
    ]);
    const known = new Map(outcomes.map((one) => [one._id, one]));
    return consortia.map((one) => ({
      a: one.a,
      b: one.b,
      callId: one.callId,
      instrumentId: one.details.instrumentId,
      formed: one.state === 'formed',
      outcome: known.get(one._id)?.state ?? null,
      grantEur: known.get(one._id)?.grantEur ?? null,
    }));
  }

  return {
    /**
     * Facts of one call, or of all. `suggested`: whether the standing lists are those of what is asked: they are made for the call in force.
     */
    async read(
      callId: string | undefined,
      { suggested }: { suggested: boolean },
    ): Promise<FunnelFacts<MoneyProject>> {
      const [{ smes, suggested: now }, pairs, wanted] = await Promise.all([
        pool(),
        met(callId),
        projects(callId),
      ]);
      return { smes, suggested: suggested ? now : null, met: pairs, projects: wanted };
    },
  };
}
