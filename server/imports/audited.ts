import type { AuditedState } from '../audit/audit.ts';
import type { ImportRecord } from './model.ts';

/** An import as the audit log keeps it: for whom, how far, and how many rows; not the name of the file, which may name a person. */
export function importState({ clusterId, state, duplicates, rows }: ImportRecord): AuditedState {
  const { total, accepted, refused, created, merged, skipped } = rows;
  return { clusterId, state, duplicates, rows: { total, accepted, refused, created, merged, skipped } };
}
