import { pipeline } from 'node:stream/promises';
import { stringify } from 'csv-stringify/sync';
import type { Response } from 'express';
import { sendInOneGo } from './in-one-go.ts';

export type CsvCell = string | number | boolean | Date | null;
type CsvRow = readonly CsvCell[];

/** Rows that are written together: writing and compressing them one by one takes many times as long. */
const ROWS_AT_ONCE = 500;

/** Cells that a spreadsheet would run as a formula get an apostrophe in front (CSV injection, OWASP). */
const linesOf = (rows: readonly CsvRow[]): string =>
  stringify([...rows], {
    escape_formulas: true,
    record_delimiter: '\r\n',
    cast: { date: (date) => date.toISOString(), boolean: (value) => (value ? 'yes' : 'no') },
  });

/** UTF-8 with a byte order mark for spreadsheet programs. */
const headOf = (columns: readonly string[]): string => `\ufeff${linesOf([columns])}`;

async function* piecesOf(
  columns: readonly string[],
  rows: AsyncIterable<CsvRow> | Iterable<CsvRow>,
): AsyncGenerator<string> {
  yield headOf(columns);
  let together: CsvRow[] = [];
  for await (const row of rows) {
    if (together.push(row) < ROWS_AT_ONCE) continue;
    yield linesOf(together);
    together = [];
  }
  if (together.length > 0) yield linesOf(together);
}

/**
 * Writes rows as a CSV file (RFC 4180), safe to open in a spreadsheet program. Few rows that are there already are sent in one go, others
 * while they come, without holding them all; where these end in an error the connection is cut, so that half a file does not look like a
 * whole one.
 *
 * @param name file name without folder, such as `solutions.csv`
 */
export async function sendCsv(
  res: Response,
  name: string,
  columns: readonly string[],
  rows: AsyncIterable<CsvRow> | Iterable<CsvRow>,
): Promise<void> {
  res.type('text/csv; charset=utf-8').attachment(name);
  if (Array.isArray(rows) && rows.length <= ROWS_AT_ONCE) {
    sendInOneGo(res, headOf(columns) + linesOf(rows));
    return;
  }
  try {
    await pipeline(piecesOf(columns, rows), res);
  } catch (error) {
    // The reader went away: there is nobody to tell.
    if (error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE') return;
    throw error;
  }
}
