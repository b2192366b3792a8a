import { Schema, type Connection, type Model } from 'mongoose';
import type { CallRules, CallState } from './schema.ts';
import { modelOn } from '../storage/model-on.ts';

/** One call as it is stored. Its rules stand beside it, in versions. */
export interface CallRecord {
  _id: string;
  state: CallState;
  /** Grows by one with each change of state. */
  version: number;
  /** Opening day of the newest rules, by which lists are sorted; the rules themselves are the truth. */
  opens: string;
  createdAt: Date;
}

/** One version of the rules of a call; versions are only ever added. */
export interface CallRulesRecord {
  _id: string;
  callId: string;
  /** 1, 2, 3 … */
  version: number;
  rules: CallRules;
  note: string;
  /** Name of who published it, as it was then; null for what ships with the software. */
  by: string | null;
  at: Date;
}

/** Which call is in force since when; choices are only ever added, the newest counts. */
export interface CallChoiceRecord {
  _id: string;
  /** 1, 2, 3 … */
  version: number;
  callId: string;
  reason: string;
  by: string | null;
  at: Date;
}

const text = { type: String, required: true };
const number = { type: Number, required: true };
const name = { type: String, default: null };
const date = { type: Date, required: true };
const strict = { strict: 'throw', strictQuery: 'throw', versionKey: false, id: false } as const;

const callSchema = new Schema<CallRecord>(
  { _id: text, state: text, version: number, opens: text, createdAt: date },
  { collection: 'calls', ...strict },
);
callSchema.index({ opens: -1, _id: 1 });
callSchema.index({ state: 1, opens: -1, _id: 1 });

const rulesSchema = new Schema<CallRulesRecord>(
  {
    _id: text,
    callId: text,
    version: number,
    // Checked by zod before it is written, and never changed afterwards.
    rules: { type: Schema.Types.Mixed, required: true },
    note: { type: String, default: '' },
    by: name,
    at: date,
  },
  { collection: 'callrules', ...strict, minimize: false },
);
// Of two changes made on the same version one gets the next number; the other is refused here.
rulesSchema.index({ callId: 1, version: -1 }, { unique: true });

const choiceSchema = new Schema<CallChoiceRecord>(
  { _id: text, version: number, callId: text, reason: { type: String, default: '' }, by: name, at: date },
  { collection: 'callchoices', ...strict },
);
choiceSchema.index({ version: -1 }, { unique: true });

export function callModel(connection: Connection): Model<CallRecord> {
  return modelOn<CallRecord>(connection, 'Call', callSchema);
}

export function callRulesModel(connection: Connection): Model<CallRulesRecord> {
  return modelOn<CallRulesRecord>(connection, 'CallRules', rulesSchema);
}

export function callChoiceModel(connection: Connection): Model<CallChoiceRecord> {
  return modelOn<CallChoiceRecord>(connection, 'CallChoice', choiceSchema);
}
