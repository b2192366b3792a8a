import { z } from 'zod';
import { defineRoute, type Route } from '../../http/route.ts';
import { idSchema, pageQuery } from '../../http/schema.ts';
import type { PresenceService } from './presence.ts';
import { eventPath, tag } from '../life/routes.ts';
import {
  badgePageSchema,
  checkedInSchema,
  checkInInputSchema,
  participantPageSchema,
  participantQuerySchema,
  participantSchema,
  presenceInputSchema,
} from './schema.ts';

const participantPath = z.strictObject({ eventId: idSchema, smeId: idSchema });

/** Who is at an event, and how one gets in. */
export function peopleRoutes(people: PresenceService): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/events/:eventId/participants',
      id: 'listParticipants',
      tag,
      summary: 'Who is invited, expected, here and gone, with meetings; for clusters their own members',
      access: ['staff', 'cluster'],
      params: eventPath,
      query: participantQuerySchema,
      reply: participantPageSchema,
      problems: [404],
      handle: ({ viewer, params, query }) => people.participants(viewer, params.eventId, query),
    }),
    defineRoute({
      method: 'put',
      path: '/events/:eventId/participants/:smeId',
      id: 'setPresence',
      tag,
      summary: 'Say that an SME is expected, here, or has left',
      access: ['staff', 'cluster', 'sme'],
      params: participantPath,
      body: presenceInputSchema,
      reply: participantSchema,
      problems: [404, 409],
      handle: ({ viewer, params, body }) => people.set(viewer, params.eventId, params.smeId, body.state),
    }),
    defineRoute({
      method: 'get',
      path: '/events/:eventId/badges',
      id: 'listBadges',
      tag,
      summary: 'Badges to print, each with the link that checks its SME in',
      access: ['staff'],
      params: eventPath,
      query: z.strictObject(pageQuery),
      reply: badgePageSchema,
      problems: [404],
      handle: ({ params, query }) => people.badges(params.eventId, query),
    }),
    defineRoute({
      method: 'post',
      path: '/check-ins',
      id: 'checkIn',
      tag,
      summary: 'Check in by the token of a badge',
      access: 'public',
      body: checkInInputSchema,
      reply: checkedInSchema,
      problems: [404, 409, 410],
      handle: ({ body }) => people.checkIn(body.token),
    }),
  ];
}
