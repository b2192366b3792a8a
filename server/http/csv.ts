import { pipeline } from 'node:stream/promises';
import { stringify } from 'csv-stringify';
import type { Response } from 'express';

export type CsvCell = string | number | boolean | Date | null;

/**
 * Writes rows as a CSV file (RFC 4180, UTF-8 with byte order mark for spreadsheet programs) while they come, without holding them all.
 * Cells that a spreadsheet would run as a formula get an apostrophe in front (CSV injection, OWASP). Where the rows end in an error
 * the connection is cut, so that half a file does not look like a whole one.
 *
 * @param name file name without folder, such as `solutions.csv`
 */
export async function sendCsv(
  res: Response,
  name: string,
  columns: readonly string[],
  rows: AsyncIterable<readonly CsvCell[]> | Iterable<readonly CsvCell[]>,
): Promise<void> {
  res.type('text/csv; charset=utf-8').attachment(name);
  const csv = stringify({
    bom: true,
    header: true,
    columns: [...columns],
    escape_formulas: true,
    record_delimiter: '\r\n',
    cast: { date: (date) => date.toISOString(), boolean: (value) => (value ? 'yes' : 'no') },
  });
  try {
    await pipeline(rows, csv, res);
  } catch (error) {
    // The reader went away: there is nobody to tell.
    if (error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE') return;
    throw error;
  }
}
