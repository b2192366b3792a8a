import { Schema, type Connection, type Model } from 'mongoose';
import type { ShortReason, UnmetReason } from '../../matching/rounds/types.ts';
import type { PlanNews } from './plan/changes.ts';
import type { Round } from './plan/plan.ts';
import type { EventInput, EventState } from './life/schema.ts';
import type { FeedbackValue } from './meetings/schema.ts';
import type { PlanInput } from './plan/schema.ts';
import type { RequestDeclineReason, RequestState, WishKind } from './requests/schema.ts';
import { modelOn } from '../storage/model-on.ts';

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
  /** Unique: the event and the pair while it is pending or an acceptance is not settled, its own id afterwards. So a pair has one at most. */
  openKey: string;
  /** The meeting that an acceptance claims; given before the claim, so that a crash between the two can be made good. */
  meetingId: string | null;
  /** False while an acceptance has not been written into the plan yet. */
  settled: boolean;
  at: Date;
  expiresAt: Date;
  /** Grows by one with each change of state. */
  version: number;
  /** True until both sides were told of this version: what a crash cuts off is made up for at the next start. */
  untold: boolean;
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

/**
 * The plan of one event; `_id` is the event's id. All rounds are in one document, so that 'nobody twice with the same partner', the move
 * of a meeting from round to round and the publication of many rounds are each one write on `version`.
 */
export interface PlanRecord {
  _id: string;
  version: number;
  /** By `r<number>`. */
  rounds: Record<string, Round>;
  forbidden: [string, string][];
  history: HistoryEntry[];
  /** By `v<version>`: what still has to be told. Taken out once it is in the streams of the accounts. */
  untold: Record<string, Omit<PlanNews, 'version'>>;
}

/** A plan that staff look at before they publish it; `_id` is the event's id. */
export interface DraftRecord {
  _id: string;
  /** The recorded run that made it; absent in drafts from before these were kept. */
  runId?: string;
  /** Grows by one with each change. */
  version: number;
  createdAt: Date;
  by: string;
  who: PlanInput['who'];
  participants: string[];
  rounds: Pick<Round, 'number' | 'meetings'>[];
  forbidden: [string, string][];
  figures: { total: number; bound: number; gap: number; status: 'optimal' | 'feasible' };
  wishesMet: number;
  unmet: { from: string; to: string; reason: UnmetReason }[];
  short: { sme: string; reason: ShortReason }[];
}

const optional = { type: String, default: null };
const text = { type: String, default: '' };
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
presenceSchema.index({ eventId: 1, since: 1 });
presenceSchema.index({ smeId: 1 });

const wishRecordSchema = new Schema<WishRecord>(
  {
    _id: needed,
    eventId: needed,
    smeId: needed,
    partnerId: needed,
    wish: needed,
    at: date,
  },
  { collection: 'eventWishes', versionKey: false },
);
wishRecordSchema.index({ eventId: 1, smeId: 1 });

const requestSchema = new Schema<RequestRecord>(
  {
    _id: needed,
    eventId: needed,
    fromId: needed,
    toId: needed,
    message: text,
    round: { type: Number, default: null },
    state: needed,
    reason: optional,
    comment: text,
    openKey: needed,
    meetingId: optional,
    settled: { type: Boolean, required: true },
    at: date,
    expiresAt: date,
    version: number,
    untold: { type: Boolean, required: true },
  },
  { collection: 'eventRequests', versionKey: false },
);
requestSchema.index({ openKey: 1 }, { unique: true });
requestSchema.index({ eventId: 1, fromId: 1 });
requestSchema.index({ eventId: 1, toId: 1 });
requestSchema.index({ state: 1, expiresAt: 1 });
requestSchema.index({ untold: 1 });

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
feedbackSchema.index({ smeId: 1 });

const planSchema = new Schema<PlanRecord>(
  {
    _id: needed,
    version: number,
    rounds: whole,
    forbidden: [Schema.Types.Mixed],
    history: [Schema.Types.Mixed],
    untold: whole,
  },
  { collection: 'eventPlans', versionKey: false, minimize: false },
);

const draftSchema = new Schema<DraftRecord>(
  {
    _id: needed,
    runId: String,
    version: number,
    createdAt: date,
    by: needed,
    who: needed,
    participants: [String],
    rounds: [Schema.Types.Mixed],
    forbidden: [Schema.Types.Mixed],
    figures: whole,
    wishesMet: number,
    unmet: [Schema.Types.Mixed],
    short: [Schema.Types.Mixed],
  },
  { collection: 'eventDrafts', versionKey: false, minimize: false },
);

/** Opens the collection of a schema on a connection. */
function modelOf<T>(name: string, schema: Schema<T>): (connection: Connection) => Model<T> {
  return (connection) => modelOn<T>(connection, name, schema);
}

export const eventModel = modelOf('MatchmakingEvent', eventSchema);
export const displayModel = modelOf('EventDisplay', displaySchema);
export const badgeModel = modelOf('EventBadge', badgeSchema);
export const presenceModel = modelOf('EventPresence', presenceSchema);
export const wishModel = modelOf('EventWish', wishRecordSchema);
export const requestModel = modelOf('EventRequest', requestSchema);
export const feedbackModel = modelOf('MeetingFeedback', feedbackSchema);
export const planModel = modelOf('EventPlan', planSchema);
export const draftModel = modelOf('EventDraft', draftSchema);
