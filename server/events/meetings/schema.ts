import { z } from 'zod';
import { idSchema, instantSchema, pageOf, pageQuery } from '../../http/schema.ts';
import { smeCardSchema } from '../../smes/schema.ts';
import { eventViewSchema } from '../life/schema.ts';
import { roundStateSchema } from '../rounds/schema.ts';
import { presenceStateSchema } from '../people/schema.ts';
import { requestViewSchema, wishSchema } from '../requests/schema.ts';

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
  /** By round and table, or the best score first. */
  sort: z.enum(['round', 'score']).default('round'),
});
export type MeetingQuery = z.infer<typeof meetingQuerySchema>;
