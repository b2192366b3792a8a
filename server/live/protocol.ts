import { z } from 'zod';
import { consortiumStateSchema } from '../consortia/schema.ts';
import {
  eventPartnersSchema,
  meetingChangeSchema,
  myMeetingSchema,
  requestViewSchema,
  type MeetingChange,
  type PresenceCounts,
  type RoomView,
} from '../events/schema.ts';
import { idSchema, instantSchema } from '../http/schema.ts';
import { interestStateSchema, type InterestState } from '../interests/schema.ts';
import { needStateSchema, type NeedState } from '../needs/schema.ts';
import { questionStateSchema } from '../questions/schema.ts';
import { reportStateSchema } from '../reports/schema.ts';
import { partnersSchema } from '../suggestions/schema.ts';

/**
 * The live protocol. The database holds, for each account, an append-only stream of events numbered 1, 2, 3 … without gaps. The
 * socket is only the fast way to hear of them: a client keeps the number of the last event that it has handled and asks for what
 * came after (`catch-up`) when it connects and whenever a number is missing.
 */

/** Why a suggestion list changed. */
export const causeSchema = z.enum(['profile', 'answer', 'weights', 'call', 'pool', 'rebuild']);
export type Cause = z.infer<typeof causeSchema>;

/** What of an event changed: its state, its times, a round began or ended, a plan was published, staff said something to everybody. */
export const eventPartSchema = z.enum(['state', 'timetable', 'round', 'plan', 'broadcast']);
export type EventPart = z.infer<typeof eventPartSchema>;

/** What became of a light report, or that it is due or overdue. */
export const reportNewsSchema = z.enum([...reportStateSchema.options, 'due', 'overdue']);

/** What happened; each kind has its own payload. */
export const liveEventSchema = z.discriminatedUnion('kind', [
  /** The list of an SME that this account speaks for. Superseded ones carry no list in a replay: only the newest does. */
  z.strictObject({
    seq: z.number().int(),
    at: instantSchema,
    kind: z.literal('suggestions'),
    cause: causeSchema,
    smeId: idSchema,
    partners: partnersSchema.nullable(),
  }),
  /** A profile that this account may edit was changed (by itself in another window, its cluster or staff). */
  z.strictObject({
    seq: z.number().int(),
    at: instantSchema,
    kind: z.literal('profile'),
    smeId: idSchema,
    version: z.number().int(),
  }),
  /** The members of this account's cluster changed. */
  z.strictObject({
    seq: z.number().int(),
    at: instantSchema,
    kind: z.literal('members'),
    clusterId: idSchema,
  }),
  /** An import of this account ended or changed state. */
  z.strictObject({
    seq: z.number().int(),
    at: instantSchema,
    kind: z.literal('import'),
    importId: idSchema,
    state: z.string(),
  }),
  /** Staff: the weights were changed. */
  z.strictObject({
    seq: z.number().int(),
    at: instantSchema,
    kind: z.literal('weights'),
    version: z.number().int(),
    by: z.string().nullable(),
  }),
  /** Something that concerns everybody at an event: load it anew. */
  z.strictObject({
    seq: z.number().int(),
    at: instantSchema,
    kind: z.literal('event'),
    eventId: idSchema,
    change: eventPartSchema,
    /** Of the event, or of its plan where `change` is 'round' or 'plan'. */
    version: z.number().int(),
    /** For people, in one sentence; null where there is nothing to say. */
    text: z.string().nullable(),
  }),
  /** The meeting of an SME in one round changed. */
  z.strictObject({
    seq: z.number().int(),
    at: instantSchema,
    kind: z.literal('meeting'),
    eventId: idSchema,
    smeId: idSchema,
    change: meetingChangeSchema,
    round: z.number().int(),
    /** As it stands now; null: a bye. */
    meeting: myMeetingSchema.nullable(),
    /** What changed and why. */
    sentence: z.string(),
  }),
  /** A request to meet was made, answered, withdrawn or expired. */
  z.strictObject({
    seq: z.number().int(),
    at: instantSchema,
    kind: z.literal('request'),
    eventId: idSchema,
    smeId: idSchema,
    /** As it stands now; null where it is gone. */
    request: requestViewSchema.nullable(),
  }),
  /** A consortium that this account is concerned with was proposed or changed. */
  z.strictObject({
    seq: z.number().int(),
    at: instantSchema,
    kind: z.literal('consortium'),
    consortiumId: idSchema,
    state: consortiumStateSchema,
    version: z.number().int(),
  }),
  /** A need was stated, changed or published: of this account, for staff, or one that its company answers. */
  z.strictObject({
    seq: z.number().int(),
    at: instantSchema,
    kind: z.literal('need'),
    needId: idSchema,
    state: needStateSchema,
    version: z.number().int(),
  }),
  /** An interest in a need that this account has a part in was begun or answered. */
  z.strictObject({
    seq: z.number().int(),
    at: instantSchema,
    kind: z.literal('interest'),
    interestId: idSchema,
    needId: idSchema,
    state: interestStateSchema,
    version: z.number().int(),
  }),
  /** An announcement has become visible to this account. */
  z.strictObject({
    seq: z.number().int(),
    at: instantSchema,
    kind: z.literal('announcement'),
    announcementId: idSchema,
  }),
  /** A question that this account asked, or may answer, was written to or changed. */
  z.strictObject({
    seq: z.number().int(),
    at: instantSchema,
    kind: z.literal('question'),
    questionId: idSchema,
    state: questionStateSchema,
  }),
  /** A light report was handed in, accepted or asked back, or it is due. */
  z.strictObject({
    seq: z.number().int(),
    at: instantSchema,
    kind: z.literal('report'),
    periodId: idSchema,
    clusterId: idSchema,
    state: reportNewsSchema,
  }),
  /** The best partners of an SME at an event changed. Superseded ones carry none in a replay, as with 'suggestions'. */
  z.strictObject({
    seq: z.number().int(),
    at: instantSchema,
    kind: z.literal('event-partners'),
    eventId: idSchema,
    smeId: idSchema,
    partners: eventPartnersSchema.nullable(),
  }),
]);
export type LiveEvent = z.infer<typeof liveEventSchema>;
/** What a feature hands in: an event without its number and time. What people read of it is filled in at delivery, as it stands then. */
export type LiveNotice =
  | { kind: 'suggestions'; cause: Cause; smeId: string }
  | { kind: 'profile'; smeId: string; version: number }
  | { kind: 'members'; clusterId: string }
  | { kind: 'import'; importId: string; state: string }
  | { kind: 'weights'; version: number; by: string | null }
  | { kind: 'event'; eventId: string; change: EventPart; version: number; text: string | null }
  | MeetingNotice
  | { kind: 'request'; eventId: string; requestId: string; smeId: string }
  | {
      kind: 'consortium';
      consortiumId: string;
      state: z.infer<typeof consortiumStateSchema>;
      version: number;
    }
  | { kind: 'need'; needId: string; state: NeedState; version: number }
  | { kind: 'interest'; interestId: string; needId: string; state: InterestState; version: number }
  | { kind: 'event-partners'; eventId: string; smeId: string }
  | { kind: 'announcement'; announcementId: string }
  | { kind: 'question'; questionId: string; state: z.infer<typeof questionStateSchema> }
  | { kind: 'report'; periodId: string; clusterId: string; state: z.infer<typeof reportNewsSchema> };
/** A change of the meeting that an SME has in a round: with whom before and now, and whose doing it was. */
export interface MeetingNotice {
  kind: 'meeting';
  eventId: string;
  smeId: string;
  change: MeetingChange;
  round: number;
  was: string | null;
  now: string | null;
  about: string | null;
}

export const catchUpRequestSchema = z.strictObject({ since: z.number().int().min(0) });
export const catchUpReplySchema = z.strictObject({
  events: z.array(liveEventSchema),
  /** Number of the newest event; the client has everything once it has handled this. */
  upTo: z.number().int(),
  /** True where the asked events are no longer kept: reload the page's data, then go on from `upTo`. */
  reload: z.boolean(),
});
export type CatchUpReply = z.infer<typeof catchUpReplySchema>;

/** How far a long task is; not kept, not numbered. `task` is `import:<id>`, `preview:<id>`, `preview-pairs:<id>`, `pairs:<id>` or `rebuild`; `pool` tells staff how many lists (`total`) changed just now. */
export interface Progress {
  task: string;
  label: string;
  done: number;
  total: number;
}

/** Who is at an event, for staff; not kept, not numbered, at most four a second: what was missed is in the next one. */
export interface PresenceNews {
  eventId: string;
  presence: PresenceCounts;
  /** SMEs whose presence changed since the last one. */
  changed: string[];
}

export interface ServerToClient {
  event: (event: LiveEvent) => void;
  progress: (progress: Progress) => void;
  presence: (news: PresenceNews) => void;
  /** To displays (`auth: { display: token }` in the handshake), and nothing else to them: all that the projector shows. */
  room: (room: RoomView) => void;
  /** The session or account ended; the socket closes right after. */
  'session-ended': (reason: 'signed-out' | 'account-closed' | 'expired') => void;
}
export interface ClientToServer {
  'catch-up': (
    request: z.infer<typeof catchUpRequestSchema>,
    reply: (answer: CatchUpReply | { error: string }) => void,
  ) => void;
  /** The server's time in milliseconds since 1970, so that every screen counts down to the same moment. */
  time: (reply: (now: number) => void) => void;
}
