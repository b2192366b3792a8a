import type { Response } from 'express';
import { z } from 'zod';
import { defineRoute, type Route } from '../http/route.ts';
import { idSchema } from '../http/schema.ts';
import {
  calendarCancelSchema,
  calendarChangeSchema,
  calendarEntrySchema,
  calendarFeedSchema,
  calendarNewSchema,
  calendarPageSchema,
  calendarQuerySchema,
} from './schema.ts';
import type { CalendarService } from './service.ts';

const tag = 'Calendar';
const TYPE = 'text/calendar';
const entryPath = z.strictObject({ entryId: idSchema });

function send(res: Response, name: string, text: string): void {
  res.type(`${TYPE}; charset=utf-8`).attachment(`${name}.ics`).send(text);
}

/** The programme's calendar: a list, a file for each entry, and a private feed that follows every change. */
export function programmeCalendarRoutes(calendar: CalendarService): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/calendar',
      id: 'listCalendar',
      tag,
      summary: 'What is to come in the programme, or what is over, as far as it is for you',
      access: 'signed-in',
      query: calendarQuerySchema,
      reply: calendarPageSchema,
      handle: ({ viewer, query }) => calendar.list(viewer, query),
    }),
    defineRoute({
      method: 'get',
      path: '/calendar/feed',
      id: 'getProgrammeCalendarAddress',
      tag,
      summary: 'The address under which your calendar program can follow the programme',
      access: 'signed-in',
      reply: calendarFeedSchema,
      handle: ({ viewer }) => ({ url: calendar.feedUrl(viewer) }),
    }),
    defineRoute({
      method: 'get',
      path: '/programme-calendars/:accountId/:token',
      id: 'getProgrammeCalendar',
      tag,
      summary: 'The programme as a calendar; the address is the secret',
      access: 'public',
      params: z.strictObject({ accountId: idSchema, token: idSchema }),
      replyMediaType: TYPE,
      problems: [404],
      handle: async ({ params, res }) => {
        send(res, 'programme', await calendar.feed(params.accountId, params.token));
      },
    }),
    defineRoute({
      method: 'post',
      path: '/calendar',
      id: 'addCalendarEntry',
      tag,
      summary: 'Add a webinar, an info day, a deadline or the like',
      access: ['staff'],
      body: calendarNewSchema,
      reply: calendarEntrySchema,
      status: 201,
      handle: ({ viewer, body }) => calendar.create(viewer, body.entry, body.key),
    }),
    defineRoute({
      method: 'put',
      path: '/calendar/:entryId',
      id: 'changeCalendarEntry',
      tag,
      summary: 'Change an entry',
      access: ['staff'],
      params: entryPath,
      body: calendarChangeSchema,
      reply: calendarEntrySchema,
      problems: [404, 409, 412],
      handle: ({ viewer, params, body }) => calendar.update(viewer, params.entryId, body.version, body.entry),
    }),
    defineRoute({
      method: 'post',
      path: '/calendar/:entryId/cancel',
      id: 'cancelCalendarEntry',
      tag,
      summary: 'Cancel an entry; those who follow the calendar see it as cancelled',
      access: ['staff'],
      params: entryPath,
      body: calendarCancelSchema,
      reply: calendarEntrySchema,
      problems: [404, 409, 412],
      handle: ({ viewer, params, body }) =>
        calendar.cancel(viewer, params.entryId, body.version, body.reason),
    }),
    defineRoute({
      method: 'get',
      path: '/calendar/:entryId/file',
      id: 'getCalendarEntryFile',
      tag,
      summary: 'One entry as a calendar file',
      access: 'signed-in',
      params: entryPath,
      replyMediaType: TYPE,
      problems: [404],
      handle: async ({ viewer, params, res }) => {
        send(res, 'entry', await calendar.file(viewer, params.entryId));
      },
    }),
  ];
}
