import { z } from 'zod';
import type { Connection } from 'mongoose';
import type { AuditedState, AuditedThings, AuditEntry, AuditWriter } from './audit.ts';
import { Fold, type Difference } from './fold.ts';
import { auditModel } from './model.ts';
import { entriesAfter } from './reading.ts';

const stateSchema = z.record(z.string(), z.unknown());

function stateOf(text: string | null): AuditedState | null {
  return text === null ? null : stateSchema.parse(JSON.parse(text));
}

function entryOf({ kind, id, logged, stored }: Difference): AuditEntry {
  return {
    actor: 'system',
    action: `${kind}.found`,
    thing: { kind, id },
    before: stateOf(logged),
    after: stateOf(stored),
    reason:
      logged === null
        ? 'It was there at the start without an entry: it came with the software, from before there was this log, or from a file.'
        : 'It stood otherwise at the start than its last entry says: the server ended between a change and its entry, or the change was made outside of Tandem.',
  };
}

/**
 * At the start: what changed without an entry gets one, so that the log always leads to how things stand. A feature changes first and
 * records right after, before it acknowledges; a server that is killed in between leaves a change that nobody was told of.
 *
 * Entries are added only if nobody else wrote to the log since it was read; otherwise all is looked at again, so that another process that
 * is just between its change and its entry is never overwritten. Answers with how many entries were added.
 */
export async function reconcileAudit(
  deps: { connection: Connection; audit: AuditWriter },
  audited: readonly AuditedThings[],
): Promise<number> {
  const records = auditModel(deps.connection);
  const fold = new Fold();
  let seen = 0;
  let added = 0;
  for (;;) {
    for await (const entry of entriesAfter(records, seen)) {
      fold.add(entry);
      seen = entry.seq;
    }
    const head = await deps.audit.head();
    if (head.seq !== seen) continue;
    const missing: Difference[] = [];
    for (const things of audited) missing.push(...(await fold.differences(things)));
    if (missing.length === 0) return added;
    if (await deps.audit.appendAfter(head, missing.map(entryOf))) added += missing.length;
  }
}
