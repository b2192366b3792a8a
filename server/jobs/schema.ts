import { z } from 'zod';
import { instantSchema } from '../http/schema.ts';

export const jobNameSchema = z.enum([
  'nightly-rebuild',
  'consistency-check',
  'expire-invitations',
  'suggestions-digest',
  'audit-check',
  'announcements',
  'report-reminders',
  'retention',
  'funnel-snapshot',
]);
export type JobName = z.infer<typeof jobNameSchema>;
export const jobSchema = z.strictObject({
  name: jobNameSchema,
  title: z.string(),
  what: z.string(),
  schedule: z.string(),
  running: z.boolean(),
  /** How far the run is; null where that is not known. */
  progress: z.strictObject({ done: z.number().int(), total: z.number().int() }).nullable(),
  /** True where a run can be stopped: what it did until then stays. */
  canStop: z.boolean(),
  /** True once somebody stopped the run that is still on its way to its end. */
  stopping: z.boolean(),
  lastRunAt: instantSchema.nullable(),
  lastFinishedAt: instantSchema.nullable(),
  lastResult: z.string().nullable(),
  nextRunAt: instantSchema.nullable(),
  failures: z.number().int(),
  lastFailure: z.strictObject({ at: instantSchema, reason: z.string() }).nullable(),
});
export type JobView = z.infer<typeof jobSchema>;
export const jobsSchema = z.strictObject({ items: z.array(jobSchema) });
