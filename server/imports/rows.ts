import { smeInputSchema, type SmeInput } from '../smes/schema.ts';
import { checkProfile } from '../smes/validate.ts';
import type { TaxonomyService } from '../taxonomy/service.ts';
import { cordisCandidate, templateCandidate, type Candidate, type Cell } from './candidate.ts';
import { COLUMNS, readHeader, type Column, type Header } from './columns.ts';
import type { CordisMapping } from './cordis.ts';
import { isFormula, PLAIN_CELL } from './formula.ts';
import { FileRefusal, shown } from './refusal.ts';
import type { RowIssue } from './schema.ts';
import { CSV_LIMITS, readCsv, type CsvLimits, type CsvRecord } from './stream.ts';

/** What rows are checked against. */
export interface RowReference {
  readonly taxonomy: TaxonomyService;
  readonly cordis: CordisMapping;
  /** Today, YYYY-MM-DD: no declaration is from the future. */
  readonly today: string;
}

/** One row after the check: an SME that may be registered, or null and the reasons why not. */
export interface CheckedRow {
  readonly line: number;
  /** As far as they could be read, so that a refused row can be named. */
  readonly name: string;
  readonly country: string;
  readonly input: SmeInput | null;
  readonly externalId: string | null;
  readonly source: string | null;
  /** What is wrong; or, for an accepted row, what was changed to make it fit. */
  readonly issues: readonly RowIssue[];
}

const EXTERNAL_ID = /^[A-Za-z0-9._:/-]{1,100}$/;

/** Checks one row. Pure: the same row and reference give the same answer. */
export function rowToSme(record: CsvRecord, header: Header, reference: RowReference): CheckedRow {
  const cells = new Map(header.names.map((name, i) => [name, record.cells[i] ?? '']));
  const cell: Cell = (column) => cells.get(column)?.trim() ?? '';
  const named = { line: record.line, name: shown(cell('name')), country: shown(cell('country')) };
  const refused = (issues: readonly RowIssue[]): CheckedRow => ({
    ...named,
    input: null,
    externalId: null,
    source: null,
    issues,
  });

  const shapeIssues = [...widthIssues(record, header), ...formulaIssues(record, header)];
  if (shapeIssues.length > 0) return refused(shapeIssues);

  const candidate =
    header.shape === 'cordis'
      ? cordisCandidate(cell, reference.cordis)
      : templateCandidate(cell, reference.taxonomy);
  const columns = COLUMNS[header.shape];
  const parsed = smeInputSchema.safeParse(candidate.profile);
  const faults = parsed.success
    ? checkProfile(parsed.data, reference.taxonomy, reference.today)
    : parsed.error.issues.map((issue) => ({
        field: issue.path.map(String).join('.'),
        message: issue.message,
      }));
  const issues = [
    ...faults.map((fault) => faultIssue(record.line, fault, columns, cell)),
    ...externalIdIssues(record.line, candidate, columns),
  ];
  if (!parsed.success || issues.length > 0) return refused(issues);
  return {
    line: record.line,
    name: parsed.data.name,
    country: parsed.data.country,
    input: parsed.data,
    externalId: candidate.externalId,
    source: candidate.source,
    issues: candidate.shortened.map((column) => shortenedIssue(record.line, column, cell(column))),
  };
}

function widthIssues(record: CsvRecord, header: Header): RowIssue[] {
  const found = record.cells.length;
  const wanted = header.names.length;
  if (found === wanted) return [];
  const reason = `the row has ${found} cells, the header has ${wanted}`;
  const allowed = `${wanted} cells; a cell that holds a comma stands in quotes`;
  return [
    { line: record.line, column: null, value: shown(record.cells.slice(0, 5).join(',')), reason, allowed },
  ];
}

function formulaIssues(record: CsvRecord, header: Header): RowIssue[] {
  return record.cells.flatMap((cell, i) =>
    isFormula(cell)
      ? [
          {
            line: record.line,
            column: header.names[i] ?? null,
            value: shown(cell),
            reason: 'a spreadsheet would run this cell as a formula',
            allowed: PLAIN_CELL,
          },
        ]
      : [],
  );
}

function faultIssue(
  line: number,
  fault: { field: string; message: string },
  columns: readonly Column[],
  cell: Cell,
): RowIssue {
  const column = columns.find(({ field }) => fault.field === field || fault.field.startsWith(`${field}.`));
  const value = column ? shown(cell(column.name)) : null;
  return {
    line,
    column: column?.name ?? null,
    value,
    reason: value === '' ? 'is empty, but needed here' : fault.message,
    allowed: column?.allowed ?? 'what the documentation of the import says',
  };
}

function externalIdIssues(line: number, { externalId }: Candidate, columns: readonly Column[]): RowIssue[] {
  if (externalId === null || EXTERNAL_ID.test(externalId)) return [];
  const column = columns.find(({ field }) => field === 'externalId');
  return [
    {
      line,
      column: column?.name ?? null,
      value: shown(externalId),
      reason: 'not an id',
      allowed: 'at most 100 letters, digits and . _ : / -',
    },
  ];
}

function shortenedIssue(line: number, column: string, value: string): RowIssue {
  const allowed = 'at most 200 characters';
  return { line, column, value: shown(value), reason: 'shortened to fit', allowed };
}

/** Reads a whole file: first its header, then its rows, checked one by one as they stream in. */
export interface CompanyReader {
  readonly header: Header;
  readonly rows: AsyncIterable<CheckedRow>;
}

/**
 * Opens a company file of either shape. Throws a `FileRefusal` where the file as a whole cannot be taken, now or while the rows are read;
 * rows that are wrong by themselves come out refused, and the reading goes on.
 */
export async function readCompanies(
  chunks: AsyncIterable<Uint8Array>,
  reference: RowReference,
  limits: CsvLimits = CSV_LIMITS,
): Promise<CompanyReader> {
  const records = readCsv(chunks, limits);
  const first = await records.next();
  if (first.done) {
    throw new FileRefusal('unreadable', emptyIssue(1, 'the file holds no text'));
  }
  try {
    const header = readHeader(first.value.line, first.value.cells, limits.columns);
    return { header, rows: checkRows(records, header, reference) };
  } catch (error) {
    await records.return();
    throw error;
  }
}

async function* checkRows(
  records: AsyncIterable<CsvRecord>,
  header: Header,
  reference: RowReference,
): AsyncGenerator<CheckedRow, void, void> {
  let rows = 0;
  for await (const record of records) {
    rows += 1;
    yield rowToSme(record, header, reference);
  }
  if (rows === 0) throw new FileRefusal('unreadable', emptyIssue(2, 'the file has a header but no rows'));
}

const emptyIssue = (line: number, reason: string): RowIssue => ({
  line,
  column: null,
  value: null,
  reason,
  allowed: 'a header line and at least one row',
});
