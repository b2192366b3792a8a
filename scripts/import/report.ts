import { describeIssue } from '../../server/imports/refusal.ts';
import type { ImportRowView, ImportView } from '../../server/imports/schema.ts';

/** What became of a file. */
export interface ImportReport {
  readonly file: string;
  readonly dryRun: boolean;
  readonly state: ImportView['state'];
  readonly rows: ImportView['rows'];
  readonly ignoredColumns: readonly string[];
  /** Rows that were refused, are duplicates, or were changed to fit. */
  readonly remarks: readonly ImportRowView[];
}

/** The report as lines for people: first each row with a remark, then the sums. */
export function reportLines(report: ImportReport): string[] {
  const { rows } = report;
  const sums = `${rows.total} rows: ${rows.accepted} accepted, ${rows.refused} refused, ${rows.duplicates} duplicates.`;
  const done = report.dryRun
    ? 'Dry run: nothing was changed.'
    : `${rows.created} registered, ${rows.merged} merged, ${rows.skipped} skipped.`;
  const ignored =
    report.ignoredColumns.length > 0
      ? [`Columns that are not read: ${report.ignoredColumns.join(', ')}.`]
      : [];
  return [...report.remarks.flatMap(remarkLines), ...ignored, `${report.file}: ${sums} ${done}`];
}

function remarkLines(row: ImportRowView): string[] {
  const issues = row.issues.map(describeIssue);
  if (row.duplicateOf === null) return issues;
  const { name, country, line, because } = row.duplicateOf;
  const where = line === null ? '' : ` of line ${line}`;
  const become = ['created', 'merged', 'skipped'].includes(row.outcome) ? ` ${row.outcome}` : '';
  const duplicate = `Line ${row.line}: ${row.name} (${row.country}) seems to be ${name} (${country})${where}: ${because}.${become ? ` Now:${become}.` : ''}`;
  return [...issues, duplicate];
}
