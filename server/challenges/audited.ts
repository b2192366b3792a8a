import type { Connection } from 'mongoose';
import type { AuditedState, AuditedThings } from '../audit/audit.ts';
import { challengeModel, type ChallengeRecord } from './model.ts';

/** A challenge as the audit log keeps it: all that it says, as published ones are rules of a call. */
export function challengeState(record: ChallengeRecord): AuditedState {
  const { callId, state, version, title, words, needIds } = record;
  const { capabilities, technologies, fields, sectors, trlMin, trlMax } = record;
  return {
    callId,
    state,
    version,
    title,
    words,
    needIds,
    capabilities,
    technologies,
    fields,
    sectors,
    trlMin,
    trlMax,
  };
}

/** The challenges that there are, for the comparison with the log. */
export function auditedChallenges(connection: Connection): AuditedThings {
  return {
    kind: 'challenge',
    async states() {
      const all = await challengeModel(connection).find().lean<ChallengeRecord[]>().exec();
      return new Map(all.map((record) => [record._id, challengeState(record)]));
    },
  };
}
