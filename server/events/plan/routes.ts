import { defineRoute, type Route } from '../../http/route.ts';
import type { DraftService } from './drafts.ts';
import type { EventPartnersService } from '../people/partners.ts';
import { eventPath, tag } from '../life/routes.ts';
import { eventViewSchema } from '../life/schema.ts';
import { eventPartnersSchema } from '../people/schema.ts';
import { draftSchema, planEditSchema, planInputSchema, publishInputSchema } from './schema.ts';
import { ofSmeQuerySchema } from '../requests/schema.ts';

/** Plans: a draft, staff's edits, publication. */
export function planRoutes(drafts: DraftService): Route[] {
  const common = { tag, access: ['staff'], params: eventPath } as const;
  return [
    defineRoute({
      ...common,
      method: 'post',
      path: '/events/:eventId/plan',
      id: 'makePlan',
      summary: 'Have the engine plan the coming rounds, as a draft',
      body: planInputSchema,
      reply: draftSchema,
      problems: [404, 409, 503],
      handle: ({ viewer, params, body, signal }) => drafts.make(viewer, params.eventId, body, signal),
    }),
    defineRoute({
      ...common,
      method: 'get',
      path: '/events/:eventId/plan',
      id: 'getPlan',
      summary: 'The draft in figures, and who is alone in it and why',
      reply: draftSchema,
      problems: [404],
      handle: ({ params }) => drafts.view(params.eventId),
    }),
    defineRoute({
      ...common,
      method: 'post',
      path: '/events/:eventId/plan/edits',
      id: 'editPlan',
      summary: 'Pin, forbid, move or unpin a pair; the rest is planned again around it',
      body: planEditSchema,
      reply: draftSchema,
      problems: [404, 409, 503],
      handle: ({ viewer, params, body, signal }) => drafts.edit(viewer, params.eventId, body, signal),
    }),
    defineRoute({
      ...common,
      method: 'post',
      path: '/events/:eventId/plan/publish',
      id: 'publishPlan',
      summary: 'Make the draft the plan; everybody is told',
      body: publishInputSchema,
      reply: eventViewSchema,
      problems: [404, 409],
      handle: ({ viewer, params, body }) => drafts.publish(viewer, params.eventId, body.version),
    }),
    defineRoute({
      ...common,
      method: 'delete',
      path: '/events/:eventId/plan',
      id: 'discardPlan',
      summary: 'Throw the draft away',
      problems: [404],
      handle: ({ params }) => drafts.discard(params.eventId),
    }),
  ];
}

export function eventPartnerRoutes(partners: EventPartnersService): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/events/:eventId/partners',
      id: 'listEventPartners',
      tag,
      summary: 'The best partners of an SME among those who are here, and among those who are expected',
      access: ['staff', 'cluster', 'sme'],
      params: eventPath,
      query: ofSmeQuerySchema,
      reply: eventPartnersSchema,
      problems: [404, 503],
      handle: ({ viewer, params, query }) => partners.partners(viewer, params.eventId, query.smeId),
    }),
  ];
}
