import { trusted, type Connection } from 'mongoose';
import type { Logger } from 'pino';
import { invalidField } from '../http/errors.ts';
import type { Sessions } from '../http/sessions.ts';
import type { Live } from '../live/live.ts';
import type { Post } from '../mail/post.ts';
import { passwordChangedMail, passwordResetMail } from '../mail/templates.ts';
import { newId } from '../storage/ids.ts';
import type { Directory } from './directory.ts';
import { linkNotValid, type Links } from './links.ts';
import { oneTimeLinkModel, type AccountRecord } from './model.ts';
import type { NewPasswords } from './new-passwords.ts';
import type { PasswordStore } from './password-store.ts';
import type { Passwords } from './passwords.ts';
import type { AccountsService } from './service.ts';
import type { SignInLimit } from './sign-in-limit.ts';
import { hashToken, newToken } from './tokens.ts';

export const RESET_VALID_MS = 30 * 60_000;
/** More would only fill somebody's mailbox. */
const RESETS_PER_HOUR = 3;
const HOUR_MS = 3_600_000;

export interface PasswordService {
  /** True if this is the password of the account; counts towards the limit of attempts. @throws HttpProblem 429 */
  confirm(accountId: string, password: string, address: string): Promise<boolean>;
  /** Changes the password; all sessions but this one end. @throws HttpProblem 400, 429 */
  change(input: {
    accountId: string;
    currentPassword: string;
    newPassword: string;
    address: string;
    sessionId: string;
  }): Promise<void>;
  /** Sends a link if there is such an account; the caller cannot tell. */
  requestReset(email: string): Promise<void>;
  /** Sets the password that a link allows; all sessions end, and nobody is signed in by it. @throws HttpProblem 400, 410 */
  reset(token: string, password: string): Promise<void>;
}

export function createPasswordService(deps: {
  connection: Connection;
  accounts: AccountsService;
  passwords: Passwords;
  passwordStore: PasswordStore;
  newPasswords: NewPasswords;
  limit: SignInLimit;
  sessions: Sessions;
  directory: Directory;
  live: Pick<Live, 'disconnectAccount'>;
  post: Post;
  links: Links;
  clock: () => Date;
  log: Logger;
}): PasswordService {
  const {
    accounts,
    passwords,
    passwordStore,
    newPasswords,
    limit,
    sessions,
    directory,
    live,
    post,
    links,
    clock,
    log,
  } = deps;
  const oneTimeLinks = oneTimeLinkModel(deps.connection);

  async function hashFor(account: AccountRecord, password: string, field: string): Promise<string> {
    const organisation =
      (await directory.smes(account.smeId === null ? [] : [account.smeId])).get(account.smeId ?? '')?.name ??
      (await directory.clusterNames(account.clusterId === null ? [] : [account.clusterId])).get(
        account.clusterId ?? '',
      ) ??
      account.organisation;
    return newPasswords.hash(password, { email: account.email, name: account.name, organisation }, field);
  }

  /** Written only if nobody changed the password meanwhile; then every other session ends. */
  async function store(
    account: AccountRecord,
    passwordHash: string,
    keptSession?: string,
  ): Promise<number | null> {
    const passwordVersion = await passwordStore.replace(account, passwordHash);
    if (passwordVersion === null) return null;
    await sessions.endAll(account._id, keptSession);
    live.disconnectAccount(account._id, 'signed-out', keptSession);
    post.send(passwordChangedMail(account));
    log.info({ event: 'authn_password_change', accountId: account._id }, 'password changed');
    return passwordVersion;
  }

  async function confirmed(
    accountId: string,
    password: string,
    address: string,
  ): Promise<AccountRecord | null> {
    const account = await accounts.find(accountId);
    if (account?.state !== 'active') return null;
    await limit.begin(account.email, address);
    if (!(await passwords.matches(password, account.passwordHash))) return null;
    await limit.succeeded(account.email, address);
    return account;
  }

  return {
    async confirm(accountId, password, address) {
      return (await confirmed(accountId, password, address)) !== null;
    },
    async change({ accountId, currentPassword, newPassword, address, sessionId }) {
      const account = await confirmed(accountId, currentPassword, address);
      if (account === null) throw invalidField('currentPassword', 'is not your password');
      if (newPassword === currentPassword)
        throw invalidField('newPassword', 'must differ from the current one');
      const passwordHash = await hashFor(account, newPassword, 'newPassword');
      const version = await store(account, passwordHash, sessionId);
      if (version === null)
        throw invalidField('currentPassword', 'was changed a moment ago in another window');
      await sessions.carryOn(sessionId, version);
    },
    async requestReset(email) {
      const account = await accounts.findActiveByEmail(email);
      if (account === null) return;
      const now = clock();
      const lately = trusted({ $gt: new Date(now.getTime() - HOUR_MS) });
      if (
        (await oneTimeLinks.countDocuments({ accountId: account._id, createdAt: lately })) >= RESETS_PER_HOUR
      )
        return;
      const token = newToken();
      await oneTimeLinks.create({
        _id: newId(),
        tokenHash: hashToken(token),
        accountId: account._id,
        usedAt: null,
        createdAt: now,
        expiresAt: new Date(now.getTime() + RESET_VALID_MS),
      });
      log.info(
        { event: 'authn_password_reset_requested', accountId: account._id },
        'password reset asked for',
      );
      const minutes = RESET_VALID_MS / 60_000;
      post.send(passwordResetMail({ ...account, link: links.passwordReset(token), minutes }));
    },
    async reset(token, password) {
      const valid = { tokenHash: hashToken(token), usedAt: null, expiresAt: trusted({ $gt: clock() }) };
      const link = await oneTimeLinks.findOne(valid).lean<{ _id: string; accountId: string | null }>();
      const account = link?.accountId ? await accounts.find(link.accountId) : null;
      if (link === null || account?.state !== 'active') throw linkNotValid();
      // The rules come first: a refused password must not use up the link.
      const passwordHash = await hashFor(account, password, 'password');
      const used = await oneTimeLinks.updateOne({ ...valid, _id: link._id }, { usedAt: clock() });
      if (used.modifiedCount === 0) throw linkNotValid();
      // Older links of this account are void with the first that is used.
      await oneTimeLinks.updateMany({ accountId: account._id, usedAt: null }, { usedAt: clock() });
      if ((await store(account, passwordHash)) === null) throw linkNotValid();
    },
  };
}
