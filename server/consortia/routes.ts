import { z } from 'zod';
import { defineRoute, type Route } from '../http/route.ts';
import { idSchema } from '../http/schema.ts';
import {
  consortiumChangeSchema,
  consortiumConfirmSchema,
  consortiumInputSchema,
  consortiumLeaveSchema,
  consortiumPageSchema,
  consortiumQuerySchema,
  consortiumSchema,
} from './schema.ts';
import type { ConsortiumService } from './service.ts';

const consortiumPath = z.strictObject({ consortiumId: idSchema });
const tag = 'Consortia';
const everybody = ['sme', 'cluster', 'staff'] as const;
const deciding = ['sme', 'staff'] as const;

/** Consortia: the two SMEs decide, their clusters look on, staff see and correct. */
export function consortiumRoutes(consortia: ConsortiumService): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/consortia',
      id: 'listConsortia',
      tag,
      summary: 'Consortia, newest first: own, of own members, or all for staff',
      access: everybody,
      query: consortiumQuerySchema,
      reply: consortiumPageSchema,
      handle: ({ viewer, query }) => consortia.list(viewer, query),
    }),
    defineRoute({
      method: 'post',
      path: '/consortia',
      id: 'addConsortium',
      tag,
      summary: 'Propose a consortium of two SMEs that found each other elsewhere',
      access: ['staff'],
      body: consortiumInputSchema,
      reply: consortiumSchema,
      status: 201,
      handle: ({ viewer, body }) => consortia.enter(viewer, body.a, body.b),
    }),
    defineRoute({
      method: 'get',
      path: '/consortia/:consortiumId',
      id: 'getConsortium',
      tag,
      summary: 'One consortium, with what is still in its way',
      access: everybody,
      params: consortiumPath,
      reply: consortiumSchema,
      problems: [404],
      handle: ({ viewer, params }) => consortia.get(viewer, params.consortiumId),
    }),
    defineRoute({
      method: 'put',
      path: '/consortia/:consortiumId',
      id: 'changeConsortium',
      tag,
      summary: 'Change what both sides are to agree on; earlier confirmations no longer count',
      access: deciding,
      params: consortiumPath,
      body: consortiumChangeSchema,
      reply: consortiumSchema,
      problems: [404, 409, 412],
      handle: ({ viewer, params, body }) =>
        consortia.update(viewer, params.consortiumId, body.version, body.details),
    }),
    defineRoute({
      method: 'post',
      path: '/consortia/:consortiumId/confirm',
      id: 'confirmConsortium',
      tag,
      summary: 'Agree to this version; at the second confirmation the consortium is formed',
      access: ['sme'],
      params: consortiumPath,
      body: consortiumConfirmSchema,
      reply: consortiumSchema,
      problems: [404, 409, 412],
      handle: ({ viewer, params, body }) => consortia.confirm(viewer, params.consortiumId, body.version),
    }),
    defineRoute({
      method: 'post',
      path: '/consortia/:consortiumId/leave',
      id: 'leaveConsortium',
      tag,
      summary: 'Give up a consortium; both SMEs are free again',
      access: deciding,
      params: consortiumPath,
      body: consortiumLeaveSchema,
      reply: consortiumSchema,
      problems: [404, 409, 412],
      handle: ({ viewer, params, body }) => consortia.leave(viewer, params.consortiumId, body.reason),
    }),
  ];
}
