import { z } from 'zod';
import { countrySchema, idSchema, instantSchema, lineOf, pageOf, pageQuery } from '../http/schema.ts';

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
});
export type ClusterView = z.infer<typeof clusterSchema>;
export const clusterPageSchema = pageOf(clusterSchema);
export const clusterQuerySchema = z.strictObject({
  ...pageQuery,
  q: z.string().trim().max(100).optional(),
  country: countrySchema.optional(),
});
