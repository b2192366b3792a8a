import { z } from 'zod';
import { websiteSchema } from '../clusters/schema.ts';
import {
  countrySchema,
  emailSchema,
  idSchema,
  instantSchema,
  lineOf,
  pageOf,
  pageQuery,
  textOf,
} from '../http/schema.ts';

export const trlSchema = z.union(
  [
    z.literal(1),
    z.literal(2),
    z.literal(3),
    z.literal(4),
    z.literal(5),
    z.literal(6),
    z.literal(7),
    z.literal(8),
    z.literal(9),
  ],
  {
    error: 'must be a whole number from 1 to 9 (technology readiness level), or null where not yet declared',
  },
);
const termIds = z.array(z.string().max(120)).max(40);
const taxonomyTermsShape = {
  capabilities: termIds.default([]),
  technologies: termIds.default([]),
  fields: termIds.default([]),
  sectors: termIds.default([]),
};

/** Phase of security that a solution works in: the functions of the NIST framework, the rings of the ECSO market radar. */
export const PHASES = ['identify', 'protect', 'detect', 'respond', 'recover'] as const;
export const phaseSchema = z.enum(PHASES, { error: `must be one of ${PHASES.join(', ')}` });
export type Phase = z.infer<typeof phaseSchema>;

export const solutionSchema = z.strictObject({
  id: idSchema.optional(),
  title: lineOf(200),
  offer: textOf(60_000).default(''),
  trl: trlSchema.nullable().default(null),
  ...taxonomyTermsShape,
  /** Chosen by the SME; empty: derived from the capabilities where the solution is shown. */
  phases: z.array(phaseSchema).max(5).default([]),
});
export const needSchema = z
  .strictObject({
    id: idSchema.optional(),
    words: textOf(10_000).default(''),
    ...taxonomyTermsShape,
    trlMin: trlSchema.nullable().default(null),
    trlMax: trlSchema.nullable().default(null),
  })
  .refine((need) => need.trlMin === null || need.trlMax === null || need.trlMin <= need.trlMax, {
    path: ['trlMax'],
    message: 'must not be below trlMin',
  });

const euros = z.number().min(0).max(1e12);
/** Recommendation 2003/361/EC, Annex, Article 3: partner enterprise 25 to 50 %, linked enterprise over 50 %. */
export const ownershipLinkSchema = z.strictObject({
  name: lineOf(160),
  /** Per cent of capital or voting rights. Below 25: not counted. 25 to 50: partner, counted by share. Over 50: linked, counted whole. */
  share: z.number().min(0).max(100),
  headcount: z.number().min(0).max(1e7),
  turnoverEur: euros.nullable().default(null),
  balanceSheetEur: euros.nullable().default(null),
});
export const declarationSchema = z.strictObject({
  /** Annual work units. */
  headcount: z.number().min(0).max(1e7),
  turnoverEur: euros.nullable(),
  balanceSheetEur: euros.nullable(),
  links: z.array(ownershipLinkSchema).max(50).default([]),
  /** Day of the declaration, ISO 8601. */
  date: z.iso.date(),
});
export type Declaration = z.infer<typeof declarationSchema>;

export const confidentialSchema = z.strictObject({
  contactName: lineOf(120).nullable().default(null),
  contactEmail: emailSchema.nullable().default(null),
  contactPhone: z
    .string()
    .trim()
    .regex(/^\+?[0-9 ()./-]{5,30}$/, 'must be a phone number, such as +33 1 23 45 67 89')
    .nullable()
    .default(null),
  notes: textOf(5_000).default(''),
});

/** Number of a project in a public register, such as CORDIS. */
export const projectIdSchema = z
  .string()
  .trim()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9._:/-]{0,39}$/,
    'must be the number of a project in a public register such as CORDIS, for example 700199',
  );

export const sizeClassSchema = z.enum(['micro', 'small', 'medium', 'not-an-sme', 'not-yet-declared']);
export const marketRoleSchema = z.enum(['security-market', 'deep-tech']);
/** Fields of a profile that can be marked as answered by the demo's participants. */
export const demoFieldSchema = z.enum([
  'languages',
  'solutions.trl',
  'solutions.terms',
  'needs',
  'declaration',
  'marketRole',
]);

export const smeInputSchema = z.strictObject({
  name: lineOf(200),
  country: countrySchema,
  city: lineOf(120).nullable().default(null),
  website: websiteSchema.nullable().default(null),
  /** ISO 639-1. */
  languages: z
    .array(
      z
        .string()
        .trim()
        .toLowerCase()
        .regex(/^[a-z]{2}$/, 'must be a two-letter language code (ISO 639-1), such as en'),
    )
    .max(20)
    .default([]),
  marketRole: marketRoleSchema.nullable().default(null),
  /** Name of the group of linked companies, if any. */
  group: lineOf(160).nullable().default(null),
  available: z.boolean().default(true),
  solutions: z.array(solutionSchema).max(20).default([]),
  needs: z.array(needSchema).max(20).default([]),
  /** Joint projects of the past. Whoever shares one is no competitor, however much the texts have in common; it brings nothing else. */
  projects: z.array(projectIdSchema).max(400).default([]),
  /** Never pair me with these SMEs. */
  conflicts: z.array(idSchema).max(200).default([]),
  declaration: declarationSchema.nullable().default(null),
  confidential: confidentialSchema.default({
    contactName: null,
    contactEmail: null,
    contactPhone: null,
    notes: '',
  }),
  demoAnswers: z.array(demoFieldSchema).default([]),
});
export type SmeInput = z.infer<typeof smeInputSchema>;
export const newSmeSchema = z.strictObject({ clusterId: idSchema, profile: smeInputSchema });

const storedSolution = z.strictObject({ ...solutionSchema.shape, id: idSchema });
const storedNeed = z.strictObject({ ...needSchema.shape, id: idSchema });
export type SolutionView = z.infer<typeof storedSolution>;
export type NeedView = z.infer<typeof storedNeed>;

/** The short, non-confidential card of an SME: what lists show. */
export const smeCardSchema = z.strictObject({
  id: idSchema,
  name: z.string(),
  country: z.string(),
  city: z.string().nullable(),
  website: z.string().nullable(),
  clusterId: idSchema.nullable(),
  clusterName: z.string().nullable(),
  sizeClass: sizeClassSchema,
  /** Title of its first solution; empty where none. */
  headline: z.string(),
  /** Highest declared TRL of its solutions. */
  trl: trlSchema.nullable(),
  available: z.boolean(),
  demoAnswers: z.array(demoFieldSchema),
});
export type SmeCard = z.infer<typeof smeCardSchema>;
export const smePageSchema = pageOf(smeCardSchema);
export const smeQuerySchema = z.strictObject({
  ...pageQuery,
  q: z.string().trim().max(100).optional(),
  country: countrySchema.optional(),
  clusterId: idSchema.optional(),
  sort: z.enum(['name', 'country', 'updated']).default('name'),
});

/** Query of a cluster's members: as the directory, the cluster is in the path. */
export const memberQuerySchema = smeQuerySchema.omit({ clusterId: true });

/** A member as its cluster and staff see it in a list. */
export const memberSchema = z.strictObject({
  ...smeCardSchema.shape,
  /** Share of the profile that is filled, 0 to 1. */
  completeness: z.number(),
  suggestions: z.number().int(),
  account: z.enum(['none', 'invited', 'active', 'closed']),
  updatedAt: instantSchema,
});
export type MemberView = z.infer<typeof memberSchema>;
export const memberPageSchema = pageOf(memberSchema);

export const completenessSchema = z.strictObject({
  share: z.number(),
  fields: z.array(
    z.strictObject({ field: z.string(), label: z.string(), filled: z.boolean(), why: z.string() }),
  ),
  /** The empty field whose answer would help the suggestions most; null where nothing is missing. */
  next: z.strictObject({ field: z.string(), label: z.string(), sentence: z.string() }).nullable(),
});
export type CompletenessView = z.infer<typeof completenessSchema>;

/** Whole profile. `own` is there only for the SME itself, its cluster and staff. */
export const smeViewSchema = z.strictObject({
  ...smeCardSchema.shape,
  languages: z.array(z.string()),
  marketRole: marketRoleSchema.nullable(),
  solutions: z.array(storedSolution),
  needs: z.array(storedNeed),
  /** Numbers of joint projects of the past in public registers. */
  projects: z.array(z.string()),
  source: z.string().nullable(),
  updatedAt: instantSchema,
  own: z
    .strictObject({
      version: z.number().int(),
      group: z.string().nullable(),
      conflicts: z.array(z.strictObject({ id: idSchema, name: z.string() })),
      declaration: declarationSchema.nullable(),
      confidential: confidentialSchema,
      completeness: completenessSchema,
      /** What still stands between this SME and a consortium, in plain sentences; empty: ready. */
      consortiumBlockers: z.array(z.string()),
    })
    .optional(),
});
export type SmeView = z.infer<typeof smeViewSchema>;
