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
  readonly smes: Pick<SmeService, 'createMany' | 'fill'>;
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
  const merged: Task[] = [];
  const skipped = tasks.filter((task) => task.decision === 'skip');
  for (const task of tasks.filter(({ decision }) => decision === 'merge')) {
    const done = await mergeOne(task, record, deps);
    if (done === 'new') await createAll([task], deps);
    else (done === 'merge' ? merged : skipped).push(task);
  }
  await settle(merged, 'merged', deps);
  await settle(skipped, 'skipped', deps);
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

/** Merges one row; says what became of it, so that a batch is written down at once. */
async function mergeOne(
  task: Task,
  record: ImportRecord,
  deps: CommitDeps,
): Promise<'merge' | 'skip' | 'new'> {
  const { row, targetId } = task;
  if (row.input === null || targetId === null) return 'new';
  const { externalId, source } = row;
  const origin = { externalId, source, ...(record.byStaff ? {} : { onlyOf: record.clusterId }) };
  const outcome = await deps.smes.fill(targetId, row.input, origin);
  // It was withdrawn since the check, or the row that it repeats was not registered: this one is then the first of it.
  if (outcome === 'gone') return 'new';
  return outcome === 'not-theirs' ? 'skip' : 'merge';
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
