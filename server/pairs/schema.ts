import { z } from 'zod';
import { countrySchema, instantSchema, pageOf, pageQuery } from '../http/schema.ts';
import { smeCardSchema } from '../smes/schema.ts';

/** Two SMEs proposed as a consortium. */
export const pairSchema = z.strictObject({
  a: smeCardSchema,
  b: smeCardSchema,
  /** Score of the pair, a decimal in [0, 1]. */
  score: z.number(),
});
export type PairView = z.infer<typeof pairSchema>;
export const pairPageSchema = pageOf(pairSchema);
export const pairQuerySchema = z.strictObject({ ...pageQuery, country: countrySchema.optional() });

/** The best set of consortia of two that the engine found, each SME at most once, in figures. */
export const pairingSummarySchema = z.strictObject({
  /** optimal: proven; feasible: every rule holds, and no set can have a larger sum than `bound`. */
  status: z.enum(['optimal', 'feasible']),
  pairs: z.number().int(),
  /** SMEs without a partner in this set. */
  alone: z.number().int(),
  /** Sum of the scores of all pairs. */
  total: z.number(),
  bound: z.number(),
  /** Pairs that break a hard rule when each is checked again: always 0, or the engine is wrong. */
  ineligiblePairs: z.number().int(),
  /** Countries that the pairs connect, most frequent first; `a` before `b` in the alphabet. */
  countryPairs: z.array(z.strictObject({ a: z.string(), b: z.string(), pairs: z.number().int() })),
  computedAt: instantSchema,
});
export type PairingSummary = z.infer<typeof pairingSummarySchema>;
