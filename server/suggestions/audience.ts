import { trusted, type Connection } from 'mongoose';
import { accountModel, type AccountRecord } from '../accounts/model.ts';
import { restOfTask } from '../rest-of-task.ts';
import { askAlong } from '../storage/ask-along.ts';
import { batched } from '../storage/batched.ts';

/** Active accounts that speak for SMEs: they, and nobody else, hear of a changed list. */
export interface Audience {
  accountsOf(smeIds: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>>;
  /** Active accounts of these clusters' own people. */
  clusterAccountsOf(clusterIds: readonly string[]): Promise<readonly string[]>;
}

export function createAudience(connection: Connection): Audience {
  const accounts = accountModel(connection);

  async function read(smeIds: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> {
    const found = await askAlong<Pick<AccountRecord, '_id' | 'smeId'>>(connection, {
      collection: accounts.collection.collectionName,
      pipeline: [
        { $match: { smeId: { $in: [...smeIds] }, state: 'active', role: 'sme' } },
        { $project: { smeId: 1 } },
      ],
    });
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
