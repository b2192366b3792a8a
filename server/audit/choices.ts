import { trusted, type Model } from 'mongoose';
import type { AuditRecord } from './model.ts';
import type { AuditChoices } from './schema.ts';

const FIELDS = { seq: 1, kind: 1, action: 1 };

/** Kinds and actions that there are entries of. Entries are only ever added, so only those after the last look are read. */
export function createChoices(records: Model<AuditRecord>): () => Promise<AuditChoices> {
  const kinds = new Set<string>();
  const actions = new Set<string>();
  let seen = 0;
  return async () => {
    const found = await records
      .find({ seq: trusted({ $gt: seen }) }, FIELDS)
      .sort({ seq: 1 })
      .lean<Pick<AuditRecord, '_id' | 'seq' | 'kind' | 'action'>[]>()
      .exec();
    for (const { seq, kind, action } of found) {
      kinds.add(kind);
      actions.add(action);
      seen = Math.max(seen, seq);
    }
    return { kinds: [...kinds].sort(), actions: [...actions].sort() };
  };
}
