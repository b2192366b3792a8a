import { trusted, type Connection } from 'mongoose';
import { newId } from '../storage/ids.ts';
import { linkNotValid } from './links.ts';
import { oneTimeLinkModel, type AccountRecord } from './model.ts';
import type { NewPasswords } from './new-passwords.ts';
import type { AccountsService } from './service.ts';
import { hashToken, newToken } from './tokens.ts';

const VALID_MS = 24 * 3_600_000;

export interface SetUp {
  /** A new token for the first staff account, valid for a day, while there is no account at all; else null. */
  offer(): Promise<string | null>;
  /**
   * Makes the first staff account.
   * @throws HttpProblem 410 for a token that is wrong, used or too old
   */
  use(input: { token: string; name: string; email: string; password: string }): Promise<AccountRecord>;
}

/** The way in to a fresh installation: there is no default account and no default password. */
export function createSetUp(deps: {
  connection: Connection;
  accounts: AccountsService;
  newPasswords: NewPasswords;
  clock: () => Date;
}): SetUp {
  const { accounts, newPasswords, clock } = deps;
  const links = oneTimeLinkModel(deps.connection);
  return {
    async offer() {
      if (await accounts.exists()) return null;
      const token = newToken();
      const now = clock();
      await links.updateOne(
        { _id: 'set-up' },
        {
          tokenHash: hashToken(token),
          accountId: null,
          usedAt: null,
          createdAt: now,
          expiresAt: new Date(now.getTime() + VALID_MS),
        },
        { upsert: true },
      );
      return token;
    },
    async use({ token, name, email, password }) {
      if (await accounts.exists()) throw linkNotValid();
      const passwordHash = await newPasswords.hash(password, { email, name, organisation: null }, 'password');
      // One conditional write decides who is first.
      const claimed = await links.updateOne(
        { _id: 'set-up', tokenHash: hashToken(token), usedAt: null, expiresAt: trusted({ $gt: clock() }) },
        { usedAt: clock() },
      );
      if (claimed.modifiedCount === 0) throw linkNotValid();
      const nobody = { clusterId: null, smeId: null, organisation: null };
      return accounts.create({ _id: newId(), email, name, role: 'staff', passwordHash, ...nobody });
    },
  };
}
