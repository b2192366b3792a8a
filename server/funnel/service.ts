import type { Connection } from 'mongoose';
import type { Viewer } from '../accounts/viewer.ts';
import { mayReadCall } from '../calls/policy.ts';
import type { CallService } from '../calls/service.ts';
import { notAllowed, notFound } from '../http/errors.ts';
import { readReferenceFile } from '../reference/reference-file.ts';
import { WorkedOut } from '../storage/worked-out.ts';
import {
  countProjects,
  groupCounts,
  grouped,
  reachedBySme,
  restrict,
  stageNumber,
  stagesView,
  upToConsortium,
  type FunnelFacts,
  type FunnelSme,
} from './count.ts';
import { createFactsReader, type MoneyProject } from './facts.ts';
import { snapshotModel, type SnapshotRecord } from './model.ts';
import {
  STAGES,
  targetsSchema,
  type AccessRow,
  type CallAccess,
  type FunnelQuery,
  type FunnelRow,
  type FunnelView,
} from './schema.ts';

export interface FunnelServiceDeps {
  readonly connection: Connection;
  readonly clock: () => Date;
  readonly calls: Pick<CallService, 'inForce' | 'some'>;
  /** Names of clusters by id; ids without a cluster are left out. */
  readonly clusterNames: (ids: readonly string[]) => Promise<ReadonlyMap<string, string>>;
  /** Widening countries of the programme. */
  readonly widening: ReadonlySet<string>;
}

export type FunnelService = ReturnType<typeof createFunnelService>;

const NO_CLUSTER = 'none';
/** Days that are shown of what went before. */
const DAYS = 90;

/** From registered to funded: what was reached, by call, instrument, country and cluster, against what was set out for. */
export function createFunnelService(deps: FunnelServiceDeps) {
  const { connection, clock, calls, widening } = deps;
  const facts = createFactsReader({ connection, clock });
  const snapshots = snapshotModel(connection);
  const counted = new WorkedOut();
  const targets = readReferenceFile('targets.json', targetsSchema);

  /** What is counted, the call that is asked for, and all calls. @throws HttpProblem 404 */
  async function read(viewer: Viewer, callId: string | undefined) {
    // Asked for at once, so that all of it is one question to the database.
    const suggested = calls.inForce().then(({ id }) => callId === undefined || callId === id);
    const [known, found] = await Promise.all([calls.some(), facts.read(callId, { suggested })]);
    const call = callId === undefined ? null : (known.get(callId) ?? null);
    if (callId !== undefined && (!call || !mayReadCall(viewer, call.state))) throw notFound('call');
    return { call, found, known };
  }

  /** Instruments by id, of all calls that these projects are of. */
  function instrumentsOf(projects: readonly MoneyProject[], known: Awaited<ReturnType<CallService['some']>>) {
    const callIds = new Set(projects.map(({ callId }) => callId));
    return new Map(
      [...callIds].flatMap((id) =>
        (known.get(id)?.instruments ?? []).map((one) => [`${id}/${one.id}`, one] as const),
      ),
    );
  }

  async function withNames(rows: readonly Omit<FunnelRow, 'name'>[]): Promise<FunnelRow[]> {
    const names = await deps.clusterNames(rows.map(({ key }) => key));
    return rows.map((row) => ({ ...row, name: names.get(row.key) ?? null }));
  }

  function instrumentRows(
    projects: readonly MoneyProject[],
    instruments: ReturnType<typeof instrumentsOf>,
  ): FunnelRow[] {
    const names = new Map([...instruments.values()].map(({ id, name }) => [id, name]));
    const groups = grouped(projects, ({ instrumentId }) => instrumentId ?? '');
    return [...groups]
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, ofKey]) => ({
        key,
        name: names.get(key) ?? null,
        counts: countProjects({ met: [], projects: ofKey }).map((count, at) =>
          at < stageNumber('intent') ? null : count,
        ),
      }));
  }

  function moneyOf(
    projects: readonly MoneyProject[],
    instruments: ReturnType<typeof instrumentsOf>,
  ): { committedEur: number; assumed: number } {
    const funded = projects.filter(({ outcome }) => outcome === 'in-programme');
    const ceiling = ({ callId, instrumentId }: MoneyProject): number =>
      instruments.get(`${callId}/${instrumentId ?? ''}`)?.grantCeilingEur ?? 0;
    return {
      committedEur: funded.reduce((sum, one) => sum + (one.grantEur ?? ceiling(one)), 0),
      assumed: funded.filter(({ grantEur }) => grantEur === null).length,
    };
  }

  /** A cluster sees its own members, and never project results. */
  function scopeOf(viewer: Viewer, query: FunnelQuery): FunnelQuery {
    if (viewer.role === 'staff') return query;
    if (viewer.clusterId === null) throw notAllowed('The funnel is for clusters and staff.');
    if (query.clusterId !== undefined && query.clusterId !== viewer.clusterId) {
      throw notAllowed('clusterId: a cluster sees the way of its own members only.');
    }
    return { ...query, clusterId: viewer.clusterId };
  }

  const clusterKey = ({ clusterId }: FunnelSme): string => clusterId ?? NO_CLUSTER;
  const isWanted =
    ({ country, clusterId }: FunnelQuery) =>
    (sme: FunnelSme): boolean =>
      (country === undefined || sme.country === country) &&
      (clusterId === undefined || (sme.clusterId ?? NO_CLUSTER) === clusterId);

  return {
    /** Reads into memory what is counted, so that nobody has to wait for that. */
    warm: () => facts.warm(),

    /** @throws HttpProblem 403, 404 */
    async funnel(viewer: Viewer, asked: FunnelQuery): Promise<FunnelView> {
      const query = scopeOf(viewer, asked);
      const { call, found, known } = await read(viewer, query.callId);
      const byInstrument = query.instrumentId !== undefined;
      const { callId = '', instrumentId = '', country = '', clusterId = '' } = query;
      const { projects, stages, countries, clusters } = counted.of(
        found.stamp,
        ['funnel', callId, instrumentId, country, clusterId],
        () => {
          const wanted = restrict(found.facts(), { sme: isWanted(query), instrumentId: query.instrumentId });
          const reached = reachedBySme(wanted);
          return {
            projects: wanted.projects,
            stages: stagesView(wanted, reached, { byInstrument }),
            countries: groupCounts(wanted, reached, (sme) => sme.country),
            clusters: groupCounts(wanted, reached, clusterKey),
          };
        },
      );
      const instruments = instrumentsOf(projects, known);
      const withoutResults = viewer.role !== 'staff';
      const cut = <T>(values: T[]): T[] => (withoutResults ? upToConsortium(values) : values);
      const rows = (groups: FunnelRow[]): FunnelRow[] =>
        groups.map((row) => ({
          ...row,
          counts: cut(row.counts).map((count, at) =>
            byInstrument && at < stageNumber('intent') ? null : count,
          ),
        }));
      const whole = [query.instrumentId, query.country, query.clusterId].every((part) => part === undefined);
      return {
        callId: query.callId ?? null,
        withoutResults,
        stages: cut(stages),
        groups: {
          instrument: rows(instrumentRows(projects, instruments)),
          country: rows(countries.map((row) => ({ ...row, name: null }))),
          cluster: rows(await withNames(clusters)),
        },
        targets: whole && call === null && !withoutResults ? targets : null,
        money: withoutResults
          ? null
          : { budgetEur: call ? call.budgetEur : targets.budgetEur, ...moneyOf(projects, instruments) },
        computedAt: clock().toISOString(),
      };
    },

    /** Exposure and success by group, for one call. For staff. @throws HttpProblem 404 */
    async access(viewer: Viewer, callId: string): Promise<CallAccess> {
      const { found } = await read(viewer, callId);
      const { groups, suggested } = counted.of(found.stamp, ['access', callId], () => {
        const facts = found.facts();
        const reached = reachedBySme(facts);
        const by = (keyOf: (sme: FunnelSme) => string) => groupCounts(facts, reached, keyOf);
        return {
          suggested: facts.suggested !== null,
          groups: {
            all: by(() => 'all'),
            country: by(({ country }) => country),
            cluster: by(clusterKey),
            sizeClass: by(({ sizeClass }) => sizeClass),
            widening: by(({ country }) => (widening.has(country) ? 'widening' : 'not-widening')),
          },
        };
      });
      const [clusters, history] = await Promise.all([
        withNames(groups.cluster),
        snapshots.find({ callId }).sort({ day: -1 }).limit(DAYS).lean<SnapshotRecord[]>().exec(),
      ]);
      const total = groups.all[0]?.counts[0] ?? 0;
      const consortium = stageNumber('consortium');
      const rowOf = ({
        key,
        counts,
        name = null,
      }: Omit<FunnelRow, 'name'> & Partial<FunnelRow>): AccessRow => {
        const smes = counts[0] ?? 0;
        return {
          key,
          name,
          counts,
          share: total === 0 ? 0 : smes / total,
          success: smes === 0 ? 0 : (counts[consortium] ?? 0) / smes,
        };
      };
      const [whole] = groups.all.map(rowOf);
      return {
        callId,
        stages: [...STAGES],
        success: whole?.success ?? 0,
        groups: {
          country: groups.country.map(rowOf),
          cluster: clusters.map(rowOf),
          sizeClass: groups.sizeClass.map(rowOf),
          widening: groups.widening.map(rowOf),
        },
        unsuggested: !suggested ? null : total - (whole?.counts[1] ?? 0),
        history: history.toReversed().map(({ day, counts, widening: of }) => ({ day, counts, widening: of })),
        computedAt: clock().toISOString(),
      };
    },

    /** Keeps how the call in force stands today, so that it can be followed over time. Again on the same day: replaced. */
    async snapshot(): Promise<string> {
      const { id: callId, name } = await calls.inForce();
      const found = (await facts.read(callId, { suggested: true })).facts();
      const day = clock().toISOString().slice(0, 10);
      const inWidening = restrict(found, { sme: ({ country }) => widening.has(country) });
      const countsOf = (some: FunnelFacts): (number | null)[] =>
        groupCounts(some, reachedBySme(some), () => 'all')[0]?.counts ?? STAGES.map(() => 0);
      const counts = countsOf(found);
      await snapshots
        .updateOne(
          { _id: `${callId}:${day}` },
          { $set: { callId, day, counts, widening: countsOf(inWidening) } },
          { upsert: true },
        )
        .exec();
      return `${name}: ${counts[0] ?? 0} SMEs registered, ${counts[stageNumber('consortium')] ?? 0} in a consortium.`;
    },
  };
}
