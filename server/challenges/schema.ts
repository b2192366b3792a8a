import { z } from 'zod';
import {
  idSchema,
  instantSchema,
  lineOf,
  pageOf,
  pageQuery,
  textOf,
  timeSortSchema,
} from '../http/schema.ts';
import { trlSchema } from '../smes/schema.ts';

/*
 * A challenge: what several needs have in common, as staff word it for an open call. Published ones are part of the call's rules, so that
 * pairs that answer one together are suggested first.
 */
export const challengeStateSchema = z.enum(['draft', 'published', 'retired']);
export type ChallengeState = z.infer<typeof challengeStateSchema>;

const NEEDS_MOST = 100;
const needIds = z.array(idSchema).min(1, 'choose at least one need').max(NEEDS_MOST);
const termIds = z.array(z.string().max(120)).max(30).default([]);

export const challengeInputSchema = z
  .strictObject({
    title: lineOf(160),
    /** As long as the rules of a call take. */
    words: textOf(3_800).default(''),
    capabilities: termIds,
    technologies: termIds,
    fields: termIds,
    sectors: termIds,
    trlMin: trlSchema.nullable().default(null),
    trlMax: trlSchema.nullable().default(null),
    needIds,
  })
  .refine((one) => one.trlMin === null || one.trlMax === null || one.trlMin <= one.trlMax, {
    path: ['trlMax'],
    message: 'must not be below trlMin',
  });
export type ChallengeInput = z.infer<typeof challengeInputSchema>;

export const newChallengeSchema = z.strictObject({
  /** Sent again, it names the same challenge. */
  key: idSchema.optional(),
  needIds,
});
export const challengeChangeSchema = z.strictObject({
  version: z.number().int(),
  challenge: challengeInputSchema,
});
export const challengeStepSchema = z.strictObject({
  step: z.enum(['publish', 'retire']),
  version: z.number().int(),
});
export type ChallengeStep = z.infer<typeof challengeStepSchema>['step'];

export const challengeSchema = z.strictObject({
  id: idSchema,
  callId: z.string(),
  state: challengeStateSchema,
  version: z.number().int(),
  title: z.string(),
  words: z.string(),
  capabilities: z.array(z.string()),
  technologies: z.array(z.string()),
  fields: z.array(z.string()),
  sectors: z.array(z.string()),
  trlMin: trlSchema.nullable(),
  trlMax: trlSchema.nullable(),
  /** The needs that it was made from, as far as the reader may see them. */
  needs: z.array(z.strictObject({ id: idSchema, title: z.string(), country: z.string() })),
  updatedAt: instantSchema,
});
export type ChallengeView = z.infer<typeof challengeSchema>;
export const challengePageSchema = pageOf(challengeSchema);
export const challengeQuerySchema = z.strictObject({
  ...pageQuery,
  state: challengeStateSchema.optional(),
  needId: idSchema.optional(),
  /** By the latest change. */
  sort: timeSortSchema.default('newest'),
});
