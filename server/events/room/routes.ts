import { z } from 'zod';
import { notFound } from '../../http/errors.ts';
import { defineRoute, type Route } from '../../http/route.ts';
import { idSchema } from '../../http/schema.ts';
import type { Displays } from './displays.ts';
import type { createRoom } from './room.ts';
import { eventPath, tag } from '../life/routes.ts';
import {
  displayLinkInputSchema,
  displayLinkSchema,
  displayLinksSchema,
  roomQuerySchema,
  roomSchema,
} from './schema.ts';

const displayPath = z.strictObject({ eventId: idSchema, displayId: idSchema });

/** The room on the projector, and the links that show it. */
export function roomRoutes(room: ReturnType<typeof createRoom>, displays: Displays): Route[] {
  const common = { tag, access: ['staff'] } as const;
  return [
    defineRoute({
      method: 'get',
      path: '/events/:eventId/room',
      id: 'getRoom',
      tag,
      summary: 'What the projector shows: names and pairs; by the token of a display, or for staff',
      access: 'public',
      params: eventPath,
      query: roomQuerySchema,
      reply: roomSchema,
      problems: [401, 404],
      handle: async ({ viewer, params, query }) => {
        await displays.check(viewer, params.eventId, query.token);
        const shown = await room.of(params.eventId);
        if (!shown) throw notFound('event');
        return shown;
      },
    }),
    defineRoute({
      ...common,
      method: 'get',
      path: '/events/:eventId/displays',
      id: 'listDisplays',
      summary: 'Links of projectors, without their addresses',
      params: eventPath,
      reply: displayLinksSchema,
      problems: [404],
      handle: async ({ params }) => ({ items: await displays.list(params.eventId) }),
    }),
    defineRoute({
      ...common,
      method: 'post',
      path: '/events/:eventId/displays',
      id: 'addDisplay',
      summary: 'Make a link for a projector; its address is shown this once',
      params: eventPath,
      body: displayLinkInputSchema,
      reply: displayLinkSchema,
      status: 201,
      problems: [404, 409],
      handle: ({ viewer, params, body }) => displays.add(viewer, params.eventId, body.label),
    }),
    defineRoute({
      ...common,
      method: 'delete',
      path: '/events/:eventId/displays/:displayId',
      id: 'removeDisplay',
      summary: 'Withdraw the link of a projector; it goes dark at once',
      params: displayPath,
      problems: [404],
      handle: ({ params }) => displays.remove(params.eventId, params.displayId),
    }),
  ];
}
