import { z } from 'zod';
import type { AuditCheck } from './check.ts';
import { checkSentence, isSound } from './check.ts';
import type { AuditRecord } from './model.ts';
import type { AuditCheckView, AuditEntryView } from './schema.ts';

const stateSchema = z.record(z.string(), z.unknown());
const stateOf = (text: string | null) => (text === null ? null : stateSchema.parse(JSON.parse(text)));

/** Names of what entries speak of. */
export interface AuditNames {
  /** Of accounts that are still somebody's. */
  readonly people: ReadonlyMap<string, string>;
  /** Of things, by `kind id`. */
  readonly things: ReadonlyMap<string, string>;
}

const named = z.object({ name: z.string().optional(), title: z.string().optional() });

/** The name that a state carries itself. */
function ownName(record: AuditRecord): string | null {
  const state = named.safeParse(stateOf(record.after ?? record.before) ?? {});
  return state.success ? (state.data.name ?? state.data.title ?? null) : null;
}

/** An entry as staff read it; every field listed by hand. */
export function presentEntry(record: AuditRecord, names: AuditNames): AuditEntryView {
  const { seq, at, actorId, actorRole, action, kind, thingId, before, after, reason, hash } = record;
  return {
    seq,
    at: at.toISOString(),
    actor:
      actorId === null || actorRole === 'system'
        ? null
        : { id: actorId, role: actorRole, name: names.people.get(actorId) ?? null },
    action,
    kind,
    thingId,
    thingName: names.things.get(`${kind} ${thingId}`) ?? ownName(record),
    before: stateOf(before),
    after: stateOf(after),
    reason,
    hash,
  };
}

/** Of many differences these are shown; the figures count all. */
const SHOWN = 100;

export function presentCheck(check: AuditCheck, at: Date): AuditCheckView {
  return {
    at: at.toISOString(),
    entries: check.entries,
    summary: checkSentence(check),
    sound: isSound(check),
    chainFault: check.chainFault && { seq: check.chainFault.seq, what: check.chainFault.what },
    kinds: check.kinds.map(({ kind, things, differences }) => ({ kind, things, differences })),
    differences: check.differences.slice(0, SHOWN).map(({ kind, id, logged, stored }) => ({
      kind,
      id,
      logged: stateOf(logged),
      stored: stateOf(stored),
    })),
  };
}
