import type { Connection } from 'mongoose';
import type { AuditedState, AuditedThings } from '../audit/audit.ts';
import { outcomeModel, type OutcomeRecord } from './model.ts';

/** What became of a consortium, as the audit log keeps it. */
export function outcomeState({
  callId,
  state,
  date,
  submissionId,
  grantEur,
  version,
}: OutcomeRecord): AuditedState {
  return { callId, state, date, submissionId, grantEur, version };
}

/** The outcomes that there are, for the comparison with the log. */
export function auditedOutcomes(connection: Connection): AuditedThings {
  return {
    kind: 'outcome',
    async states() {
      const all = await outcomeModel(connection).find().lean<OutcomeRecord[]>().exec();
      return new Map(all.map((record) => [record._id, outcomeState(record)]));
    },
  };
}
