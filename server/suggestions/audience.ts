import { trusted, type Connection } from 'mongoose';
import { accountModel } from '../accounts/model.ts';
import { restOfTask } from '../rest-of-task.ts';
import { batched } from '../storage/batched.ts';

/** Active accounts that speak for SMEs: they, and nobody else, hear of a changed list. */
export interface Audience {
  accountsOf(smeIds: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>>;
  /** Active accounts of these clusters' own people. */
  clusterAccountsOf(clusterIds: readonly string[]): Promise<readonly string[]>;
}

/** Accounts in one answer of the database: some 100 kB. */
const ACCOUNTS_AT_ONCE = 2_000;

export function createAudience(connection: Connection): Audience {
  const accounts = accountModel(connection);

  async function read(smeIds: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> {
    const found = await accounts
      .find({ smeId: trusted({ $in: [...smeIds] }), state: 'active', role: 'sme' }, { smeId: 1 })
      // Those of a whole event in one answer.
      .batchSize(ACCOUNTS_AT_ONCE)
      .lean()
      .exec();
    const bySme = new Map<string, string[]>();
    for (const { _id, smeId } of found) {
      if (smeId !== null) bySme.set(smeId, [...(bySme.get(smeId) ?? []), _id]);
    }
    return bySme;
  }

  return {
    accountsOf: batched(read, restOfTask),
    async clusterAccountsOf(clusterIds) {
      const found = await accounts
        .find({ clusterId: trusted({ $in: [...clusterIds] }), state: 'active', role: 'cluster' }, { _id: 1 })
        .lean()
        .exec();
      return found.map(({ _id }) => _id);
    },
  };
}
