import { pipeline, Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { z } from 'zod';
import { FileRefusal, shown } from './refusal.ts';

export interface CsvLimits {
  /** Bytes of the whole file; reading stops there. */
  readonly bytes: number;
  /** Rows below the header. */
  readonly rows: number;
  readonly columns: number;
  /** Characters of one row. */
  readonly recordCharacters: number;
}

/** What one file may hold. Larger sets go in as several files. */
export const CSV_LIMITS: CsvLimits = {
  bytes: 20 * 1024 * 1024,
  rows: 20_000,
  columns: 200,
  recordCharacters: 256 * 1024,
};

/** One row as it stands in the file: the cells as text, and the line of the file on which it begins (the header is line 1). */
export interface CsvRecord {
  readonly line: number;
  readonly cells: readonly string[];
}

const parsedSchema = z.object({ record: z.array(z.string()), info: z.object({ lines: z.number() }) });

/**
 * Reads CSV (RFC 4180: commas, double quotes, UTF-8 with or without BOM, any line ends) as it streams in, holding one row at a time.
 * Empty lines are passed over. Throws a `FileRefusal` for a file that is too large or not readable.
 */
export async function* readCsv(
  chunks: AsyncIterable<Uint8Array>,
  limits: CsvLimits = CSV_LIMITS,
): AsyncGenerator<CsvRecord, void, void> {
  const parser = parse({
    info: true,
    skip_empty_lines: true,
    relax_column_count: true,
    max_record_size: limits.recordCharacters,
    record_delimiter: '\n',
  });
  const text = Readable.from(decode(chunks, limits.bytes));
  // An error of the source destroys the parser with it, so the loop below throws it: nothing is left to do here.
  pipeline(text, parser, () => undefined);
  let rows = -1;
  try {
    for await (const item of parser) {
      const { record, info } = parsedSchema.parse(item);
      rows += 1;
      const line = info.lines - record.reduce((sum, cell) => sum + lineEnds(cell), 0);
      if (rows > limits.rows) throw tooManyRows(line, limits.rows);
      yield { line, cells: record };
    }
  } catch (error) {
    throw asRefusal(error, limits);
  }
}

/** Bytes to text: stops at the byte limit, refuses what is not UTF-8 and NUL bytes, makes every line end a plain one. */
async function* decode(
  chunks: AsyncIterable<Uint8Array>,
  maxBytes: number,
): AsyncGenerator<string, void, void> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let bytes = 0;
  let line = 1;
  let carried = '';
  for await (const chunk of chunks) {
    if (bytes === 0) refuseUtf16(chunk);
    bytes += chunk.byteLength;
    if (bytes > maxBytes) throw tooManyBytes(maxBytes);
    const text = carried + decodeChunk(decoder, chunk, line);
    // A carriage return at the end may be the first half of a line end.
    carried = text.endsWith('\r') ? '\r' : '';
    const plain = (carried === '' ? text : text.slice(0, -1)).replace(/\r\n?/g, '\n');
    refuseNul(plain, line);
    line += lineEnds(plain);
    if (plain !== '') yield plain;
  }
  if (bytes === 0) throw unreadable(1, null, 'the file is empty', 'a CSV file with a header line and rows');
  const rest = decodeChunk(decoder, undefined, line) + (carried === '' ? '' : '\n');
  if (rest !== '') yield rest;
}

function decodeChunk(decoder: TextDecoder, chunk: Uint8Array | undefined, line: number): string {
  try {
    return chunk === undefined ? decoder.decode() : decoder.decode(chunk, { stream: true });
  } catch (error) {
    const reason = `the file is not UTF-8 text (at or after line ${line})`;
    const allowed = "UTF-8; in a spreadsheet program choose 'CSV UTF-8' when saving";
    throw unreadable(line, null, reason, allowed, error);
  }
}

function refuseUtf16(chunk: Uint8Array): void {
  const mark = `${chunk[0] ?? ''},${chunk[1] ?? ''}`;
  if (mark !== '255,254' && mark !== '254,255') return;
  throw unreadable(
    1,
    null,
    'the file is UTF-16 text',
    "UTF-8; in a spreadsheet program choose 'CSV UTF-8' when saving",
  );
}

function refuseNul(text: string, line: number): void {
  const at = text.indexOf('\0');
  if (at < 0) return;
  const where = line + lineEnds(text.slice(0, at));
  throw unreadable(where, null, 'the file holds zero bytes, so it is not a text file', 'a CSV file in UTF-8');
}

/** The faults that csv-parse finds in the text, in words that say what to do. */
function asRefusal(error: unknown, limits: CsvLimits): unknown {
  if (!(error instanceof CsvError)) return error;
  const line = Number(error['lines'] ?? 1);
  const value = typeof error['value'] === 'string' ? shown(error['value']) : null;
  const quotes = 'a quoted cell begins and ends with ", and a " inside it is written twice';
  switch (error.code) {
    case 'CSV_QUOTE_NOT_CLOSED':
      return unreadable(
        line,
        value,
        'a quote that is opened on or before this line is never closed',
        quotes,
        error,
      );
    case 'CSV_MAX_RECORD_SIZE': {
      const reason = `a row begins here that is longer than ${limits.recordCharacters} characters; often a quote is not closed`;
      return unreadable(line, null, reason, quotes, error);
    }
    case 'INVALID_OPENING_QUOTE':
      return unreadable(
        line,
        value,
        'a quote stands in the middle of a cell that has none around it',
        quotes,
        error,
      );
    case 'CSV_INVALID_CLOSING_QUOTE':
      return unreadable(line, value, 'a quoted cell goes on after its closing quote', quotes, error);
    default:
      return unreadable(line, value, `the row cannot be read (${error.code})`, 'CSV as in RFC 4180', error);
  }
}

const lineEnds = (text: string): number => {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
};

function unreadable(line: number, value: string | null, reason: string, allowed: string, cause?: unknown) {
  return new FileRefusal('unreadable', { line, column: null, value, reason, allowed }, cause);
}

const mebibytes = (bytes: number): number => Math.round((bytes / 1024 / 1024) * 100) / 100;

function tooManyBytes(maxBytes: number): FileRefusal {
  return tooLarge(
    1,
    'the file is too large',
    `at most ${mebibytes(maxBytes)} MiB; split it into several files`,
  );
}

function tooManyRows(line: number, maxRows: number): FileRefusal {
  return tooLarge(line, 'the file has too many rows', `at most ${maxRows} rows; split it into several files`);
}

function tooLarge(line: number, reason: string, allowed: string): FileRefusal {
  return new FileRefusal('too-large', { line, column: null, value: null, reason, allowed });
}
