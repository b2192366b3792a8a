import { Schema, type Connection, type Model } from 'mongoose';
import type { FeedbackValue, RequestDeclineReason, RequestState, WishKind } from './schema.ts';

/** Where an SME stands with an event; `_id` is `<eventId>:<smeId>`. Absent: invited, nothing heard of it yet. */
export interface PresenceRecord {
  _id: string;
  eventId: string;
  smeId: string;
  state: 'expected' | 'here' | 'left';
  /** Since when it has this state. */
  since: Date;
  /** Name of who said so. */
  by: string;
  history: { state: string; at: Date; by: string }[];
}

/** What an SME wishes of a partner at an event; `_id` is `<eventId>:<smeId>:<partnerId>`. */
export interface WishRecord {
  _id: string;
  eventId: string;
  smeId: string;
  partnerId: string;
  wish: WishKind;
  at: Date;
}

/** A question from one SME to another to meet. */
export interface RequestRecord {
  _id: string;
  eventId: string;
  fromId: string;
  toId: string;
  message: string;
  round: number | null;
  state: RequestState;
  reason: RequestDeclineReason | null;
  comment: string;
  /** Unique: the event and the pair while it is pending, its own id afterwards. So a pair has one pending request at most. */
  openKey: string;
  /** The meeting that an acceptance claims; given before the claim, so that a crash between the two can be made good. */
  meetingId: string | null;
  /** False while an acceptance has not been written into the plan yet. */
  settled: boolean;
  at: Date;
  expiresAt: Date;
  /** Grows by one with each change of state; the accounts were told up to `told`. */
  version: number;
  told: number;
}

/** What an SME says of a meeting afterwards; `_id` is `<meetingId>:<smeId>`. */
export interface FeedbackRecord {
  _id: string;
  eventId: string;
  meetingId: string;
  smeId: string;
  partnerId: string;
  answer: FeedbackValue;
  at: Date;
}

const needed = { type: String, required: true };
const optional = { type: String, default: null };
const date = { type: Date, required: true };
const number = { type: Number, required: true };

const presenceSchema = new Schema<PresenceRecord>(
  {
    _id: needed,
    eventId: needed,
    smeId: needed,
    state: needed,
    since: date,
    by: needed,
    history: [Schema.Types.Mixed],
  },
  { collection: 'eventPresence', versionKey: false },
);
presenceSchema.index({ eventId: 1, state: 1 });

const wishSchema = new Schema<WishRecord>(
  { _id: needed, eventId: needed, smeId: needed, partnerId: needed, wish: needed, at: date },
  { collection: 'eventWishes', versionKey: false },
);
wishSchema.index({ eventId: 1, smeId: 1 });

const requestSchema = new Schema<RequestRecord>(
  {
    _id: needed,
    eventId: needed,
    fromId: needed,
    toId: needed,
    message: { type: String, default: '' },
    round: { type: Number, default: null },
    state: needed,
    reason: optional,
    comment: { type: String, default: '' },
    openKey: needed,
    meetingId: optional,
    settled: { type: Boolean, required: true },
    at: date,
    expiresAt: date,
    version: number,
    told: number,
  },
  { collection: 'eventRequests', versionKey: false },
);
requestSchema.index({ openKey: 1 }, { unique: true });
requestSchema.index({ eventId: 1, fromId: 1 });
requestSchema.index({ eventId: 1, toId: 1 });
requestSchema.index({ state: 1, expiresAt: 1 });

const feedbackSchema = new Schema<FeedbackRecord>(
  {
    _id: needed,
    eventId: needed,
    meetingId: needed,
    smeId: needed,
    partnerId: needed,
    answer: needed,
    at: date,
  },
  { collection: 'meetingFeedback', versionKey: false },
);
feedbackSchema.index({ eventId: 1, smeId: 1 });

export function presenceModel(connection: Connection): Model<PresenceRecord> {
  return connection.model<PresenceRecord>('EventPresence', presenceSchema, undefined, {
    overwriteModels: true,
  });
}

export function wishModel(connection: Connection): Model<WishRecord> {
  return connection.model<WishRecord>('EventWish', wishSchema, undefined, { overwriteModels: true });
}

export function requestModel(connection: Connection): Model<RequestRecord> {
  return connection.model<RequestRecord>('EventRequest', requestSchema, undefined, { overwriteModels: true });
}

export function feedbackModel(connection: Connection): Model<FeedbackRecord> {
  return connection.model<FeedbackRecord>('MeetingFeedback', feedbackSchema, undefined, {
    overwriteModels: true,
  });
}
