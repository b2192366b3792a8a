import type { Connection } from 'mongoose';
import { accountModel, type AccountRecord } from './model.ts';
import type { Passwords } from './passwords.ts';

export interface PasswordStore {
  /** Puts a new password in place of the one that was read; null if somebody else did so meanwhile, else the new version. */
  replace(account: AccountRecord, passwordHash: string): Promise<number | null>;
  /** Hashes the same password again with today's cost; sessions stay. */
  rehash(account: AccountRecord, password: string): Promise<void>;
}

export function createPasswordStore(connection: Connection, passwords: Passwords): PasswordStore {
  const accounts = accountModel(connection);
  const unchanged = (account: AccountRecord) => ({
    _id: account._id,
    state: 'active' as const,
    passwordHash: account.passwordHash,
  });
  return {
    async replace(account, passwordHash) {
      const passwordVersion = account.passwordVersion + 1;
      const stored = await accounts.updateOne(unchanged(account), { passwordHash, passwordVersion });
      return stored.modifiedCount === 1 ? passwordVersion : null;
    },
    async rehash(account, password) {
      await accounts.updateOne(unchanged(account), { passwordHash: await passwords.hash(password) });
    },
  };
}
