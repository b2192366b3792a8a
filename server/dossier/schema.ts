import { z } from 'zod';
import { instrumentSchema } from '../calls/schema.ts';
import { consortiumStateSchema, contactSchema } from '../consortia/schema.ts';
import { answerSchema, criterionSchema } from '../eligibility/schema.ts';
import { idSchema, instantSchema } from '../http/schema.ts';
import { declarationSchema, smeCardSchema, smeViewSchema } from '../smes/schema.ts';

/** One of the two SMEs, as far as the reader may see it. */
const dossierSideSchema = z.strictObject({
  sme: smeCardSchema,
  leads: z.boolean(),
  /** What it brings; null where it was not chosen, or is no longer described. */
  solution: smeViewSchema.shape.solutions.element.nullable(),
  /** Its dated declaration of size with the figures; null where there is none, or it is not for this reader. */
  declaration: declarationSchema.nullable(),
  /** Whom to reach; null where it is not for this reader. */
  contact: contactSchema.nullable(),
});

/** All that the submission platform needs of a consortium. */
export const dossierSchema = z.strictObject({
  consortiumId: idSchema,
  state: consortiumStateSchema,
  title: z.string(),
  summary: z.string(),
  call: z.strictObject({
    id: idSchema,
    name: z.string(),
    rulesVersion: z.number().int(),
    source: z.string(),
  }),
  instrument: instrumentSchema.nullable(),
  sides: z.tuple([dossierSideSchema, dossierSideSchema]),
  eligibility: z.strictObject({ answer: answerSchema, criteria: z.array(criterionSchema) }),
  /** Why the two fit, as things stand; null where it cannot be told at the moment. */
  match: z
    .strictObject({
      /** 0 to 1. */
      score: z.number(),
      factors: z.array(z.strictObject({ label: z.string(), contribution: z.number(), sentence: z.string() })),
      aBrings: z.array(z.string()),
      bBrings: z.array(z.string()),
    })
    .nullable(),
  formedAt: instantSchema.nullable(),
  madeAt: instantSchema,
});
export type Dossier = z.infer<typeof dossierSchema>;
