import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import { readingProblem } from '../match/inputs.ts';
import { InputProblem } from '../match/problem.ts';

/** One row of a file, with where it stands, so that a fault in it can be named. */
export interface Row {
  readonly file: string;
  /** Number of the row, the header being row 1. */
  readonly number: number;
  /** The cell of a column; '' where it is empty or the file has no such column. */
  readonly cell: (column: string) => string;
}

const recordsSchema = z.array(z.array(z.string()));

/** What is wrong with a row, for people. */
export const rowProblem = ({ file, number }: Row, what: string): InputProblem =>
  new InputProblem(`'${file}', row ${number}: ${what}`);

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw readingProblem(file, error);
  }
}

function parseRecords(file: string): string[][] {
  try {
    return recordsSchema.parse(parse(readText(file), { bom: true }));
  } catch (error) {
    if (error instanceof InputProblem) throw error;
    throw new InputProblem(`'${file}' is not a CSV file: ${error instanceof Error ? error.message : ''}`);
  }
}

/**
 * Reads a CSV file with a header.
 *
 * @throws InputProblem where it cannot be read, is no CSV, or lacks one of the `needed` columns
 */
export function readTable(file: string, needed: readonly string[]): Row[] {
  const [header = [], ...records] = parseRecords(file);
  const places = new Map(header.map((name, i) => [name.trim(), i]));
  const missing = needed.filter((name) => !places.has(name));
  if (missing.length > 0) {
    throw new InputProblem(`'${file}' has no column '${missing.join("', '")}'; it has ${header.join(', ')}`);
  }
  return records.map((cells, i) => ({
    file,
    number: i + 2,
    cell: (column) => cells[places.get(column) ?? -1] ?? '',
  }));
}

/** Items of a cell that are joined with `;`. */
export const listIn = (cell: string): string[] =>
  cell
    .split(';')
    .map((item) => item.trim())
    .filter((item) => item !== '');

/**
 * A cell that must say something.
 *
 * @throws InputProblem where it is empty
 */
export function textIn(row: Row, column: string): string {
  const text = row.cell(column).trim();
  if (text === '') throw rowProblem(row, `${column} is empty`);
  return text;
}

const dateSchema = z.iso.date();
/** Whether a text is a day that exists, as YYYY-MM-DD. */
export const isDate = (text: string): boolean => dateSchema.safeParse(text).success;

/**
 * A cell that holds a day as YYYY-MM-DD.
 *
 * @throws InputProblem where it holds anything else
 */
export function dateIn(row: Row, column: string): string {
  const text = textIn(row, column);
  if (!isDate(text)) throw rowProblem(row, `${column} is '${text}'; it must be a day as YYYY-MM-DD`);
  return text;
}
