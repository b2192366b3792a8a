import type { Connection } from 'mongoose';
import type { AuditedState, AuditedThings } from '../audit/audit.ts';
import { needModel, type NeedRecord } from './model.ts';

type Decided = Omit<NeedRecord, 'confidential' | 'words'>;

/** A need as the audit log keeps it: its state and what it wants; not its words, and nothing confidential. */
export function needState(record: Decided): AuditedState {
  const { ownerId, state, version, title, organisationKind, country, neededBy, hasDemonstrator } = record;
  const { capabilities, technologies, fields, sectors, trlMin, trlMax } = record;
  return {
    ownerId,
    state,
    version,
    title,
    organisationKind,
    country,
    neededBy,
    hasDemonstrator,
    capabilities,
    technologies,
    fields,
    sectors,
    trlMin,
    trlMax,
  };
}

/** The needs that there are, for the comparison with the log. */
export function auditedNeeds(connection: Connection): AuditedThings {
  return {
    kind: 'need',
    async states() {
      const all = await needModel(connection)
        .find({}, { confidential: 0, words: 0 })
        .lean<(Decided & { _id: string })[]>()
        .exec();
      return new Map(all.map((record) => [record._id, needState(record)]));
    },
  };
}
