import { defineRoute, type Route } from '../http/route.ts';
import { smePageSchema } from '../smes/schema.ts';
import {
  aloneQuerySchema,
  forcingQuerySchema,
  forcingSchema,
  pairingQuerySchema,
  pairingSummarySchema,
  pairPageSchema,
  pairQuerySchema,
  unsuggestedQuerySchema,
} from './schema.ts';
import { exposureSchema, unsuggestedPageSchema } from '../exposure/schema.ts';
import type { PairsService } from './service.ts';

const common = { method: 'get', tag: 'Matching', access: ['staff'], problems: [409, 503] } as const;

/** The best set of consortia, for staff. */
export function pairsRoutes(pairs: PairsService): Route[] {
  return [
    defineRoute({
      ...common,
      path: '/pairs',
      id: 'listPairs',
      summary: 'The best set of consortia of two over all SMEs as they stand, best first',
      query: pairQuerySchema,
      reply: pairPageSchema,
      handle: ({ query, signal, viewer }) => pairs.page(query, { signal, by: viewer }),
    }),
    defineRoute({
      ...common,
      path: '/pairs/summary',
      id: 'getPairing',
      summary: 'The best set of consortia in figures: how many, how good, how far from the bound',
      query: pairingQuerySchema,
      reply: pairingSummarySchema,
      handle: ({ query, signal, viewer }) => pairs.summary(query, { signal, by: viewer, account: viewer.id }),
    }),
    defineRoute({
      ...common,
      path: '/pairs/alone',
      id: 'listAlone',
      summary: 'SMEs that have no partner in the best set',
      query: aloneQuerySchema,
      reply: smePageSchema,
      handle: ({ query, signal, viewer }) => pairs.alone(query, { signal, by: viewer }),
    }),
    defineRoute({
      ...common,
      path: '/pairs/exposure',
      id: 'getExposure',
      summary: 'Who is suggested and who is paired, by country, cluster, size class and widening status',
      query: pairingQuerySchema,
      reply: exposureSchema,
      handle: ({ query, signal, viewer }) => pairs.exposure(query, { signal, by: viewer }),
    }),
    defineRoute({
      ...common,
      path: '/pairs/unsuggested',
      id: 'listUnsuggested',
      summary: 'SMEs that are on nobody’s list, why, and what would help',
      query: unsuggestedQuerySchema,
      reply: unsuggestedPageSchema,
      handle: ({ query, signal, viewer }) => pairs.unsuggested(query, { signal, by: viewer }),
    }),
    defineRoute({
      ...common,
      path: '/pairs/forcing',
      id: 'getForcing',
      summary: 'What it would cost the whole set to pair two certain SMEs, exactly',
      query: forcingQuerySchema,
      reply: forcingSchema,
      problems: [404, 409, 503],
      handle: ({ query, signal }) => pairs.forcing(query, signal),
    }),
  ];
}
