import { z } from 'zod';
import { sendCsv, type CsvCell } from '../http/csv.ts';
import { defineRoute, type Route } from '../http/route.ts';
import { idSchema } from '../http/schema.ts';
import { callAccessSchema, funnelQuerySchema, funnelSchema, STAGES, type FunnelView } from './schema.ts';
import type { FunnelService } from './service.ts';

const tag = 'Funnel';

/** From registered to funded, and who has a fair share in it. */
export function funnelRoutes(funnel: FunnelService): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/funnel',
      id: 'getFunnel',
      tag,
      summary:
        'How many SMEs and projects got how far, by call, instrument, country and cluster; clusters see their members up to the consortium',
      access: ['staff', 'cluster'],
      query: funnelQuerySchema,
      reply: funnelSchema,
      problems: [404],
      handle: ({ viewer, query }) => funnel.funnel(viewer, query),
    }),
    defineRoute({
      method: 'get',
      path: '/funnel.csv',
      id: 'exportFunnel',
      tag,
      summary: 'The same as a CSV file',
      access: ['staff', 'cluster'],
      query: funnelQuerySchema,
      replyMediaType: 'text/csv',
      problems: [404],
      handle: async ({ viewer, query, res }) => {
        const view = await funnel.funnel(viewer, query);
        await sendCsv(res, 'funnel.csv', ['group', 'key', 'name', ...stagesOf(view)], csvRows(view));
      },
    }),
    defineRoute({
      method: 'get',
      path: '/calls/:callId/access',
      id: 'getCallAccess',
      tag,
      summary:
        'Fair access: exposure and success of a call by country, cluster, size class and widening status, over time',
      access: ['staff'],
      params: z.strictObject({ callId: idSchema }),
      reply: callAccessSchema,
      problems: [404],
      handle: ({ viewer, params }) => funnel.access(viewer, params.callId),
    }),
  ];
}

const stagesOf = ({ stages }: FunnelView): string[] => STAGES.slice(0, stages.length);

function csvRows({ stages, groups }: FunnelView): CsvCell[][] {
  const total = (unit: 'smes' | 'projects'): CsvCell[] => [
    'all',
    unit,
    '',
    ...stages.map((one) => one[unit]),
  ];
  const rows = Object.entries(groups).flatMap(([group, of]) =>
    of.map(({ key, name, counts }): CsvCell[] => [group, key, name ?? '', ...counts]),
  );
  return [total('smes'), total('projects'), ...rows];
}
