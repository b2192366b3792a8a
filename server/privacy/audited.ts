import type { Connection } from 'mongoose';
import type { AuditedState, AuditedThings } from '../audit/audit.ts';
import { consentModel, type ConsentRecord } from './model.ts';

/** An answer to a purpose as the audit log keeps it. */
export function consentState(consent: ConsentRecord): AuditedState {
  const { subjectKind, subjectId, purpose, state, textVersion, revision } = consent;
  return { subjectKind, subjectId, purpose, state, textVersion, revision };
}

/** The answers that there are, for the comparison with the log. */
export function auditedConsents(connection: Connection): AuditedThings {
  return {
    kind: 'consent',
    async states() {
      const all = await consentModel(connection).find({}, { history: 0 }).lean<ConsentRecord[]>().exec();
      return new Map(all.map((consent) => [consent._id, consentState(consent)]));
    },
  };
}
