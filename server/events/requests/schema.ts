import { z } from 'zod';
import { idSchema, instantSchema, textOf } from '../../http/schema.ts';
import { smeCardSchema } from '../../smes/schema.ts';

export const wishKindSchema = z.enum(['must-meet', 'would-like']);
export type WishKind = z.infer<typeof wishKindSchema>;
/** Whose: staff and clusters name an SME, an SME's account needs not. */
export const ofSmeQuerySchema = z.strictObject({ smeId: idSchema.optional() });
export const wishInputSchema = z.strictObject({ partnerId: idSchema, wish: wishKindSchema });
export const wishSchema = z.strictObject({ partner: smeCardSchema, wish: wishKindSchema, at: instantSchema });
export const wishesSchema = z.strictObject({ items: z.array(wishSchema) });

export const requestStateSchema = z.enum(['pending', 'accepted', 'declined', 'withdrawn', 'expired']);
export type RequestState = z.infer<typeof requestStateSchema>;
export const requestDeclineReasonSchema = z.enum([
  'wrong-field',
  'wrong-maturity',
  'already-know-them',
  'no-time',
  'other',
]);
export type RequestDeclineReason = z.infer<typeof requestDeclineReasonSchema>;
export const requestInputSchema = z.strictObject({
  partnerId: idSchema,
  message: textOf(500).default(''),
  /** The round asked for; null: any. */
  round: z.number().int().min(1).max(20).nullable().default(null),
});
export type RequestInput = z.infer<typeof requestInputSchema>;
export const requestAnswerSchema = z.discriminatedUnion('answer', [
  z.strictObject({ answer: z.literal('accept') }),
  z.strictObject({
    answer: z.literal('decline'),
    reason: requestDeclineReasonSchema,
    comment: textOf(300).default(''),
  }),
  z.strictObject({ answer: z.literal('withdraw') }),
]);
export type RequestAnswer = z.infer<typeof requestAnswerSchema>;
export const requestViewSchema = z.strictObject({
  id: idSchema,
  direction: z.enum(['sent', 'received']),
  partner: smeCardSchema,
  message: z.string(),
  round: z.number().int().nullable(),
  state: requestStateSchema,
  reason: requestDeclineReasonSchema.nullable(),
  at: instantSchema,
  expiresAt: instantSchema,
});
export type RequestView = z.infer<typeof requestViewSchema>;
export const requestsSchema = z.strictObject({ items: z.array(requestViewSchema) });
