import type { ImportRecord, ImportRowRecord } from './model.ts';
import type { ImportRowView, ImportView } from './schema.ts';

/** An import as staff and its cluster see it. */
export function presentImport(record: ImportRecord): ImportView {
  const { total, accepted, refused, duplicates, created, merged, skipped } = record.rows;
  return {
    id: record._id,
    clusterId: record.clusterId,
    fileName: record.fileName,
    state: record.state,
    problem: record.problem,
    rows: { total, accepted, refused, duplicates, created, merged, skipped },
    ignoredColumns: [...record.ignoredColumns],
    createdBy: record.createdByName,
    createdAt: record.createdAt.toISOString(),
    committedAt: record.committedAt?.toISOString() ?? null,
  };
}

/** A row with what is wrong in it; the profile itself is not repeated. */
export function presentRow(row: ImportRowRecord): ImportRowView {
  return {
    line: row.line,
    name: row.name,
    country: row.country,
    outcome: row.outcome,
    issues: row.issues.map(({ line, column, value, reason, allowed }) => ({
      line,
      column,
      value,
      reason,
      allowed,
    })),
    duplicateOf: row.duplicateOf,
    decision: row.decision,
  };
}
