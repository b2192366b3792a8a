import { z } from 'zod';
import { countrySchema, idSchema, instantSchema, lineOf, pageOf, pageQuery, textOf } from '../http/schema.ts';
import { smeCardSchema } from '../smes/schema.ts';

/*
 * The words of a live matchmaking event:
 * - event: an occasion on which SMEs meet in rounds, in a place with tables or online with a link for each table.
 * - presence: where an invited SME stands with an event (expected, here, left).
 * - round: a span of time in which each SME sits in at most one meeting; a bye is a round without one.
 * - meeting: two SMEs at one table in one round.
 * - wish: what an SME says of a partner before (must meet, would like, not for me). Private; it feeds the plan.
 * - request: a question from one SME to another to meet; it expires, and blocks nothing while it is pending.
 * - plan: the proposed meetings of the coming rounds; a draft until staff publish it.
 */

/** draft: staff only; published: invited SMEs see it; open: doors open; paused: no round may start; ended and cancelled are final. */
export const eventStateSchema = z.enum(['draft', 'published', 'open', 'paused', 'ended', 'cancelled']);
export type EventState = z.infer<typeof eventStateSchema>;
export const eventActionSchema = z.enum(['publish', 'open', 'pause', 'resume', 'end', 'cancel']);
export type EventAction = z.infer<typeof eventActionSchema>;

const tableLink = z
  .url('must be a web address, such as https://meet.example.eu/table-1')
  .max(500)
  .refine((value) => /^https?:/i.test(value), 'must begin with https:// or http://');
export const placeSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('venue'),
    address: textOf(300),
    /** Number of tables, named 1, 2, 3 … */
    tables: z.number().int().min(1).max(1_000),
  }),
  z.strictObject({
    kind: z.literal('online'),
    /** One link for each table; table n is the n-th. */
    links: z.array(tableLink).min(1).max(1_000),
  }),
]);
export type Place = z.infer<typeof placeSchema>;
/** As readers see it: the links of online tables are for staff; an SME finds the one of its table with its meeting. */
const placeViewSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('venue'), address: z.string(), tables: z.number().int() }),
  z.strictObject({ kind: z.literal('online'), tables: z.number().int(), links: z.array(z.string()) }),
]);
export type PlaceView = z.infer<typeof placeViewSchema>;

/** Who is invited: all SMEs, or those of these clusters and countries (both empty: nobody but who is added by hand). */
export const invitedSchema = z.strictObject({
  all: z.boolean().default(false),
  clusterIds: z.array(idSchema).max(200).default([]),
  countries: z.array(countrySchema).max(60).default([]),
  smeIds: z.array(idSchema).max(2_000).default([]),
});

/** Rounds of equal length with a break between them; longer breaks come after the rounds named. */
export const timetableSchema = z.strictObject({
  startsAt: instantSchema,
  rounds: z.number().int().min(1).max(20),
  roundMinutes: z.number().int().min(3).max(120),
  breakMinutes: z.number().int().min(0).max(120),
  longBreaks: z
    .array(
      z.strictObject({
        afterRound: z.number().int().min(1).max(20),
        minutes: z.number().int().min(1).max(600),
      }),
    )
    .max(10)
    .default([]),
});

/** When both sides see each other's contact: as soon as a meeting is agreed, or once they form a consortium. */
export const disclosureSchema = z.enum(['agreed-meeting', 'consortium']);

export const timeZoneSchema = z
  .string()
  .max(60)
  .refine(
    (zone) => zone !== '' && isTimeZone(zone),
    'must be a time zone of the IANA list, such as Europe/Brussels',
  );
function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

export const eventInputSchema = z.strictObject({
  name: lineOf(160),
  description: textOf(2_000).default(''),
  place: placeSchema,
  timeZone: timeZoneSchema,
  timetable: timetableSchema,
  invited: invitedSchema,
  contactsAt: disclosureSchema.default('consortium'),
  /** A pending request to meet expires after this many minutes. */
  requestMinutes: z.number().int().min(5).max(10_080).default(60),
});
export type EventInput = z.infer<typeof eventInputSchema>;
export const eventChangeSchema = z.strictObject({ version: z.number().int(), event: eventInputSchema });

export const roundStateSchema = z.enum(['planned', 'running', 'done']);
export const roundViewSchema = z.strictObject({
  number: z.number().int(),
  state: roundStateSchema,
  /** As planned now, delays included; for a running round the end is exact. */
  startsAt: instantSchema,
  endsAt: instantSchema,
  /** Meetings that are published; 0 where the round has no plan yet. */
  meetings: z.number().int(),
  published: z.boolean(),
});
export type RoundView = z.infer<typeof roundViewSchema>;

/** How many SMEs said that they come, are there, and have left. */
export const presenceCountsSchema = z.strictObject({
  expected: z.number().int(),
  here: z.number().int(),
  left: z.number().int(),
});
export type PresenceCounts = z.infer<typeof presenceCountsSchema>;

export const eventViewSchema = z.strictObject({
  id: idSchema,
  version: z.number().int(),
  callId: idSchema,
  name: z.string(),
  description: z.string(),
  place: placeViewSchema,
  timeZone: z.string(),
  timetable: timetableSchema,
  /** For staff; what others see of it is empty. */
  invited: invitedSchema,
  contactsAt: disclosureSchema,
  requestMinutes: z.number().int(),
  state: eventStateSchema,
  /** Minutes by which everything still to come is later than the timetable says. */
  delayMinutes: z.number().int(),
  rounds: z.array(roundViewSchema),
  /** Number of the round that is running; null between rounds. */
  runningRound: z.number().int().nullable(),
  presence: presenceCountsSchema,
  /** The newest message of staff to everybody. */
  broadcast: z.strictObject({ text: z.string(), at: instantSchema }).nullable(),
  /** What staff may do now; empty for others. */
  actions: z.array(eventActionSchema),
});
export type EventView = z.infer<typeof eventViewSchema>;
export const eventPageSchema = pageOf(eventViewSchema);
export const eventQuerySchema = z.strictObject({
  ...pageQuery,
  state: eventStateSchema.optional(),
  /** Only events that this SME is invited to. */
  smeId: idSchema.optional(),
});
export const eventActionInputSchema = z.strictObject({
  action: eventActionSchema,
  note: textOf(300).default(''),
});
export const delayInputSchema = z.strictObject({ minutes: z.number().int().min(-600).max(600) });
export const broadcastInputSchema = z.strictObject({ text: lineOf(300) });

/** One line of the event's history. */
export const eventChangeViewSchema = z.strictObject({
  at: instantSchema,
  by: z.string(),
  what: z.string(),
  note: z.string(),
});
export const historyPageSchema = pageOf(eventChangeViewSchema);

// Presence

export const presenceStateSchema = z.enum(['invited', 'expected', 'here', 'left']);
export type PresenceState = z.infer<typeof presenceStateSchema>;
/** expected: 'I am coming'; here: checked in; left: gone, or not coming after all. */
export const presenceInputSchema = z.strictObject({ state: z.enum(['expected', 'here', 'left']) });
export const participantSchema = z.strictObject({
  sme: smeCardSchema,
  state: presenceStateSchema,
  since: instantSchema.nullable(),
  /** Meetings of this event that it has had, has now, or will have by the published plan. */
  meetings: z.number().int(),
  byes: z.number().int(),
  /** Why it has no meeting in the coming round; null where it has one or no plan is published. */
  withoutMeeting: z.string().nullable(),
});
export type ParticipantView = z.infer<typeof participantSchema>;
export const participantPageSchema = pageOf(participantSchema);
export const participantQuerySchema = z.strictObject({
  ...pageQuery,
  state: presenceStateSchema.optional(),
  q: z.string().trim().max(100).optional(),
  clusterId: idSchema.optional(),
  /** Only those without a meeting in the coming round. */
  withoutMeeting: z.enum(['true', 'false']).optional(),
});
/** One badge of the sheet that staff print: name, country, and the link that checks the SME in, as text and as a QR code (SVG). */
export const badgeSchema = z.strictObject({ sme: smeCardSchema, checkInUrl: z.string(), qrSvg: z.string() });
export const badgePageSchema = pageOf(badgeSchema);
export const checkInInputSchema = z.strictObject({ token: z.string().min(20).max(200) });
export const checkedInSchema = z.strictObject({
  eventId: idSchema,
  eventName: z.string(),
  smeName: z.string(),
});

export type CheckedInView = z.infer<typeof checkedInSchema>;

// Wishes and requests

export const wishKindSchema = z.enum(['must-meet', 'would-like']);
export type WishKind = z.infer<typeof wishKindSchema>;
/** Whose: staff and clusters name an SME, an SME's account needs not. */
export const ofSmeQuerySchema = z.strictObject({ smeId: idSchema.optional() });
export const wishInputSchema = z.strictObject({ partnerId: idSchema, wish: wishKindSchema });
export const wishSchema = z.strictObject({ partner: smeCardSchema, wish: wishKindSchema, at: instantSchema });
export const wishesSchema = z.strictObject({ items: z.array(wishSchema) });

export const requestStateSchema = z.enum(['pending', 'accepted', 'declined', 'withdrawn', 'expired']);
export type RequestState = z.infer<typeof requestStateSchema>;
export const requestDeclineReasonSchema = z.enum([
  'wrong-field',
  'wrong-maturity',
  'already-know-them',
  'no-time',
  'other',
]);
export type RequestDeclineReason = z.infer<typeof requestDeclineReasonSchema>;
export const requestInputSchema = z.strictObject({
  partnerId: idSchema,
  message: textOf(500).default(''),
  /** The round asked for; null: any. */
  round: z.number().int().min(1).max(20).nullable().default(null),
});
export type RequestInput = z.infer<typeof requestInputSchema>;
export const requestAnswerSchema = z.discriminatedUnion('answer', [
  z.strictObject({ answer: z.literal('accept') }),
  z.strictObject({
    answer: z.literal('decline'),
    reason: requestDeclineReasonSchema,
    comment: textOf(300).default(''),
  }),
  z.strictObject({ answer: z.literal('withdraw') }),
]);
export type RequestAnswer = z.infer<typeof requestAnswerSchema>;
export const requestViewSchema = z.strictObject({
  id: idSchema,
  direction: z.enum(['sent', 'received']),
  partner: smeCardSchema,
  message: z.string(),
  round: z.number().int().nullable(),
  state: requestStateSchema,
  reason: requestDeclineReasonSchema.nullable(),
  at: instantSchema,
  expiresAt: instantSchema,
});
export type RequestView = z.infer<typeof requestViewSchema>;
export const requestsSchema = z.strictObject({ items: z.array(requestViewSchema) });

// Meetings

export const feedbackValueSchema = z.enum(['no', 'interesting', 'we-want-this']);
export type FeedbackValue = z.infer<typeof feedbackValueSchema>;
export const meetingOriginSchema = z.enum(['plan', 'agreed', 'staff']);
export const meetingStateSchema = z.enum(['planned', 'running', 'done', 'broken']);
/** What to talk about, in sentences: drawn from the explanation of the pair. */
export const talkSchema = z.array(z.string());
/** A meeting as one of its two SMEs sees it. */
export const myMeetingSchema = z.strictObject({
  id: idSchema,
  round: z.number().int(),
  table: z.number().int(),
  /** Link of an online table. */
  link: z.string().nullable(),
  partner: smeCardSchema,
  partnerHere: z.boolean(),
  score: z.number(),
  origin: meetingOriginSchema,
  state: meetingStateSchema,
  startsAt: instantSchema,
  endsAt: instantSchema,
  talk: talkSchema,
  myFeedback: feedbackValueSchema.nullable(),
  /** Both said 'we want this': the consortium that is being formed. */
  consortiumId: idSchema.nullable(),
});
export type MyMeeting = z.infer<typeof myMeetingSchema>;
export const feedbackInputSchema = z.strictObject({ answer: feedbackValueSchema });
/** Who did not come; an SME reports its partner, staff say who it was. */
export const noShowInputSchema = z.strictObject({ absentSmeId: idSchema.optional() });
export const rescheduleInputSchema = z.strictObject({ round: z.number().int().min(1).max(20) });

/** Why a meeting of mine changed. */
export const meetingChangeSchema = z.enum([
  'published',
  'arrival',
  'departure',
  'no-show',
  'agreed',
  'rescheduled',
  'moved-by-staff',
  'replanned',
  'cancelled',
]);
export type MeetingChange = z.infer<typeof meetingChangeSchema>;

/** All that the phone of an SME shows of an event. */
export const myEventSchema = z.strictObject({
  event: eventViewSchema,
  smeId: idSchema,
  presence: presenceStateSchema,
  /** Whether the SME is in a consortium of the event's call: then no meeting is planned for it any more. */
  inConsortium: z.boolean(),
  /** One for each round: a meeting, a bye, or not planned yet. */
  rounds: z.array(
    z.strictObject({
      number: z.number().int(),
      state: roundStateSchema,
      startsAt: instantSchema,
      endsAt: instantSchema,
      published: z.boolean(),
      meeting: myMeetingSchema.nullable(),
    }),
  ),
  requests: z.array(requestViewSchema),
  wishes: z.array(wishSchema),
  calendarUrl: z.string(),
  serverTime: instantSchema,
});
export type MyEvent = z.infer<typeof myEventSchema>;

/** One of the best partners at an event, in short. */
export const eventPartnerSchema = z.strictObject({
  partner: smeCardSchema,
  rank: z.number().int(),
  /** A decimal in [0, 1]. */
  score: z.number(),
  /** Why these two, in one or two sentences. */
  summary: z.string(),
});
export type EventPartnerView = z.infer<typeof eventPartnerSchema>;

/** Best partners at the event: those here first, then those still expected. */
export const eventPartnersSchema = z.strictObject({
  smeId: idSchema,
  here: z.array(eventPartnerSchema),
  expected: z.array(eventPartnerSchema),
  advice: z.string().nullable(),
});
export type EventPartnersView = z.infer<typeof eventPartnersSchema>;

/** A meeting as staff see it. */
export const meetingSchema = z.strictObject({
  id: idSchema,
  round: z.number().int(),
  table: z.number().int(),
  a: smeCardSchema,
  b: smeCardSchema,
  score: z.number(),
  origin: meetingOriginSchema,
  pinned: z.boolean(),
  state: meetingStateSchema,
});
export type MeetingView = z.infer<typeof meetingSchema>;
export const meetingPageSchema = pageOf(meetingSchema);
export const meetingQuerySchema = z.strictObject({
  ...pageQuery,
  round: z.coerce.number().int().min(1).max(20).optional(),
  smeId: idSchema.optional(),
  /** The draft instead of the published plan. */
  draft: z.enum(['true', 'false']).default('false'),
});

// Plan

export const planInputSchema = z.strictObject({
  /** The coming rounds to plan; empty: all that have not begun. */
  rounds: z.array(z.number().int().min(1).max(20)).max(20).default([]),
  /** Plan for those who are here, or also for those expected. */
  who: z.enum(['here', 'here-and-expected']).default('here-and-expected'),
});
export type PlanInput = z.infer<typeof planInputSchema>;
export const planEditSchema = z.discriminatedUnion('edit', [
  z.strictObject({
    edit: z.literal('pin'),
    round: z.number().int().min(1).max(20),
    a: idSchema,
    b: idSchema,
  }),
  z.strictObject({ edit: z.literal('forbid'), a: idSchema, b: idSchema }),
  z.strictObject({ edit: z.literal('move'), meetingId: idSchema, toRound: z.number().int().min(1).max(20) }),
  z.strictObject({ edit: z.literal('unpin'), meetingId: idSchema }),
]);
export type PlanEdit = z.infer<typeof planEditSchema>;
/** A draft in figures, beside the published plan. */
export const draftSchema = z.strictObject({
  version: z.number().int(),
  createdAt: instantSchema,
  by: z.string(),
  rounds: z.array(z.number().int()),
  meetings: z.number().int(),
  total: z.number(),
  /** No plan of these rounds can have a larger total. */
  bound: z.number(),
  /** Share by which the total may be below the best there is, 0 to 1. */
  gap: z.number(),
  status: z.enum(['optimal', 'feasible']),
  wishes: z.strictObject({
    met: z.number().int(),
    notMet: z.array(z.strictObject({ from: smeCardSchema, to: smeCardSchema, why: z.string() })),
  }),
  /** SMEs without any meeting in these rounds, and why. */
  alone: z.array(z.strictObject({ sme: smeCardSchema, why: z.string() })),
  byes: z.array(z.strictObject({ round: z.number().int(), smes: z.array(smeCardSchema) })),
  byCountry: z.array(
    z.strictObject({
      key: z.string(),
      smes: z.number().int(),
      meetings: z.number().int(),
      alone: z.number().int(),
      meanScore: z.number(),
    }),
  ),
  byCluster: z.array(
    z.strictObject({
      key: z.string(),
      smes: z.number().int(),
      meetings: z.number().int(),
      alone: z.number().int(),
      meanScore: z.number(),
    }),
  ),
  /** Compared with what is published: meetings that stay, go and come. */
  changes: z.strictObject({ kept: z.number().int(), lost: z.number().int(), gained: z.number().int() }),
});
export type DraftView = z.infer<typeof draftSchema>;
export const publishInputSchema = z.strictObject({ version: z.number().int() });

// The room

/** What the projector shows: names and pairs only. Readable with a display link, without signing in. */
export const roomSchema = z.strictObject({
  eventId: idSchema,
  name: z.string(),
  state: eventStateSchema,
  serverTime: instantSchema,
  runningRound: z.strictObject({ number: z.number().int(), endsAt: instantSchema }).nullable(),
  nextRound: z.strictObject({ number: z.number().int(), startsAt: instantSchema }).nullable(),
  rounds: z.number().int(),
  counters: z.strictObject({
    here: z.number().int(),
    countries: z.number().int(),
    meetings: z.number().int(),
    wanted: z.number().int(),
    consortia: z.number().int(),
  }),
  /** Tables of the running round, or of the next one. */
  tables: z.array(
    z.strictObject({
      table: z.number().int(),
      a: z.strictObject({ name: z.string(), country: z.string() }),
      b: z.strictObject({ name: z.string(), country: z.string() }),
    }),
  ),
  /** Countries joined by meetings so far and by consortia. */
  links: z.array(
    z.strictObject({ a: z.string(), b: z.string(), meetings: z.number().int(), consortia: z.number().int() }),
  ),
  /** The newest consortia, newest first. */
  newest: z.array(
    z.strictObject({ a: z.string(), b: z.string(), countries: z.array(z.string()), at: instantSchema }),
  ),
  broadcast: z.string().nullable(),
});
export type RoomView = z.infer<typeof roomSchema>;
export const displayLinkSchema = z.strictObject({
  id: idSchema,
  label: z.string(),
  createdAt: instantSchema,
  url: z.string().nullable(),
});
export type DisplayLinkView = z.infer<typeof displayLinkSchema>;
export const displayLinksSchema = z.strictObject({ items: z.array(displayLinkSchema) });
export const displayLinkInputSchema = z.strictObject({ label: lineOf(60) });
/** The token of a display; staff need none. */
export const roomQuerySchema = z.strictObject({ token: z.string().min(20).max(200).optional() });
