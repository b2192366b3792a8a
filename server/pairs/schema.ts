import { z } from 'zod';
import { AIMS, OVERS } from '../../matching/index.ts';
import { countrySchema, idSchema, instantSchema, pageOf, pageQuery } from '../http/schema.ts';
import { smeCardSchema } from '../smes/schema.ts';
import { unsuggestedReasonSchema } from '../exposure/schema.ts';

/** Two SMEs proposed as a consortium. */
export const pairSchema = z.strictObject({
  a: smeCardSchema,
  b: smeCardSchema,
  /** Score of the pair, a decimal in [0, 1]. */
  score: z.number(),
});
export type PairView = z.infer<typeof pairSchema>;
export const pairPageSchema = pageOf(pairSchema);

/** What counts as the best set, and which pairs it may hold. */
export const pairingQuestion = {
  /**
   * total: the largest sum of scores; everybody: as many pairs as can be, and of these sets the best; proportional: as many pairs, and the
   * largest product of scores; minimum: as many pairs, the weakest as strong as can be; stable: no two would rather have each other.
   */
  aim: z.enum(AIMS).default('total'),
  /** Pairs below this score are not worth proposing. */
  minScore: z.coerce.number().min(0, 'must be from 0 to 1').max(1, 'must be from 0 to 1').default(0),
  /** Which pairs may be taken: all that break no rule, or those on somebody's list; absent: all where the pool is not too large for that. */
  over: z.enum(OVERS).optional(),
};
export const pairingQuerySchema = z.strictObject(pairingQuestion);
export type PairingQuery = z.infer<typeof pairingQuerySchema>;
const byCountry = { ...pairingQuestion, ...pageQuery, country: countrySchema.optional() };
export const pairQuerySchema = z.strictObject({
  ...byCountry,
  /** By the score of the pair. */
  sort: z.enum(['best', 'weakest']).default('best'),
});
export type PairQuery = z.infer<typeof pairQuerySchema>;
/** Companies rather than pairs. */
export const aloneQuerySchema = z.strictObject({
  ...byCountry,
  sort: z.enum(['name', 'country']).default('name'),
});
export type AloneQuery = z.infer<typeof aloneQuerySchema>;
export const unsuggestedQuerySchema = z.strictObject({
  ...aloneQuerySchema.shape,
  reason: unsuggestedReasonSchema.optional(),
});
export type UnsuggestedQuery = z.infer<typeof unsuggestedQuerySchema>;

/** The best set of consortia of two that the engine found, each SME at most once, in figures. */
export const pairingSummarySchema = z.strictObject({
  /** optimal: proven; feasible: every rule holds, and no set can have a larger sum than `bound`. */
  status: z.enum(['optimal', 'feasible']),
  /** The search was ended by its time limit: what was found by then, which may be less than the aim asks for. */
  stopped: z.boolean(),
  pairs: z.number().int(),
  /** SMEs without a partner in this set. */
  alone: z.number().int(),
  /** Sum of the scores of all pairs. */
  total: z.number(),
  /** No set has a larger total; for the aims 'everybody' and 'minimum', none that serves them as well; for 'proportional' the total. */
  bound: z.number(),
  /** What the aim costs: the largest total that there is, less this one. */
  price: z.number(),
  /** What was asked, with what was left to the engine. */
  aim: pairingQuerySchema.shape.aim.unwrap(),
  minScore: z.number(),
  over: pairingQuerySchema.shape.over.unwrap(),
  /** Pairs that break a hard rule when each is checked again: always 0, or the engine is wrong. */
  ineligiblePairs: z.number().int(),
  /** Countries that the pairs connect, most frequent first; `a` before `b` in the alphabet. */
  countryPairs: z.array(z.strictObject({ a: z.string(), b: z.string(), pairs: z.number().int() })),
  computedAt: instantSchema,
  /** The record of this run, see `GET /runs/:runId`. */
  runId: z.string(),
});
export type PairingSummary = z.infer<typeof pairingSummarySchema>;

export const forcingQuerySchema = z.strictObject({ ...pairingQuestion, a: idSchema, b: idSchema });
export type ForcingQuery = z.infer<typeof forcingQuerySchema>;

/** Pairs that only one of two sets has; the best of them by name. */
const differing = z.strictObject({ count: z.number().int(), pairs: z.array(pairSchema) });
/** What it costs to have a certain pair in the set. */
export const forcingSchema = z.strictObject({
  /** They are a pair of the best set anyway. */
  isInSet: z.boolean(),
  /** Score of the two. */
  score: z.number(),
  /** The total of the best set, less that of the best set with the two in it; below 0 only for an aim other than the total. */
  cost: z.number(),
  /** The cost as a share of the total of the best set. */
  share: z.number(),
  /** True where both sets are proven to be the best for the aim. */
  isExact: z.boolean(),
  /** Pairs in the best set, and in the best set with the two. */
  pairs: z.strictObject({ before: z.number().int(), after: z.number().int() }),
  /** What else would change. */
  gained: differing,
  lost: differing,
});
export type Forcing = z.infer<typeof forcingSchema>;
