import { trusted, type Model, type QueryFilter } from 'mongoose';
import type { Audit } from '../audit/audit.ts';
import type { Live } from '../live/live.ts';
import type { SmeRecord } from '../smes/model.ts';
import type { SmeService } from '../smes/service.ts';
import { importState } from './audited.ts';
import { commitBatch } from './commit.ts';
import { knownCompanies } from './known.ts';
import type { ImportRecord, ImportRowRecord, Outcome } from './model.ts';

interface RunnerDeps {
  readonly imports: Model<ImportRecord>;
  readonly rows: Model<ImportRowRecord>;
  readonly smeRecords: Model<SmeRecord>;
  readonly smes: Pick<SmeService, 'createMany' | 'fill' | 'announceMany'>;
  readonly live: Pick<Live, 'notify' | 'progress'>;
  readonly audit: Audit;
  readonly clock: () => Date;
  readonly log: { error(fields: object, message: string): void };
}

/** Runs commits in the background, one after the other, so that two files with the same company do not overtake each other. */
export interface CommitRunner {
  start(importId: string): void;
  isRunning(importId: string): boolean;
  settled(importId: string): Promise<void>;
  /** Erases the staged profiles of an import that will not be committed (any more). */
  forgetInputs(importId: string): Promise<void>;
  stop(): Promise<void>;
}

export function createCommitRunner(deps: RunnerDeps): CommitRunner {
  const { imports, rows, smes, live, clock, log } = deps;
  const running = new Map<string, Promise<void>>();
  let queue: Promise<void> = Promise.resolve();
  let stopping = false;

  const stateOf = async (id: string) =>
    (await imports.findById(id, { state: 1 }).lean<Pick<ImportRecord, 'state'>>().exec())?.state;

  async function countsOf(record: ImportRecord): Promise<ImportRecord['rows']> {
    const count = (outcome: Outcome) => rows.countDocuments({ importId: record._id, outcome }).exec();
    const [created, merged, skipped] = await Promise.all([
      count('created'),
      count('merged'),
      count('skipped'),
    ]);
    return { ...record.rows, created, merged, skipped };
  }

  /** The SMEs and clusters that an import has touched so far, also before a crash. */
  async function touchedBy(importId: string): Promise<{ ids: string[]; clusterIds: string[] }> {
    const done = await rows
      .find(
        { importId, outcome: trusted({ $in: ['created', 'merged'] }) },
        { outcome: 1, smeId: 1, targetId: 1, clusterId: 1 },
      )
      .lean<Pick<ImportRowRecord, 'outcome' | 'smeId' | 'targetId' | 'clusterId'>[]>()
      .exec();
    const ids = done.map((row) => (row.outcome === 'merged' ? (row.targetId ?? row.smeId) : row.smeId));
    const clusterIds = done.flatMap(({ clusterId }) => clusterId ?? []);
    return { ids: [...new Set(ids)], clusterIds: [...new Set(clusterIds)] };
  }

  async function forgetInputs(importId: string): Promise<void> {
    await rows.updateMany({ importId }, { $set: { input: null } }).exec();
  }

  async function registeredSince(record: ImportRecord) {
    const own = await rows.find({ importId: record._id }, { smeId: 1 }).lean<{ smeId: string }[]>().exec();
    const except = new Set(own.map(({ smeId }) => smeId));
    return knownCompanies(deps.smeRecords, { since: record.createdAt, except });
  }

  async function runBatches(record: ImportRecord): Promise<void> {
    const commit = { rows, smes, registeredSince: await registeredSince(record) };
    const total = record.rows.accepted + record.rows.duplicates;
    let done = total - (await rows.countDocuments(stillOpen(record._id)).exec());
    // A cancel is seen between two batches, and so is the end of the server.
    while (!stopping && (await stateOf(record._id)) === 'committing') {
      const count = await commitBatch(record, commit);
      done += count;
      live.progress(record.createdBy, { task: `import:${record._id}`, label: 'Registering', done, total });
      if (count === 0) return;
    }
  }

  async function run(importId: string): Promise<void> {
    const record = await imports.findById(importId).lean<ImportRecord>().exec();
    // Cancelled while it waited for its turn.
    if (record?.state !== 'committing') return forgetInputs(importId);
    await runBatches(record);
    if (stopping) return;
    const counts = await countsOf(record);
    await imports.updateOne({ _id: importId }, { $set: { rows: counts } }).exec();
    const ended = await imports
      .updateOne(
        { _id: importId, state: 'committing' },
        { $set: { state: 'committed', committedAt: clock() } },
      )
      .exec();
    await forgetInputs(importId);
    const state = ended.modifiedCount === 1 ? 'committed' : 'cancelled';
    await deps.audit.record({
      actor: 'system',
      action: 'import.end',
      thing: { kind: 'import', id: importId },
      before: importState(record),
      after: importState({ ...record, state, rows: counts }),
    });
    await live.notify([record.createdBy], { kind: 'import', importId, state });
    const { ids, clusterIds } = await touchedBy(importId);
    await smes.announceMany(ids, clusterIds, 'pool');
  }

  /** A fault leaves the import failed: it can be committed again and goes on where it ended. */
  async function runSafely(importId: string): Promise<void> {
    try {
      if (!stopping) await run(importId);
    } catch (error) {
      log.error({ err: error, importId }, 'the commit of an import failed');
      await imports.updateOne({ _id: importId, state: 'committing' }, { $set: { state: 'failed' } }).exec();
    }
  }

  return {
    start(importId) {
      if (running.has(importId)) return;
      const ended = queue
        .then(() => runSafely(importId))
        .catch((error: unknown) => {
          log.error({ err: error, importId }, 'the failed commit of an import could not be noted');
        })
        .finally(() => running.delete(importId));
      running.set(importId, ended);
      queue = ended;
    },
    isRunning: (importId) => running.has(importId),
    settled: (importId) => running.get(importId) ?? Promise.resolve(),
    forgetInputs,
    async stop() {
      stopping = true;
      await queue;
    },
  };
}

const stillOpen = (importId: string): QueryFilter<ImportRowRecord> => ({
  importId,
  outcome: trusted({ $in: ['accepted', 'duplicate'] }),
});
