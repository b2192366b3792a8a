import { z } from 'zod';
import { idSchema, instantSchema, textOf } from '../http/schema.ts';
import { smeCardSchema } from '../smes/schema.ts';

export const factorSchema = z.enum([
  'capability',
  'text',
  'trl',
  'domain',
  'challenge',
  'reach',
  'practical',
]);

/** Part of the score: value x weight = contribution; all are decimals in [0, 1], the contributions add up to the score. */
export const factorViewSchema = z.strictObject({
  factor: factorSchema,
  label: z.string(),
  value: z.number(),
  weight: z.number(),
  contribution: z.number(),
  known: z.boolean(),
});
export type FactorView = z.infer<typeof factorViewSchema>;

export const partnerCardSchema = z.strictObject({
  partner: smeCardSchema,
  rank: z.number().int(),
  score: z.number(),
  factors: z.array(factorViewSchema),
  /** Why these two, in one or two sentences. */
  summary: z.string(),
  youBring: z.array(z.string()),
  theyBring: z.array(z.string()),
});
export type PartnerCard = z.infer<typeof partnerCardSchema>;

export const partnersSchema = z.strictObject({
  smeId: idSchema,
  /** Grows by one whenever this SME's list changes. */
  listVersion: z.number().int(),
  weightsVersion: z.number().int(),
  computedAt: instantSchema.nullable(),
  /** What is to be done where the list is empty or short; null where nothing. */
  advice: z.string().nullable(),
  /** Whether the list is empty because the SME is in a consortium of the call in force. */
  inConsortium: z.boolean(),
  partners: z.array(partnerCardSchema),
});
export type PartnersView = z.infer<typeof partnersSchema>;

export const explanationSchema = z.strictObject({
  sme: smeCardSchema,
  partner: smeCardSchema,
  eligible: z.boolean(),
  refusals: z.array(z.strictObject({ code: z.string(), sentence: z.string() })),
  score: z.number(),
  factors: z.array(
    z.strictObject({
      ...factorViewSchema.shape,
      sentence: z.string(),
      evidence: z.array(
        z.strictObject({ whose: z.enum(['you', 'them']), field: z.string(), matched: z.array(z.string()) }),
      ),
    }),
  ),
  summary: z.string(),
  youBring: z.array(z.string()),
  theyBring: z.array(z.string()),
  /** What stands between this pair and a consortium, such as a size that is not yet declared. */
  consortiumBlockers: z.array(z.string()),
});
export type ExplanationView = z.infer<typeof explanationSchema>;

export const declineReasonSchema = z.enum([
  'competitor',
  'already-know-them',
  'wrong-field',
  'wrong-maturity',
  'no-capacity',
  'other',
]);
export const answerInputSchema = z.strictObject({
  partnerId: idSchema,
  answer: z.literal('not-for-me'),
  reason: declineReasonSchema,
  /** Needed where the reason is 'other'. Read by staff only. */
  comment: textOf(500).default(''),
});
export type AnswerInput = z.infer<typeof answerInputSchema>;
export const answerSchema = z.strictObject({
  partner: smeCardSchema,
  answer: z.literal('not-for-me'),
  reason: declineReasonSchema,
  comment: z.string(),
  at: instantSchema,
});
export type AnswerView = z.infer<typeof answerSchema>;
export const answersSchema = z.strictObject({ items: z.array(answerSchema) });
