import { z } from 'zod';
import { sendCsv } from '../http/csv.ts';
import { sendJsonList } from '../http/json-file.ts';
import { idSchema } from '../http/schema.ts';
import { defineRoute, type Route } from '../http/route.ts';
import { TAXONOMY_SOURCE } from '../taxonomy/taxonomy.ts';
import type { TaxonomyService } from '../taxonomy/service.ts';
import { EXPORT_COLUMNS, exportRow } from './export.ts';
import {
  exportQuerySchema,
  facetsSchema,
  mappingSettingsSchema,
  matrixQuerySchema,
  matrixSchema,
  searchSchema,
  solutionPageSchema,
  solutionQuerySchema,
  solutionViewSchema,
} from './schema.ts';
import type { MappingService } from './service.ts';
import type { MappingSettingsService } from './settings.ts';

export interface MappingRouteDeps {
  readonly mapping: MappingService;
  readonly settings: MappingSettingsService;
  readonly taxonomy: Pick<TaxonomyService, 'countryName'>;
}

const solutionPath = z.strictObject({ smeId: idSchema, solutionId: idSchema });
const tag = 'Mapping';

/** The mapping of security solutions: for everybody signed in, and without an account where staff switched that on. */
export function mappingRoutes(deps: MappingRouteDeps): Route[] {
  return [...searchRoutes(deps), ...exportRoutes(deps), ...settingsRoutes(deps)];
}

function searchRoutes({ mapping }: MappingRouteDeps): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/mapping/solutions',
      id: 'searchSolutions',
      tag,
      summary: 'Solutions by words (slips of the finger allowed) and choices, a page at a time',
      access: 'public',
      query: solutionQuerySchema,
      reply: solutionPageSchema,
      problems: [401],
      handle: ({ viewer, query }) => mapping.solutions(viewer, query),
    }),
    defineRoute({
      method: 'get',
      path: '/mapping/facets',
      id: 'countFacets',
      tag,
      summary: 'How many solutions each further choice would leave',
      access: 'public',
      query: searchSchema,
      reply: facetsSchema,
      problems: [401],
      handle: ({ viewer, query }) => mapping.facets(viewer, query),
    }),
    defineRoute({
      method: 'get',
      path: '/mapping/matrix',
      id: 'getMatrix',
      tag,
      summary: 'Solutions by capability and country; a zero is a gap',
      access: 'public',
      query: matrixQuerySchema,
      reply: matrixSchema,
      problems: [401],
      handle: ({ viewer, query }) => mapping.matrix(viewer, query),
    }),
    defineRoute({
      method: 'get',
      path: '/mapping/solutions/:smeId/:solutionId',
      id: 'getSolution',
      tag,
      summary: 'One solution with its use cases and others that go with it',
      access: 'public',
      params: solutionPath,
      reply: solutionViewSchema,
      problems: [401, 404],
      handle: ({ viewer, params }) => mapping.solution(viewer, params.smeId, params.solutionId),
    }),
  ];
}

function exportRoutes({ mapping, taxonomy }: MappingRouteDeps): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/mapping/solutions.csv',
      id: 'exportSolutionsCsv',
      tag,
      summary: 'What a search finds, as a CSV file',
      access: 'signed-in',
      query: exportQuerySchema,
      replyMediaType: 'text/csv',
      handle: async ({ viewer, query, res }) => {
        const solutions = await mapping.export(viewer, query, 'csv');
        async function* rows() {
          for await (const solution of solutions) yield exportRow(solution, taxonomy);
        }
        await sendCsv(res, 'solutions.csv', EXPORT_COLUMNS, rows());
      },
    }),
    defineRoute({
      method: 'get',
      path: '/mapping/solutions.json',
      id: 'exportSolutionsJson',
      tag,
      summary: 'What a search finds, as a JSON file',
      access: 'signed-in',
      query: exportQuerySchema,
      replyMediaType: 'application/json',
      handle: async ({ viewer, query, res }) => {
        const solutions = await mapping.export(viewer, query, 'json');
        const file = { name: 'solutions.json', head: { taxonomy: TAXONOMY_SOURCE }, list: 'solutions' };
        await sendJsonList(res, file, solutions);
      },
    }),
  ];
}

function settingsRoutes({ settings }: MappingRouteDeps): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/mapping/settings',
      id: 'getMappingSettings',
      tag,
      summary: 'Whether the mapping can be read without an account',
      access: 'public',
      reply: mappingSettingsSchema,
      handle: () => settings.current(),
    }),
    defineRoute({
      method: 'put',
      path: '/mapping/settings',
      id: 'changeMappingSettings',
      tag,
      summary: 'Open the mapping to everybody, or close it again; `version` as it was read',
      access: ['staff'],
      body: mappingSettingsSchema,
      reply: mappingSettingsSchema,
      problems: [412],
      handle: ({ viewer, body }) => settings.change(viewer, body),
    }),
  ];
}
