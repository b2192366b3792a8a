import { z } from 'zod';
import { smeCardSchema } from '../smes/schema.ts';

export const pairSchema = z.strictObject({
  a: smeCardSchema,
  b: smeCardSchema,
  /** Score of the pair, a decimal in [0, 1]. */
  score: z.number(),
});
export type PairView = z.infer<typeof pairSchema>;

/** The best set of consortia of two that the engine found, each SME at most once. */
export const pairingSchema = z.strictObject({
  /** optimal: proven; feasible: every rule holds, and no set can be better than `bound`. */
  status: z.enum(['optimal', 'feasible']),
  smes: z.number().int(),
  pairs: z.array(pairSchema),
  /** SMEs without a partner in this set. */
  alone: z.array(smeCardSchema),
  /** Sum of the scores of all pairs. */
  total: z.number(),
  /** No set of pairs can have a larger sum than this. */
  bound: z.number(),
  /** Countries that the pairs connect, most frequent first. */
  countryPairs: z.array(z.strictObject({ a: z.string(), b: z.string(), pairs: z.number().int() })),
  /** Pairs that break a hard rule when recomputed; the engine's promise is 0. */
  ineligiblePairs: z.number().int(),
  weightsVersion: z.number().int(),
});
export type PairingView = z.infer<typeof pairingSchema>;
