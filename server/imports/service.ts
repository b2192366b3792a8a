import { trusted, type Connection, type QueryFilter } from 'mongoose';
import type { Viewer } from '../accounts/viewer.ts';
import type { Audit } from '../audit/audit.ts';
import type { ClusterService } from '../clusters/service.ts';
import {
  conflict,
  invalidField,
  invalidRequest,
  notAllowed,
  notFound,
  type HttpProblem,
} from '../http/errors.ts';
import { byTime } from '../http/by-time.ts';
import { findPage, type SortOrder } from '../http/paging.ts';
import type { Page } from '../http/schema.ts';
import type { Live } from '../live/live.ts';
import { smeModel } from '../smes/model.ts';
import type { SmeService } from '../smes/service.ts';
import { containing } from '../storage/containing.ts';
import { newId } from '../storage/ids.ts';
import type { TaxonomyService } from '../taxonomy/service.ts';
import { importState } from './audited.ts';
import { loadCordisMapping } from './cordis.ts';
import { knownCompanies } from './known.ts';
import { importModel, importRowModel, type ImportRecord, type ImportRowRecord } from './model.ts';
import { presentImport, presentRow } from './present.ts';
import { FileRefusal, refusedFile } from './refusal.ts';
import { readCompanies } from './rows.ts';
import { createCommitRunner } from './runner.ts';
import type { ImportCommit, ImportQuery, ImportRowQuery, ImportRowView, ImportView } from './schema.ts';
import { stageRows } from './stage.ts';
import { CSV_LIMITS, type CsvLimits } from './stream.ts';

export interface ImportServiceDeps {
  readonly connection: Connection;
  readonly clock: () => Date;
  readonly log: { error(fields: object, message: string): void };
  readonly audit: Audit;
  readonly taxonomy: TaxonomyService;
  readonly clusters: Pick<ClusterService, 'exists' | 'idsByCountry'>;
  readonly smes: Pick<SmeService, 'createMany' | 'fill' | 'announceMany'>;
  readonly live: Pick<Live, 'notify' | 'progress'>;
  readonly limits?: CsvLimits;
}

/** An upload: who sends what for whom. */
export interface Upload {
  readonly clusterId?: string | undefined;
  readonly fileName: string;
  readonly chunks: AsyncIterable<Uint8Array>;
  /** Bytes of the whole file where they are known; 0 otherwise. For the progress bar only. */
  readonly totalBytes: number;
}

export type ImportService = ReturnType<typeof createImportService>;

/** A checked file that nobody commits is forgotten after this many days: it may hold contacts of persons. */
const KEEP_DAYS = 30;
const NO_ROWS = { total: 0, accepted: 0, refused: 0, duplicates: 0, created: 0, merged: 0, skipped: 0 };

const BY_UPLOAD = byTime<ImportRecord>('createdAt', ({ createdAt }) => createdAt);
const byLine: SortOrder<ImportRowRecord> = [
  { field: 'line', direction: 1, kind: 'number', of: (row) => row.line },
];
const ROW_ORDERS = {
  line: byLine,
  name: [{ field: 'name', direction: 1, kind: 'text', of: (row) => row.name }, ...byLine],
} satisfies Record<ImportRowQuery['sort'], SortOrder<ImportRowRecord>>;

/** Imports: a file is checked first (dry run, changes nothing), then committed, row by row, in the background. */
export function createImportService(deps: ImportServiceDeps) {
  const { clock, clusters, taxonomy, live } = deps;
  const imports = importModel(deps.connection);
  const rows = importRowModel(deps.connection);
  const smeRecords = smeModel(deps.connection);
  const cordis = loadCordisMapping();
  const limits = deps.limits ?? CSV_LIMITS;
  const runner = createCommitRunner({ ...deps, imports, rows, smeRecords });

  /** An import that this viewer may see; 404 otherwise, also where it is another cluster's. */
  async function find(viewer: Viewer, id: string): Promise<ImportRecord> {
    const record = await imports.findById(id).lean<ImportRecord>().exec();
    if (!record || !maySee(viewer, record)) throw notFound('import');
    return record;
  }

  async function clusterFor(viewer: Viewer, clusterId: string | undefined): Promise<string | null> {
    if (viewer.role !== 'staff') {
      if (clusterId !== undefined && clusterId !== viewer.clusterId) {
        throw notAllowed('clusterId: a cluster imports its own members only.');
      }
      return viewer.clusterId;
    }
    if (clusterId === undefined) return null;
    if (!(await clusters.exists(clusterId)))
      throw invalidField('clusterId', `there is no cluster '${clusterId}'`);
    return clusterId;
  }

  async function placeFor(clusterId: string | null): Promise<(country: string) => string | null> {
    if (clusterId !== null) return () => clusterId;
    const byCountry = await clusters.idsByCountry();
    return (country) => {
      const [only, another] = byCountry.get(country) ?? [];
      return only !== undefined && another === undefined ? only : null;
    };
  }

  async function check(record: ImportRecord, upload: Upload): Promise<Partial<ImportRecord>> {
    let done = 0;
    const counted = counting(upload.chunks, (bytes) => (done += bytes));
    const today = clock().toISOString().slice(0, 10);
    const reader = await readCompanies(counted, { taxonomy, cordis, today }, limits);
    const counts = await stageRows({
      importId: record._id,
      rows: reader.rows,
      model: rows,
      known: await knownCompanies(smeRecords),
      placeOf: await placeFor(record.clusterId),
      onBatch: () => {
        const total = Math.max(upload.totalBytes, done);
        live.progress(record.createdBy, { task: `import:${record._id}`, label: 'Checking', done, total });
      },
    });
    return { state: 'checked', checked: true, rows: counts, ignoredColumns: [...reader.header.ignored] };
  }

  async function finish(record: ImportRecord, change: Partial<ImportRecord>): Promise<ImportRecord> {
    await imports.updateOne({ _id: record._id }, { $set: change }).exec();
    const finished = { ...record, ...change };
    await live.notify([record.createdBy], { kind: 'import', importId: record._id, state: finished.state });
    return finished;
  }

  /** Takes the staged rows away again: nothing of the file is left but the note that it was refused. */
  async function drop(record: ImportRecord, change: Partial<ImportRecord>): Promise<void> {
    await rows.deleteMany({ importId: record._id }).exec();
    await finish(record, change);
  }

  async function storeDecisions(id: string, decisions: ImportCommit['decisions']): Promise<void> {
    const lines = decisions.map(({ line }) => line);
    const found = await rows
      .find({ importId: id, line: trusted({ $in: lines }), outcome: 'duplicate' }, { line: 1 })
      .lean<Pick<ImportRowRecord, '_id' | 'line'>[]>()
      .exec();
    const duplicates = new Set(found.map(({ line }) => line));
    const wrong = decisions.flatMap(({ line }, i) =>
      duplicates.has(line)
        ? []
        : [{ field: `decisions.${i}.line`, message: `line ${line} is not a duplicate of this import` }],
    );
    if (wrong.length > 0) throw invalidRequest(wrong);
    for (const decision of ['merge', 'skip', 'new'] as const) {
      const chosen = decisions.filter((one) => one.decision === decision).map(({ line }) => line);
      if (chosen.length === 0) continue;
      await rows.updateMany({ importId: id, line: trusted({ $in: chosen }) }, { $set: { decision } }).exec();
    }
  }

  async function note(
    viewer: Viewer,
    action: 'import.commit' | 'import.cancel',
    before: ImportRecord,
    after: ImportRecord,
  ): Promise<void> {
    await deps.audit.record({
      actor: viewer,
      action,
      thing: { kind: 'import', id: after._id },
      before: importState(before),
      after: importState(after),
    });
  }

  return {
    /** Checks a file and stages its rows. A file that cannot be taken as a whole is noted as refused and answered with 400 or 413. */
    async upload(viewer: Viewer, upload: Upload): Promise<ImportView> {
      const record: ImportRecord = {
        _id: newId(),
        clusterId: await clusterFor(viewer, upload.clusterId),
        createdBy: viewer.id,
        createdByName: viewer.name,
        byStaff: viewer.role === 'staff',
        fileName: upload.fileName,
        state: 'checking',
        problem: null,
        checked: false,
        rows: NO_ROWS,
        ignoredColumns: [],
        duplicates: 'skip',
        createdAt: clock(),
        committedAt: null,
      };
      await imports.insertMany([record]);
      try {
        return presentImport(await finish(record, await check(record, upload)));
      } catch (error) {
        if (!(error instanceof FileRefusal)) {
          await drop(record, { state: 'failed' });
          throw error;
        }
        await drop(record, { state: 'refused', problem: error.issue });
        throw refusedFile(error);
      }
    },

    /** A page of the imports that this viewer may see. */
    async list(viewer: Viewer, query: ImportQuery): Promise<Page<ImportView>> {
      const { q, state, clusterId, sort } = query;
      const filters: QueryFilter<ImportRecord>[] = [];
      if (viewer.role !== 'staff') filters.push({ clusterId: viewer.clusterId });
      if (clusterId !== undefined) filters.push({ clusterId });
      if (state !== undefined) filters.push({ state });
      if (q) filters.push({ fileName: containing(q) });
      const filter = filters.length === 0 ? {} : { $and: filters };
      const page = await findPage(imports, filter, BY_UPLOAD[sort], query);
      return { ...page, items: page.items.map(presentImport) };
    },

    /** One import; 404 where there is none that this viewer may see. */
    async get(viewer: Viewer, id: string): Promise<ImportView> {
      return presentImport(await find(viewer, id));
    },

    /** A page of the rows of an import. */
    async rows(viewer: Viewer, id: string, query: ImportRowQuery): Promise<Page<ImportRowView>> {
      await find(viewer, id);
      const { outcome, q, sort } = query;
      const filter: QueryFilter<ImportRowRecord> = {
        importId: id,
        ...(outcome === undefined ? {} : { outcome }),
        ...(q ? { name: containing(q) } : {}),
      };
      const page = await findPage(rows, filter, ROW_ORDERS[sort], query);
      return { ...page, items: page.items.map(presentRow) };
    },

    /**
     * Begins (or, after a crash or failure, goes on with) registering the accepted rows; the work goes on in the background. 409 where
     * the import is not in a state to be committed, or is being committed just now.
     */
    async commit(viewer: Viewer, id: string, input: ImportCommit): Promise<ImportView> {
      const record = await find(viewer, id);
      if (!record.checked || runner.isRunning(id)) throw wrongState(record);
      await storeDecisions(id, input.decisions);
      const started = await imports
        .findOneAndUpdate(
          { _id: id, state: trusted({ $in: ['checked', 'failed', 'committing'] }) },
          { $set: { state: 'committing', duplicates: input.duplicates } },
          { returnDocument: 'after' },
        )
        .lean<ImportRecord>()
        .exec();
      if (!started) throw wrongState(await find(viewer, id));
      await note(viewer, 'import.commit', record, started);
      runner.start(id);
      return presentImport(started);
    },

    /** Stops an import: before its commit altogether, during it after the rows at hand; what was registered stays. */
    async cancel(viewer: Viewer, id: string): Promise<ImportView> {
      const record = await find(viewer, id);
      const cancelled = await imports
        .findOneAndUpdate(
          { _id: id, state: trusted({ $in: ['checked', 'failed', 'committing'] }) },
          { $set: { state: 'cancelled' } },
          { returnDocument: 'after' },
        )
        .lean<ImportRecord>()
        .exec();
      if (!cancelled) throw wrongState(record);
      await note(viewer, 'import.cancel', record, cancelled);
      if (!runner.isRunning(id)) await runner.forgetInputs(id);
      await live.notify([record.createdBy], { kind: 'import', importId: id, state: 'cancelled' });
      return presentImport(cancelled);
    },

    /** Takes a checked import away altogether, as if it had never been uploaded. */
    async forget(viewer: Viewer, id: string): Promise<void> {
      const record = await find(viewer, id);
      const { deletedCount } = await imports.deleteOne({ _id: id, state: 'checked' }).exec();
      if (deletedCount === 0) throw wrongState(record);
      await rows.deleteMany({ importId: id }).exec();
    },

    /** At the start of the server: goes on with commits that a crash cut short, and forgets what was never finished or never committed. */
    async resume(): Promise<void> {
      const cutShort = await imports.find({ state: 'checking' }).lean<ImportRecord[]>().exec();
      for (const record of cutShort) await drop(record, { state: 'failed' });
      const oldest = new Date(clock().getTime() - KEEP_DAYS * 24 * 3_600_000);
      const forgotten = await imports
        .find({ state: 'checked', createdAt: trusted({ $lt: oldest }) })
        .lean<ImportRecord[]>()
        .exec();
      for (const record of forgotten) await drop(record, { state: 'cancelled', checked: false });
      const open = await imports.find({ state: 'committing' }, { _id: 1 }).lean<{ _id: string }[]>().exec();
      for (const { _id } of open) runner.start(_id);
    },

    /** Resolves when the commit of this import, if one runs here, has ended. */
    settled: (id: string): Promise<void> => runner.settled(id),

    /** Stops running commits after the rows at hand; the next start goes on with them. */
    stop: (): Promise<void> => runner.stop(),
  };
}

function maySee(viewer: Viewer, record: ImportRecord): boolean {
  if (viewer.role === 'staff') return true;
  return viewer.role === 'cluster' && viewer.clusterId !== null && viewer.clusterId === record.clusterId;
}

async function* counting(chunks: AsyncIterable<Uint8Array>, add: (bytes: number) => void) {
  for await (const chunk of chunks) {
    add(chunk.byteLength);
    yield chunk;
  }
}

function wrongState(record: ImportRecord): HttpProblem {
  return conflict('import-state', `This import is ${record.state}: that is not possible now.`);
}
