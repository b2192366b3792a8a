import { z } from 'zod';
import { defineRoute, type Route } from '../http/route.ts';
import { idSchema } from '../http/schema.ts';
import {
  challengeChangeSchema,
  challengePageSchema,
  challengeQuerySchema,
  challengeSchema,
  challengeStepSchema,
  newChallengeSchema,
} from './schema.ts';
import type { ChallengeService } from './service.ts';

const params = z.strictObject({ challengeId: idSchema });
const tag = 'Needs';
const access = ['staff'] as const;

/** Challenges: everybody signed in reads published ones, staff word them. */
export function challengeRoutes(challenges: ChallengeService): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/challenges',
      id: 'listChallenges',
      tag,
      summary: 'Challenges of open calls, made from needs; drafts and retired ones for staff only',
      access: 'signed-in',
      query: challengeQuerySchema,
      reply: challengePageSchema,
      handle: ({ viewer, query }) => challenges.list(viewer, query),
    }),
    defineRoute({
      method: 'post',
      path: '/challenges',
      id: 'draftChallenge',
      tag,
      summary: 'Put needs together as the draft of a challenge of the open call',
      access,
      body: newChallengeSchema,
      reply: challengeSchema,
      status: 201,
      handle: ({ viewer, body }) => challenges.create(viewer, body.needIds, body.key),
    }),
    defineRoute({
      method: 'get',
      path: '/challenges/:challengeId',
      id: 'getChallenge',
      tag,
      summary: 'One challenge with the needs behind it',
      access: 'signed-in',
      params,
      reply: challengeSchema,
      problems: [404],
      handle: ({ viewer, params: { challengeId } }) => challenges.get(viewer, challengeId),
    }),
    defineRoute({
      method: 'put',
      path: '/challenges/:challengeId',
      id: 'changeChallenge',
      tag,
      summary: 'Word a challenge anew; a published one changes the call at once',
      access,
      params,
      body: challengeChangeSchema,
      reply: challengeSchema,
      problems: [404, 409, 412],
      handle: ({ viewer, params: { challengeId }, body }) =>
        challenges.replace(viewer, challengeId, body.version, body.challenge),
    }),
    defineRoute({
      method: 'post',
      path: '/challenges/:challengeId/steps',
      id: 'takeChallengeStep',
      tag,
      summary: 'Publish a challenge into its call, or retire it',
      access,
      params,
      body: challengeStepSchema,
      reply: challengeSchema,
      problems: [404, 409, 412],
      handle: ({ viewer, params: { challengeId }, body }) =>
        challenges.take(viewer, challengeId, body.step, body.version),
    }),
  ];
}
