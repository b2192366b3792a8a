import { Schema, type Connection, type Model } from 'mongoose';
import type { LiveNotice } from './protocol.ts';
import { modelOn } from '../storage/model-on.ts';

/** One event in the stream of one account. */
export interface EventRecord {
  _id: string;
  accountId: string;
  /** 1, 2, 3 … without gaps, for each account. */
  seq: number;
  /** Names what happened: the same thing is in the stream of an account once, however often it is told. */
  key: string;
  at: Date;
  notice: LiveNotice;
  /** Which server process wrote it: each looks for what the others wrote. Absent in events of before this was kept. */
  writer?: string;
}

const needed = { type: String, required: true };
const eventSchema = new Schema<EventRecord>(
  {
    _id: needed,
    accountId: needed,
    seq: { type: Number, required: true },
    key: needed,
    at: { type: Date, required: true },
    notice: { type: Schema.Types.Mixed, required: true },
    writer: String,
  },
  { collection: 'events', versionKey: false },
);
// These two carry the rules: no number twice, nothing told twice. They hold for all server processes together.
eventSchema.index({ accountId: 1, seq: 1 }, { unique: true });
eventSchema.index({ accountId: 1, key: 1 }, { unique: true });
eventSchema.index({ at: 1 });

/** The events of all accounts on one connection. */
export function eventModel(connection: Connection): Model<EventRecord> {
  return modelOn<EventRecord>(connection, 'LiveEvent', eventSchema);
}
