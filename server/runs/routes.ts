import { z } from 'zod';
import { canonicalJson } from '../../matching/canonical.ts';
import { idSchema } from '../http/schema.ts';
import { defineRoute, type Route } from '../http/route.ts';
import {
  planRunPageSchema,
  planRunsQuerySchema,
  repetitionSchema,
  runDetailSchema,
  runPageSchema,
  runsQuerySchema,
} from './schema.ts';
import type { RunsService } from './service.ts';

const tag = 'Runs';
const access = ['staff'] as const;
const params = z.strictObject({ runId: idSchema });

/** The runs for the best set of pairs, for staff. */
export function runRoutes(runs: RunsService): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/runs',
      id: 'listRuns',
      tag,
      summary: 'Every set of pairs that was shown, with what it was made from and what came of it',
      access,
      query: runsQuerySchema,
      reply: runPageSchema,
      handle: ({ query }) => runs.list(query),
    }),
    defineRoute({
      method: 'get',
      path: '/plan-runs',
      id: 'listPlanRuns',
      tag,
      summary:
        'Every plan of rounds that the engine made for staff, with what it was made from and whether it was published',
      access,
      query: planRunsQuerySchema,
      reply: planRunPageSchema,
      handle: ({ query }) => runs.plans.list(query),
    }),
    defineRoute({
      method: 'post',
      path: '/plan-runs/:runId/replay',
      id: 'repeatPlanRun',
      tag,
      summary:
        'Plan the same rounds again from the stored inputs and compare to the byte; stops when the request is aborted',
      access,
      params,
      reply: repetitionSchema,
      problems: [404, 409, 503],
      handle: ({ viewer, params: { runId }, signal }) => runs.plans.repeat(viewer, runId, signal),
    }),
    defineRoute({
      method: 'get',
      path: '/runs/:runId',
      id: 'getRun',
      tag,
      summary: 'One run, who was suggested and paired in it, and whether it can still be repeated',
      access,
      params,
      reply: runDetailSchema,
      problems: [404],
      handle: ({ params: { runId } }) => runs.get(runId),
    }),
    defineRoute({
      method: 'post',
      path: '/runs/:runId/replay',
      id: 'repeatRun',
      tag,
      summary:
        'Run it again from the stored inputs and compare to the byte; stops when the request is aborted',
      access,
      params,
      reply: repetitionSchema,
      problems: [404, 409, 503],
      handle: ({ viewer, params: { runId }, signal }) => runs.repeat(viewer, runId, signal),
    }),
    defineRoute({
      method: 'get',
      path: '/runs/:runId/log',
      id: 'downloadRun',
      tag,
      summary: 'The run with all its inputs as a file, for `npm run match -- --replay FILE`',
      access,
      params,
      replyMediaType: 'application/json',
      problems: [404, 409],
      handle: async ({ res, params: { runId } }) => {
        const log = await runs.log(runId);
        res
          .type('json')
          .attachment(`tandem-run-${runId}.json`)
          .send(`${canonicalJson(log)}\n`);
      },
    }),
  ];
}
