import { createHmac, timingSafeEqual } from 'node:crypto';
import type { MailKind } from './schema.ts';

/** What an unsubscribing address is made with. */
export interface UnsubscribeOptions {
  /** The session secrets, newest first. */
  readonly secrets: readonly string[];
  readonly publicUrl: () => string;
}

/** Ways to turn one kind of mail off for one account. */
export interface UnsubscribeUrls {
  /** The page that asks whether it is meant, for people. */
  readonly page: string;
  /** Taken by mail programs with one POST (RFC 8058). */
  readonly oneClick: string;
}

/** Whose mail of which kind. */
export interface Subscription {
  readonly accountId: string;
  readonly kind: MailKind;
}

const tokenWith = (secret: string, { accountId, kind }: Subscription): Buffer =>
  createHmac('sha256', secret).update(`unsubscribe\n${kind}\n${accountId}`).digest();

/** Addresses that turn off this kind of mail of this account, and nothing else; whoever has the mail may use them. */
export function unsubscribeUrls(
  { secrets, publicUrl }: UnsubscribeOptions,
  subscription: Subscription,
): UnsubscribeUrls {
  const { kind, accountId } = subscription;
  const token = tokenWith(secrets[0] ?? '', subscription).toString('base64url');
  const path = `/unsubscribe/${kind}/${accountId}/${token}`;
  return { page: `${publicUrl()}${path}`, oneClick: `${publicUrl()}/api/v1${path}` };
}

/** True for a token made with one of the secrets that are kept. */
export function isUnsubscribeToken(
  { secrets }: UnsubscribeOptions,
  subscription: Subscription,
  token: string,
): boolean {
  const given = Buffer.from(token, 'base64url');
  return secrets.some((secret) => {
    const right = tokenWith(secret, subscription);
    return given.length === right.length && timingSafeEqual(given, right);
  });
}

/** The last lines of a mail that can be turned off. */
export const choicesLines = (publicUrl: string, { page }: UnsubscribeUrls): string =>
  `Get no more mail of this kind:\n${page}\nChoose which mail you get: ${publicUrl}/account`;
