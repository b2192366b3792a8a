import { z } from 'zod';
import { defineRoute, type Route } from '../http/route.ts';
import { idSchema } from '../http/schema.ts';
import {
  announcementActionSchema,
  announcementChangeSchema,
  announcementNewSchema,
  announcementPageSchema,
  announcementQuerySchema,
  announcementSchema,
  unreadSchema,
} from './schema.ts';
import type { NewsService } from './service.ts';

const announcementPath = z.strictObject({ announcementId: idSchema });
const tag = 'News';

/** Announcements: staff write, everybody reads what is for them. */
export function newsRoutes(news: NewsService): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/announcements',
      id: 'listAnnouncements',
      tag,
      summary: 'Announcements that are for you, newest first; all for staff',
      access: 'signed-in',
      query: announcementQuerySchema,
      reply: announcementPageSchema,
      handle: ({ viewer, query }) => news.list(viewer, query),
    }),
    defineRoute({
      method: 'post',
      path: '/announcements',
      id: 'addAnnouncement',
      tag,
      summary: 'Write an announcement; it is a draft until it is published',
      access: ['staff'],
      body: announcementNewSchema,
      reply: announcementSchema,
      status: 201,
      handle: ({ viewer, body }) => news.create(viewer, body.announcement, body.key),
    }),
    defineRoute({
      method: 'get',
      path: '/announcements/unread',
      id: 'countUnreadAnnouncements',
      tag,
      summary: 'How many announcements you have not read',
      access: 'signed-in',
      reply: unreadSchema,
      handle: async ({ viewer }) => ({ unread: await news.unread(viewer) }),
    }),
    defineRoute({
      method: 'post',
      path: '/announcements/read',
      id: 'readAllAnnouncements',
      tag,
      summary: 'Mark all announcements as read',
      access: 'signed-in',
      handle: ({ viewer }) => news.markAllRead(viewer),
    }),
    defineRoute({
      method: 'get',
      path: '/announcements/:announcementId',
      id: 'getAnnouncement',
      tag,
      summary: 'One announcement',
      access: 'signed-in',
      params: announcementPath,
      reply: announcementSchema,
      problems: [404],
      handle: ({ viewer, params }) => news.get(viewer, params.announcementId),
    }),
    defineRoute({
      method: 'put',
      path: '/announcements/:announcementId',
      id: 'changeAnnouncement',
      tag,
      summary: 'Change an announcement',
      access: ['staff'],
      params: announcementPath,
      body: announcementChangeSchema,
      reply: announcementSchema,
      problems: [404, 409, 412],
      handle: ({ viewer, params, body }) =>
        news.update(viewer, params.announcementId, body.version, body.announcement),
    }),
    defineRoute({
      method: 'delete',
      path: '/announcements/:announcementId',
      id: 'removeAnnouncement',
      tag,
      summary: 'Remove a draft',
      access: ['staff'],
      params: announcementPath,
      problems: [404, 409],
      handle: ({ viewer, params }) => news.remove(viewer, params.announcementId),
    }),
    defineRoute({
      method: 'post',
      path: '/announcements/:announcementId/actions',
      id: 'actOnAnnouncement',
      tag,
      summary: 'Publish an announcement, take it back to a draft, or withdraw it',
      access: ['staff'],
      params: announcementPath,
      body: announcementActionSchema,
      reply: announcementSchema,
      problems: [404, 409, 412],
      handle: ({ viewer, params, body }) => news.act(viewer, params.announcementId, body),
    }),
    defineRoute({
      method: 'post',
      path: '/announcements/:announcementId/read',
      id: 'readAnnouncement',
      tag,
      summary: 'Mark an announcement as read',
      access: 'signed-in',
      params: announcementPath,
      problems: [404],
      handle: ({ viewer, params }) => news.markRead(viewer, params.announcementId),
    }),
  ];
}
