import { z } from 'zod';
import { contactSchema } from '../../consortia/schema.ts';
import { defineRoute, type Route } from '../../http/route.ts';
import { idSchema } from '../../http/schema.ts';
import type { MeetingService } from './meetings.ts';
import type { MineService } from './mine.ts';
import type { RequestService } from '../requests/requests.ts';
import type { RoundService } from '../rounds/rounds.ts';
import { eventPath, tag } from '../life/routes.ts';
import { eventViewSchema } from '../life/schema.ts';
import {
  feedbackInputSchema,
  meetingPageSchema,
  meetingQuerySchema,
  myEventSchema,
  myMeetingSchema,
  noShowInputSchema,
  rescheduleInputSchema,
} from './schema.ts';
import {
  ofSmeQuerySchema,
  requestAnswerSchema,
  requestInputSchema,
  requestsSchema,
  requestViewSchema,
  wishesSchema,
  wishInputSchema,
} from '../requests/schema.ts';
import type { WishService } from '../requests/wishes.ts';

const roundPath = z.strictObject({ eventId: idSchema, number: z.coerce.number().int().min(1).max(20) });
const requestPath = z.strictObject({ eventId: idSchema, requestId: idSchema });
const wishPath = z.strictObject({ eventId: idSchema, partnerId: idSchema });
const meetingPath = z.strictObject({ eventId: idSchema, meetingId: idSchema });

export function roundRoutes(rounds: RoundService): Route[] {
  const common = {
    method: 'post',
    tag,
    access: ['staff'],
    params: roundPath,
    reply: eventViewSchema,
    problems: [404, 409],
  } as const;
  return [
    defineRoute({
      ...common,
      path: '/events/:eventId/rounds/:number/start',
      id: 'startRound',
      summary: 'Begin the next round',
      handle: ({ viewer, params }) => rounds.start(viewer, params.eventId, params.number),
    }),
    defineRoute({
      ...common,
      path: '/events/:eventId/rounds/:number/end',
      id: 'endRound',
      summary: 'End a running round before its time',
      handle: ({ viewer, params }) => rounds.end(viewer, params.eventId, params.number),
    }),
  ];
}

export function wishRoutes(wishes: WishService): Route[] {
  const common = { tag, access: ['staff', 'sme'], query: ofSmeQuerySchema } as const;
  return [
    defineRoute({
      ...common,
      method: 'get',
      path: '/events/:eventId/wishes',
      id: 'listWishes',
      summary: 'Whom an SME must meet or would like to meet; private to it and staff',
      params: eventPath,
      reply: wishesSchema,
      problems: [404],
      handle: async ({ viewer, params, query }) => ({
        items: await wishes.list(viewer, params.eventId, query.smeId),
      }),
    }),
    defineRoute({
      ...common,
      method: 'put',
      path: '/events/:eventId/wishes',
      id: 'putWish',
      summary: 'Wish to meet a partner; a second wish of the same partner replaces the first',
      params: eventPath,
      body: wishInputSchema,
      reply: wishesSchema,
      problems: [404, 409],
      handle: async ({ viewer, params, query, body }) => ({
        items: await wishes.put(viewer, params.eventId, query.smeId, body),
      }),
    }),
    defineRoute({
      ...common,
      method: 'delete',
      path: '/events/:eventId/wishes/:partnerId',
      id: 'deleteWish',
      summary: 'Take a wish back',
      params: wishPath,
      problems: [404, 409],
      handle: ({ viewer, params, query }) =>
        wishes.remove(viewer, params.eventId, query.smeId, params.partnerId),
    }),
  ];
}

export function requestRoutes(requests: RequestService): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/events/:eventId/requests',
      id: 'listRequests',
      tag,
      summary: 'Requests to meet that an SME sent and got, newest first',
      access: ['staff', 'cluster', 'sme'],
      params: eventPath,
      query: ofSmeQuerySchema,
      reply: requestsSchema,
      problems: [404],
      handle: async ({ viewer, params, query }) => ({
        items: await requests.list(viewer, params.eventId, query.smeId),
      }),
    }),
    defineRoute({
      method: 'post',
      path: '/events/:eventId/requests',
      id: 'askToMeet',
      tag,
      summary: 'Ask another SME to meet; the request expires, and blocks nothing until then',
      access: ['sme'],
      params: eventPath,
      body: requestInputSchema,
      reply: requestViewSchema,
      status: 201,
      problems: [404, 409, 503],
      handle: ({ viewer, params, body }) => requests.ask(viewer, params.eventId, body),
    }),
    defineRoute({
      method: 'post',
      path: '/events/:eventId/requests/:requestId/answer',
      id: 'answerRequest',
      tag,
      summary: 'Accept, decline or withdraw a request; accepting claims a place for both at once',
      access: ['sme'],
      params: requestPath,
      body: requestAnswerSchema,
      reply: requestViewSchema,
      problems: [404, 409, 503],
      handle: ({ viewer, params, body }) => requests.answer(viewer, params.eventId, params.requestId, body),
    }),
  ];
}

export function meetingRoutes(meetings: MeetingService, mine: MineService): Route[] {
  const one = { tag, method: 'post', params: meetingPath } as const;
  return [
    defineRoute({
      method: 'get',
      path: '/events/:eventId/mine',
      id: 'getMyEvent',
      tag,
      summary: 'An event as an SME sees it: its meetings, requests and wishes',
      access: ['staff', 'cluster', 'sme'],
      params: eventPath,
      query: ofSmeQuerySchema,
      reply: myEventSchema,
      problems: [404],
      handle: ({ viewer, params, query }) => mine.mine(viewer, params.eventId, query.smeId),
    }),
    defineRoute({
      method: 'get',
      path: '/events/:eventId/meetings',
      id: 'listMeetings',
      tag,
      summary:
        'Meetings of the plan or of its draft, by round and table; for clusters those of their members',
      access: ['staff', 'cluster'],
      params: eventPath,
      query: meetingQuerySchema,
      reply: meetingPageSchema,
      problems: [404],
      handle: ({ viewer, params, query }) => meetings.list(viewer, params.eventId, query),
    }),
    defineRoute({
      ...one,
      method: 'get',
      path: '/events/:eventId/meetings/:meetingId/contact',
      id: 'getMeetingContact',
      summary: 'Contact of the partner of an agreed meeting, at events that disclose it then',
      access: ['sme'],
      reply: contactSchema,
      problems: [404, 409],
      handle: ({ viewer, params }) => meetings.contact(viewer, params.eventId, params.meetingId),
    }),
    defineRoute({
      ...one,
      path: '/events/:eventId/meetings/:meetingId/reschedule',
      id: 'rescheduleMeeting',
      summary: 'Move a meeting of yours to another round; both sides are told',
      access: ['sme'],
      body: rescheduleInputSchema,
      reply: myMeetingSchema,
      problems: [404, 409],
      handle: ({ viewer, params, body }) =>
        meetings.reschedule(viewer, params.eventId, params.meetingId, body.round),
    }),
    defineRoute({
      ...one,
      path: '/events/:eventId/meetings/:meetingId/feedback',
      id: 'giveFeedback',
      summary: 'Say what came of a meeting; where both want to go on, a consortium begins',
      access: ['sme'],
      body: feedbackInputSchema,
      reply: myMeetingSchema,
      problems: [404, 409],
      handle: ({ viewer, params, body }) =>
        meetings.giveFeedback(viewer, params.eventId, params.meetingId, body.answer),
    }),
    defineRoute({
      ...one,
      path: '/events/:eventId/meetings/:meetingId/no-show',
      id: 'reportNoShow',
      summary: 'The partner did not come: whoever came gets another meeting where there is one',
      access: ['staff', 'sme'],
      body: noShowInputSchema,
      problems: [404, 409],
      handle: ({ viewer, params, body }) =>
        meetings.noShow(viewer, params.eventId, params.meetingId, body.absentSmeId),
    }),
  ];
}
