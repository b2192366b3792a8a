import { trusted, type Model } from 'mongoose';
import type { SmeService } from '../smes/service.ts';
import type { DuplicateIndex } from './duplicates.ts';
import type { KnownRef } from './known.ts';
import type { Decision, ImportRecord, ImportRowRecord, Outcome } from './model.ts';
import { companyOf } from './stage.ts';

/** Rows between two looks at whether the import was cancelled. */
const BATCH = 200;

export interface CommitDeps {
  readonly rows: Model<ImportRowRecord>;
  readonly smes: Pick<SmeService, 'createMany' | 'fill' | 'owner'>;
  /** Companies that were registered since the check: they are treated as the duplicates that they have become. */
  readonly registeredSince: DuplicateIndex<KnownRef>;
}

/** What is left to do with a row. */
interface Task {
  readonly row: ImportRowRecord;
  readonly decision: Decision;
  readonly targetId: string | null;
}

/**
 * Deals with the next rows of an import; returns how many there were. Each step can be repeated: SMEs are created under ids that were
 * given at the check, and a merge fills only what is empty. So after a crash the same call goes on where it ended.
 */
export async function commitBatch(record: ImportRecord, deps: CommitDeps): Promise<number> {
  const waiting = await deps.rows
    .find({ importId: record._id, outcome: trusted({ $in: ['accepted', 'duplicate'] }) })
    .sort({ line: 1 })
    .limit(BATCH)
    .lean<ImportRowRecord[]>()
    .exec();
  const tasks = waiting.map((row) => taskOf(row, record, deps));
  await createAll(
    tasks.filter((task) => task.decision === 'new'),
    deps,
  );
  for (const task of tasks.filter(({ decision }) => decision === 'merge')) await mergeOne(task, record, deps);
  await settle(
    tasks.filter((task) => task.decision === 'skip'),
    'skipped',
    deps,
  );
  return waiting.length;
}

function taskOf(row: ImportRowRecord, record: ImportRecord, deps: CommitDeps): Task {
  if (row.outcome === 'duplicate') {
    return { row, decision: row.decision ?? record.duplicates, targetId: row.targetId };
  }
  const match = deps.registeredSince.find(companyOf(row));
  if (!match) return { row, decision: 'new', targetId: null };
  return { row, decision: record.duplicates, targetId: match.ref.smeId };
}

async function createAll(tasks: readonly Task[], deps: CommitDeps): Promise<void> {
  const created = tasks.flatMap(({ row }) => {
    if (row.input === null) return [];
    const { smeId: id, clusterId, input, source, externalId } = row;
    return [{ id, clusterId, input, source, externalId }];
  });
  if (created.length > 0) await deps.smes.createMany(created);
  await settle(tasks, 'created', deps);
}

async function mergeOne(task: Task, record: ImportRecord, deps: CommitDeps): Promise<void> {
  const { row, targetId } = task;
  if (row.input === null || targetId === null) return createAll([task], deps);
  const target = await deps.smes.owner(targetId);
  // It was withdrawn since the check, or the row that it repeats was not registered: this is then the first of it.
  if (target === null) return createAll([task], deps);
  if (!record.byStaff && target.clusterId !== record.clusterId) return settle([task], 'skipped', deps);
  const { externalId, source } = row;
  const outcome = await deps.smes.fill(targetId, row.input, { externalId, source });
  if (outcome === 'gone') return createAll([task], deps);
  return settle([task], 'merged', deps);
}

async function settle(tasks: readonly Task[], outcome: Outcome, deps: CommitDeps): Promise<void> {
  if (tasks.length === 0) return;
  const ids = tasks.map(({ row }) => row._id);
  await deps.rows.updateMany({ _id: trusted({ $in: ids }) }, { $set: { outcome, input: null } }).exec();
  // A target found only now is kept, so that it can be told which SMEs the import touched.
  for (const { row, targetId } of tasks) {
    if (outcome !== 'merged' || targetId === row.targetId) continue;
    await deps.rows.updateOne({ _id: row._id }, { $set: { targetId } }).exec();
  }
}
