import { defineRoute, type Route } from '../http/route.ts';
import { pairingSchema } from './schema.ts';
import type { PairsService } from './service.ts';

export function pairsRoutes(pairs: PairsService): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/pairs',
      id: 'getPairs',
      tag: 'Matching',
      summary: 'The best set of consortia of two over all SMEs as they stand',
      access: ['staff'],
      reply: pairingSchema,
      problems: [503],
      handle: () => pairs.current(),
    }),
  ];
}
