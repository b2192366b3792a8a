import { z } from 'zod';

export const taxonomySchema = z.strictObject({
  source: z.string(),
  terms: z.array(
    z.strictObject({
      id: z.string(),
      label: z.string(),
      facet: z.enum(['capabilities', 'technologies', 'fields', 'sectors']),
      broader: z.string().nullable(),
      description: z.string(),
    }),
  ),
  countries: z.array(z.strictObject({ code: z.string(), name: z.string() })),
  languages: z.array(z.strictObject({ code: z.string(), name: z.string() })),
});
export type TaxonomyView = z.infer<typeof taxonomySchema>;
