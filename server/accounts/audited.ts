import type { Connection } from 'mongoose';
import type { AuditedState, AuditedThings } from '../audit/audit.ts';
import { accountModel, type AccountRecord } from './model.ts';

type Decided = Pick<AccountRecord, 'role' | 'clusterId' | 'smeId' | 'state'>;

/** An account as the audit log keeps it: what it may do, never whose it is. */
export function accountState({ role, clusterId, smeId, state }: Decided): AuditedState {
  return { role, clusterId, smeId, state };
}

/** The accounts that there are, for the comparison with the log. */
export function auditedAccounts(connection: Connection): AuditedThings {
  return {
    kind: 'account',
    async states() {
      const all = await accountModel(connection)
        .find({}, { role: 1, clusterId: 1, smeId: 1, state: 1 })
        .lean<(Decided & { _id: string })[]>()
        .exec();
      return new Map(all.map((account) => [account._id, accountState(account)]));
    },
  };
}
