import { Schema, type Connection, type Model } from 'mongoose';
import type { WeightValues } from './schema.ts';
import { modelOn } from '../storage/model-on.ts';

/** One version of the weights; versions are only ever added. */
export interface WeightsRecord {
  _id: string;
  /** 1, 2, 3 … */
  version: number;
  values: WeightValues;
  note: string;
  /** Name of who saved it, as it was then; null for the defaults of the software. */
  by: string | null;
  at: Date;
  undoOf: number | null;
}

const number = { type: Number, required: true };
const weightsSchema = new Schema<WeightsRecord>(
  {
    _id: { type: String, required: true },
    version: number,
    values: {
      capability: number,
      text: number,
      trl: number,
      domain: number,
      challenge: number,
      reach: number,
      practical: number,
    },
    note: { type: String, default: '' },
    by: { type: String, default: null },
    at: { type: Date, required: true },
    undoOf: { type: Number, default: null },
  },
  { collection: 'weights', versionKey: false },
);
// Of two changes made on the same version one gets the next number; the other is refused here.
weightsSchema.index({ version: 1 }, { unique: true });

export function weightsModel(connection: Connection): Model<WeightsRecord> {
  return modelOn<WeightsRecord>(connection, 'Weights', weightsSchema);
}
