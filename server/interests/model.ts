import { Schema, type Connection, type Model } from 'mongoose';
import type { InterestState } from './schema.ts';
import { modelOn } from '../storage/model-on.ts';

/** The demand side among those who are waited for. */
export const DEMAND = 'demand';

/** One interest as it is stored. */
export interface InterestRecord {
  _id: string;
  needId: string;
  /** Account that stated the need, as it was then; null: staff act for the organisation. */
  ownerId: string | null;
  /** One or two, in the order of ids. */
  smeIds: string[];
  startedBy: 'sme' | 'demand';
  /** SME that began it; null: the demand side did. */
  starterSmeId: string | null;
  /** Who has not said yes yet: DEMAND or ids of SMEs. The demand side comes last: it sees what companies propose once they all agree. */
  waitsFor: string[];
  /** The demand side may see it: it began it, or the companies have agreed. */
  shown: boolean;
  state: InterestState;
  /** Grows with each reply. */
  version: number;
  message: string;
  endedBy: string | null;
  reason: string;
  /** Unique: the same companies have one interest in a need that is open or accepted; an ended one carries its own id here. */
  openKey: string;
  createdAt: Date;
  updatedAt: Date;
}

const needed = { type: String, required: true };
const text = { type: String, default: null };
const date = { type: Date, required: true };

const interestSchema = new Schema<InterestRecord>(
  {
    _id: needed,
    needId: needed,
    ownerId: text,
    smeIds: [String],
    startedBy: needed,
    starterSmeId: text,
    waitsFor: [String],
    shown: { type: Boolean, required: true },
    state: needed,
    version: { type: Number, required: true },
    message: { type: String, default: '' },
    endedBy: text,
    reason: { type: String, default: '' },
    openKey: needed,
    createdAt: date,
    updatedAt: date,
  },
  { collection: 'interests', strict: 'throw', strictQuery: 'throw', versionKey: false, id: false },
);
interestSchema.index({ openKey: 1 }, { unique: true });
interestSchema.index({ updatedAt: -1, _id: 1 });
interestSchema.index({ needId: 1, updatedAt: -1, _id: 1 });
interestSchema.index({ smeIds: 1, updatedAt: -1, _id: 1 });
interestSchema.index({ ownerId: 1, updatedAt: -1, _id: 1 });

/** The collection of interests on one connection. */
export function interestModel(connection: Connection): Model<InterestRecord> {
  return modelOn<InterestRecord>(connection, 'Interest', interestSchema);
}
