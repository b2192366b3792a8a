import { trusted, type Connection } from 'mongoose';
import { consortiumModel, type ConsortiumRecord } from '../consortia/model.ts';
import { eventModel, planModel, type EventRecord, type PlanRecord } from '../events/model.ts';
import { outcomeModel, type OutcomeRecord } from '../outcomes/model.ts';
import { smeModel } from '../smes/model.ts';
import { followRecords } from '../storage/follow.ts';
import { listModel, type ListRecord } from '../suggestions/model.ts';
import type { FunnelFacts, FunnelProject, FunnelSme } from './count.ts';

/** Lists are many and change with every profile: who has none is read at most once in this time. What people decide is read anew each time. */
const KEPT_MS = 10_000;

/** A project with what its money is reckoned from. */
export interface MoneyProject extends FunnelProject {
  readonly callId: string;
  readonly grantEur: number | null;
}

/** What is counted, as it stands now. */
export interface StampedFacts {
  readonly projects: readonly MoneyProject[];
  /** Changes whenever the facts do: what was counted under one stamp holds for it. */
  readonly stamp: string;
  /** Puts them together; only where nothing is remembered under the stamp. */
  facts(): FunnelFacts<MoneyProject>;
}

/** Pairs that had a meeting at one event. */
type MetPairs = readonly (readonly [string, string])[];

export type FactsReader = ReturnType<typeof createFactsReader>;

/**
 * Reads what the funnel counts: a constant number of queries, however much there is. SMEs and the meetings of events are kept in memory, and
 * only what changed of them is read.
 */
export function createFactsReader(deps: { connection: Connection; clock: () => Date }) {
  const { connection, clock } = deps;
  const smes = new Map<string, FunnelSme>();
  let generation = 0;
  const follower = followRecords(smeModel(connection), ['country', 'clusterId', 'sizeClass'], {
    put({ _id: id, country, clusterId, sizeClass }) {
      smes.set(id, { id, country, clusterId, sizeClass });
      generation += 1;
    },
    remove(id) {
      smes.delete(id);
      generation += 1;
    },
  });
  const meetings = new Map<string, { readonly version: number; readonly pairs: MetPairs }>();
  let kept: { readonly until: number; readonly unsuggested: Promise<ReadonlySet<string>> } | null = null;
  let looks = 0;

  /** SMEs whose list is empty, or that have none yet. */
  async function readUnsuggested(): Promise<ReadonlySet<string>> {
    looks += 1;
    const lists = listModel(connection);
    const [empty, count] = await Promise.all([
      lists
        .find({ 'entries.0': trusted({ $exists: false }) }, { _id: 1 })
        .lean<Pick<ListRecord, '_id'>[]>()
        .exec(),
      lists.estimatedDocumentCount().exec(),
    ]);
    const without = new Set(empty.map(({ _id }) => _id));
    if (count === smes.size) return without;
    // Some SMEs came a moment ago and have no list yet: all are compared.
    const all = await lists.find({}, { _id: 1 }).lean<Pick<ListRecord, '_id'>[]>().exec();
    const listed = new Set(all.map(({ _id }) => _id));
    return new Set([...smes.keys()].filter((id) => !listed.has(id) || without.has(id)));
  }

  function unsuggested(): Promise<ReadonlySet<string>> {
    const now = clock().getTime();
    if (kept !== null && kept.until > now) return kept.unsuggested;
    const fresh = readUnsuggested();
    kept = { until: now + KEPT_MS, unsuggested: fresh };
    fresh.catch(() => (kept = null));
    return fresh;
  }

  /** Plans of these events as they were last read; those that changed since are read anew. */
  async function readMeetings(eventIds: readonly string[]): Promise<void> {
    const plans = planModel(connection);
    const stored = await plans
      .find({ _id: trusted({ $in: [...eventIds] }) }, { version: 1 })
      .lean<Pick<PlanRecord, '_id' | 'version'>[]>()
      .exec();
    const changed = stored.filter(({ _id, version }) => meetings.get(_id)?.version !== version);
    if (changed.length === 0) return;
    const read = await plans
      .find({ _id: trusted({ $in: changed.map(({ _id }) => _id) }) }, { version: 1, rounds: 1 })
      .lean<Pick<PlanRecord, '_id' | 'version' | 'rounds'>[]>()
      .exec();
    for (const { _id, version, rounds } of read) meetings.set(_id, { version, pairs: metIn(rounds) });
  }

  /** Events of a call, or all, with the version of their plan and the pairs that met there. */
  async function metAt(callId: string | undefined) {
    const events = await eventModel(connection)
      .find(callId === undefined ? {} : { callId }, { _id: 1 })
      .lean<Pick<EventRecord, '_id'>[]>()
      .exec();
    await readMeetings(events.map(({ _id }) => _id));
    return events.flatMap(({ _id }) => {
      const of = meetings.get(_id);
      return of ? [{ eventId: _id, ...of }] : [];
    });
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
    async read(callId: string | undefined, { suggested }: { suggested: boolean }): Promise<StampedFacts> {
      await follower.fresh();
      const [without, held, wanted] = await Promise.all([unsuggested(), metAt(callId), projects(callId)]);
      const versions = held.map(({ eventId, version }) => [eventId, version]);
      return {
        projects: wanted,
        stamp: JSON.stringify([generation, looks, suggested, versions, wanted]),
        facts: () => ({
          smes: [...smes.values()],
          suggested: suggested ? new Set([...smes.keys()].filter((id) => !without.has(id))) : null,
          met: eachOnce(held.flatMap(({ pairs }) => pairs)),
          projects: wanted,
        }),
      };
    },
  };
}

function metIn(rounds: PlanRecord['rounds']): MetPairs {
  return Object.values(rounds).flatMap(({ meetings }) =>
    meetings.flatMap(({ a, b, state }) =>
      state === 'running' || state === 'done' ? [a < b ? ([a, b] as const) : ([b, a] as const)] : [],
    ),
  );
}

/** Pairs that met, each once, however often and where. */
const eachOnce = (pairs: MetPairs): MetPairs => [
  ...new Map(pairs.map((pair) => [pair.join(' '), pair])).values(),
];
