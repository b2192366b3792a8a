import { trusted, type Connection } from 'mongoose';
import { accountModel, type AccountRecord } from './model.ts';

/** Accounts by their names and addresses, for features that show or write to people. */
export interface People {
  /** Names of these accounts; one that is closed is left out. */
  names(ids: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** Addresses of these accounts, as long as they are active. */
  addresses(ids: readonly string[]): Promise<readonly Pick<AccountRecord, '_id' | 'name' | 'email'>[]>;
  /** True for an active staff account. */
  isStaff(id: string): Promise<boolean>;
}

export function createPeople(connection: Connection): People {
  const accounts = accountModel(connection);
  const active = (ids: readonly string[]) =>
    accounts
      .find({ _id: trusted({ $in: [...new Set(ids)] }), state: 'active' }, { name: 1, email: 1 })
      .lean<Pick<AccountRecord, '_id' | 'name' | 'email'>[]>()
      .exec();
  return {
    async names(ids) {
      return new Map((await active(ids)).map(({ _id, name }) => [_id, name]));
    },
    addresses: active,
    async isStaff(id) {
      return (await accounts.exists({ _id: id, role: 'staff', state: 'active' }).exec()) !== null;
    },
  };
}
