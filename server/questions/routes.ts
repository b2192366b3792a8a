import { z } from 'zod';
import { defineRoute, type Route } from '../http/route.ts';
import { idSchema } from '../http/schema.ts';
import {
  faqChangeSchema,
  faqNewSchema,
  faqPageSchema,
  faqQuerySchema,
  faqRemoveSchema,
  faqSchema,
  faqVoteSchema,
  questionChangeSchema,
  questionMessageSchema,
  questionNewSchema,
  questionPageSchema,
  questionQuerySchema,
  questionSchema,
} from './schema.ts';
import type { FaqService } from './faq.ts';
import type { QuestionService } from './service.ts';

const questionPath = z.strictObject({ questionId: idSchema });
const faqPath = z.strictObject({ faqId: idSchema });
const asking = ['cluster', 'sme', 'demand'] as const;
const tag = 'Questions';

/** Questions to the staff: the two sides of each, and nobody else. */
export function questionRoutes(questions: QuestionService): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/questions',
      id: 'listQuestions',
      tag,
      summary: 'Your questions to the staff; all for staff',
      access: 'signed-in',
      query: questionQuerySchema,
      reply: questionPageSchema,
      handle: ({ viewer, query }) => questions.list(viewer, query),
    }),
    defineRoute({
      method: 'post',
      path: '/questions',
      id: 'askQuestion',
      tag,
      summary: 'Ask the staff',
      access: asking,
      body: questionNewSchema,
      reply: questionSchema,
      status: 201,
      handle: ({ viewer, body }) => questions.ask(viewer, body),
    }),
    defineRoute({
      method: 'get',
      path: '/questions/:questionId',
      id: 'getQuestion',
      tag,
      summary: 'One question with its thread',
      access: 'signed-in',
      params: questionPath,
      reply: questionSchema,
      problems: [404],
      handle: ({ viewer, params }) => questions.get(viewer, params.questionId),
    }),
    defineRoute({
      method: 'post',
      path: '/questions/:questionId/messages',
      id: 'writeMessage',
      tag,
      summary: 'Answer, or write on',
      access: 'signed-in',
      params: questionPath,
      body: questionMessageSchema,
      reply: questionSchema,
      status: 201,
      problems: [404, 409, 412],
      handle: ({ viewer, params, body }) =>
        questions.write(viewer, params.questionId, body.version, body.words),
    }),
    defineRoute({
      method: 'put',
      path: '/questions/:questionId',
      id: 'changeQuestion',
      tag,
      summary: 'Close or open a question; staff also say who takes care of it',
      access: 'signed-in',
      params: questionPath,
      body: questionChangeSchema,
      reply: questionSchema,
      problems: [404, 412],
      handle: ({ viewer, params, body }) => questions.update(viewer, params.questionId, body),
    }),
  ];
}

/** The FAQ: everybody reads, some of it without an account; staff write. */
export function faqRoutes(faq: FaqService): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/faq',
      id: 'listFaq',
      tag,
      summary: 'Answers that many look for; without an account, the public ones',
      access: 'public',
      query: faqQuerySchema,
      reply: faqPageSchema,
      handle: ({ viewer, query }) => faq.list(viewer, query),
    }),
    defineRoute({
      method: 'post',
      path: '/faq',
      id: 'addFaq',
      tag,
      summary: 'Add an entry, or publish the answer to a question in your own words',
      access: ['staff'],
      body: faqNewSchema,
      reply: faqSchema,
      status: 201,
      handle: ({ viewer, body }) => faq.create(viewer, body),
    }),
    defineRoute({
      method: 'put',
      path: '/faq/:faqId',
      id: 'changeFaq',
      tag,
      summary: 'Change an entry',
      access: ['staff'],
      params: faqPath,
      body: faqChangeSchema,
      reply: faqSchema,
      problems: [404, 412],
      handle: ({ viewer, params, body }) => faq.update(viewer, params.faqId, body.version, body.entry),
    }),
    defineRoute({
      method: 'delete',
      path: '/faq/:faqId',
      id: 'removeFaq',
      tag,
      summary: 'Take an entry out',
      access: ['staff'],
      params: faqPath,
      query: faqRemoveSchema,
      problems: [404, 412],
      handle: ({ viewer, params, query }) => faq.remove(viewer, params.faqId, query.version),
    }),
    defineRoute({
      method: 'put',
      path: '/faq/:faqId/vote',
      id: 'voteOnFaq',
      tag,
      summary: 'Say whether an entry helped',
      access: 'signed-in',
      params: faqPath,
      body: faqVoteSchema,
      reply: faqSchema,
      problems: [404],
      handle: ({ viewer, params, body }) => faq.vote(viewer, params.faqId, body.helpful),
    }),
  ];
}
