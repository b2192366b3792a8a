import { z } from 'zod';
import type { People } from '../accounts/people.ts';
import { notFound } from '../http/errors.ts';
import { defineRoute, type Route } from '../http/route.ts';
import { idSchema } from '../http/schema.ts';
import type { MailChoicesStore } from './choices.ts';
import { mailKindSchema, unsubscribedSchema } from './schema.ts';
import { isUnsubscribeToken, type UnsubscribeOptions } from './unsubscribe.ts';

const path = '/unsubscribe/:kind/:accountId/:token';
const params = z.strictObject({ kind: mailKindSchema, accountId: idSchema, token: idSchema });
const tag = 'Accounts';

export interface UnsubscribeDeps extends UnsubscribeOptions {
  readonly choices: Pick<MailChoicesStore, 'turnOff'>;
  readonly people: Pick<People, 'addresses'>;
}

/** Ends one kind of mail without signing in; the address in the mail is the right to do it. */
export function unsubscribeRoutes(deps: UnsubscribeDeps): Route[] {
  return [
    defineRoute({
      method: 'get',
      path,
      id: 'askToUnsubscribe',
      tag,
      summary:
        'Leads to the page that asks whether it is meant; mail programs and their scanners open links, so nothing happens here',
      access: 'public',
      fromElsewhere: true,
      params,
      status: 303,
      replyMediaType: 'text/plain',
      handle: ({ params: { kind, accountId, token }, res }) => {
        res.redirect(303, `/unsubscribe/${kind}/${accountId}/${token}`);
      },
    }),
    defineRoute({
      method: 'post',
      path,
      id: 'unsubscribe',
      tag,
      summary:
        'Turn off one kind of mail, with one click of a mail program (RFC 8058) or on the page; again changes nothing',
      access: 'public',
      fromElsewhere: true,
      params,
      reply: unsubscribedSchema,
      problems: [404],
      handle: async ({ params: { kind, accountId, token } }) => {
        const isTheirs = isUnsubscribeToken(deps, { kind, accountId }, token);
        if (!isTheirs || (await deps.people.addresses([accountId])).length === 0)
          throw notFound('subscription');
        await deps.choices.turnOff(accountId, kind);
        return { kind };
      },
    }),
  ];
}
