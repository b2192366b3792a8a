import { trusted, type Connection } from 'mongoose';
import type { Viewer } from '../accounts/viewer.ts';
import type { CallService } from '../calls/service.ts';
import { consortiumModel, type ConsortiumRecord } from '../consortia/model.ts';
import { conflict, HttpProblem, notFound } from '../http/errors.ts';
import { FileRefusal, refusedFile, shown } from '../imports/refusal.ts';
import { readCsv, type CsvRecord } from '../imports/stream.ts';
import type { Live } from '../live/live.ts';
import { taskProgress } from '../live/task-progress.ts';
import { smeModel, type SmeRecord } from '../smes/model.ts';
import { searchName } from '../smes/search-name.ts';
import type { OutcomeRecord } from './model.ts';
import { OUTCOME_STATES, outcomeInputSchema, type OutcomeFile, type OutcomeInput } from './schema.ts';
import { sameOutcome, type OutcomeService } from './service.ts';
import { follows } from './state.ts';

/** Columns of a file of the submission platform, in the order of the template. The first alone finds a consortium, or the next three together. */
export const OUTCOME_COLUMNS = [
  'consortium_id',
  'title',
  'company_a',
  'company_b',
  'outcome',
  'date',
  'submission_id',
  'grant_eur',
  'reason',
] as const;
type Column = (typeof OUTCOME_COLUMNS)[number];
type Cells = Readonly<Record<Column, string>>;
type Issue = OutcomeFile['issues'][number];

/** A call has some hundred consortia: what is larger is another file. */
const LIMITS = { bytes: 2 * 1024 * 1024, rows: 2_000, columns: 40, recordCharacters: 16 * 1024 };

export interface OutcomeFileDeps {
  readonly connection: Connection;
  readonly calls: Pick<CallService, 'find'>;
  readonly outcomes: Pick<OutcomeService, 'some' | 'record'>;
  readonly live: Pick<Live, 'progress'>;
}

/** A row that fits. */
interface Fitting {
  readonly line: number;
  readonly consortium: ConsortiumRecord;
  readonly before: OutcomeRecord | undefined;
  readonly input: OutcomeInput;
}

const pairKey = (title: string, names: readonly string[]): string =>
  JSON.stringify([searchName(title), ...names.map(searchName).toSorted()]);

/** Reads what the submission platform decided, checks every row, and records it where all of them fit. */
export function createOutcomeFiles(deps: OutcomeFileDeps) {
  const consortia = consortiumModel(deps.connection);
  const smes = smeModel(deps.connection);

  /** Formed consortia of a call, by id, and by title and companies. */
  async function lookUp(callId: string) {
    const formed = await consortia.find({ callId, state: 'formed' }).lean<ConsortiumRecord[]>().exec();
    const named = await smes
      .find({ _id: trusted({ $in: formed.flatMap(({ smeIds }) => smeIds) }) }, { name: 1 })
      .lean<Pick<SmeRecord, '_id' | 'name'>[]>()
      .exec();
    const names = new Map(named.map(({ _id, name }) => [_id, name]));
    const keyOf = ({ details, a, b }: ConsortiumRecord): string =>
      pairKey(details.title, [names.get(a) ?? '', names.get(b) ?? '']);
    return {
      byId: new Map(formed.map((one) => [one._id, one])),
      byName: new Map(formed.map((one) => [keyOf(one), one])),
      outcomes: await deps.outcomes.some(formed.map(({ _id }) => _id)),
    };
  }

  async function readAll(chunks: AsyncIterable<Uint8Array>): Promise<CsvRecord[]> {
    const records: CsvRecord[] = [];
    try {
      for await (const record of readCsv(chunks, LIMITS)) records.push(record);
    } catch (error) {
      throw error instanceof FileRefusal ? refusedFile(error) : error;
    }
    return records;
  }

  /** One after the other, each with its entry in the log: thousands take some seconds. What is recorded when it is stopped stays. */
  async function recordAll(
    viewer: Viewer,
    callId: string,
    rows: readonly Fitting[],
    signal: AbortSignal,
  ): Promise<void> {
    const task = { task: `outcomes:${callId}`, label: 'Recording outcomes' };
    const { onProgress, end } = taskProgress(deps.live, viewer.id, task);
    try {
      for (const [done, { consortium, input }] of rows.entries()) {
        if (signal.aborted)
          throw conflict('recording-stopped', `Stopped: ${done} of ${rows.length} outcomes are recorded.`);
        await deps.outcomes.record(viewer, consortium._id, input);
        onProgress(done + 1, rows.length);
      }
    } finally {
      end();
    }
  }

  return {
    /**
     * Checks a file; records it too where `commit` is set and every row fits, with progress for the viewer, until the signal stops it. Safe to send again: what is recorded already stays as it is.
     * @throws HttpProblem 400 and 413 for a file that cannot be read, 404, 409 where a row does not fit and it was to be recorded
     */
    async take(
      viewer: Viewer,
      callId: string,
      chunks: AsyncIterable<Uint8Array>,
      { commit, signal }: { commit: boolean; signal: AbortSignal },
    ): Promise<OutcomeFile> {
      if (!(await deps.calls.find(callId))) throw notFound('call');
      const records = await readAll(chunks);
      const known = await lookUp(callId);
      const { rows, issues } = checkRows(records, known);
      if (commit && issues.length > 0) {
        throw new HttpProblem({
          status: 409,
          code: 'rows-do-not-fit',
          detail: `Nothing was recorded: ${issues.length} things are wrong in the file. Correct them and send it again.`,
          errors: issues.map(({ line, column, reason, allowed }) => ({
            field: column === null ? `line ${line}` : `line ${line}, ${column}`,
            message: `${reason}; allowed: ${allowed}`,
          })),
        });
      }
      const changing = rows.filter(({ before, input }) => !before || !sameOutcome(before, input));
      if (commit) await recordAll(viewer, callId, changing, signal);
      return {
        committed: commit,
        rows: Math.max(0, records.length - 1),
        changes: changing.length,
        unchanged: rows.length - changing.length,
        issues,
        items: rows.map((row) => ({
          line: row.line,
          consortiumId: row.consortium._id,
          title: row.consortium.details.title,
          before: row.before?.state ?? null,
          after: row.input.state,
          changes: changing.includes(row),
        })),
      };
    },
  };
}

export type OutcomeFiles = ReturnType<typeof createOutcomeFiles>;

interface Known {
  readonly byId: ReadonlyMap<string, ConsortiumRecord>;
  readonly byName: ReadonlyMap<string, ConsortiumRecord>;
  readonly outcomes: ReadonlyMap<string, OutcomeRecord>;
}

function checkRows(records: readonly CsvRecord[], known: Known): { rows: Fitting[]; issues: Issue[] } {
  const [head, ...body] = records;
  const issues: Issue[] = [];
  const columns = readHead(head, issues);
  const rows: Fitting[] = [];
  const seen = new Map<string, number>();
  if (issues.length > 0) return { rows, issues };
  for (const { line, cells } of body) {
    const found: Issue[] = [];
    const fault = (column: Column | null, value: string | null, reason: string, allowed: string): void =>
      void found.push({ line, column, value: value === null ? null : shown(value), reason, allowed });
    const row = checkRow(line, cellsOf(columns, cells), known, fault);
    const first = row && seen.get(row.consortium._id);
    if (row && first !== undefined) {
      fault(
        'consortium_id',
        row.consortium._id,
        `this consortium is on line ${first} already`,
        'one row for each consortium',
      );
    }
    if (row) seen.set(row.consortium._id, line);
    if (row && found.length === 0) rows.push(row);
    issues.push(...found);
  }
  return { rows, issues };
}

function readHead(head: CsvRecord | undefined, issues: Issue[]): ReadonlyMap<Column, number> {
  const names = (head?.cells ?? []).map((cell) => searchName(cell).replaceAll(' ', '_'));
  const columns = new Map(OUTCOME_COLUMNS.map((column) => [column, names.indexOf(column)]));
  const has = (column: Column): boolean => (columns.get(column) ?? -1) >= 0;
  const finds = has('consortium_id') || (has('title') && has('company_a') && has('company_b'));
  if (!finds || !has('outcome') || !has('date')) {
    issues.push({
      line: 1,
      column: null,
      value: null,
      reason: 'the header line lacks columns that are needed',
      allowed: 'outcome, date, and consortium_id or else title, company_a and company_b',
    });
  }
  return columns;
}

const cellsOf = (columns: ReadonlyMap<Column, number>, cells: readonly string[]): Cells => {
  const cell = (column: Column): string => (cells[columns.get(column) ?? -1] ?? '').trim();
  return {
    consortium_id: cell('consortium_id'),
    title: cell('title'),
    company_a: cell('company_a'),
    company_b: cell('company_b'),
    outcome: cell('outcome'),
    date: cell('date'),
    submission_id: cell('submission_id'),
    grant_eur: cell('grant_eur'),
    reason: cell('reason'),
  };
};

type Fault = (column: Column | null, value: string | null, reason: string, allowed: string) => void;

function checkRow(line: number, cells: Cells, known: Known, fault: Fault): Fitting | null {
  const consortium = findConsortium(cells, known, fault);
  const before = consortium && known.outcomes.get(consortium._id);
  const state = outcomeInputSchema.shape.state.safeParse(
    cells.outcome.toLowerCase().replaceAll(/[ _]+/g, '-'),
  );
  if (!state.success) fault('outcome', cells.outcome, 'there is no such outcome', OUTCOME_STATES.join(', '));
  const date = outcomeInputSchema.shape.date.safeParse(cells.date);
  if (!date.success) fault('date', cells.date, 'it is not a day', 'a day such as 2023-05-31');
  const amount = cells.grant_eur.replaceAll(/[ ,']/g, '');
  const grantEur = outcomeInputSchema.shape.grantEur.safeParse(amount === '' ? null : Number(amount));
  if (!grantEur.success)
    fault('grant_eur', cells.grant_eur, 'it is not a whole number of euros', 'such as 74000, or empty');
  const submissionId = outcomeInputSchema.shape.submissionId.safeParse(cells.submission_id || null);
  if (!submissionId.success)
    fault('submission_id', cells.submission_id, 'it is too long', 'at most 80 characters');
  if (state.success && before && !follows(before.state, state.data) && cells.reason === '') {
    fault('reason', '', `'${state.data}' does not follow '${before.state}'`, 'a reason for the correction');
  }
  if (!consortium || !state.success || !date.success || !grantEur.success || !submissionId.success)
    return null;
  return {
    line,
    consortium,
    before,
    input: {
      version: before?.version ?? 0,
      state: state.data,
      date: date.data,
      grantEur: grantEur.data,
      submissionId: submissionId.data,
      reason: cells.reason.slice(0, 500),
    },
  };
}

function findConsortium(cells: Cells, { byId, byName }: Known, fault: Fault): ConsortiumRecord | undefined {
  if (cells.consortium_id !== '') {
    const found = byId.get(cells.consortium_id);
    if (!found)
      fault(
        'consortium_id',
        cells.consortium_id,
        'no formed consortium of this call has this id',
        'the id in the export of Tandem',
      );
    return found;
  }
  const found = byName.get(pairKey(cells.title, [cells.company_a, cells.company_b]));
  if (!found) {
    const said = [cells.title, cells.company_a, cells.company_b].join(', ');
    fault(
      'title',
      said,
      'no formed consortium of this call has this title and these companies',
      'title and company names as in Tandem, or the consortium_id',
    );
  }
  return found;
}
