import type { Connection } from 'mongoose';
import type { Viewer } from '../accounts/viewer.ts';
import type { Audit, AuditedState, AuditedThings } from '../audit/audit.ts';
import { auditedCollection } from '../audit/audited-collection.ts';
import { clusterModel, type ClusterRecord } from '../clusters/model.ts';
import { conflict, notFound, staleVersion } from '../http/errors.ts';
import { pageOfArray } from '../http/paging.ts';
import type { Page } from '../http/schema.ts';
import { searchName } from '../smes/search-name.ts';
import { isDuplicateKey } from '../storage/duplicate-key.ts';
import { newId } from '../storage/ids.ts';
import { changeVersioned } from '../storage/versioned.ts';
import { reminderModel, reportModel, type PeriodRecord, type ReportRecord } from './model.ts';
import type { PeriodService } from './periods.ts';
import {
  isHandedIn,
  presentCollected,
  presentLine,
  presentPeriodName,
  presentReport,
  reachedBy,
  type NamedCluster,
} from './present.ts';
import type {
  Prefilled,
  ReportDecision,
  ReportExport,
  ReportInput,
  ReportLine,
  ReportState,
  ReportView,
} from './schema.ts';

export interface ReportServiceDeps {
  readonly connection: Connection;
  readonly clock: () => Date;
  readonly audit: Audit;
  readonly periods: Pick<PeriodService, 'find'>;
  readonly prefill: (clusterId: string, period: { from: string; to: string }) => Promise<Prefilled>;
  /** Hears that a report was handed in, accepted or asked back. */
  readonly changed: (report: ReportRecord) => Promise<void>;
}

export interface LineQuery {
  readonly cursor?: string | undefined;
  readonly limit: number;
  readonly state?: ReportState | undefined;
  readonly overdue?: 'yes' | undefined;
  readonly q?: string | undefined;
  readonly sort: 'name' | 'state' | 'reached';
}

export type ReportService = ReturnType<typeof createReportService>;

const STATES: readonly ReportState[] = ['submitted', 'returned', 'draft', 'none', 'accepted'];

/** What was decided about a report; null while it was never handed in. */
function decidedState({ periodId, clusterId, state, submission }: ReportRecord): AuditedState | null {
  if (!submission) return null;
  const { version, report, prefilled } = submission;
  return {
    periodId,
    clusterId,
    state,
    submission: { version, activities: report.activities.length, reached: reachedBy(report), prefilled },
  };
}

const COMPARE: Readonly<Record<LineQuery['sort'], (one: ReportLine, other: ReportLine) => number>> = {
  name: () => 0,
  state: (one, other) => STATES.indexOf(one.state) - STATES.indexOf(other.state),
  reached: (one, other) => other.reached - one.reached,
};

/** Light reports: a cluster writes its own, staff see who has, accept or ask back, and collect. */
export function createReportService(deps: ReportServiceDeps) {
  const { clock, periods } = deps;
  const reports = reportModel(deps.connection);
  const reminders = reminderModel(deps.connection);
  const clusters = clusterModel(deps.connection);

  async function findCluster(viewer: Viewer, clusterId: string): Promise<NamedCluster> {
    const own = viewer.role === 'cluster' && viewer.clusterId === clusterId;
    const cluster =
      viewer.role === 'staff' || own
        ? await clusters.findById(clusterId, { name: 1, country: 1 }).lean<NamedCluster>().exec()
        : null;
    if (!cluster) throw notFound('report');
    return cluster;
  }

  const find = (periodId: string, clusterId: string): Promise<ReportRecord | null> =>
    reports.findOne({ periodId, clusterId }).lean<ReportRecord>().exec();

  async function view(
    viewer: Viewer,
    facts: { period: PeriodRecord; cluster: NamedCluster; record: ReportRecord | null },
  ): Promise<ReportView> {
    const counted = await deps.prefill(facts.cluster._id, facts.period);
    return presentReport({ ...facts, counted }, viewer.role === 'staff' ? 'staff' : 'own');
  }

  /** Begins a report; of two windows that begin it at once, one does. @throws HttpProblem 412 */
  async function insert(record: ReportRecord): Promise<ReportRecord> {
    try {
      await reports.insertMany([record], { lean: true });
      return record;
    } catch (error) {
      if (isDuplicateKey(error)) throw staleVersion('report');
      throw error;
    }
  }

  function fresh(periodId: string, clusterId: string, set: Partial<ReportRecord>): ReportRecord {
    return {
      _id: newId(),
      version: 1,
      periodId,
      clusterId,
      state: 'draft',
      report: { activities: [], comments: '' },
      submission: null,
      note: '',
      decidedAt: null,
      ...set,
    };
  }

  function refuseHandedIn(record: ReportRecord | null): void {
    if (record && isHandedIn(record.state)) {
      throw conflict(
        'handed-in',
        'This report was handed in. The staff can ask it back, then it can be changed.',
      );
    }
  }

  async function write(
    before: ReportRecord | null,
    version: number,
    whose: { periodId: string; clusterId: string },
    set: Partial<ReportRecord>,
  ): Promise<ReportRecord> {
    refuseHandedIn(before);
    if (before) return changeVersioned(reports, { ...before, version }, set, 'report');
    if (version !== 0) throw staleVersion('report');
    return insert(fresh(whose.periodId, whose.clusterId, set));
  }

  async function note(
    viewer: Viewer,
    action: string,
    change: { before: ReportRecord | null; after: ReportRecord; reason?: string },
  ): Promise<void> {
    await deps.audit.record({
      actor: viewer,
      action: `report.${action}`,
      thing: { kind: 'report', id: change.after._id },
      before: change.before && decidedState(change.before),
      after: decidedState(change.after),
      ...(change.reason ? { reason: change.reason } : {}),
    });
    await deps.changed(change.after);
  }

  /** All clusters that are with us, or reported before they left, and where their report stands. They are few hundred: put in order here. */
  async function lines(period: PeriodRecord): Promise<ReportLine[]> {
    const [all, found, sent] = await Promise.all([
      clusters
        .find({}, { name: 1, country: 1, leftAt: 1 })
        .sort({ searchName: 1, _id: 1 })
        .lean<(NamedCluster & Pick<ClusterRecord, 'leftAt'>)[]>()
        .exec(),
      reports
        .find({ periodId: period._id }, { clusterId: 1, state: 1, submission: 1 })
        .lean<ReportRecord[]>()
        .exec(),
      reminders
        .aggregate<{ _id: string; n: number }>([
          { $match: { periodId: period._id } },
          { $group: { _id: '$clusterId', n: { $sum: 1 } } },
        ])
        .exec(),
    ]);
    const byCluster = new Map(found.map((record) => [record.clusterId, record]));
    const sentTo = new Map(sent.map(({ _id, n }) => [_id, n]));
    const shown = all.filter(({ _id, leftAt }) => !leftAt || byCluster.has(_id));
    return shown.map((cluster) =>
      presentLine({
        cluster,
        record: byCluster.get(cluster._id) ?? null,
        reminders: sentTo.get(cluster._id) ?? 0,
        dueOn: period.dueOn,
        now: clock(),
      }),
    );
  }

  return {
    /** One cluster's report about a period. @throws HttpProblem 404, also where it is another cluster's */
    async get(viewer: Viewer, periodId: string, clusterId: string): Promise<ReportView> {
      const [period, cluster] = await Promise.all([periods.find(periodId), findCluster(viewer, clusterId)]);
      return view(viewer, { period, cluster, record: await find(periodId, clusterId) });
    },

    /** Saves what a cluster has written so far. @throws HttpProblem 404, 409, 412 */
    async save(
      viewer: Viewer,
      whose: { periodId: string; clusterId: string },
      change: { version: number; report: ReportInput },
    ): Promise<ReportView> {
      const { periodId, clusterId } = whose;
      const [period, cluster] = await Promise.all([periods.find(periodId), findCluster(viewer, clusterId)]);
      const before = await find(periodId, clusterId);
      const record = await write(before, change.version, whose, { report: change.report });
      return view(viewer, { period, cluster, record });
    },

    /** Hands a report in, as it was saved last, with the figures as they stand now. @throws HttpProblem 404, 409, 412 */
    async submit(
      viewer: Viewer,
      whose: { periodId: string; clusterId: string },
      version: number,
    ): Promise<ReportView> {
      const { periodId, clusterId } = whose;
      const [period, cluster] = await Promise.all([periods.find(periodId), findCluster(viewer, clusterId)]);
      const before = await find(periodId, clusterId);
      const prefilled = await deps.prefill(clusterId, period);
      const report = before?.report ?? { activities: [], comments: '' };
      const submission = { version: version + 1, at: clock(), report, prefilled };
      const record = await write(before, version, whose, { state: 'submitted', submission });
      await note(viewer, 'submit', { before, after: record });
      return view(viewer, { period, cluster, record });
    },

    /** Staff accept a report or ask it back. @throws HttpProblem 404, 409, 412 */
    async decide(
      viewer: Viewer,
      whose: { periodId: string; clusterId: string },
      decision: ReportDecision,
    ): Promise<ReportView> {
      const [period, cluster] = await Promise.all([
        periods.find(whose.periodId),
        findCluster(viewer, whose.clusterId),
      ]);
      const before = await find(whose.periodId, whose.clusterId);
      // An accepted one may still be asked back, where something turns out to be wrong.
      const decidable = decision.decision === 'accept' ? ['submitted'] : ['submitted', 'accepted'];
      if (!before || !decidable.includes(before.state)) {
        throw conflict('not-handed-in', `This report is ${before?.state ?? 'not begun'}: nothing to decide.`);
      }
      const record = await changeVersioned(
        reports,
        { ...before, version: decision.version },
        {
          state: decision.decision === 'accept' ? 'accepted' : 'returned',
          note: decision.note,
          decidedAt: clock(),
        },
        'report',
      );
      await note(viewer, decision.decision, { before, after: record, reason: decision.note });
      return view(viewer, { period, cluster, record });
    },

    /** A page of the overview: every cluster, and where its report stands. @throws HttpProblem 404 */
    async overview(periodId: string, query: LineQuery): Promise<Page<ReportLine>> {
      const words = searchName(query.q ?? '');
      const found = (await lines(await periods.find(periodId))).filter(
        (line) =>
          (query.state === undefined || line.state === query.state) &&
          (query.overdue === undefined || line.overdue) &&
          searchName(line.cluster.name).includes(words),
      );
      return pageOfArray(found.toSorted(COMPARE[query.sort]), query);
    },

    /** All reports that were handed in about a period. @throws HttpProblem 404 */
    async collect(viewer: Viewer, periodId: string): Promise<ReportExport> {
      const period = await periods.find(periodId);
      const [found, all] = await Promise.all([
        reports.find({ periodId }).sort({ clusterId: 1 }).lean<ReportRecord[]>().exec(),
        clusters.find({}, { name: 1, country: 1 }).lean<NamedCluster[]>().exec(),
      ]);
      const byId = new Map(all.map((cluster) => [cluster._id, cluster]));
      const collected: ReportExport = {
        period: presentPeriodName(period),
        reports: found.flatMap((record) => {
          const cluster = byId.get(record.clusterId);
          const { submission } = record;
          if (!cluster || !submission) return [];
          const shown = presentReport({ period, cluster, record, counted: submission.prefilled }, 'staff');
          return [presentCollected(shown)];
        }),
      };
      await deps.audit.record({
        actor: viewer,
        action: 'report.export',
        thing: { kind: 'report-export', id: periodId },
        before: null,
        after: { reports: collected.reports.length },
      });
      return collected;
    },
  };
}

/** Light reports as they are stored, for comparison with the audit log. */
export const auditedReports = (connection: Connection): AuditedThings =>
  auditedCollection('report', reportModel(connection), decidedState);
