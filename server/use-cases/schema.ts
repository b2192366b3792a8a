import { z } from 'zod';
import { websiteSchema } from '../clusters/schema.ts';
import {
  countrySchema,
  idSchema,
  instantSchema,
  lineOf,
  pageOf,
  pageQuery,
  textOf,
  typedWords,
} from '../http/schema.ts';

/*
 * A use case: what was done about a problem with a security solution, told by a cluster in its own, non-confidential words. It is
 * published at once; staff can take it down with a reason. A company that the cluster did not register itself is named only after it
 * agreed, and any company can take its name out at any time.
 */

const paragraph = textOf(4_000).refine((text) => text !== '', 'must not be empty');

/** A solution that a use case shows. */
export const solutionRefSchema = z.strictObject({ smeId: idSchema, solutionId: idSchema });
export type SolutionRef = z.infer<typeof solutionRefSchema>;

export const useCaseInputSchema = z.strictObject({
  title: lineOf(160),
  problem: paragraph,
  /** What was done. */
  done: paragraph,
  result: paragraph,
  /** A field of application of the taxonomy. */
  field: z.string().max(120),
  /** Where more can be read. */
  link: websiteSchema.nullable().default(null),
  solutions: z.array(solutionRefSchema).max(10).default([]),
});
export type UseCaseInput = z.infer<typeof useCaseInputSchema>;
export const useCaseChangeSchema = z.strictObject({
  /** Version that the change was made on. */
  version: z.number().int().min(1),
  useCase: useCaseInputSchema,
});
export const withdrawalSchema = z.strictObject({ version: z.number().int().min(1), reason: lineOf(500) });
export const republicationSchema = z.strictObject({ version: z.number().int().min(1) });
export const consentAnswerSchema = z.strictObject({
  smeId: idSchema,
  solutionId: idSchema,
  answer: z.enum(['given', 'refused']),
});
export type ConsentAnswer = z.infer<typeof consentAnswerSchema>;

export const useCaseStateSchema = z.enum(['published', 'withdrawn']);
/** `member`: the cluster registered the company, so nothing was asked. */
export const consentSchema = z.enum(['member', 'asked', 'given', 'refused']);
export type Consent = z.infer<typeof consentSchema>;

const shownSolution = z.strictObject({
  ...solutionRefSchema.shape,
  title: z.string(),
  company: z.string(),
  country: z.string(),
});

/** A use case in a list. */
export const useCaseCardSchema = z.strictObject({
  id: idSchema,
  title: z.string(),
  /** The beginning of its result. */
  excerpt: z.string(),
  field: z.strictObject({ id: z.string(), label: z.string() }),
  clusterId: idSchema.nullable(),
  clusterName: z.string().nullable(),
  state: useCaseStateSchema,
  /** Solutions that it shows. */
  solutions: z.number().int(),
  createdAt: instantSchema,
});
export type UseCaseCard = z.infer<typeof useCaseCardSchema>;
export const useCasePageSchema = pageOf(useCaseCardSchema);
export const useCaseQuerySchema = z.strictObject({
  ...pageQuery,
  q: typedWords,
  field: z.string().max(120).optional(),
  clusterId: idSchema.optional(),
  country: countrySchema.optional(),
  /** `published` for everybody; `mine` for a cluster's own in any state; `asked` for those that ask the reader's company. */
  show: z.enum(['published', 'mine', 'asked', 'withdrawn']).default('published'),
  sort: z.enum(['newest', 'oldest', 'title']).default('newest'),
});
export type UseCaseQuery = z.infer<typeof useCaseQuerySchema>;

export const useCaseSchema = z.strictObject({
  id: idSchema,
  title: z.string(),
  problem: z.string(),
  done: z.string(),
  result: z.string(),
  field: z.strictObject({ id: z.string(), label: z.string() }),
  link: z.string().nullable(),
  clusterId: idSchema.nullable(),
  clusterName: z.string().nullable(),
  state: useCaseStateSchema,
  /** Why it was taken down; empty while it is published. */
  reason: z.string(),
  solutions: z.array(shownSolution),
  createdAt: instantSchema,
  updatedAt: instantSchema,
  /** For those who may change it: the cluster itself and staff. */
  own: z
    .strictObject({
      version: z.number().int(),
      /** All companies that it is to name, with what they answered. */
      named: z.array(shownSolution.extend({ consent: consentSchema })),
      /** True where staff took it down: only staff can put it up again. */
      takenDown: z.boolean(),
    })
    .optional(),
  /** For an SME that it names or is to name. */
  asked: z
    .array(z.strictObject({ solutionId: idSchema, title: z.string(), consent: consentSchema }))
    .optional(),
});
export type UseCaseView = z.infer<typeof useCaseSchema>;
