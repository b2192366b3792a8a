import { z } from 'zod';
import {
  idSchema,
  instantSchema,
  lineOf,
  pageOf,
  pageQuery,
  timeSortSchema,
  textOf,
} from '../http/schema.ts';
import { rowIssueSchema } from '../imports/schema.ts';
import { smeCardSchema } from '../smes/schema.ts';

/*
 * What became of a consortium on the submission platform. Tandem does not evaluate: staff record what was decided there, one by one or
 * from a file of the platform.
 */
export const OUTCOME_STATES = [
  'submitted',
  'not-selected',
  'selected',
  'jury-day',
  'not-in-programme',
  'in-programme',
] as const;
export const outcomeStateSchema = z.enum(OUTCOME_STATES);
export type OutcomeState = z.infer<typeof outcomeStateSchema>;

const REFUSED: readonly OutcomeState[] = ['not-selected', 'not-in-programme'];
/** Whether a proposal was handed in and not refused since. */
export const isInTheRunning = (state: OutcomeState): boolean => !REFUSED.includes(state);

const grant = z.int('must be a whole number of euros').min(0).max(1e9);
export const outcomeInputSchema = z.strictObject({
  /** Version that the change was made on; 0: nothing is recorded yet. */
  version: z.number().int().min(0),
  state: outcomeStateSchema,
  /** Day of the decision. */
  date: z.iso.date(),
  /** Id of the proposal on the submission platform. */
  submissionId: lineOf(80).nullable().default(null),
  /** Grant that was awarded, in euros; null: not known. */
  grantEur: grant.nullable().default(null),
  /** Why, where a recorded outcome is corrected. */
  reason: textOf(500).default(''),
});
export type OutcomeInput = z.infer<typeof outcomeInputSchema>;

export const outcomeSchema = z.strictObject({
  state: outcomeStateSchema,
  date: z.string(),
  submissionId: z.string().nullable(),
  grantEur: z.number().nullable(),
  version: z.number().int(),
});
export type OutcomeView = z.infer<typeof outcomeSchema>;

/** A consortium with what became of it, as staff see it. */
export const outcomeRowSchema = z.strictObject({
  consortiumId: idSchema,
  callId: idSchema,
  title: z.string(),
  instrumentId: idSchema.nullable(),
  a: smeCardSchema,
  b: smeCardSchema,
  formedAt: instantSchema.nullable(),
  /** null: nothing is recorded yet. */
  outcome: outcomeSchema.nullable(),
});
export type OutcomeRow = z.infer<typeof outcomeRowSchema>;
export const outcomePageSchema = pageOf(outcomeRowSchema);
export const outcomeQuerySchema = z.strictObject({
  ...pageQuery,
  /** `none`: nothing is recorded yet. */
  state: z.enum(['none', ...OUTCOME_STATES]).optional(),
  sort: timeSortSchema.default('newest'),
});
export type OutcomeQuery = z.infer<typeof outcomeQuerySchema>;

/** A row of a file of the submission platform that fits. */
const fileRowSchema = z.strictObject({
  line: z.number().int(),
  consortiumId: idSchema,
  title: z.string(),
  before: outcomeStateSchema.nullable(),
  after: outcomeStateSchema,
  /** False where the same is recorded already. */
  changes: z.boolean(),
});
export const outcomeFileQuerySchema = z.strictObject({
  /** true: record it; it is checked only otherwise. */
  commit: z.enum(['true', 'false']).default('false'),
});
export const outcomeFileSchema = z.strictObject({
  committed: z.boolean(),
  rows: z.number().int(),
  changes: z.number().int(),
  unchanged: z.number().int(),
  /** What is wrong, row by row. Nothing is recorded while there is anything. */
  issues: z.array(rowIssueSchema),
  /** Rows that fit. */
  items: z.array(fileRowSchema),
});
export type OutcomeFile = z.infer<typeof outcomeFileSchema>;
