import { Schema, type Connection, type Model } from 'mongoose';
import type { Target } from '../audience/schema.ts';
import type { CalendarInput } from './schema.ts';
import { modelOn } from '../storage/model-on.ts';

/** One entry that staff wrote, as it is stored. */
export interface CalendarRecord {
  _id: string;
  key: string;
  /** Grows by one with each change; what calendars know as SEQUENCE is one less. */
  version: number;
  kind: CalendarInput['kind'];
  title: string;
  words: string;
  startsAt: Date;
  endsAt: Date;
  timeZone: string;
  place: string;
  link: string | null;
  target: Target;
  state: 'planned' | 'cancelled';
  reason: string;
  createdAt: Date;
}

const needed = { type: String, required: true };
const text = { type: String, default: '' };
const day = { type: Date, required: true };
const targetPart = new Schema(
  { roles: [String], countries: [String], clusterIds: [String] },
  { _id: false, strict: 'throw' },
);
const calendarSchema = new Schema<CalendarRecord>(
  {
    _id: needed,
    key: needed,
    version: { type: Number, required: true },
    kind: needed,
    title: needed,
    words: text,
    startsAt: day,
    endsAt: day,
    timeZone: needed,
    place: text,
    link: { type: String, default: null },
    target: { type: targetPart, required: true },
    state: needed,
    reason: text,
    createdAt: day,
  },
  { collection: 'calendarentries', versionKey: false },
);
calendarSchema.index({ key: 1 }, { unique: true });
calendarSchema.index({ endsAt: 1, _id: 1 });

export function calendarModel(connection: Connection): Model<CalendarRecord> {
  return modelOn<CalendarRecord>(connection, 'CalendarEntry', calendarSchema);
}
