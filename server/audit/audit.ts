import type { Connection } from 'mongoose';
import { canonicalJson } from '../../matching/canonical.ts';
import type { Role } from '../accounts/schema.ts';
import { sha256 } from '../runs/hash.ts';
import { isDuplicateKey } from '../storage/duplicate-key.ts';
import { newId } from '../storage/ids.ts';
import { auditModel, type AuditRecord } from './model.ts';

/**
 * What a decision leaves behind, as plain JSON with whole numbers and no personal data: ids, states, figures, public texts. Where a thing
 * can be changed by two people at once, its state has a `revision` (or `version`) that grows with each change: entries of such a thing may
 * be written in another order than the changes were made, and the highest one tells how it stands.
 */
export type AuditedState = Readonly<Record<string, unknown>>;

/** One decision: who did what to which thing, and how the thing stood before and after. */
export interface AuditEntry {
  /** Who decided; 'system' for what the software does by itself. */
  readonly actor: { readonly id: string; readonly role: Role } | 'system';
  /** `thing.verb`, such as `call.publish`. */
  readonly action: string;
  readonly thing: { readonly kind: string; readonly id: string };
  /** null: it was not there. */
  readonly before: AuditedState | null;
  /** null: it is gone. The whole decided state, not only what changed: the last `after` of a thing is its state. */
  readonly after: AuditedState | null;
  readonly reason?: string;
}

/** What every feature needs of the audit log. */
export interface Audit {
  /** Adds an entry; resolves once it is stored. Call it before the decision is acknowledged. */
  record(entry: AuditEntry): Promise<void>;
}

/** States of all things of one kind as the database has them now, to be compared with what the log says. */
export interface AuditedThings {
  readonly kind: string;
  states(): Promise<ReadonlyMap<string, AuditedState>>;
}

/** The newest entry, which the next one follows; `seq` 0: there is none. */
export interface AuditHead {
  readonly seq: number;
  readonly hash: string;
}

/** The log as the parts of this folder write it. */
export interface AuditWriter extends Audit {
  head(): Promise<AuditHead>;
  /** Adds entries one after the other while nobody else does; false: somebody did, and from there on none of these is stored. */
  appendAfter(head: AuditHead, entries: readonly AuditEntry[]): Promise<boolean>;
}

/** The text that a fingerprint is taken of. */
export function entryText(entry: Omit<AuditRecord, 'hash' | '_id'>): string {
  return canonicalJson({ ...entry, at: entry.at.toISOString() });
}

/** The fingerprint of an entry that follows the one with `previousHash` ('' for the first). */
export function entryHash(previousHash: string, entry: Omit<AuditRecord, 'hash' | '_id'>): string {
  return sha256(`${previousHash}\n${entryText(entry)}`);
}

/**
 * The append-only log of decisions. Entries are numbered without a gap and chained by SHA-256, so that an entry that was changed or
 * removed afterwards shows. Several server processes may write: the unique number decides, and the loser takes the next one.
 */
export function createAudit(deps: { connection: Connection; clock: () => Date }): AuditWriter {
  const records = auditModel(deps.connection);
  /** What this process saw last: saves a look at the database where nobody else writes. */
  let known: AuditHead | null = null;
  let last: Promise<unknown> = Promise.resolve();

  async function head(): Promise<AuditHead> {
    const newest = await records
      .findOne({}, { seq: 1, hash: 1 })
      .sort({ seq: -1 })
      .lean<Pick<AuditRecord, 'seq' | 'hash'>>()
      .exec();
    return newest ?? { seq: 0, hash: '' };
  }

  function recordAfter({ seq, hash }: AuditHead, entry: AuditEntry): AuditRecord {
    const body = {
      seq: seq + 1,
      at: deps.clock(),
      actorId: entry.actor === 'system' ? null : entry.actor.id,
      actorRole: entry.actor === 'system' ? ('system' as const) : entry.actor.role,
      action: entry.action,
      kind: entry.thing.kind,
      thingId: entry.thing.id,
      before: entry.before === null ? null : canonicalJson(entry.before),
      after: entry.after === null ? null : canonicalJson(entry.after),
      reason: entry.reason ?? '',
    };
    return { ...body, _id: newId(), hash: entryHash(hash, body) };
  }

  async function insertAfter(from: AuditHead, entries: readonly AuditEntry[]): Promise<boolean> {
    let newest = from;
    const batch = entries.map((entry) => (newest = recordAfter(newest, entry)));
    try {
      // In order: where the first number is taken, none of the others is written.
      await records.insertMany(batch, { lean: true });
      known = newest;
      return true;
    } catch (error) {
      known = null;
      // Another process took this number.
      if (!isDuplicateKey(error)) throw error;
      return false;
    }
  }

  async function append(entry: AuditEntry): Promise<void> {
    while (!(await insertAfter(known ?? (await head()), [entry])));
  }

  /** One after the other within this process; a failure is the caller's own and does not stop the next one. */
  function inTurn<T>(write: () => Promise<T>): Promise<T> {
    const turn = last.then(write);
    last = turn.catch(() => undefined);
    return turn;
  }

  return {
    record: (entry) => inTurn(() => append(entry)),
    head,
    appendAfter: (from, entries) => inTurn(() => insertAfter(from, entries)),
  };
}
