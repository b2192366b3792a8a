import { z } from 'zod';
import { defineRoute, type Route } from '../http/route.ts';
import { catchUpReplySchema } from './protocol.ts';
import type { LiveService } from './service.ts';

const eventsQuerySchema = z.strictObject({
  since: z.coerce.number().int('must be a whole number').min(0, 'must be 0 or more').default(0),
});

/** The catch-up for clients without a socket. */
export function liveRoutes(live: Pick<LiveService, 'catchUp'>): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/live/events',
      id: 'listLiveEvents',
      tag: 'Live',
      summary: 'Live events after a number: the same as the message catch-up on the socket (docs/live.md)',
      access: 'signed-in',
      query: eventsQuerySchema,
      reply: catchUpReplySchema,
      handle: ({ viewer, query }) => live.catchUp(viewer.id, query.since),
    }),
  ];
}
