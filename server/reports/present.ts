import type { ClusterRecord } from '../clusters/model.ts';
import type { PeriodRecord, ReportRecord } from './model.ts';
import { startOf } from './days.ts';
import type {
  PeriodView,
  Prefilled,
  ReportExport,
  ReportInput,
  ReportLine,
  ReportState,
  ReportView,
} from './schema.ts';

export type NamedCluster = Pick<ClusterRecord, '_id' | 'name' | 'country'>;

export const presentCluster = ({ _id, name, country }: NamedCluster) => ({ id: _id, name, country });

export function presentPeriod(
  record: PeriodRecord,
  facts: { mine: ReportState | null; counts: PeriodView['counts'] },
): PeriodView {
  const { _id: id, version, name, from, to, dueOn } = record;
  return { id, version, name, from, to, dueOn, ...facts };
}

/** The period as reports name it. */
export function presentPeriodName({ _id: id, name, from, to, dueOn }: PeriodRecord): ReportView['period'] {
  return { id, name, from, to, dueOn };
}

/** People reached by all activities that say so. */
export function reachedBy(report: ReportInput): number {
  return report.activities.reduce((sum, { reached }) => sum + (reached ?? 0), 0);
}

const NOTHING: ReportInput = { activities: [], comments: '' };

/** True once nobody may change it any more, unless staff ask back. */
export function isHandedIn(state: ReportState): boolean {
  return state === 'submitted' || state === 'accepted';
}

/**
 * A report as its cluster or the staff see it. Staff read what was handed in; what a cluster has only begun is its own.
 *
 * @param counted what the cluster did in Tandem, as of now
 */
export function presentReport(
  facts: { period: PeriodRecord; cluster: NamedCluster; record: ReportRecord | null; counted: Prefilled },
  reader: 'own' | 'staff',
): ReportView {
  const { period, cluster, record, counted } = facts;
  const state = record?.state ?? 'none';
  const submission = record?.submission ?? null;
  const fixed = reader === 'staff' || isHandedIn(state) ? submission : null;
  const report = fixed?.report ?? (reader === 'own' ? (record?.report ?? NOTHING) : NOTHING);
  return {
    period: presentPeriodName(period),
    cluster: presentCluster(cluster),
    version: record?.version ?? 0,
    state,
    report,
    prefilled: fixed?.prefilled ?? counted,
    reached: reachedBy(report),
    note: record?.note ?? '',
    submittedAt: submission?.at.toISOString() ?? null,
    decidedAt: record?.decidedAt?.toISOString() ?? null,
  };
}

/** A report in the collection of all of a period. */
export function presentCollected(shown: ReportView): ReportExport['reports'][number] {
  const { cluster, state, report, prefilled, reached, note, submittedAt, decidedAt } = shown;
  return { cluster, state, report, prefilled, reached, note, submittedAt, decidedAt };
}

export function presentLine(facts: {
  cluster: NamedCluster;
  record: Pick<ReportRecord, 'state' | 'submission'> | null;
  reminders: number;
  dueOn: string;
  now: Date;
}): ReportLine {
  const { cluster, record, reminders, dueOn, now } = facts;
  const state = record?.state ?? 'none';
  return {
    cluster: presentCluster(cluster),
    state,
    // The due day counts as a whole.
    overdue: !isHandedIn(state) && now.getTime() >= startOf(dueOn).getTime() + 86_400_000,
    activities: record?.submission?.report.activities.length ?? 0,
    reached: record?.submission ? reachedBy(record.submission.report) : 0,
    submittedAt: record?.submission?.at.toISOString() ?? null,
    reminders,
  };
}
