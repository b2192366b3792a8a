import { z } from 'zod';
import { defineRoute, type Route } from '../http/route.ts';
import { idSchema } from '../http/schema.ts';
import type { AnswerService } from './answers.ts';
import {
  answerInputSchema,
  answerSchema,
  answersSchema,
  explanationSchema,
  partnersSchema,
} from './schema.ts';
import type { SuggestionService } from './service.ts';

const smeParams = z.strictObject({ smeId: idSchema });
const pairParams = z.strictObject({ smeId: idSchema, partnerId: idSchema });

export function suggestionRoutes(suggestions: SuggestionService): Route[] {
  const tag = 'Partners';
  return [
    defineRoute({
      method: 'get',
      path: '/smes/:smeId/partners',
      id: 'listPartners',
      tag,
      summary: 'The best partners of an SME, best first, with the reasons',
      access: ['staff', 'cluster', 'sme'],
      params: smeParams,
      reply: partnersSchema,
      problems: [404, 503],
      handle: ({ viewer, params }) => suggestions.partners(viewer, params.smeId),
    }),
    defineRoute({
      method: 'get',
      path: '/smes/:smeId/partners/:partnerId',
      id: 'explainPartner',
      tag,
      summary: 'Why (or why not) these two, term by term, with the fields that were used',
      access: ['staff', 'cluster', 'sme'],
      params: pairParams,
      reply: explanationSchema,
      problems: [404, 503],
      handle: ({ viewer, params }) => suggestions.explanation(viewer, params.smeId, params.partnerId),
    }),
  ];
}

export function answerRoutes(answers: AnswerService): Route[] {
  const tag = 'Answers';
  return [
    defineRoute({
      method: 'get',
      path: '/smes/:smeId/answers',
      id: 'listAnswers',
      tag,
      summary: "Partners that an SME said 'not for me' to, newest first",
      access: ['staff', 'cluster', 'sme'],
      params: smeParams,
      reply: answersSchema,
      problems: [404],
      handle: async ({ viewer, params }) => ({ items: await answers.list(viewer, params.smeId) }),
    }),
    defineRoute({
      method: 'post',
      path: '/smes/:smeId/answers',
      id: 'answerSuggestion',
      tag,
      summary: "Say 'not for me' to a partner; it is no longer proposed, and is not told who said so",
      access: ['staff', 'sme'],
      params: smeParams,
      body: answerInputSchema,
      reply: answerSchema,
      status: 201,
      problems: [404],
      handle: ({ viewer, params, body }) => answers.decline(viewer, params.smeId, body),
    }),
    defineRoute({
      method: 'delete',
      path: '/smes/:smeId/answers/:partnerId',
      id: 'undoAnswer',
      tag,
      summary: 'Take an answer back',
      access: ['staff', 'sme'],
      params: pairParams,
      problems: [404],
      handle: ({ viewer, params }) => answers.undo(viewer, params.smeId, params.partnerId),
    }),
  ];
}
