import { z } from 'zod';
import { defineRoute, type Route } from '../http/route.ts';
import { jobNameSchema, jobSchema, jobsSchema } from './schema.ts';
import type { Jobs } from './service.ts';

export function jobRoutes(jobs: Jobs): Route[] {
  const tag = 'Jobs';
  return [
    defineRoute({
      method: 'get',
      path: '/jobs',
      id: 'listJobs',
      tag,
      summary: 'What runs in the background: last run, next run, results and failures',
      access: ['staff'],
      reply: jobsSchema,
      handle: async () => ({ items: await jobs.list() }),
    }),
    defineRoute({
      method: 'post',
      path: '/jobs/:name/run',
      id: 'runJob',
      tag,
      summary: 'Run a job now, besides its schedule',
      access: ['staff'],
      params: z.strictObject({ name: jobNameSchema }),
      reply: jobSchema,
      status: 202,
      problems: [409],
      handle: ({ params }) => jobs.runNow(params.name),
    }),
    defineRoute({
      method: 'post',
      path: '/jobs/:name/stop',
      id: 'stopJob',
      tag,
      summary: 'Stop the run of a job: what it did until then stays',
      access: ['staff'],
      params: z.strictObject({ name: jobNameSchema }),
      reply: jobSchema,
      status: 202,
      problems: [409],
      handle: ({ params }) => jobs.stopNow(params.name),
    }),
  ];
}
