import { trusted, type Connection, type QueryFilter } from 'mongoose';
import { accountModel, type AccountRecord } from '../accounts/model.ts';
import type { Viewer } from '../accounts/viewer.ts';
import { conflict } from '../http/errors.ts';
import { byNumber, withinDays } from '../http/by-time.ts';
import { findPage, type SortOrder } from '../http/paging.ts';
import type { Page } from '../http/schema.ts';
import type { Live } from '../live/live.ts';
import { taskProgress } from '../live/task-progress.ts';
import { newId } from '../storage/ids.ts';
import type { Audit, AuditedThings } from './audit.ts';
import { createChoices } from './choices.ts';
import { checkAudit, type AuditCheck, type CheckOptions } from './check.ts';
import { auditModel, type AuditRecord } from './model.ts';
import { presentCheck, presentEntry, type AuditNames } from './present.ts';
import type { AuditCheckView, AuditChoices, AuditEntryView, AuditFilter, AuditQuery } from './schema.ts';

export interface AuditServiceDeps {
  readonly connection: Connection;
  readonly clock: () => Date;
  readonly audit: Audit;
  readonly audited: readonly AuditedThings[];
  readonly live: Pick<Live, 'progress'>;
  /** Names of things of a kind by id; kinds without names answer with none. */
  readonly namesOf: (kind: string, ids: readonly string[]) => Promise<ReadonlyMap<string, string>>;
}

/** The log of decisions, for staff: read, filtered, exported and checked. It is written by the features themselves. */
export interface AuditService {
  list(query: AuditQuery): Promise<Page<AuditEntryView>>;
  /** Kinds and actions that there are entries of, by name. */
  choices(): Promise<AuditChoices>;
  /** All entries that fit, oldest first, without holding them all. That they were taken out is a decision too, and is recorded first. */
  export(viewer: Viewer, filter: AuditFilter, format: 'csv' | 'json'): Promise<AsyncIterable<AuditEntryView>>;
  /** Follows the chain and compares the log with the database, with progress for the viewer. @throws HttpProblem 409 */
  check(viewer: Viewer, signal: AbortSignal): Promise<AuditCheckView>;
  /** The same for jobs. */
  checkNow(options?: CheckOptions): Promise<AuditCheck>;
}

const BATCH = 200;

const ORDERS = byNumber<AuditRecord>('seq', ({ seq }) => seq);
const timeOrder = (direction: 1 | -1): SortOrder<AuditRecord> => [
  { field: 'at', direction, kind: 'date', of: ({ at }) => at },
  { field: 'seq', direction, kind: 'number', of: ({ seq }) => seq },
];
/** Of some days: an index is entered at these days, and not read from the newest entry down to them. */
const ORDERS_OF_DAYS = { newest: timeOrder(-1), oldest: timeOrder(1) };

function filterOf({ kind, thingId, action, actorId, ...days }: AuditFilter): QueryFilter<AuditRecord> {
  return {
    ...(kind === undefined ? {} : { kind }),
    ...(thingId === undefined ? {} : { thingId }),
    ...(action === undefined ? {} : { action }),
    ...(actorId === undefined ? {} : { actorId }),
    ...withinDays('at', days),
  };
}

export function createAuditService(deps: AuditServiceDeps): AuditService {
  const { connection, clock, audit, live } = deps;
  const records = auditModel(connection);
  const accounts = accountModel(connection);
  let checking = false;

  async function peopleOf(ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const found = await accounts
      .find({ _id: trusted({ $in: [...new Set(ids)] }) }, { name: 1 })
      .lean<Pick<AccountRecord, '_id' | 'name'>[]>()
      .exec();
    return new Map(found.filter(({ name }) => name !== '').map(({ _id, name }) => [_id, name]));
  }

  async function namesFor(entries: readonly AuditRecord[]): Promise<AuditNames> {
    const byKind = new Map<string, AuditRecord[]>();
    for (const entry of entries) byKind.set(entry.kind, [...(byKind.get(entry.kind) ?? []), entry]);
    const [people, ...named] = await Promise.all([
      peopleOf(entries.flatMap(({ actorId }) => actorId ?? [])),
      ...[...byKind].map(async ([kind, of]) => {
        const names = await deps.namesOf(
          kind,
          of.map(({ thingId }) => thingId),
        );
        return [...names].map(([id, name]) => [`${kind} ${id}`, name] as const);
      }),
    ]);
    return { people, things: new Map(named.flat()) };
  }

  async function presentAll(entries: readonly AuditRecord[]): Promise<AuditEntryView[]> {
    const names = await namesFor(entries);
    return entries.map((entry) => presentEntry(entry, names));
  }

  async function* presented(filter: QueryFilter<AuditRecord>): AsyncGenerator<AuditEntryView> {
    let batch: AuditRecord[] = [];
    const all = records.find(filter).sort({ seq: 1 }).lean<AuditRecord>().cursor({ batchSize: BATCH });
    for await (const entry of all) {
      batch.push(entry);
      if (batch.length < BATCH) continue;
      yield* await presentAll(batch);
      batch = [];
    }
    yield* await presentAll(batch);
  }

  return {
    async list({ sort, cursor, limit, ...filter }) {
      const orders = filter.from === undefined && filter.to === undefined ? ORDERS : ORDERS_OF_DAYS;
      const page = await findPage(records, filterOf(filter), orders[sort], { cursor, limit });
      return { ...page, items: await presentAll(page.items) };
    },

    choices: createChoices(records),

    async export(viewer, filter, format) {
      const condition = filterOf(filter);
      await audit.record({
        actor: viewer,
        action: 'audit.export',
        thing: { kind: 'export', id: newId() },
        before: null,
        after: { of: 'audit', format, filter },
      });
      return presented(condition);
    },

    async check(viewer, signal) {
      if (checking)
        throw conflict('check-running', 'The log is being checked already; try again when that is done.');
      checking = true;
      const { onProgress, end } = taskProgress(live, viewer.id, {
        task: 'audit:check',
        label: 'Checking the log',
      });
      try {
        return presentCheck(await checkAudit(connection, deps.audited, { signal, onProgress }), clock());
      } catch (error) {
        if (!signal.aborted) throw error;
        throw conflict('check-stopped', 'The check was stopped: nobody waited for it.');
      } finally {
        checking = false;
        end();
      }
    },

    checkNow: (options) => checkAudit(connection, deps.audited, options),
  };
}
