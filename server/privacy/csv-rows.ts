import type { CsvCell } from '../http/csv.ts';
import type { PersonalRecord } from './personal-data.ts';

function cellOf(value: unknown): CsvCell {
  if (value === undefined || value === null) return null;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  return value instanceof Date ? value : JSON.stringify(value);
}

/** Records as a table: a column for each field that any of them has, in the order of appearing; what is nested stands as JSON. */
export function csvOf(records: readonly PersonalRecord[]): { columns: string[]; rows: CsvCell[][] } {
  const columns = [...new Set(records.flatMap((record) => Object.keys(record)))];
  return { columns, rows: records.map((record) => columns.map((column) => cellOf(record[column]))) };
}
