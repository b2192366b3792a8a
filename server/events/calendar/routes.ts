import type { Response } from 'express';
import { z } from 'zod';
import { defineRoute, type Route } from '../../http/route.ts';
import { idSchema } from '../../http/schema.ts';
import { ownSme } from '../acting.ts';
import type { Calendar } from './calendar.ts';

const tag = 'Events';
const TYPE = 'text/calendar';

function send(res: Response, name: string, text: string): void {
  res.type(`${TYPE}; charset=utf-8`).attachment(`${name}.ics`).send(text);
}

/** Meetings as calendars read them: a private feed that follows every change, and a file for one meeting. */
export function calendarRoutes(calendar: Calendar): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/calendars/:eventId/:smeId/:token',
      id: 'getCalendar',
      tag,
      summary: 'All meetings of an SME at an event as a calendar; the address is the secret',
      access: 'public',
      params: z.strictObject({ eventId: idSchema, smeId: idSchema, token: idSchema }),
      replyMediaType: TYPE,
      problems: [404],
      handle: async ({ params, res }) => {
        send(res, 'meetings', await calendar.feed(params.eventId, params.smeId, params.token));
      },
    }),
    defineRoute({
      method: 'get',
      path: '/events/:eventId/meetings/:meetingId/calendar',
      id: 'getMeetingCalendar',
      tag,
      summary: 'One meeting of your own as a calendar file',
      access: ['sme'],
      params: z.strictObject({ eventId: idSchema, meetingId: idSchema }),
      replyMediaType: TYPE,
      problems: [404],
      handle: async ({ viewer, params, res }) => {
        send(res, 'meeting', await calendar.file(params.eventId, ownSme(viewer), params.meetingId));
      },
    }),
  ];
}
