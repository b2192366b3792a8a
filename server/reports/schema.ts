import { z } from 'zod';
import { linkSchema } from '../audience/schema.ts';
import {
  idSchema,
  instantSchema,
  lineOf,
  pageOf,
  pageQuery,
  textOf,
  timeSortSchema,
} from '../http/schema.ts';

/*
 * The words of light reports:
 * - period: the time that clusters report about, and the day by which they do.
 * - report: what one cluster did in a period to spread the word; half of it is counted from what it did in Tandem.
 */

export const periodInputSchema = z
  .strictObject({
    name: lineOf(80),
    /** First and last day of the period. */
    from: z.iso.date(),
    to: z.iso.date(),
    dueOn: z.iso.date(),
  })
  .refine(({ from, to }) => from <= to, { path: ['to'], message: 'must not be before from' })
  .refine(({ to, dueOn }) => to <= dueOn, {
    path: ['dueOn'],
    message: 'must not be before the period is over',
  });
export type PeriodInput = z.infer<typeof periodInputSchema>;
export const periodChangeSchema = z.strictObject({
  version: z.number().int().min(1),
  period: periodInputSchema,
});

/** none: not begun; draft: begun; submitted: with the staff; returned: asked back; accepted: done. */
export const reportStateSchema = z.enum(['none', 'draft', 'submitted', 'returned', 'accepted']);
export type ReportState = z.infer<typeof reportStateSchema>;

export const activitySchema = z.strictObject({
  kind: z.enum(['newsletter', 'social-media', 'web', 'event', 'webinar', 'press', 'meeting', 'other']),
  date: z.iso.date(),
  title: lineOf(160),
  audience: z.enum(['members', 'smes', 'other-clusters', 'public-bodies', 'general-public']),
  /** People reached, as far as known. */
  reached: z.number().int().min(0).max(10_000_000).nullable().default(null),
  link: linkSchema.shape.url.nullable().default(null),
});
export type Activity = z.infer<typeof activitySchema>;
export const reportInputSchema = z.strictObject({
  activities: z.array(activitySchema).max(50).default([]),
  comments: textOf(5_000).default(''),
});
export type ReportInput = z.infer<typeof reportInputSchema>;
export const reportSaveSchema = z.strictObject({
  /** 0: it was not begun. */
  version: z.number().int().min(0),
  report: reportInputSchema,
});
export const reportSubmitSchema = z.strictObject({ version: z.number().int().min(0) });
export const reportDecisionSchema = z
  .strictObject({
    version: z.number().int().min(1),
    decision: z.enum(['accept', 'return']),
    note: textOf(1_000).default(''),
  })
  .refine(({ decision, note }) => decision === 'accept' || note !== '', {
    path: ['note'],
    message: 'must say what is missing',
  });
export type ReportDecision = z.infer<typeof reportDecisionSchema>;

/** What a cluster did in Tandem in the period. */
export const prefilledSchema = z.strictObject({
  membersRegistered: z.number().int(),
  invitationsSent: z.number().int(),
  /** Members that were at a matchmaking event; each counts once per event. */
  eventAttendances: z.number().int(),
  useCases: z.number().int(),
  posts: z.number().int(),
  questions: z.number().int(),
});
export type Prefilled = z.infer<typeof prefilledSchema>;

export const periodSchema = z.strictObject({
  id: idSchema,
  version: z.number().int(),
  name: z.string(),
  from: z.string(),
  to: z.string(),
  dueOn: z.string(),
  /** A cluster: the state of its own report. */
  mine: reportStateSchema.nullable(),
  /** Staff: how many clusters stand where. */
  counts: z.record(reportStateSchema, z.number().int()).nullable(),
});
export type PeriodView = z.infer<typeof periodSchema>;
export const periodPageSchema = pageOf(periodSchema);
export const periodQuerySchema = z.strictObject({
  ...pageQuery,
  /** Whose reports are still to come, and whose were due before today. */
  due: z.enum(['coming', 'past']).optional(),
  sort: timeSortSchema.default('newest'),
});
export type PeriodQuery = z.infer<typeof periodQuerySchema>;

export const reportSchema = z.strictObject({
  period: periodSchema.omit({ mine: true, counts: true, version: true }),
  cluster: z.strictObject({ id: idSchema, name: z.string(), country: z.string() }),
  version: z.number().int(),
  state: reportStateSchema,
  report: reportInputSchema,
  /** Counted now for drafts; as they stood when it was submitted otherwise. */
  prefilled: prefilledSchema,
  /** Sum of what the activities name. */
  reached: z.number().int(),
  /** What the staff said when they accepted it or asked back. */
  note: z.string(),
  submittedAt: instantSchema.nullable(),
  decidedAt: instantSchema.nullable(),
});
export type ReportView = z.infer<typeof reportSchema>;

/** One line of the staff's overview. */
export const reportLineSchema = z.strictObject({
  cluster: z.strictObject({ id: idSchema, name: z.string(), country: z.string() }),
  state: reportStateSchema,
  overdue: z.boolean(),
  activities: z.number().int(),
  reached: z.number().int(),
  submittedAt: instantSchema.nullable(),
  /** The reminders that it got. */
  reminders: z.number().int(),
});
export type ReportLine = z.infer<typeof reportLineSchema>;
export const reportLinePageSchema = pageOf(reportLineSchema);
export const reportLineQuerySchema = z.strictObject({
  ...pageQuery,
  state: reportStateSchema.optional(),
  overdue: z.enum(['yes']).optional(),
  q: z.string().trim().max(100).optional(),
  sort: z.enum(['name', 'state', 'reached']).default('name'),
});
export const reportExportSchema = z.strictObject({
  period: periodSchema.omit({ mine: true, counts: true, version: true }),
  reports: z.array(reportSchema.omit({ period: true, version: true })),
});
export type ReportExport = z.infer<typeof reportExportSchema>;
