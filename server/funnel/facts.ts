import { trusted, type Connection } from 'mongoose';
import { consortiumModel } from '../consortia/model.ts';
import { eventModel, planModel, type EventRecord, type PlanRecord } from '../events/model.ts';
import { outcomeModel, type OutcomeRecord } from '../outcomes/model.ts';
import { smeModel } from '../smes/model.ts';
import { askAlong } from '../storage/ask-along.ts';
import { followRecords } from '../storage/follow.ts';
import { sharedNext } from '../storage/shared-next.ts';
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
  /** Changes whenever the facts do: what was counted under one stamp holds for it. */
  readonly stamp: string;
  /** Puts them together; only where nothing is remembered under the stamp. */
  facts(): FunnelFacts<MoneyProject>;
}

/** Pairs that had a meeting at one event. */
type MetPairs = readonly (readonly [string, string])[];

interface MetAtEvent {
  readonly callId: string;
  readonly version: number;
  readonly pairs: MetPairs;
}

export type FactsReader = ReturnType<typeof createFactsReader>;

/**
 * Reads what the funnel counts. SMEs, consortia, their outcomes and the meetings of events are kept in memory, and only what changed of them is
 * read; what changed is one question for all of them.
 */
export function createFactsReader(deps: { connection: Connection; clock: () => Date }) {
  const { connection, clock } = deps;
  let generation = 0;
  /** Puts what is kept of a record into a map by its id. */
  const kept = <Read extends { _id: string }, Kept>(into: Map<string, Kept>, of: (record: Read) => Kept) => ({
    put(record: Read): void {
      into.set(record._id, of(record));
      generation += 1;
    },
    remove(id: string): void {
      into.delete(id);
      generation += 1;
    },
  });
  const smes = new Map<string, FunnelSme>();
  const consortia = new Map<string, Pick<MoneyProject, 'a' | 'b' | 'callId' | 'instrumentId' | 'formed'>>();
  const outcomes = new Map<string, Pick<OutcomeRecord, 'state' | 'grantEur'>>();
  const followers = [
    followRecords(
      smeModel(connection),
      ['country', 'clusterId', 'sizeClass'],
      kept(smes, ({ _id: id, country, clusterId, sizeClass }) => ({ id, country, clusterId, sizeClass })),
    ),
    followRecords(
      consortiumModel(connection),
      ['a', 'b', 'callId', 'state', 'details'],
      kept(consortia, ({ a, b, callId, state, details: { instrumentId } }) => ({
        a,
        b,
        callId,
        instrumentId,
        formed: state === 'formed',
      })),
      { grows: 'revision' },
    ),
    followRecords(
      outcomeModel(connection),
      ['state', 'grantEur'],
      kept(outcomes, ({ state, grantEur }) => ({ state, grantEur })),
    ),
  ];
  const plans = planModel(connection);
  /** By event, whose call never changes. */
  const meetings = new Map<string, MetAtEvent>();
  const planned = sharedNext(readMeetings);
  let lists: { readonly until: number; readonly unsuggested: Promise<ReadonlySet<string>> } | null = null;
  /** Who had no suggestion when this was last looked at. */
  let without: ReadonlySet<string> = new Set();

  /** SMEs whose list is empty, or that have none yet. */
  async function readUnsuggested(): Promise<ReadonlySet<string>> {
    const stored = listModel(connection);
    const [empty, count] = await Promise.all([
      stored
        .find({ 'entries.0': trusted({ $exists: false }) }, { _id: 1 })
        .lean<Pick<ListRecord, '_id'>[]>()
        .exec(),
      stored.estimatedDocumentCount().exec(),
    ]);
    const found = new Set(empty.map(({ _id }) => _id));
    if (count === smes.size) return noted(found);
    // Some SMEs came a moment ago and have no list yet: all are compared.
    const all = await stored.find({}, { _id: 1 }).lean<Pick<ListRecord, '_id'>[]>().exec();
    const listed = new Set(all.map(({ _id }) => _id));
    return noted(new Set([...smes.keys()].filter((id) => !listed.has(id) || found.has(id))));
  }

  /** Only where it is somebody else than before, something has to be counted anew. */
  function noted(found: ReadonlySet<string>): ReadonlySet<string> {
    if (found.size === without.size && [...found].every((id) => without.has(id))) return without;
    without = found;
    generation += 1;
    return found;
  }

  function unsuggested(): Promise<ReadonlySet<string>> {
    const now = clock().getTime();
    if (lists !== null && lists.until > now) return lists.unsuggested;
    const fresh = readUnsuggested();
    lists = { until: now + KEPT_MS, unsuggested: fresh };
    fresh.catch(() => (lists = null));
    return fresh;
  }

  /** Plans that changed since they were last read are read anew. Answers with the plans there are. */
  async function readMeetings(): Promise<readonly string[]> {
    const stored = await askAlong<Pick<PlanRecord, '_id' | 'version'>>(connection, {
      collection: plans.collection.collectionName,
      pipeline: [{ $project: { version: 1 } }],
    });
    const changed = stored.filter(({ _id, version }) => meetings.get(_id)?.version !== version);
    if (changed.length > 0) await readPlans(changed.map(({ _id }) => _id));
    return stored.map(({ _id }) => _id);
  }

  async function readPlans(eventIds: readonly string[]): Promise<void> {
    const these = { _id: trusted({ $in: [...eventIds] }) };
    const [read, events] = await Promise.all([
      plans
        .find(these, { version: 1, rounds: 1 })
        .lean<Pick<PlanRecord, '_id' | 'version' | 'rounds'>[]>()
        .exec(),
      eventModel(connection).find(these, { callId: 1 }).lean<Pick<EventRecord, '_id' | 'callId'>[]>().exec(),
    ]);
    const callOf = new Map(events.map(({ _id, callId }) => [_id, callId]));
    for (const { _id, version, rounds } of read) {
      const callId = callOf.get(_id);
      if (callId !== undefined) meetings.set(_id, { callId, version, pairs: metIn(rounds) });
    }
  }

  /** Events of a call, or all, with the version of their plan and the pairs that met there. */
  async function metAt(callId: string | undefined) {
    return (await planned()).flatMap((eventId) => {
      const of = meetings.get(eventId);
      return of && (callId === undefined || of.callId === callId) ? [{ eventId, ...of }] : [];
    });
  }

  function projectsOf(callId: string | undefined): MoneyProject[] {
    return [...consortia].flatMap(([id, one]) => {
      if (callId !== undefined && one.callId !== callId) return [];
      const outcome = outcomes.get(id);
      return [{ ...one, outcome: outcome?.state ?? null, grantEur: outcome?.grantEur ?? null }];
    });
  }

  async function fresh(): Promise<void> {
    await Promise.all(followers.map((follower) => follower.fresh()));
  }

  return {
    /** Reads into memory what is kept there. */
    async warm(): Promise<void> {
      await Promise.all([fresh(), metAt(undefined)]);
    },

    /**
     * Facts of one call, or of all. `suggested`: whether the standing lists are those of what is asked: they are made for the call in force.
     */
    async read(
      callId: string | undefined,
      { suggested: willBe }: { suggested: boolean | Promise<boolean> },
    ): Promise<StampedFacts> {
      const [suggested, held] = await Promise.all([willBe, metAt(callId), fresh()]);
      const unseen = await unsuggested();
      const versions = held.map(({ eventId, version }) => [eventId, version]);
      return {
        stamp: JSON.stringify([generation, suggested, versions]),
        facts: () => ({
          smes: [...smes.values()],
          suggested: suggested ? new Set([...smes.keys()].filter((id) => !unseen.has(id))) : null,
          met: eachOnce(held.flatMap(({ pairs }) => pairs)),
          projects: projectsOf(callId),
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
