import type { Request } from 'express';
import { z } from 'zod';
import { invalidField, notFound } from '../http/errors.ts';
import { defineRoute, type Route } from '../http/route.ts';
import { idSchema } from '../http/schema.ts';
import type { Sessions } from '../http/sessions.ts';
import type { Live } from '../live/live.ts';
import type { Post } from '../mail/post.ts';
import type { AccountRecord } from './model.ts';
import type { PasswordService } from './password-service.ts';
import {
  openSessionsSchema,
  passwordChangeSchema,
  passwordResetRequestSchema,
  passwordResetSchema,
  sessionSchema,
  setUpSchema,
  signInSchema,
  type SessionView,
} from './schema.ts';
import type { AccountsService } from './service.ts';
import type { SetUp } from './set-up.ts';
import type { SignIn } from './sign-in.ts';

export interface SessionRoutesDeps {
  accounts: AccountsService;
  passwordService: PasswordService;
  setUp: SetUp;
  signIn: SignIn;
  sessions: Sessions;
  live: Pick<Live, 'disconnectSession' | 'disconnectAccount'>;
  post: Post;
}

/** Signs the new or proven account in and answers as `GET /session` would. */
export async function signedIn(
  deps: Pick<SessionRoutesDeps, 'signIn' | 'accounts'>,
  req: Request,
  account: AccountRecord,
): Promise<SessionView> {
  await deps.signIn.begin(req, account);
  return { user: await deps.accounts.userView(account._id) };
}

/** Sign in and out, the first set-up, one's own sessions and password. */
export function sessionRoutes(deps: SessionRoutesDeps): Route[] {
  const { accounts, passwordService, setUp, signIn, sessions, live, post } = deps;
  const tag = 'Session';
  const confirmOrRefuse = async (accountId: string, password: string, req: Request): Promise<void> => {
    const right = await passwordService.confirm(accountId, password, req.ip ?? 'unknown');
    if (!right) throw invalidField('password', 'is not your password');
  };
  return [
    defineRoute({
      method: 'get',
      path: '/session',
      id: 'getSession',
      tag,
      summary: 'Who is signed in; user is null where nobody is',
      access: 'public',
      reply: sessionSchema,
      handle: async ({ viewer }) => ({ user: viewer === null ? null : await accounts.userView(viewer.id) }),
    }),
    defineRoute({
      method: 'post',
      path: '/session',
      id: 'signIn',
      tag,
      summary: 'Sign in with e-mail address and password',
      access: 'public',
      body: signInSchema,
      reply: sessionSchema,
      problems: [401],
      handle: async ({ body, req, res }) => {
        // passport-local reads the body; it gets the parsed one, with the address as it is stored.
        req.body = body;
        return signedIn(deps, req, await signIn.authenticate(req, res));
      },
    }),
    defineRoute({
      method: 'delete',
      path: '/session',
      id: 'signOut',
      tag,
      summary: 'Sign out: the session ends on the server, its live connections too',
      access: 'public',
      handle: async ({ req, res }) => {
        await signIn.end(req);
        res.clearCookie(sessions.cookieName, { path: '/' }).set('Clear-Site-Data', '"cookies", "storage"');
      },
    }),
    defineRoute({
      method: 'post',
      path: '/setup',
      id: 'setUp',
      tag,
      summary: 'Make the first staff account, with the link that the server printed',
      access: 'public',
      body: setUpSchema,
      reply: sessionSchema,
      status: 201,
      problems: [410],
      handle: async ({ body, req }) => signedIn(deps, req, await setUp.use(body)),
    }),
    defineRoute({
      method: 'get',
      path: '/account/sessions',
      id: 'listSessions',
      tag,
      summary: 'Where I am signed in',
      access: 'signed-in',
      reply: openSessionsSchema,
      handle: async ({ viewer, req }) => {
        const open = await sessions.list(viewer.id);
        return {
          items: open.map(({ sessionId, handle, startedAt, lastSeenAt, userAgent }) => ({
            id: handle,
            current: sessionId === req.sessionID,
            startedAt: startedAt.toISOString(),
            lastSeenAt: lastSeenAt.toISOString(),
            userAgent,
          })),
        };
      },
    }),
    defineRoute({
      method: 'delete',
      path: '/account/sessions/:handle',
      id: 'endSession',
      tag,
      summary: 'Sign one of my sessions out',
      access: 'signed-in',
      params: z.strictObject({ handle: idSchema }),
      problems: [404],
      handle: async ({ viewer, params }) => {
        const open = await sessions.list(viewer.id);
        const ended = open.find((session) => session.handle === params.handle);
        if (ended === undefined || !(await sessions.end(ended.sessionId))) throw notFound('session');
        live.disconnectSession(ended.sessionId, 'signed-out');
      },
    }),
    defineRoute({
      method: 'delete',
      path: '/account/sessions',
      id: 'endOtherSessions',
      tag,
      summary: 'Sign all my other sessions out',
      access: 'signed-in',
      handle: async ({ viewer, req }) => {
        await sessions.endAll(viewer.id, req.sessionID);
        live.disconnectAccount(viewer.id, 'signed-out', req.sessionID);
      },
    }),
    defineRoute({
      method: 'put',
      path: '/account/password',
      id: 'changePassword',
      tag,
      summary: 'Change my password; all my other sessions are signed out',
      access: 'signed-in',
      body: passwordChangeSchema,
      handle: async ({ viewer, body, req }) => {
        const { sessionID: sessionId, ip: address = 'unknown' } = req;
        await passwordService.change({
          accountId: viewer.id,
          ...body,
          address,
          sessionId,
        });
      },
    }),
    defineRoute({
      method: 'post',
      path: '/account/close',
      id: 'closeOwnAccount',
      tag,
      summary: 'Close my account, with my password',
      access: 'signed-in',
      body: z.strictObject({ password: z.string().min(1).max(256) }),
      problems: [409],
      handle: async ({ viewer, body, req, res }) => {
        await confirmOrRefuse(viewer.id, body.password, req);
        await accounts.close(viewer.id, viewer);
        await signIn.end(req);
        res.clearCookie(sessions.cookieName, { path: '/' }).set('Clear-Site-Data', '"cookies", "storage"');
      },
    }),
    defineRoute({
      method: 'post',
      path: '/password-resets',
      id: 'requestPasswordReset',
      tag,
      summary: 'Ask for a link to choose a new password; the answer is always the same',
      access: 'public',
      body: passwordResetRequestSchema,
      status: 202,
      handle: ({ body }) => {
        post.prepare(() => passwordService.requestReset(body.email));
      },
    }),
    defineRoute({
      method: 'post',
      path: '/password-resets/use',
      id: 'resetPassword',
      tag,
      summary: 'Choose a new password with the link from the mail; signs all sessions out',
      access: 'public',
      body: passwordResetSchema,
      problems: [410],
      handle: ({ body }) => passwordService.reset(body.token, body.password),
    }),
  ];
}
