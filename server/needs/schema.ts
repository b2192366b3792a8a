import { z } from 'zod';
import { countrySchema, idSchema, instantSchema, lineOf, pageOf, pageQuery, textOf } from '../http/schema.ts';
import { confidentialSchema, smeCardSchema, trlSchema } from '../smes/schema.ts';

/*
 * A need of the demand side: what an integrator, a city or an operator of critical infrastructure looks for. It is written as a draft,
 * reviewed by staff, and then shown to everybody signed in, without its confidential part.
 */
export const NEED_STATES = ['draft', 'submitted', 'published', 'closed', 'withdrawn', 'rejected'] as const;
export const needStateSchema = z.enum(NEED_STATES);
export type NeedState = z.infer<typeof needStateSchema>;

export const organisationKindSchema = z.enum(['integrator', 'public-authority', 'operator', 'other']);
export type OrganisationKind = z.infer<typeof organisationKindSchema>;

/** Terms of one facet that a need can want, and of all facets together (the engine's limit). */
const FACET_TERMS_MOST = 12;
const termIds = z.array(z.string().max(120)).max(FACET_TERMS_MOST).default([]);
const termsShape = { capabilities: termIds, technologies: termIds, fields: termIds, sectors: termIds };

/** What the organisation would let companies demonstrate at its own site. */
export const demonstratorSchema = z
  .strictObject({
    what: textOf(2_000).refine((text) => text !== '', 'must not be empty'),
    where: lineOf(200),
    from: z.iso.date().nullable().default(null),
    until: z.iso.date().nullable().default(null),
  })
  .refine(({ from, until }) => from === null || until === null || from <= until, {
    path: ['until'],
    message: 'must not be before the first day',
  });
export type Demonstrator = z.infer<typeof demonstratorSchema>;

export const needInputSchema = z
  .strictObject({
    title: lineOf(160),
    words: textOf(10_000).default(''),
    organisation: lineOf(160),
    organisationKind: organisationKindSchema,
    country: countrySchema,
    /** Whether other readers see the organisation's name; its kind and country are always shown. */
    showOrganisation: z.boolean().default(true),
    ...termsShape,
    /** Wanted readiness of what is offered, both ends included; null: any. */
    trlMin: trlSchema.nullable().default(null),
    trlMax: trlSchema.nullable().default(null),
    /** Day by which it is wanted. */
    neededBy: z.iso.date().nullable().default(null),
    demonstrator: demonstratorSchema.nullable().default(null),
    /** Contact and notes: for the organisation and staff; the contact also for companies once both sides agreed. */
    confidential: confidentialSchema.default({
      contactName: null,
      contactEmail: null,
      contactPhone: null,
      notes: '',
    }),
  })
  .refine((need) => need.trlMin === null || need.trlMax === null || need.trlMin <= need.trlMax, {
    path: ['trlMax'],
    message: 'must not be below trlMin',
  });
export type NeedInput = z.infer<typeof needInputSchema>;

export const newNeedSchema = z.strictObject({
  /** Chosen by the client: sent again, it names the same need, so that a click too many makes no second one. */
  key: idSchema.optional(),
  need: needInputSchema,
});
export const needChangeSchema = z.strictObject({ version: z.number().int(), need: needInputSchema });

export const needStepSchema = z.enum([
  'submit',
  'recall',
  'publish',
  'ask-back',
  'reject',
  'close',
  'withdraw',
]);
export type NeedStep = z.infer<typeof needStepSchema>;
export const needStepInputSchema = z.strictObject({
  step: needStepSchema,
  version: z.number().int(),
  /** Needed for 'ask-back' and 'reject': what the organisation reads. */
  reason: textOf(1_000).default(''),
});

/** How far one company answers a need. */
const partBroughtSchema = z.strictObject({
  term: z.string(),
  /** 0: not at all; 1: not at the wanted readiness, or that is not declared; 2: at the wanted readiness. */
  level: z.union([z.literal(0), z.literal(1), z.literal(2)]),
  /** Share in the score; the shares add up to it exactly. */
  contribution: z.number().int(),
  solution: z
    .strictObject({ id: z.string(), title: z.string(), trl: trlSchema.nullable(), term: z.string() })
    .nullable(),
});
export const needFitSchema = z.strictObject({
  /** In millionths: what is covered over what could be. */
  score: z.number().int(),
  parts: z.array(partBroughtSchema),
  sentence: z.string(),
});

/** A need in lists, without its confidential part. */
export const needCardSchema = z.strictObject({
  id: idSchema,
  state: needStateSchema,
  title: z.string(),
  /** The beginning of its words. */
  opening: z.string(),
  /** null: its name is not shown. */
  organisation: z.string().nullable(),
  organisationKind: organisationKindSchema,
  country: z.string(),
  capabilities: z.array(z.string()),
  technologies: z.array(z.string()),
  fields: z.array(z.string()),
  sectors: z.array(z.string()),
  trlMin: trlSchema.nullable(),
  trlMax: trlSchema.nullable(),
  neededBy: z.string().nullable(),
  demonstrator: demonstratorSchema.nullable(),
  publishedAt: instantSchema.nullable(),
  updatedAt: instantSchema,
  /** The reader may change it. */
  mine: z.boolean(),
  /** For those who may change it: interests that wait for the organisation's word, and all that are open or accepted. */
  interests: z.strictObject({ waiting: z.number().int(), all: z.number().int() }).nullable(),
  /** For SMEs: how far it answers the need. */
  fit: needFitSchema.nullable(),
});
export type NeedCard = z.infer<typeof needCardSchema>;
export const needPageSchema = pageOf(needCardSchema);

export const needViewSchema = z.strictObject({
  ...needCardSchema.shape,
  words: z.string(),
  /** Published challenges that it is part of. */
  challenges: z.array(z.strictObject({ id: idSchema, title: z.string() })),
  own: z
    .strictObject({
      version: z.number().int(),
      organisation: z.string(),
      showOrganisation: z.boolean(),
      confidential: confidentialSchema,
      /** What staff last said of it; null where they said nothing since. */
      review: z.strictObject({ step: needStepSchema, text: z.string(), at: instantSchema }).nullable(),
      /** What still keeps it from being submitted; empty: nothing. */
      missing: z.array(z.strictObject({ field: z.string(), message: z.string() })),
      /** Steps that the reader may take now. */
      steps: z.array(needStepSchema),
    })
    .optional(),
});
export type NeedView = z.infer<typeof needViewSchema>;

const flag = z.enum(['true', 'false']).transform((text) => text === 'true');
export const needFilterShape = {
  q: z.string().trim().max(100).optional(),
  field: z.string().max(120).optional(),
  capability: z.string().max(120).optional(),
  technology: z.string().max(120).optional(),
  sector: z.string().max(120).optional(),
  country: countrySchema.optional(),
  organisationKind: organisationKindSchema.optional(),
  state: needStateSchema.optional(),
  /** Only those that the reader may change. */
  mine: flag.optional(),
  /** Only those with an offer to host a demonstration. */
  demonstrator: flag.optional(),
};
export const needQuerySchema = z.strictObject({
  ...pageQuery,
  ...needFilterShape,
  /** `fit`: those that the reader's own SME answers, best first. */
  sort: z.enum(['newest', 'needed-by', 'title', 'country', 'fit']).default('newest'),
});
export type NeedQuery = z.output<typeof needQuerySchema>;
export const needExportSchema = z.strictObject({ ...needFilterShape, format: z.enum(['csv', 'json']) });
export type NeedFilter = Omit<z.output<typeof needExportSchema>, 'format'>;

const pairPartSchema = z.strictObject({
  term: z.string(),
  level: z.union([z.literal(0), z.literal(1), z.literal(2)]),
  contribution: z.number().int(),
  /** SMEs of the two that bring it at this level. */
  by: z.array(idSchema),
});
const supplySchema = z.strictObject({
  term: z.string(),
  offered: z.number().int(),
  ready: z.number().int(),
});
/** Who answers a need: companies, pairs, and how much of each wanted part there is at all. */
export const needAnswersSchema = z.strictObject({
  smes: z.array(
    z.strictObject({
      sme: smeCardSchema,
      score: z.number().int(),
      covered: z.number().int(),
      words: z.number().int(),
      parts: z.array(partBroughtSchema),
      matchedWords: z.array(z.string()),
      sentence: z.string(),
    }),
  ),
  pairs: z.array(
    z.strictObject({
      a: smeCardSchema,
      b: smeCardSchema,
      score: z.number().int(),
      covered: z.number().int(),
      onlyTogether: z.number().int(),
      parts: z.array(pairPartSchema),
      sentence: z.string(),
    }),
  ),
  supply: z.array(supplySchema),
  /** Most that can be covered: twice the number of wanted parts. */
  most: z.number().int(),
  answering: z.number().int(),
  looked: z.number().int(),
});
export type NeedAnswersView = z.infer<typeof needAnswersSchema>;

/** One wanted term over all published needs, against what the companies offer. */
export const gapSchema = z.strictObject({
  term: z.string(),
  label: z.string(),
  facet: z.enum(['capabilities', 'technologies', 'fields', 'sectors']),
  trlMin: trlSchema.nullable(),
  trlMax: trlSchema.nullable(),
  /** Published needs that want it at this readiness. */
  needs: z.number().int(),
  /** SMEs that offer it at all, and at this readiness. */
  offered: z.number().int(),
  ready: z.number().int(),
  sentence: z.string(),
});
export type GapView = z.infer<typeof gapSchema>;
export const gapPageSchema = pageOf(gapSchema);
export const gapQuerySchema = z.strictObject({
  ...pageQuery,
  facet: z.enum(['capabilities', 'technologies', 'fields', 'sectors']).optional(),
  /** scarcest: the fewest companies that offer it at this readiness; wanted: the most needs; name: by the term. */
  sort: z.enum(['scarcest', 'wanted', 'name']).default('scarcest'),
});
export type GapQuery = z.infer<typeof gapQuerySchema>;
