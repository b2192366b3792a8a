import { sendCsv } from '../http/csv.ts';
import { defineRoute, type Route } from '../http/route.ts';
import { coverageCountrySchema, coveragePathSchema, coverageQuerySchema, coverageSchema } from './schema.ts';
import type { CoverageService } from './service.ts';

const READERS = ['staff', 'cluster'] as const;
const tag = 'Coverage';

/** Coverage: counts of what everybody's non-confidential profile says, for staff and clusters. */
export function coverageRoutes(coverage: CoverageService): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/coverage',
      id: 'getCoverage',
      tag,
      summary: 'Clusters, SMEs, solutions and needs by country, what is missing, and what one more cluster would add',
      access: READERS,
      query: coverageQuerySchema,
      reply: coverageSchema,
      handle: ({ query }) => coverage.read(query),
    }),
    defineRoute({
      method: 'get',
      path: '/coverage/countries/:country',
      id: 'getCoverageOfCountry',
      tag,
      summary: 'One country: regions with clusters, towns with SMEs that have none, capabilities found only there',
      access: READERS,
      params: coveragePathSchema,
      query: coverageQuerySchema,
      reply: coverageCountrySchema,
      problems: [404],
      handle: ({ params, query }) => coverage.country(params.country, query),
    }),
    defineRoute({
      method: 'get',
      path: '/coverage/coverage.csv',
      id: 'exportCoverage',
      tag,
      summary: 'The same table as a CSV file',
      access: READERS,
      query: coverageQuerySchema,
      replyMediaType: 'text/csv',
      async handle({ query, res }) {
        const { columns, rows } = await coverage.lines(query);
        await sendCsv(res, 'coverage.csv', columns, rows);
      },
    }),
    defineRoute({
      method: 'get',
      path: '/coverage/coverage.json',
      id: 'exportCoverageAsJson',
      tag,
      summary: 'The same table as a JSON file',
      access: READERS,
      query: coverageQuerySchema,
      reply: coverageSchema,
      async handle({ query, res }) {
        res.attachment('coverage.json');
        return coverage.read(query);
      },
    }),
  ];
}
