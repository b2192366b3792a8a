import { Schema, type Connection, type Model } from 'mongoose';
import { modelOn } from '../storage/model-on.ts';

/** How the call in force stood on one day; `_id` is `<callId>:<day>`. */
export interface SnapshotRecord {
  _id: string;
  callId: string;
  /** ISO 8601. */
  day: string;
  /** SMEs at each stage, and those of widening countries among them, in the order of the stages. */
  counts: (number | null)[];
  widening: (number | null)[];
}

const text = { type: String, required: true };
const snapshotSchema = new Schema<SnapshotRecord>(
  { _id: text, callId: text, day: text, counts: [Number], widening: [Number] },
  { collection: 'funnelsnapshots', strict: 'throw', strictQuery: 'throw', versionKey: false, id: false },
);
snapshotSchema.index({ callId: 1, day: -1 });

export function snapshotModel(connection: Connection): Model<SnapshotRecord> {
  return modelOn<SnapshotRecord>(connection, 'FunnelSnapshot', snapshotSchema);
}
