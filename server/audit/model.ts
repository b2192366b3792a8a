import { Schema, type Connection, type Model } from 'mongoose';
import type { Role } from '../accounts/schema.ts';
import { modelOn } from '../storage/model-on.ts';

/** One recorded decision. Entries are only ever added; each holds the fingerprint of the one before it. */
export interface AuditRecord {
  _id: string;
  /** 1, 2, 3 … without a gap. */
  seq: number;
  at: Date;
  /** Account that decided; null for the software itself. Names are looked up when it is read, so that erasing a person needs no edit here. */
  actorId: string | null;
  actorRole: Role | 'system';
  /** What was done, as `thing.verb`: `call.publish`. */
  action: string;
  kind: string;
  thingId: string;
  /** State before and after as canonical JSON; null where the thing was not there. */
  before: string | null;
  after: string | null;
  reason: string;
  /** SHA-256 over the entry and the fingerprint before it. */
  hash: string;
}

const text = { type: String, required: true };
const auditSchema = new Schema<AuditRecord>(
  {
    _id: text,
    seq: { type: Number, required: true },
    at: { type: Date, required: true },
    actorId: { type: String, default: null },
    actorRole: text,
    action: text,
    kind: text,
    thingId: text,
    before: { type: String, default: null },
    after: { type: String, default: null },
    reason: { type: String, default: '' },
    hash: text,
  },
  { collection: 'audit', strict: 'throw', strictQuery: 'throw', versionKey: false, id: false },
);
// Of two entries written at once one gets the next number; the other is refused here and takes the one after.
auditSchema.index({ seq: 1 }, { unique: true });
auditSchema.index({ kind: 1, thingId: 1, seq: 1 });
// Each filter of the list, in the order of the list.
auditSchema.index({ kind: 1, seq: 1 });
auditSchema.index({ thingId: 1, seq: 1 });
auditSchema.index({ action: 1, seq: 1 });
auditSchema.index({ actorId: 1, seq: 1 });
auditSchema.index({ at: 1, seq: 1 });
auditSchema.index({ kind: 1, at: 1, seq: 1 });
auditSchema.index({ action: 1, at: 1, seq: 1 });

export function auditModel(connection: Connection): Model<AuditRecord> {
  return modelOn<AuditRecord>(connection, 'Audit', auditSchema);
}
