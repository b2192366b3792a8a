import { Schema, type Connection, type Model } from 'mongoose';
import type { OutcomeState } from './schema.ts';
import { modelOn } from '../storage/model-on.ts';

/** What became of a consortium; `_id` is the consortium's id, so that there is one of each. */
export interface OutcomeRecord {
  _id: string;
  callId: string;
  state: OutcomeState;
  /** Day of the decision, ISO 8601. */
  date: string;
  submissionId: string | null;
  grantEur: number | null;
  /** Grows by one with each change. */
  version: number;
  updatedAt: Date;
}

const text = { type: String, required: true };
const number = { type: Number, required: true };

const outcomeSchema = new Schema<OutcomeRecord>(
  {
    _id: text,
    callId: text,
    state: text,
    date: text,
    submissionId: { type: String, default: null },
    grantEur: { type: Number, default: null },
    version: number,
    updatedAt: { type: Date, required: true },
  },
  { collection: 'outcomes', strict: 'throw', strictQuery: 'throw', versionKey: false, id: false },
);
outcomeSchema.index({ callId: 1 });
// What changed since, for the funnel.
outcomeSchema.index({ updatedAt: 1 });

export function outcomeModel(connection: Connection): Model<OutcomeRecord> {
  return modelOn<OutcomeRecord>(connection, 'Outcome', outcomeSchema);
}
