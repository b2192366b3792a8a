import { z } from 'zod';
import { linkSchema, onceKeySchema, targetSchema } from '../audience/schema.ts';
import { timeZoneSchema } from '../events/schema.ts';
import { idSchema, instantSchema, lineOf, pageOf, pageQuery, textOf } from '../http/schema.ts';

/*
 * The words of the programme's calendar:
 * - entry: something with an hour. Staff write webinars, info days and the like; matchmaking events and the deadlines of the open call come
 *   by themselves from where they are kept.
 */
export const calendarKindSchema = z.enum(['webinar', 'info-day', 'matchmaking', 'deadline', 'other']);
export type CalendarKind = z.infer<typeof calendarKindSchema>;

export const calendarInputSchema = z
  .strictObject({
    /** Matchmaking events are made under /events. */
    kind: calendarKindSchema.exclude(['matchmaking']),
    title: lineOf(160),
    words: textOf(5_000).default(''),
    startsAt: instantSchema,
    endsAt: instantSchema,
    /** The zone that its hours are told in. */
    timeZone: timeZoneSchema,
    /** Where, for people; empty: online. */
    place: textOf(300).default(''),
    /** Where to join or read more. */
    link: linkSchema.shape.url.nullable().default(null),
    target: targetSchema,
  })
  .refine(({ startsAt, endsAt }) => startsAt <= endsAt, {
    path: ['endsAt'],
    message: 'must not be before startsAt',
  });
export type CalendarInput = z.infer<typeof calendarInputSchema>;
export const calendarNewSchema = z.strictObject({
  entry: calendarInputSchema,
  key: onceKeySchema.optional(),
});
export const calendarChangeSchema = z.strictObject({
  version: z.number().int().min(1),
  entry: calendarInputSchema,
});
export const calendarCancelSchema = z.strictObject({
  version: z.number().int().min(1),
  reason: textOf(500).min(1, 'must say why, for those who planned to come'),
});

export const calendarEntrySchema = z.strictObject({
  id: idSchema,
  version: z.number().int(),
  kind: calendarKindSchema,
  title: z.string(),
  words: z.string(),
  startsAt: instantSchema,
  endsAt: instantSchema,
  /** A whole day, such as a deadline; the hours say nothing. */
  allDay: z.boolean(),
  timeZone: z.string(),
  place: z.string(),
  link: z.string().nullable(),
  state: z.enum(['planned', 'cancelled']),
  /** Why it was cancelled. */
  reason: z.string(),
  /** The matchmaking event behind it. */
  eventId: idSchema.nullable(),
  /** Whom it is for; null for other readers than staff, and for what comes from elsewhere. */
  target: targetSchema.nullable(),
});
export type CalendarEntryView = z.infer<typeof calendarEntrySchema>;
export const calendarPageSchema = pageOf(calendarEntrySchema);
export const calendarQuerySchema = z.strictObject({
  ...pageQuery,
  when: z.enum(['coming', 'past']).default('coming'),
  kind: calendarKindSchema.optional(),
  q: z.string().trim().max(100).optional(),
});
export const calendarFeedSchema = z.strictObject({ url: z.string() });
