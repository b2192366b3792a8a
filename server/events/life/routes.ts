import { z } from 'zod';
import { defineRoute, type Route } from '../../http/route.ts';
import { idSchema } from '../../http/schema.ts';
import {
  broadcastInputSchema,
  delayInputSchema,
  eventActionInputSchema,
  eventChangeSchema,
  eventInputSchema,
  eventPageSchema,
  eventQuerySchema,
  eventViewSchema,
  historyPageSchema,
  historyQuerySchema,
} from './schema.ts';
import type { EventService } from './service.ts';

export const tag = 'Events';
export const eventPath = z.strictObject({ eventId: idSchema });

/** Events: what they are and in which state. */
export function eventRoutes(events: EventService): Route[] {
  return [...readingRoutes(events), ...changingRoutes(events)];
}

function readingRoutes(events: EventService): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/events',
      id: 'listEvents',
      tag,
      summary: 'Matchmaking events that you may see; drafts for staff only',
      access: 'signed-in',
      query: eventQuerySchema,
      reply: eventPageSchema,
      handle: ({ viewer, query }) => events.list(viewer, query),
    }),
    defineRoute({
      method: 'get',
      path: '/events/:eventId',
      id: 'getEvent',
      tag,
      summary: 'One event with its rounds as they are timed now',
      access: 'signed-in',
      params: eventPath,
      reply: eventViewSchema,
      problems: [404],
      handle: ({ viewer, params }) => events.get(viewer, params.eventId),
    }),
    defineRoute({
      method: 'get',
      path: '/events/:eventId/history',
      id: 'listEventHistory',
      tag,
      summary: 'Who changed what of an event',
      access: ['staff'],
      params: eventPath,
      query: historyQuerySchema,
      reply: historyPageSchema,
      problems: [404],
      handle: ({ params, query }) => events.history(params.eventId, query),
    }),
  ];
}

function changingRoutes(events: EventService): Route[] {
  const common = {
    tag,
    access: ['staff'],
    params: eventPath,
    reply: eventViewSchema,
    problems: [404, 409],
  } as const;
  return [
    defineRoute({
      method: 'post',
      path: '/events',
      id: 'createEvent',
      tag,
      summary: 'Create an event, as a draft',
      access: ['staff'],
      body: eventInputSchema,
      reply: eventViewSchema,
      status: 201,
      handle: ({ viewer, body }) => events.create(viewer, body),
    }),
    defineRoute({
      ...common,
      method: 'put',
      path: '/events/:eventId',
      id: 'changeEvent',
      summary: 'Change an event; what has begun stays, and tables and rounds in use cannot go',
      body: eventChangeSchema,
      handle: ({ viewer, params, body }) => events.replace(viewer, params.eventId, body.version, body.event),
    }),
    defineRoute({
      ...common,
      method: 'post',
      path: '/events/:eventId/actions',
      id: 'actOnEvent',
      summary: 'Publish, open, pause, resume, end or cancel an event',
      body: eventActionInputSchema,
      handle: ({ viewer, params, body }) => events.act(viewer, params.eventId, body.action, body.note),
    }),
    defineRoute({
      ...common,
      method: 'post',
      path: '/events/:eventId/delay',
      id: 'delayEvent',
      summary: 'Running late: everything still to come is this much later than the timetable says',
      body: delayInputSchema,
      handle: ({ viewer, params, body }) => events.delay(viewer, params.eventId, body.minutes),
    }),
    defineRoute({
      ...common,
      method: 'post',
      path: '/events/:eventId/broadcast',
      id: 'broadcastToEvent',
      summary: 'A message to everybody at the event',
      body: broadcastInputSchema,
      handle: ({ viewer, params, body }) => events.broadcast(viewer, params.eventId, body.text),
    }),
  ];
}
