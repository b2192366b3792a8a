import type { Connection } from 'mongoose';
import type { AuditedState, AuditedThings } from '../audit/audit.ts';
import { consortiumModel, type ConsortiumRecord } from './model.ts';

/** A consortium as the audit log keeps it: who, in which state, on which details; not the words of its title and summary. */
export function consortiumState(record: ConsortiumRecord): AuditedState {
  const { callId, eventId, a, b, state, version, confirmedA, confirmedB, revision = 1 } = record;
  const { instrumentId, solutionA, solutionB, leadSmeId } = record.details;
  return {
    callId,
    rulesVersion: record.rulesVersion,
    eventId,
    a,
    b,
    state,
    version,
    confirmedA,
    confirmedB,
    details: { instrumentId, solutionA, solutionB, leadSmeId },
    revision,
  };
}

/** The consortia that there are, for the comparison with the log. */
export function auditedConsortia(connection: Connection): AuditedThings {
  return {
    kind: 'consortium',
    async states() {
      const all = await consortiumModel(connection).find().lean<ConsortiumRecord[]>().exec();
      return new Map(all.map((record) => [record._id, consortiumState(record)]));
    },
  };
}
