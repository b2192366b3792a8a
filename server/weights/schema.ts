import { z } from 'zod';
import {
  daysQuery,
  idSchema,
  instantSchema,
  pageOf,
  pageQuery,
  textOf,
  timeSortSchema,
  typedWords,
} from '../http/schema.ts';
import { pairingQuestion, pairSchema } from '../pairs/schema.ts';
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

/** A version beside the values of the one before it; null for the first. */
export const weightsVersionSchema = z.strictObject({
  ...weightsSchema.shape,
  before: weightValuesSchema.nullable(),
});
export type WeightsVersion = z.infer<typeof weightsVersionSchema>;
export const weightsPageSchema = pageOf(weightsVersionSchema);
export const weightsQuerySchema = z.strictObject({
  ...pageQuery,
  ...daysQuery,
  /** Words of the name of who changed them, or of why. */
  q: typedWords,
  sort: timeSortSchema.default('newest'),
});
export type WeightsQuery = z.infer<typeof weightsQuerySchema>;

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

export const weightsPairsPreviewInputSchema = z.strictObject({
  values: weightValuesSchema,
  ...pairingQuestion,
});
export type WeightsPairsPreviewInput = z.infer<typeof weightsPairsPreviewInputSchema>;

/** Pairs that are in the set under one of the two settings only, best first. */
const changedPairs = z.strictObject({
  count: z.number().int(),
  /** At most 30, each with its score under the setting that has it. */
  pairs: z.array(pairSchema),
});
const groupRows = z.array(
  z.strictObject({
    /** A country, a cluster's id ('none': no cluster), a size class, or 'widening' and 'not-widening'. */
    key: z.string(),
    /** A cluster's name; null for the others. */
    name: z.string().nullable(),
    smes: z.number().int(),
    pairedBefore: z.number().int(),
    pairedAfter: z.number().int(),
  }),
);
/** What other settings would change in the best set of pairs. */
export const pairsChangeSchema = z.strictObject({
  /** Pairs that stay. */
  kept: z.number().int(),
  gained: changedPairs,
  lost: changedPairs,
  alone: z.strictObject({
    before: z.number().int(),
    after: z.number().int(),
    /** SMEs that would lose, and find, a partner; at most 30 of each. */
    newly: z.array(smeCardSchema),
    noLonger: z.array(smeCardSchema),
  }),
  /** Both sets summed under the new settings: a sum means nothing across settings. */
  totals: z.strictObject({ before: z.number(), after: z.number() }),
  groups: z.strictObject({
    country: groupRows,
    cluster: groupRows,
    sizeClass: groupRows,
    widening: groupRows,
  }),
});
export type PairsChange = z.infer<typeof pairsChangeSchema>;

/** What would change in the best set of pairs if these weights were saved. */
export const weightsPairsPreviewSchema = z.strictObject({
  values: weightValuesSchema,
  ...pairsChangeSchema.shape,
  tookMs: z.number(),
  /** The run for the pairs under these weights, see GET /runs. */
  runId: z.string(),
});
export type WeightsPairsPreview = z.infer<typeof weightsPairsPreviewSchema>;
