import { HttpProblem } from '../http/errors.ts';
import type { RowIssue } from './schema.ts';

/** Longest piece of a cell that is repeated in a report. */
const SHOWN_CHARACTERS = 80;

/** Why a whole file cannot be taken: too large (its reading stopped at the limit), or not readable as the CSV that is asked for. */
export class FileRefusal extends Error {
  override readonly name = 'FileRefusal';
  readonly kind: 'too-large' | 'unreadable';
  readonly issue: RowIssue;

  constructor(kind: 'too-large' | 'unreadable', issue: RowIssue, cause?: unknown) {
    super(describeIssue(issue), { cause });
    this.kind = kind;
    this.issue = issue;
  }
}

/** One issue in one sentence. */
export function describeIssue(issue: RowIssue): string {
  const place = issue.column === null ? `Line ${issue.line}` : `Line ${issue.line}, column '${issue.column}'`;
  const value = issue.value === null ? '' : ` (found: ${issue.value})`;
  return `${place}: ${issue.reason}${value}. Allowed: ${issue.allowed}.`;
}

/** The head of a value, for a report: one line, at most 80 characters. */
export function shown(value: string): string {
  const line = value.replace(/\s+/gu, ' ').trim();
  return line.length <= SHOWN_CHARACTERS ? line : `${line.slice(0, SHOWN_CHARACTERS - 1)}…`;
}

/** The problem that a whole file is refused with. */
export function refusedFile(refusal: FileRefusal): HttpProblem {
  const { issue } = refusal;
  return new HttpProblem({
    status: refusal.kind === 'too-large' ? 413 : 400,
    code: 'import-refused',
    detail: describeIssue(issue),
    errors: [{ field: issue.column ?? 'file', message: describeIssue(issue) }],
    cause: refusal,
  });
}
