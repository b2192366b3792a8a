import { z } from 'zod';
import { idSchema } from '../http/schema.ts';
import { defineRoute, type Route } from '../http/route.ts';
import {
  consentAnswerSchema,
  republicationSchema,
  useCaseChangeSchema,
  useCaseInputSchema,
  useCasePageSchema,
  useCaseQuerySchema,
  useCaseSchema,
  withdrawalSchema,
} from './schema.ts';
import type { UseCaseService } from './service.ts';

const path = z.strictObject({ useCaseId: idSchema });
const tag = 'Use cases';
const tellers = ['staff', 'cluster'] as const;

/** Use cases: read with the mapping, told by clusters, answered by the companies that they name. */
export function useCaseRoutes(useCases: UseCaseService): Route[] {
  return [...readingRoutes(useCases), ...writingRoutes(useCases)];
}

function readingRoutes(useCases: UseCaseService): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/use-cases',
      id: 'listUseCases',
      tag,
      summary: 'Use cases; without an account only where the mapping is public',
      access: 'public',
      query: useCaseQuerySchema,
      reply: useCasePageSchema,
      problems: [401, 403],
      handle: ({ viewer, query }) => useCases.list(viewer, query),
    }),
    defineRoute({
      method: 'get',
      path: '/use-cases/:useCaseId',
      id: 'getUseCase',
      tag,
      summary: 'One use case, with the solutions whose companies agreed to be named',
      access: 'public',
      params: path,
      reply: useCaseSchema,
      problems: [401, 404],
      handle: ({ viewer, params }) => useCases.get(viewer, params.useCaseId),
    }),
  ];
}

function writingRoutes(useCases: UseCaseService): Route[] {
  return [
    defineRoute({
      method: 'post',
      path: '/use-cases',
      id: 'addUseCase',
      tag,
      summary: 'Tell a use case; companies of other clusters are asked before they are named',
      access: tellers,
      body: useCaseInputSchema,
      reply: useCaseSchema,
      status: 201,
      problems: [409],
      handle: ({ viewer, body }) => useCases.add(viewer, body),
    }),
    defineRoute({
      method: 'put',
      path: '/use-cases/:useCaseId',
      id: 'changeUseCase',
      tag,
      summary: 'Change a use case',
      access: tellers,
      params: path,
      body: useCaseChangeSchema,
      reply: useCaseSchema,
      problems: [404, 409, 412],
      handle: ({ viewer, params, body }) =>
        useCases.change(viewer, params.useCaseId, body.version, body.useCase),
    }),
    defineRoute({
      method: 'post',
      path: '/use-cases/:useCaseId/withdrawal',
      id: 'withdrawUseCase',
      tag,
      summary: 'Take a use case down, with the reason',
      access: tellers,
      params: path,
      body: withdrawalSchema,
      reply: useCaseSchema,
      problems: [404, 409, 412],
      handle: ({ viewer, params, body }) =>
        useCases.withdraw(viewer, params.useCaseId, body.version, body.reason),
    }),
    defineRoute({
      method: 'post',
      path: '/use-cases/:useCaseId/publication',
      id: 'publishUseCase',
      tag,
      summary: 'Put a use case up again that was taken down',
      access: tellers,
      params: path,
      body: republicationSchema,
      reply: useCaseSchema,
      problems: [404, 409, 412],
      handle: ({ viewer, params, body }) => useCases.publish(viewer, params.useCaseId, body.version),
    }),
    defineRoute({
      method: 'post',
      path: '/use-cases/:useCaseId/consent',
      id: 'answerUseCase',
      tag,
      summary: 'Agree to be named with a solution, or refuse; a later answer replaces an earlier one',
      access: ['sme'],
      params: path,
      body: consentAnswerSchema,
      reply: useCaseSchema,
      problems: [404],
      handle: ({ viewer, params, body }) => useCases.answer(viewer, params.useCaseId, body),
    }),
  ];
}
