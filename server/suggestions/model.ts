import { Schema, type Connection, type Model } from 'mongoose';
import type { Suggestion } from '../../matching/types.ts';
import type { Cause } from '../live/protocol.ts';
import type { AnswerInput } from './schema.ts';
import { modelOn } from '../storage/model-on.ts';

/** The suggestion list of one SME as it was last computed; `_id` is the SME's id. */
export interface ListRecord {
  _id: string;
  entries: Suggestion[];
  /** Grows by one with each change of the entries. */
  listVersion: number;
  weightsVersion: number;
  computedAt: Date;
  /** Why it changed last. */
  cause: Cause;
  /**
   * False once its accounts were told; until then the name of the write that it was a part of (true in lists of before writes had names).
   * What a crash cuts off is made up for at the next start.
   */
  untold: string | boolean;
}

/** What an SME said to a suggested partner. An answer that was taken back stays, so that other processes notice it. */
export interface AnswerRecord {
  _id: string;
  smeId: string;
  partnerId: string;
  state: 'standing' | 'withdrawn';
  answer: 'not-for-me';
  reason: AnswerInput['reason'];
  comment: string;
  /** Account that gave it. */
  by: string;
  /** Grows by one with each change. */
  revision?: number;
  updatedAt: Date;
}

const needed = { type: String, required: true };
const number = { type: Number, required: true };
const date = { type: Date, required: true };

const listSchema = new Schema<ListRecord>(
  {
    _id: needed,
    // Written and read by the service only, always whole.
    entries: { type: Schema.Types.Mixed, required: true },
    listVersion: number,
    weightsVersion: number,
    computedAt: date,
    cause: needed,
    untold: { type: Schema.Types.Mixed, required: true },
  },
  { collection: 'suggestionlists', versionKey: false },
);
listSchema.index({ untold: 1 });

const answerSchema = new Schema<AnswerRecord>(
  {
    _id: needed,
    smeId: needed,
    partnerId: needed,
    state: needed,
    answer: needed,
    reason: needed,
    comment: { type: String, default: '' },
    by: needed,
    revision: { type: Number, default: 1 },
    updatedAt: date,
  },
  { collection: 'answers', versionKey: false },
);
answerSchema.index({ smeId: 1, partnerId: 1 }, { unique: true });
answerSchema.index({ partnerId: 1 });
answerSchema.index({ updatedAt: 1 });

export function listModel(connection: Connection): Model<ListRecord> {
  return modelOn<ListRecord>(connection, 'SuggestionList', listSchema);
}

/** Made once for each connection: answers are looked for every few seconds, and making a model costs milliseconds. */
const answerModels = new WeakMap<Connection, Model<AnswerRecord>>();

export function answerModel(connection: Connection): Model<AnswerRecord> {
  const made = answerModels.get(connection) ?? modelOn<AnswerRecord>(connection, 'Answer', answerSchema);
  answerModels.set(connection, made);
  return made;
}
