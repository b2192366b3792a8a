import { z } from 'zod';
import { idSchema } from '../http/schema.ts';
import { readReferenceFile } from '../reference/reference-file.ts';
import { loadCountries } from '../taxonomy/places.ts';
import { clusterInputSchema, type ProjectPartners } from './schema.ts';

const partnerSchema = z.object({
  id: idSchema,
  name: z.string(),
  country: z.string(),
  region: z.string().nullable(),
  website: z.string(),
  field: z.string(),
  role: z.string().nullable(),
});
const fileSchema = z.object({
  source: z.string(),
  asOf: z.string(),
  clusters: z.array(partnerSchema),
  /** Partners that are no clusters: they register nobody. */
  otherPartners: z.array(partnerSchema),
});
const readPartners = () => readReferenceFile('clusters.json', fileSchema);

/** The seven clusters of the project's own consortium, from `server/reference/clusters.json`, with ids that never change. */
export function consortiumClusters() {
  return readPartners().clusters.map(({ id, name, country, region, website }) => ({
    id,
    input: clusterInputSchema.parse({ name, country, region, website, kind: 'consortium-partner' }),
  }));
}

/** All partners of the project's consortium: its clusters, and the SME that runs the submission platform. */
export function consortiumPartners(): ProjectPartners['partners'] {
  const { clusters, otherPartners } = readPartners();
  const countryNames = new Map(loadCountries().map(({ code, name }) => [code, name]));
  const named = (partner: z.infer<typeof partnerSchema>, kind: 'cluster' | 'sme') => ({
    ...partner,
    countryName: countryNames.get(partner.country) ?? partner.country,
    kind,
  });
  return [
    ...clusters.map((cluster) => named(cluster, 'cluster')),
    ...otherPartners.map((other) => named(other, 'sme')),
  ];
}

/** The partners with the source and the day of the data. */
export function projectPartners(): ProjectPartners {
  const { source, asOf } = readPartners();
  return { source, asOf, partners: consortiumPartners() };
}
