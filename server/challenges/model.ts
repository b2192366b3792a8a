import { Schema, type Connection, type Model } from 'mongoose';
import type { ChallengeInput, ChallengeState } from './schema.ts';
import { modelOn } from '../storage/model-on.ts';

/** One challenge as it is stored. */
export interface ChallengeRecord extends ChallengeInput {
  _id: string;
  /** Unique: the key that came with the request, or its own id. */
  requestKey: string;
  callId: string;
  state: ChallengeState;
  /** Grows with each change. */
  version: number;
  createdAt: Date;
  updatedAt: Date;
}

const needed = { type: String, required: true };
const list = [String];
const level = { type: Number, default: null };
const date = { type: Date, required: true };

const challengeSchema = new Schema<ChallengeRecord>(
  {
    _id: needed,
    requestKey: needed,
    callId: needed,
    state: needed,
    version: { type: Number, required: true },
    title: needed,
    words: { type: String, default: '' },
    capabilities: list,
    technologies: list,
    fields: list,
    sectors: list,
    trlMin: level,
    trlMax: level,
    needIds: list,
    createdAt: date,
    updatedAt: date,
  },
  { collection: 'challenges', strict: 'throw', strictQuery: 'throw', versionKey: false, id: false },
);
// One request makes one challenge, however often it is sent.
challengeSchema.index({ requestKey: 1 }, { unique: true });
challengeSchema.index({ updatedAt: -1, _id: 1 });
challengeSchema.index({ state: 1, updatedAt: -1, _id: 1 });
challengeSchema.index({ callId: 1, state: 1 });
challengeSchema.index({ needIds: 1 });

/** The collection of challenges on one connection. */
export function challengeModel(connection: Connection): Model<ChallengeRecord> {
  return modelOn<ChallengeRecord>(connection, 'Challenge', challengeSchema);
}
