import { z } from 'zod';
import { defineRoute, type Route } from '../http/route.ts';
import { idSchema } from '../http/schema.ts';
import { sendNeedsCsv, sendNeedsJson } from './export.ts';
import {
  gapPageSchema,
  gapQuerySchema,
  needAnswersSchema,
  needChangeSchema,
  needExportSchema,
  needPageSchema,
  needQuerySchema,
  needStepInputSchema,
  needViewSchema,
  newNeedSchema,
} from './schema.ts';
import type { NeedService } from './service.ts';

const needPath = z.strictObject({ needId: idSchema });
const tag = 'Needs';
const stating = ['demand', 'staff'] as const;

/** Needs of the demand side: stated and changed by organisations and staff, read by everybody signed in. */
export function needRoutes(needs: NeedService): Route[] {
  return [...readingRoutes(needs), ...writingRoutes(needs)];
}

function readingRoutes(needs: NeedService): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/needs',
      id: 'listNeeds',
      tag,
      summary: 'Needs, a page at a time: published ones, and your own in any state',
      access: 'signed-in',
      query: needQuerySchema,
      reply: needPageSchema,
      handle: ({ viewer, query }) => needs.list(viewer, query),
    }),
    defineRoute({
      method: 'get',
      path: '/needs/export',
      id: 'exportNeeds',
      tag,
      summary: 'The same as a file, CSV or JSON, without anything confidential',
      access: 'signed-in',
      query: needExportSchema,
      replyMediaType: 'text/csv',
      handle: ({ viewer, query: { format, ...filter }, res }) => {
        const all = needs.all(viewer, filter);
        return format === 'csv' ? sendNeedsCsv(res, all) : sendNeedsJson(res, all);
      },
    }),
    defineRoute({
      method: 'get',
      path: '/needs/gaps',
      id: 'listGaps',
      tag,
      summary: 'What published needs want against what companies offer',
      access: ['staff', 'cluster', 'demand'],
      query: gapQuerySchema,
      reply: gapPageSchema,
      problems: [503],
      handle: ({ query }) => needs.gaps(query),
    }),
    defineRoute({
      method: 'get',
      path: '/needs/:needId',
      id: 'getNeed',
      tag,
      summary: 'One need; `own` only for the organisation that stated it and staff',
      access: 'signed-in',
      params: needPath,
      reply: needViewSchema,
      problems: [404],
      handle: ({ viewer, params }) => needs.get(viewer, params.needId),
    }),
    defineRoute({
      method: 'get',
      path: '/needs/:needId/answers',
      id: 'getNeedAnswers',
      tag,
      summary: 'Companies and pairs of companies that answer a need, with reasons, and what stays uncovered',
      access: stating,
      params: needPath,
      reply: needAnswersSchema,
      problems: [404, 503],
      handle: ({ viewer, params, signal }) => needs.answers(viewer, params.needId, signal),
    }),
  ];
}

function writingRoutes(needs: NeedService): Route[] {
  return [
    defineRoute({
      method: 'post',
      path: '/needs',
      id: 'stateNeed',
      tag,
      summary: 'State a need, as a draft; the same `key` again makes no second one',
      access: stating,
      body: newNeedSchema,
      reply: needViewSchema,
      status: 201,
      handle: ({ viewer, body }) => needs.create(viewer, body.need, body.key),
    }),
    defineRoute({
      method: 'put',
      path: '/needs/:needId',
      id: 'changeNeed',
      tag,
      summary: 'Change a need; what was reviewed of a published one is reviewed again',
      access: stating,
      params: needPath,
      body: needChangeSchema,
      reply: needViewSchema,
      problems: [404, 409, 412],
      handle: ({ viewer, params, body }) => needs.replace(viewer, params.needId, body.version, body.need),
    }),
    defineRoute({
      method: 'post',
      path: '/needs/:needId/steps',
      id: 'takeNeedStep',
      tag,
      summary: 'Submit, recall, publish, ask back, reject, close or withdraw a need',
      access: stating,
      params: needPath,
      body: needStepInputSchema,
      reply: needViewSchema,
      problems: [404, 409, 412],
      handle: ({ viewer, params, body }) => needs.take(viewer, params.needId, body),
    }),
  ];
}
