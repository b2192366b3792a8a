import { z } from 'zod';
import { callRulesSchema, callStateSchema } from '../calls/schema.ts';
import { idSchema } from '../http/schema.ts';
import { smeCardSchema } from '../smes/schema.ts';
import { pairsChangeSchema } from '../weights/schema.ts';

/** yes: all rules are met; no: one is broken; not-yet-known: something that decides it is not declared. */
export const answerSchema = z.enum(['yes', 'no', 'not-yet-known']);
export type Answer = z.infer<typeof answerSchema>;

export const criterionCodeSchema = z.enum([
  'call-open',
  'country',
  'sme',
  'trl',
  'available',
  'free',
  'two-countries',
  'independent',
  'not-excluded',
]);
export type CriterionCode = z.infer<typeof criterionCodeSchema>;

/** One rule, and how it stands with one SME or the two. */
export const criterionSchema = z.strictObject({
  code: criterionCodeSchema,
  /** Whom it is about; empty: the call itself. */
  smeIds: z.array(idSchema),
  answer: answerSchema,
  sentence: z.string(),
  /** What can be done about it, in one sentence; null where nothing needs to be. */
  todo: z.string().nullable(),
  /** Part of the profile where that is done; null where it is not done there. */
  section: z.enum(['company', 'declaration', 'solutions']).nullable(),
});
export type Criterion = z.infer<typeof criterionSchema>;

export const eligibilityQuerySchema = z.strictObject({
  smeId: idSchema,
  /** Asks for the two together. */
  partnerId: idSchema.optional(),
  /** Asks under an earlier version of the rules. [the newest] */
  rulesVersion: z.coerce.number().int().min(1).optional(),
});
export const eligibilitySchema = z.strictObject({
  call: z.strictObject({
    id: idSchema,
    name: z.string(),
    state: callStateSchema,
    rulesVersion: z.number().int(),
    countryList: z.strictObject({ name: z.string(), asOf: z.string() }),
  }),
  sme: smeCardSchema,
  partner: smeCardSchema.nullable(),
  answer: answerSchema,
  criteria: z.array(criterionSchema),
});
export type EligibilityView = z.infer<typeof eligibilitySchema>;

export const rulesPreviewInputSchema = z.strictObject({ rules: callRulesSchema });
const eligibilityChange = z.strictObject({
  count: z.number().int(),
  /** At most 30, by name, each with the rule that it meets or breaks then. */
  smes: z.array(z.strictObject({ sme: smeCardSchema, sentence: z.string().nullable() })),
});
/** What other rules would change, against those that matching works on now. */
export const rulesPreviewSchema = z.strictObject({
  /** SMEs that may take part, before and after. */
  eligible: z.strictObject({ before: z.number().int(), after: z.number().int() }),
  newlyEligible: eligibilityChange,
  noLongerEligible: eligibilityChange,
  /** Pairs of the best set by the instrument that fits them best; null: a TRL is not yet declared. */
  instruments: z.array(
    z.strictObject({
      instrumentId: z.string().nullable(),
      pairsBefore: z.number().int(),
      pairsAfter: z.number().int(),
    }),
  ),
  listsChanged: z.number().int(),
  ...pairsChangeSchema.shape,
  tookMs: z.number(),
});
export type RulesPreview = z.infer<typeof rulesPreviewSchema>;
