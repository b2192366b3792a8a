import { defineRoute, type Route } from '../http/route.ts';
import { taxonomySchema } from './schema.ts';
import type { TaxonomyService } from './service.ts';

/** What profiles can choose from. */
export function taxonomyRoutes(taxonomy: Pick<TaxonomyService, 'view'>): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/taxonomy',
      id: 'getTaxonomy',
      tag: 'Reference',
      summary: 'Terms of the JRC cybersecurity taxonomy, countries and languages that a profile can name',
      access: 'signed-in',
      reply: taxonomySchema,
      handle: () => taxonomy.view(),
    }),
  ];
}
