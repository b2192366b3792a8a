import { trusted, type Connection, type QueryFilter } from 'mongoose';
import type { Viewer } from '../accounts/viewer.ts';
import type { Audit, AuditedState, AuditedThings } from '../audit/audit.ts';
import { auditedCollection } from '../audit/audited-collection.ts';
import { clusterModel } from '../clusters/model.ts';
import { conflict, notFound, staleVersion } from '../http/errors.ts';
import { findPage, type SortOrder } from '../http/paging.ts';
import type { Page } from '../http/schema.ts';
import { isDuplicateKey } from '../storage/duplicate-key.ts';
import { newId } from '../storage/ids.ts';
import { changeVersioned } from '../storage/versioned.ts';
import { periodModel, reportModel, type PeriodRecord, type ReportRecord } from './model.ts';
import { presentPeriod } from './present.ts';
import type { PeriodInput, PeriodQuery, PeriodView } from './schema.ts';

export type PeriodService = ReturnType<typeof createPeriodService>;

const byStart = (direction: 1 | -1): SortOrder<PeriodRecord> => [
  { field: 'from', direction, kind: 'text', of: (record) => record.from },
  { field: '_id', direction, kind: 'text', of: (record) => record._id },
];
const ORDERS = { newest: byStart(-1), oldest: byStart(1) };

function decidedState({ version, name, from, to, dueOn }: PeriodRecord): AuditedState {
  return { version, name, from, to, dueOn };
}

/** The periods that clusters report about; set by staff. */
export function createPeriodService(deps: { connection: Connection; clock: () => Date; audit: Audit }) {
  const periods = periodModel(deps.connection);
  const reports = reportModel(deps.connection);
  const clusters = clusterModel(deps.connection);

  async function find(id: string): Promise<PeriodRecord> {
    const record = await periods.findById(id).lean<PeriodRecord>().exec();
    if (!record) throw notFound('reporting period');
    return record;
  }

  function note(
    viewer: Viewer,
    action: string,
    change: { before: PeriodRecord | null; after: PeriodRecord | null },
  ): Promise<void> {
    return deps.audit.record({
      actor: viewer,
      action: `report-period.${action}`,
      thing: { kind: 'report-period', id: (change.after ?? change.before)?._id ?? '' },
      before: change.before && decidedState(change.before),
      after: change.after && decidedState(change.after),
    });
  }

  /** Where the reports of these periods stand: one cluster's, or all. */
  async function presentAll(viewer: Viewer, records: readonly PeriodRecord[]): Promise<PeriodView[]> {
    const staff = viewer.role === 'staff';
    const [found, clusterCount] = await Promise.all([
      reports
        .find(
          {
            periodId: trusted({ $in: records.map(({ _id }) => _id) }),
            ...(staff ? {} : { clusterId: viewer.clusterId ?? '' }),
          },
          { periodId: 1, state: 1 },
        )
        .lean<Pick<ReportRecord, 'periodId' | 'state'>[]>()
        .exec(),
      staff ? clusters.countDocuments({ leftAt: null }).exec() : 0,
    ]);
    return records.map((record) => {
      const own = found.filter(({ periodId }) => periodId === record._id);
      if (!staff) return presentPeriod(record, { mine: own[0]?.state ?? 'none', counts: null });
      const count = (state: ReportRecord['state']) => own.filter((report) => report.state === state).length;
      return presentPeriod(record, {
        mine: null,
        counts: {
          none: Math.max(0, clusterCount - own.length),
          draft: count('draft'),
          submitted: count('submitted'),
          returned: count('returned'),
          accepted: count('accepted'),
        },
      });
    });
  }

  async function present(viewer: Viewer, record: PeriodRecord): Promise<PeriodView> {
    const [view] = await presentAll(viewer, [record]);
    if (!view) throw notFound('reporting period');
    return view;
  }

  const nameTaken = (error: unknown, name: string): unknown =>
    isDuplicateKey(error)
      ? conflict('period-exists', `name: there is a reporting period named '${name}' already.`)
      : error;

  return {
    find,

    /** A page of periods by their first day. */
    async list(viewer: Viewer, query: PeriodQuery): Promise<Page<PeriodView>> {
      const today = deps.clock().toISOString().slice(0, 10);
      const filter: QueryFilter<PeriodRecord> =
        query.due === undefined
          ? {}
          : { dueOn: trusted(query.due === 'coming' ? { $gte: today } : { $lt: today }) };
      const page = await findPage(periods, filter, ORDERS[query.sort], query);
      return { ...page, items: await presentAll(viewer, page.items) };
    },

    /** One period. @throws HttpProblem 404 */
    async get(viewer: Viewer, id: string): Promise<PeriodView> {
      return present(viewer, await find(id));
    },

    /** Adds a period. @throws HttpProblem 409 where there is one of that name, which also catches a request sent twice */
    async create(viewer: Viewer, input: PeriodInput): Promise<PeriodView> {
      const record: PeriodRecord = { _id: newId(), version: 1, ...input, createdAt: deps.clock() };
      try {
        await periods.insertMany([record], { lean: true });
      } catch (error) {
        throw nameTaken(error, input.name);
      }
      await note(viewer, 'create', { before: null, after: record });
      return present(viewer, record);
    },

    /** Changes a period. @throws HttpProblem 404, 409, 412 */
    async update(viewer: Viewer, id: string, version: number, input: PeriodInput): Promise<PeriodView> {
      const before = await find(id);
      let after: PeriodRecord;
      try {
        after = await changeVersioned(periods, { ...before, version }, input, 'reporting period');
      } catch (error) {
        throw nameTaken(error, input.name);
      }
      await note(viewer, 'change', { before, after });
      return present(viewer, after);
    },

    /** Removes a period that nobody has begun to report about. @throws HttpProblem 404, 409, 412 */
    async remove(viewer: Viewer, id: string): Promise<void> {
      const before = await find(id);
      if ((await reports.exists({ periodId: id }).exec()) !== null) {
        throw conflict('has-reports', 'A cluster has begun its report about this period. Change it instead.');
      }
      const { deletedCount } = await periods.deleteOne({ _id: id, version: before.version }).exec();
      if (deletedCount === 0) throw staleVersion('reporting period');
      await note(viewer, 'remove', { before, after: null });
    },
  };
}

/** Periods of light reports as they are stored, for comparison with the audit log. */
export const auditedPeriods = (connection: Connection): AuditedThings =>
  auditedCollection('report-period', periodModel(connection), decidedState);
