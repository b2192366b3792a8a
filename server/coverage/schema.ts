import { z } from 'zod';
import { countrySchema, idSchema } from '../http/schema.ts';

export const coverageQuerySchema = z.strictObject({
  /** Term of the taxonomy: only SMEs with a solution or a need of this capability. */
  capability: idSchema.optional(),
  /** Term of the taxonomy: only SMEs with a solution or a need in this field of application. */
  field: idSchema.optional(),
});
export type CoverageQuery = z.infer<typeof coverageQuerySchema>;

const count = z.number().int();
export const coverageRowSchema = z.strictObject({
  country: z.string(),
  name: z.string(),
  widening: z.boolean(),
  /** SMEs of this country can take part in the call in force. */
  eligible: z.boolean(),
  /** Clusters of the consortium, and ambassador clusters. */
  partnerClusters: count,
  ambassadorClusters: count,
  /** Regions that these clusters name, each once. */
  regions: z.array(z.string()),
  smes: count,
  smesWithoutCluster: count,
  /** Solutions offered, needs stated. */
  offers: count,
  needs: count,
  /** Capabilities that no SME of another country offers. */
  onlyHere: count,
  /** What is missing; null: clusters and SMEs are there. */
  gap: z.enum(['no-cluster', 'no-smes', 'neither']).nullable(),
  /** What one more cluster would bring in; null where each SME has a cluster already. */
  oneMore: z
    .strictObject({
      smes: count,
      /** Capabilities of these SMEs that no SME of another country offers. */
      capabilities: count,
      /** SMEs of other eligible countries that could be partners by what they seek or offer. */
      partners: count,
    })
    .nullable(),
});
export type CoverageRow = z.infer<typeof coverageRowSchema>;

export const coverageSchema = z.strictObject({
  call: z.strictObject({ id: z.string(), name: z.string() }),
  totals: z.strictObject({
    countries: count,
    countriesWithCluster: count,
    wideningCountries: count,
    wideningWithCluster: count,
    clusters: count,
    /** Clusters that were with us once. */
    clustersLeft: count,
    smes: count,
    smesWithoutCluster: count,
    offers: count,
    needs: count,
  }),
  /** Every country that may take part, by name. */
  countries: z.array(coverageRowSchema),
});
export type Coverage = z.infer<typeof coverageSchema>;

export const coverageCountrySchema = z.strictObject({
  row: coverageRowSchema,
  regions: z.array(
    z.strictObject({
      region: z.string().nullable(),
      clusters: z.array(z.strictObject({ id: idSchema, name: z.string(), kind: z.string(), members: count })),
    }),
  ),
  /** Where its SMEs without a cluster are, most first. */
  towns: z.array(z.strictObject({ town: z.string().nullable(), smes: count })),
  moreTowns: count,
  /** Capabilities that no SME of another country offers. */
  onlyHere: z.array(z.strictObject({ id: idSchema, label: z.string() })),
});
export type CoverageCountry = z.infer<typeof coverageCountrySchema>;

export const coveragePathSchema = z.strictObject({ country: countrySchema });
