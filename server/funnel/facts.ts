import { trusted, type Connection } from 'mongoose';
import { consortiumModel } from '../consortia/model.ts';
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
  /** Changes whenever the facts do: what was counted under one stamp holds for it. */
  readonly stamp: string;
  /** Puts them together; only where nothing is remembered under the stamp. */
  facts(): FunnelFacts<MoneyProject>;
}

/** Pairs that had a meeting at one event. */
type MetPairs = readonly (readonly [string, string])[];

export type FactsReader = ReturnType<typeof createFactsReader>;

/**
 * Reads what the funnel counts: a constant number of queries, however much there is. SMEs, consortia, their outcomes and the meetings of
 * events are kept in memory, and only what changed of them is read.
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
  const meetings = new Map<string, { readonly version: number; readonly pairs: MetPairs }>();
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
      await fresh();
      await metAt(undefined);
    },

    /**
     * Facts of one call, or of all. `suggested`: whether the standing lists are those of what is asked: they are made for the call in force.
     */
    async read(callId: string | undefined, { suggested }: { suggested: boolean }): Promise<StampedFacts> {
      await fresh();
      const [unseen, held] = await Promise.all([unsuggested(), metAt(callId)]);
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
