import { Schema, type Connection, type Model } from 'mongoose';
import type { EventInput, EventState } from './schema.ts';

/** One line of a history: who did what, and when. */
export interface HistoryEntry {
  at: Date;
  /** Name and id of the account; the name stays readable when the account is gone. */
  by: string;
  byId: string | null;
  what: string;
  note: string;
  /** What it was before and after, where that is one value. */
  before: string | null;
  after: string | null;
}

/** One event. Its state, its definition and the history of both change together, in one write on `version`. */
export interface EventRecord extends EventInput {
  _id: string;
  /** Grows by one with each change. */
  version: number;
  callId: string;
  state: EventState;
  delayMinutes: number;
  broadcast: { text: string; at: Date } | null;
  history: HistoryEntry[];
  /** The version whose change the accounts concerned were told of last; what a crash cuts off is made up for at the next start. */
  told: number;
  /** What the newest version changed, in the words of the live protocol. */
  change: 'state' | 'timetable' | 'broadcast';
  createdAt: Date;
}

/** A link for a projector. Only the hash of its token is kept. */
export interface DisplayRecord {
  _id: string;
  eventId: string;
  tokenHash: string;
  label: string;
  createdAt: Date;
  createdBy: string;
}

/** A badge that was printed: `_id` is the hash of its token. */
export interface BadgeRecord {
  _id: string;
  eventId: string;
  smeId: string;
}

const needed = { type: String, required: true };
const date = { type: Date, required: true };
const number = { type: Number, required: true };
/** Written and read whole by one module, which knows its shape. */
const whole = { type: Schema.Types.Mixed, required: true };

const eventSchema = new Schema<EventRecord>(
  {
    _id: needed,
    version: number,
    callId: needed,
    name: needed,
    description: { type: String, default: '' },
    place: whole,
    timeZone: needed,
    timetable: whole,
    invited: whole,
    contactsAt: needed,
    requestMinutes: number,
    state: needed,
    delayMinutes: number,
    broadcast: { type: Schema.Types.Mixed, default: null },
    history: [Schema.Types.Mixed],
    told: number,
    change: needed,
    createdAt: date,
  },
  // 'events' holds the streams of the accounts (server/live).
  { collection: 'matchmakingEvents', versionKey: false, minimize: false },
);
eventSchema.index({ state: 1 });

const displaySchema = new Schema<DisplayRecord>(
  { _id: needed, eventId: needed, tokenHash: needed, label: needed, createdAt: date, createdBy: needed },
  { collection: 'eventDisplays', versionKey: false },
);
displaySchema.index({ tokenHash: 1 }, { unique: true });
displaySchema.index({ eventId: 1 });

const badgeSchema = new Schema<BadgeRecord>(
  { _id: needed, eventId: needed, smeId: needed },
  { collection: 'eventBadges', versionKey: false },
);

export function eventModel(connection: Connection): Model<EventRecord> {
  return connection.model<EventRecord>('MatchmakingEvent', eventSchema, undefined, { overwriteModels: true });
}

export function displayModel(connection: Connection): Model<DisplayRecord> {
  return connection.model<DisplayRecord>('EventDisplay', displaySchema, undefined, { overwriteModels: true });
}

export function badgeModel(connection: Connection): Model<BadgeRecord> {
  return connection.model<BadgeRecord>('EventBadge', badgeSchema, undefined, { overwriteModels: true });
}
