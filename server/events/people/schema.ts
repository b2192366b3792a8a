import { z } from 'zod';
import { idSchema, instantSchema, pageOf, pageQuery, typedWords } from '../../http/schema.ts';
import { smeCardSchema } from '../../smes/schema.ts';

/** How many SMEs said that they come, are there, and have left. */
export const presenceCountsSchema = z.strictObject({
  expected: z.number().int(),
  here: z.number().int(),
  left: z.number().int(),
});
export type PresenceCounts = z.infer<typeof presenceCountsSchema>;

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
  q: typedWords,
  clusterId: idSchema.optional(),
  /** Only those without a meeting in the coming round. */
  withoutMeeting: z.enum(['true', 'false']).optional(),
  /** latest: whose presence changed last comes first; those that said nothing yet come last. */
  sort: z.enum(['name', 'country', 'latest']).default('name'),
});
export type ParticipantQuery = z.infer<typeof participantQuerySchema>;
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
