import { t } from '../../strings/text.ts';
import type { PageRoute } from '../page.ts';
import { register, speaksForSmes } from './access.ts';

const titles = t.shell.pages;

/** Matchmaking events: for those who come, for staff, for the wall. */
export const eventsRoutes: readonly PageRoute[] = [
  {
    path: '/check-in',
    title: titles.checkIn,
    access: 'everybody',
    frame: 'bare',
    load: async () => (await import('../../event/CheckInPage.tsx')).CheckInPage,
  },
  {
    path: '/events',
    title: titles.events,
    access: speaksForSmes,
    load: async () => (await import('../../event/EventsPage.tsx')).EventsPage,
  },
  {
    path: '/events/new',
    title: titles.newEvent,
    access: ['staff'],
    load: async () => (await import('../../console/EditEventPage.tsx')).NewEventPage,
  },
  {
    path: '/events/:eventId/edit',
    title: titles.editEvent,
    access: ['staff'],
    load: async () => (await import('../../console/EditEventPage.tsx')).EditEventPage,
  },
  {
    path: '/events/:eventId/console',
    title: titles.event,
    access: register,
    load: async () => (await import('../../console/ConsolePage.tsx')).ConsolePage,
  },
  {
    path: '/events/:eventId/badges',
    title: titles.badges,
    access: ['staff'],
    load: async () => (await import('../../console/BadgesPage.tsx')).BadgesPage,
  },
  {
    path: '/events/:eventId',
    title: titles.event,
    access: speaksForSmes,
    load: async () => (await import('../../event/EventPage.tsx')).EventPage,
  },
  {
    path: '/events/:eventId/smes/:smeId',
    title: titles.event,
    access: register,
    load: async () => (await import('../../event/MyEventPage.tsx')).MyEventPage,
  },
  {
    path: '/events/:eventId/room',
    title: titles.room,
    access: 'everybody',
    frame: 'wall',
    load: async () => (await import('../../room/RoomPage.tsx')).RoomPage,
  },
];
