import { Schema, type Connection, type Model } from 'mongoose';
import type { Role } from '../accounts/schema.ts';
import type { PurposeId } from './schema.ts';
import type { Subject } from './personal-data.ts';
import { modelOn } from '../storage/model-on.ts';

export type ConsentState = 'given' | 'withdrawn';

/** One answer to one purpose. */
export interface ConsentAnswer {
  state: ConsentState;
  /** Version of the text that was answered. */
  textVersion: number;
  at: Date;
  /** Account that answered. */
  by: string;
}

/** What a subject answered to a purpose, now and before; `_id` is `<kind>:<subject>:<purpose>`. */
export interface ConsentRecord extends ConsentAnswer {
  _id: string;
  subjectKind: Subject['kind'];
  subjectId: string;
  purpose: PurposeId;
  /** All answers, oldest first, this one included. */
  history: ConsentAnswer[];
  /** Grows by one with each answer. */
  revision: number;
}

/** An erasure that was asked for. It says how much went, never whose it was: the subject's id means nothing once all is gone. */
export interface ErasureRecord {
  _id: string;
  kind: Subject['kind'];
  subjectId: string;
  state: 'running' | 'done';
  startedAt: Date;
  finishedAt: Date | null;
  /** Who asked for it. */
  by: { id: string; role: Role };
  /** Records changed or deleted, by the name of what they were. */
  counts: Record<string, number>;
}

const needed = { type: String, required: true };
const date = { type: Date, required: true };
const number = { type: Number, required: true };
const strict = { strict: 'throw', strictQuery: 'throw', versionKey: false, id: false } as const;

const consentSchema = new Schema<ConsentRecord>(
  {
    _id: needed,
    subjectKind: needed,
    subjectId: needed,
    purpose: needed,
    state: needed,
    textVersion: number,
    at: date,
    by: needed,
    history: [Schema.Types.Mixed],
    revision: number,
  },
  { ...strict, collection: 'consents' },
);
consentSchema.index({ purpose: 1, state: 1, subjectId: 1 });
consentSchema.index({ subjectKind: 1, subjectId: 1 });
consentSchema.index({ at: 1 });

const erasureSchema = new Schema<ErasureRecord>(
  {
    _id: needed,
    kind: needed,
    subjectId: needed,
    state: needed,
    startedAt: date,
    finishedAt: { type: Date, default: null },
    by: { type: Schema.Types.Mixed, required: true },
    counts: { type: Schema.Types.Mixed, required: true },
  },
  { ...strict, collection: 'erasures', minimize: false },
);
erasureSchema.index({ state: 1 });
erasureSchema.index({ startedAt: 1 });

const consentModels = new WeakMap<Connection, Model<ConsentRecord>>();

export function consentModel(connection: Connection): Model<ConsentRecord> {
  // Asked for with every profile that is read: made anew each time it costs more than the query.
  const made = consentModels.get(connection);
  if (made) return made;
  const model = modelOn<ConsentRecord>(connection, 'Consent', consentSchema);
  consentModels.set(connection, model);
  return model;
}

export function erasureModel(connection: Connection): Model<ErasureRecord> {
  return modelOn<ErasureRecord>(connection, 'Erasure', erasureSchema);
}
