import { z } from 'zod';
import { AIMS, OVERS } from '../../matching/index.ts';
import {
  daysQuery,
  idSchema,
  instantSchema,
  pageOf,
  pageQuery,
  timeSortSchema,
  typedWords,
} from '../http/schema.ts';
import { exposureFiguresSchema, exposureGroupsSchema } from '../exposure/schema.ts';
import { weightValuesSchema } from '../weights/schema.ts';

/** What came of running a run again. */
export const repetitionSchema = z.strictObject({
  at: instantSchema,
  /** Name of who asked for it. */
  by: z.string(),
  /** True where every byte of the result is the same. */
  same: z.boolean(),
  /** What differs, one sentence each. */
  differences: z.array(z.string()),
  resultHash: z.string(),
  tookMs: z.number().int(),
});
export type Repetition = z.infer<typeof repetitionSchema>;

/** What a run was for: the pairs as they stand, or those under weights that were tried. */
export const runPurposeSchema = z.enum(['pairs', 'preview']);
export type RunPurpose = z.infer<typeof runPurposeSchema>;

/** One run for the best set of pairs. Scores are decimals; hashes are SHA-256 in hexadecimal digits. */
export const runSchema = z.strictObject({
  id: z.string(),
  at: instantSchema,
  of: runPurposeSchema,
  /** Name of who asked first. */
  by: z.string(),
  /** Version of the software that did it. */
  engine: z.string(),
  callId: z.string(),
  /** Of the rules of the call, who is taken included. */
  callHash: z.string(),
  weights: weightValuesSchema,
  /** Newest version of the weights with these values; null where there is none. */
  weightsVersion: z.number().int().nullable(),
  aim: z.enum(AIMS),
  over: z.enum(OVERS),
  minScore: z.number(),
  /** Pairs that were set, and ruled out, beforehand. */
  pinned: z.number().int(),
  forbidden: z.number().int(),
  /** The engine draws nothing at random. */
  seed: z.null(),
  smes: z.number().int(),
  pairs: z.number().int(),
  alone: z.number().int(),
  /** optimal: proven; feasible: stopped before, within the gap. */
  status: z.enum(['optimal', 'feasible']),
  /** It was ended by its time limit, and cannot be repeated to the byte. */
  stopped: z.boolean(),
  /** How far from the best set at most, as a share of it. */
  gap: z.number(),
  total: z.number(),
  bound: z.number(),
  /** What the aim costs: the largest total that there is, less this one. */
  price: z.number(),
  inputHash: z.string(),
  resultHash: z.string(),
  tookMs: z.number().int(),
  /** Who was suggested, in a few figures; null for a run from before these were kept. */
  exposure: exposureFiguresSchema.nullable(),
  /** The latest time that it was run again; null: never. */
  repeated: repetitionSchema.nullable(),
});
export type RunView = z.infer<typeof runSchema>;

/** One run, who was suggested and paired in it, and whether it can be run again. */
export const runDetailSchema = z.strictObject({
  ...runSchema.shape,
  /** By group; null as `exposure`. */
  groups: exposureGroupsSchema.nullable(),
  /** The run before it that was asked the same for the same call; null: there was none. */
  before: z
    .strictObject({ id: z.string(), at: instantSchema, exposure: exposureFiguresSchema.nullable() })
    .nullable(),
  /** Profiles that were part of it and have been erased since: then it cannot be run again. */
  erased: z.number().int(),
});
export type RunDetail = z.infer<typeof runDetailSchema>;

/** One plan of the rounds of an event as the engine made it, for people to look at. The engine draws nothing at random: there is no seed. */
export const planRunSchema = z.strictObject({
  id: z.string(),
  at: instantSchema,
  /** Name of who asked for it. */
  by: z.string(),
  eventId: idSchema,
  engine: z.string(),
  callId: z.string(),
  weights: weightValuesSchema,
  seed: z.null(),
  smes: z.number().int(),
  rounds: z.array(z.number().int()),
  meetings: z.number().int(),
  /** optimal: proven; feasible: no single round can be made better while the others stand, within the gap. */
  status: z.enum(['optimal', 'feasible']),
  total: z.number(),
  bound: z.number(),
  gap: z.number(),
  inputHash: z.string(),
  resultHash: z.string(),
  tookMs: z.number().int(),
  /** Version of the event's plan that this became; null: it was not published. */
  planVersion: z.number().int().nullable(),
  repeated: repetitionSchema.nullable(),
});
export type PlanRunView = z.infer<typeof planRunSchema>;
export const planRunPageSchema = pageOf(planRunSchema);
export const planRunsQuerySchema = z.strictObject({
  ...pageQuery,
  ...daysQuery,
  eventId: idSchema.optional(),
  status: planRunSchema.shape.status.optional(),
  /** Whether the plan was published, or stayed a draft. */
  published: z.enum(['true', 'false']).optional(),
  /** Words of the name of who asked. */
  q: typedWords,
  sort: timeSortSchema.default('newest'),
});
export type PlanRunsQuery = z.infer<typeof planRunsQuerySchema>;

export const runPageSchema = pageOf(runSchema);
export const runsQuerySchema = z.strictObject({
  ...pageQuery,
  ...daysQuery,
  of: runPurposeSchema.optional(),
  callId: idSchema.optional(),
  status: runSchema.shape.status.optional(),
  /** Words of the name of who asked. */
  q: typedWords,
  sort: timeSortSchema.default('newest'),
});
export type RunsQuery = z.infer<typeof runsQuerySchema>;
