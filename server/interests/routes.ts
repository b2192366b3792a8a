import { z } from 'zod';
import { defineRoute, type Route } from '../http/route.ts';
import { idSchema } from '../http/schema.ts';
import {
  interestPageSchema,
  interestQuerySchema,
  interestReplySchema,
  interestSchema,
  newInterestSchema,
} from './schema.ts';
import type { InterestService } from './service.ts';

const interestPath = z.strictObject({ interestId: idSchema });
const tag = 'Needs';
const access = ['sme', 'demand', 'staff'] as const;

/** Interests in needs: begun by either side, agreed on by all before a contact is shown. */
export function interestRoutes(interests: InterestService): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/interests',
      id: 'listInterests',
      tag,
      summary: 'Interests that you have a part in, the latest change first; all of them for staff',
      access,
      query: interestQuerySchema,
      reply: interestPageSchema,
      handle: ({ viewer, query }) => interests.list(viewer, query),
    }),
    defineRoute({
      method: 'get',
      path: '/interests/:interestId',
      id: 'getInterest',
      tag,
      summary: 'One interest, with the contacts of the others once everybody has agreed',
      access,
      params: interestPath,
      reply: interestSchema,
      problems: [404],
      handle: ({ viewer, params }) => interests.get(viewer, params.interestId),
    }),
    defineRoute({
      method: 'post',
      path: '/needs/:needId/interests',
      id: 'beginInterest',
      tag,
      summary: 'Say that you answer a need, alone or with a partner; or ask companies to answer yours',
      access,
      params: z.strictObject({ needId: idSchema }),
      body: newInterestSchema,
      reply: interestSchema,
      status: 201,
      problems: [404, 409],
      handle: ({ viewer, params, body }) => interests.begin(viewer, params.needId, body),
    }),
    defineRoute({
      method: 'post',
      path: '/interests/:interestId/reply',
      id: 'replyToInterest',
      tag,
      summary: 'Accept or decline an interest, or take your own back',
      access,
      params: interestPath,
      body: interestReplySchema,
      reply: interestSchema,
      problems: [404, 409, 412],
      handle: ({ viewer, params, body }) => interests.reply(viewer, params.interestId, body),
    }),
  ];
}
