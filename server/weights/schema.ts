import { z } from 'zod';
import { idSchema, instantSchema, pageOf, pageQuery, textOf } from '../http/schema.ts';
import { smeCardSchema } from '../smes/schema.ts';

const weight = z
  .number()
  .int('must be a whole number')
  .min(0, 'must be from 0 to 100')
  .max(100, 'must be from 0 to 100');
export const weightValuesSchema = z
  .strictObject({
    capability: weight,
    text: weight,
    trl: weight,
    domain: weight,
    challenge: weight,
    reach: weight,
    practical: weight,
  })
  .refine((values) => Object.values(values).some((value) => value > 0), {
    message: 'at least one weight must be above 0',
  });
export type WeightValues = z.infer<typeof weightValuesSchema>;

export const weightsSchema = z.strictObject({
  version: z.number().int(),
  values: weightValuesSchema,
  /** Why they were changed. */
  note: z.string(),
  /** Name of who changed them; null for the defaults of the software. */
  by: z.string().nullable(),
  at: instantSchema,
  /** The version whose values were brought back, if this is an undo. */
  undoOf: z.number().int().nullable(),
});
export type WeightsView = z.infer<typeof weightsSchema>;
export const weightsPageSchema = pageOf(weightsSchema);
export const weightsQuerySchema = z.strictObject({ ...pageQuery });

export const weightsChangeSchema = z.strictObject({
  /** The version that was on the screen: somebody else's change in between is a 409, not overwritten. */
  baseVersion: z.number().int(),
  values: weightValuesSchema,
  note: textOf(300).default(''),
});
export const weightsUndoSchema = z.strictObject({ baseVersion: z.number().int() });
export const weightsPreviewInputSchema = z.strictObject({ values: weightValuesSchema });

const previewEntry = z.strictObject({
  id: idSchema,
  name: z.string(),
  country: z.string(),
  score: z.number(),
});
/** What would change for whom if these weights were saved. */
export const weightsPreviewSchema = z.strictObject({
  values: weightValuesSchema,
  listsTotal: z.number().int(),
  /** Lists in which somebody enters or leaves. */
  listsChanged: z.number().int(),
  /** Lists with the same partners in another order. */
  listsReordered: z.number().int(),
  suggestionsEntering: z.number().int(),
  /** By country, most affected first: how many SMEs get another list; how often its SMEs are suggested, before and after. */
  byCountry: z.array(
    z.strictObject({
      country: z.string(),
      smes: z.number().int(),
      changed: z.number().int(),
      suggestedBefore: z.number().int(),
      suggestedAfter: z.number().int(),
    }),
  ),
  /** The SMEs whose list changes most, at most 30. */
  examples: z.array(
    z.strictObject({
      sme: smeCardSchema,
      entering: z.array(previewEntry),
      leaving: z.array(previewEntry),
      before: z.array(previewEntry),
      after: z.array(previewEntry),
    }),
  ),
  tookMs: z.number(),
});
export type WeightsPreview = z.infer<typeof weightsPreviewSchema>;
