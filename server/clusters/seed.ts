import { z } from 'zod';
import { idSchema } from '../http/schema.ts';
import { readReferenceFile } from '../reference/reference-file.ts';
import { clusterInputSchema } from './schema.ts';

const fileSchema = z.object({
  clusters: z.array(
    z.object({
      id: idSchema,
      name: z.string(),
      country: z.string(),
      region: z.string(),
      website: z.string(),
    }),
  ),
});

/** The seven clusters of the project's own consortium, from `server/reference/clusters.json`, with ids that never change. */
export function consortiumClusters() {
  return readReferenceFile('clusters.json', fileSchema).clusters.map(({ id, ...cluster }) => ({
    id,
    input: clusterInputSchema.parse({ ...cluster, kind: 'consortium-partner' }),
  }));
}
