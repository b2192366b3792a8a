import { z } from 'zod';
import { countrySchema, idSchema, instantSchema, pageOf, pageQuery } from '../http/schema.ts';
import { PHASES, phaseSchema, sizeClassSchema, marketRoleSchema, trlSchema } from '../smes/schema.ts';
import { useCaseCardSchema } from '../use-cases/schema.ts';

/** Several values in one parameter, joined with `;`, as in company files. */
const listOf = <Item>(item: z.ZodType<Item, string>) =>
  z
    .string()
    .max(3_000)
    .transform((joined) => joined.split(';').map((part) => part.trim()))
    .transform((parts) => parts.filter((part) => part !== ''))
    .pipe(z.array(item).max(60));

const termList = listOf(z.string().max(120)).default([]);
const trlLimit = z.coerce
  .number()
  .int('must be a whole number from 1 to 9')
  .min(1, 'must be a whole number from 1 to 9')
  .max(9, 'must be a whole number from 1 to 9');

/** What somebody searches: words and choices. Within one list any fits, all lists must. */
const searchShape = {
  q: z.string().trim().max(100).optional(),
  capabilities: termList,
  technologies: termList,
  fields: termList,
  sectors: termList,
  countries: listOf(countrySchema).default([]),
  phases: listOf(phaseSchema).default([]),
  trlMin: trlLimit.optional(),
  trlMax: trlLimit.optional(),
};

export const solutionSorts = ['relevance', 'title', 'company', 'country', 'trl', 'updated'] as const;
export type SolutionSort = (typeof solutionSorts)[number];
const sort = z.enum(solutionSorts).default('relevance');

export const searchSchema = z.strictObject(searchShape);
export type SearchQuery = z.infer<typeof searchSchema>;
export const solutionQuerySchema = z.strictObject({ ...pageQuery, ...searchShape, sort });
export const exportQuerySchema = z.strictObject({ ...searchShape, sort });
export type ExportQuery = z.infer<typeof exportQuerySchema>;
export const matrixQuerySchema = z.strictObject({
  ...searchShape,
  /** A domain whose narrower terms become the rows. */
  domain: z.string().max(120).optional(),
});

/** A term with its label, since readers without an account cannot ask for the taxonomy. */
const labelled = z.strictObject({ id: z.string(), label: z.string() });
export type LabelledTerm = z.infer<typeof labelled>;
const termsShape = {
  capabilities: z.array(labelled),
  technologies: z.array(labelled),
  fields: z.array(labelled),
  sectors: z.array(labelled),
};

export const phaseOriginSchema = z.enum(['declared', 'derived', 'unknown']);

/** A solution as lists show it. */
export const solutionCardSchema = z.strictObject({
  smeId: idSchema,
  id: idSchema,
  title: z.string(),
  /** The beginning of the offer. */
  excerpt: z.string(),
  company: z.string(),
  country: z.string(),
  city: z.string().nullable(),
  clusterName: z.string().nullable(),
  trl: trlSchema.nullable(),
  phases: z.array(phaseSchema),
  /** `declared` by the SME; `derived` from its capabilities by the table in server/reference/phases.json. */
  phaseOrigin: phaseOriginSchema,
  terms: z.strictObject(termsShape),
  /** How many use cases show it. */
  useCases: z.number().int(),
  /** True where a participant of the demo, not the company, filled in the level or the terms. */
  demo: z.strictObject({ trl: z.boolean(), terms: z.boolean() }),
});
export type SolutionCard = z.infer<typeof solutionCardSchema>;

export const solutionPageSchema = pageOf(solutionCardSchema);

/** What was made of the typed words. */
const wordsSchema = z.strictObject({
  /** Typed words that no solution has, with those that were searched instead. */
  readAs: z.array(z.strictObject({ typed: z.string(), as: z.array(z.string()) })),
  /** True where no solution has all the words, so those are found that have some. */
  someWords: z.boolean(),
  /** The words with far likelier ones in place of rare ones. */
  didYouMean: z.string().nullable(),
});
export type WordsRead = z.infer<typeof wordsSchema>;

export type SolutionPage = z.infer<typeof solutionPageSchema>;

const counted = z.strictObject({ value: z.string(), label: z.string(), count: z.number().int() });
export const facetsSchema = z.strictObject({
  words: wordsSchema,
  total: z.number().int(),
  companies: z.number().int(),
  terms: z.strictObject({
    capabilities: z.array(counted.extend({ broader: z.string().nullable() })),
    technologies: z.array(counted),
    fields: z.array(counted),
    sectors: z.array(counted),
  }),
  countries: z.array(counted),
  phases: z.array(z.strictObject({ value: z.enum(PHASES), count: z.number().int() })),
  phaseUnknown: z.number().int(),
  trl: z.array(z.strictObject({ value: z.number().int(), count: z.number().int() })),
  trlUnknown: z.number().int(),
});
export type FacetsReply = z.infer<typeof facetsSchema>;
interface BareCount {
  value: string;
  count: number;
}
/** The counts before labels are put to them. */
export type FacetsView = Omit<FacetsReply, 'terms' | 'countries' | 'words'> & {
  terms: Record<'capabilities' | 'technologies' | 'fields' | 'sectors', BareCount[]>;
  countries: BareCount[];
};

const place = z.strictObject({ code: z.string(), name: z.string(), widening: z.boolean() });
export const matrixSchema = z.strictObject({
  /** The opened domain; null where the rows are the domains. */
  domain: z.string().nullable(),
  rows: z.array(
    z.strictObject({
      id: z.string(),
      label: z.string(),
      isDomain: z.boolean(),
      /** One figure for each of `countries`; 0 is a gap. */
      cells: z.array(z.number().int()),
      total: z.number().int(),
    }),
  ),
  countries: z.array(place.extend({ total: z.number().int() })),
  /** Countries of the programme from which no solution fits at all. */
  without: z.array(place),
  /** Solutions that name no capability, so stand in no row. */
  withoutCapability: z.number().int(),
  total: z.number().int(),
});
export type MatrixView = z.infer<typeof matrixSchema>;

/** Another solution, and why it is named. */
export const relatedSchema = z.strictObject({
  smeId: idSchema,
  id: idSchema,
  title: z.string(),
  company: z.string(),
  country: z.string(),
  trl: trlSchema.nullable(),
  shared: z.array(labelled),
  /** Phases that only this one covers. */
  adds: z.array(phaseSchema),
});
export type RelatedView = z.infer<typeof relatedSchema>;

/** One solution with its company's card and what goes with it. */
export const solutionViewSchema = z.strictObject({
  ...solutionCardSchema.shape,
  offer: z.string(),
  sizeClass: sizeClassSchema,
  marketRole: marketRoleSchema.nullable(),
  languages: z.array(z.string()),
  /** null without an account. */
  website: z.string().nullable(),
  available: z.boolean(),
  source: z.string().nullable(),
  updatedAt: instantSchema,
  shownBy: z.array(useCaseCardSchema),
  similar: z.array(relatedSchema),
  complementary: z.array(relatedSchema),
});
export type SolutionPageView = z.infer<typeof solutionViewSchema>;

export const mappingSettingsSchema = z.strictObject({
  version: z.number().int(),
  /** True: the mapping can be read without an account. */
  isPublic: z.boolean(),
});
export type MappingSettings = z.infer<typeof mappingSettingsSchema>;
