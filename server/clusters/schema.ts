import { z } from 'zod';
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

export const websiteSchema = z
  .string()
  .trim()
  .max(200)
  .regex(/^(https?:\/\/)?[^\s/$.?#@"'<>]+\.[^\s@"'<>]+$/i, 'must be a web address, such as www.example.eu');

export const clusterKindSchema = z.enum(['consortium-partner', 'ambassador']);
export const clusterInputSchema = z.strictObject({
  name: lineOf(160),
  country: countrySchema,
  region: lineOf(120).nullable().default(null),
  website: websiteSchema.nullable().default(null),
  kind: clusterKindSchema.default('ambassador'),
  /** Marks a cluster that only stands in for a country, so that the pages say so. Set when it is made, by staff. */
  demo: z.boolean().optional(),
});
export type ClusterInput = z.infer<typeof clusterInputSchema>;

export const clusterSchema = z.strictObject({
  id: idSchema,
  name: z.string(),
  country: z.string(),
  region: z.string().nullable(),
  website: z.string().nullable(),
  kind: clusterKindSchema,
  /** True for clusters that only stand in for a country in the demo. */
  demo: z.boolean(),
  members: z.number().int(),
  createdAt: instantSchema,
  /** When it left the project; null: it is with us. */
  leftAt: instantSchema.nullable(),
});
export type ClusterView = z.infer<typeof clusterSchema>;
export const clusterPageSchema = pageOf(clusterSchema);
export const clusterQuerySchema = z.strictObject({
  ...pageQuery,
  q: typedWords,
  country: countrySchema.optional(),
  /** `left`: those that were with us once. */
  state: z.enum(['active', 'left']).default('active'),
  sort: z.enum(['name', 'country', 'newest']).default('name'),
});

/** What would come of leaving, for the question before it. */
export const leavingSchema = z.strictObject({
  /** SMEs that are its members. */
  members: z.number().int(),
  /** Its own people, who would lose access. */
  people: z.number().int(),
  /** Invitations of its members that wait to be accepted. */
  invitations: z.number().int(),
  /** Clusters that could take its members: those of its country first. */
  successors: z.array(
    z.strictObject({ id: idSchema, name: z.string(), country: z.string(), region: z.string().nullable() }),
  ),
});
export type LeavingView = z.infer<typeof leavingSchema>;

export const leaveSchema = z.strictObject({
  /** Cluster that takes the members; null: they stay registered, without a cluster. */
  handOverTo: idSchema.nullable(),
  reason: textOf(1_000).default(''),
});
export type Leave = z.infer<typeof leaveSchema>;
export const leftSchema = z.strictObject({ cluster: clusterSchema, movedMembers: z.number().int() });

/** A partner of the project's consortium, as everybody may see it. */
export const projectPartnersSchema = z.strictObject({
  source: z.string(),
  asOf: z.string(),
  partners: z.array(
    z.strictObject({
      id: idSchema,
      name: z.string(),
      country: z.string(),
      countryName: z.string(),
      region: z.string().nullable(),
      website: z.string(),
      /** An SME among the partners is no cluster: it registers nobody. */
      kind: z.enum(['cluster', 'sme']),
      /** What it stands for: the security market, deep tech, or its task. */
      field: z.string(),
      role: z.string().nullable(),
    }),
  ),
});
export type ProjectPartners = z.infer<typeof projectPartnersSchema>;
