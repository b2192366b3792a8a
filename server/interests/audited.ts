import type { Connection } from 'mongoose';
import type { AuditedState, AuditedThings } from '../audit/audit.ts';
import { interestModel, type InterestRecord } from './model.ts';

/** An interest as the audit log keeps it: who, in what, and how it stands; not what they wrote to each other. */
export function interestState(record: InterestRecord): AuditedState {
  const { needId, smeIds, startedBy, starterSmeId, waitsFor, state, version, endedBy } = record;
  return { needId, smeIds, startedBy, starterSmeId, waitsFor, state, version, endedBy };
}

/** The interests that there are, for the comparison with the log. */
export function auditedInterests(connection: Connection): AuditedThings {
  return {
    kind: 'interest',
    async states() {
      const all = await interestModel(connection).find().lean<InterestRecord[]>().exec();
      return new Map(all.map((record) => [record._id, interestState(record)]));
    },
  };
}
