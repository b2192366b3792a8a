import { z } from 'zod';
import { defineRoute, type Route } from '../http/route.ts';
import { idSchema } from '../http/schema.ts';
import type { InvitationsService } from './invitations.ts';
import {
  accountPageSchema,
  accountQuerySchema,
  invitationAcceptSchema,
  invitationInputSchema,
  invitationLookUpSchema,
  invitationOfferSchema,
  invitationPageSchema,
  invitationQuerySchema,
  invitationSchema,
  sessionSchema,
} from './schema.ts';
import { sessionRoutes, signedIn, type SessionRoutesDeps } from './session-routes.ts';

const INVITERS = ['staff', 'cluster'] as const;
const invitationParams = z.strictObject({ invitationId: idSchema });

function invitationRoutes(deps: SessionRoutesDeps & { invitations: InvitationsService }): Route[] {
  const { invitations } = deps;
  const tag = 'Invitations';
  return [
    defineRoute({
      method: 'get',
      path: '/invitations',
      id: 'listInvitations',
      tag,
      summary: 'Invitations; a cluster sees those of its own members',
      access: INVITERS,
      query: invitationQuerySchema,
      reply: invitationPageSchema,
      handle: ({ viewer, query }) => invitations.list(viewer, query),
    }),
    defineRoute({
      method: 'post',
      path: '/invitations',
      id: 'invite',
      tag,
      summary: 'Invite a person by mail; a cluster invites its own members',
      access: INVITERS,
      body: invitationInputSchema,
      reply: invitationSchema,
      status: 201,
      problems: [409],
      handle: ({ viewer, body }) => invitations.invite(viewer, body),
    }),
    defineRoute({
      method: 'delete',
      path: '/invitations/:invitationId',
      id: 'revokeInvitation',
      tag,
      summary: 'Withdraw an invitation: its link is void',
      access: INVITERS,
      params: invitationParams,
      problems: [404, 409],
      handle: ({ viewer, params }) => invitations.revoke(viewer, params.invitationId),
    }),
    defineRoute({
      method: 'post',
      path: '/invitations/:invitationId/resend',
      id: 'resendInvitation',
      tag,
      summary: 'Send a new link; the old one is void',
      access: INVITERS,
      params: invitationParams,
      reply: invitationSchema,
      problems: [404, 409],
      handle: ({ viewer, params }) => invitations.resend(viewer, params.invitationId),
    }),
    defineRoute({
      method: 'post',
      path: '/invitations/look-up',
      id: 'lookUpInvitation',
      tag,
      summary: 'What a link offers, before it is accepted',
      access: 'public',
      body: invitationLookUpSchema,
      reply: invitationOfferSchema,
      problems: [410],
      handle: ({ body }) => invitations.lookUp(body.token),
    }),
    defineRoute({
      method: 'post',
      path: '/invitations/accept',
      id: 'acceptInvitation',
      tag,
      summary: 'Accept an invitation: makes the account and signs in',
      access: 'public',
      body: invitationAcceptSchema,
      reply: sessionSchema,
      status: 201,
      problems: [409, 410],
      handle: async ({ body, req }) => signedIn(deps, req, await invitations.accept(body)),
    }),
  ];
}

/** All routes of accounts. */
export function accountRoutes(deps: SessionRoutesDeps & { invitations: InvitationsService }): Route[] {
  const { accounts } = deps;
  const tag = 'Accounts';
  return [
    ...sessionRoutes(deps),
    ...invitationRoutes(deps),
    defineRoute({
      method: 'get',
      path: '/accounts',
      id: 'listAccounts',
      tag,
      summary: 'Accounts, open and closed',
      access: ['staff'],
      query: accountQuerySchema,
      reply: accountPageSchema,
      handle: ({ query }) => accounts.list(query),
    }),
    defineRoute({
      method: 'post',
      path: '/accounts/:accountId/close',
      id: 'closeAccount',
      tag,
      summary: 'Close an account: its sessions and live connections end at once',
      access: ['staff'],
      params: z.strictObject({ accountId: idSchema }),
      problems: [404, 409],
      handle: ({ viewer, params }) => accounts.close(params.accountId, viewer),
    }),
  ];
}
