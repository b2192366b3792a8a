import { z } from 'zod';
import {
  countrySchema,
  daysQuery,
  idSchema,
  instantSchema,
  lineOf,
  pageOf,
  pageQuery,
  textOf,
  timeSortSchema,
  typedWords,
} from '../../http/schema.ts';
import { roundViewSchema } from '../rounds/schema.ts';
import { presenceCountsSchema } from '../people/schema.ts';

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
  /** Words of the name. */
  q: typedWords,
  /** next: the next to begin first, then those that are over; the others by the day they begin. */
  sort: z.enum(['next', ...timeSortSchema.options]).default('next'),
});
export type EventQuery = z.infer<typeof eventQuerySchema>;
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
export const historyQuerySchema = z.strictObject({
  ...pageQuery,
  ...daysQuery,
  /** The event itself, or its plan. */
  of: z.enum(['event', 'plan']).optional(),
  /** Words of what was changed, of its note, or of the name of who changed it. */
  q: typedWords,
  sort: timeSortSchema.default('newest'),
});
export type HistoryQuery = z.infer<typeof historyQuerySchema>;
