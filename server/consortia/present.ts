import type { SmeCard } from '../smes/schema.ts';
import type { ConsortiumRecord } from './model.ts';
import type { ConsortiumView } from './schema.ts';

/** A consortium as it leaves the server; every field listed by hand. */
export function presentConsortium(
  record: ConsortiumRecord,
  sides: { a: SmeCard; b: SmeCard },
  more: Pick<ConsortiumView, 'blockers' | 'contact' | 'outcome' | 'mayLeave'>,
): ConsortiumView {
  const { instrumentId, title, summary, solutionA, solutionB, leadSmeId } = record.details;
  return {
    id: record._id,
    callId: record.callId,
    rulesVersion: record.rulesVersion ?? null,
    eventId: record.eventId,
    state: record.state,
    a: sides.a,
    b: sides.b,
    details: { instrumentId, title, summary, solutionA, solutionB, leadSmeId },
    version: record.version,
    confirmedByA: record.confirmedA === record.version,
    confirmedByB: record.confirmedB === record.version,
    blockers: more.blockers,
    contact: more.contact,
    outcome: more.outcome,
    mayLeave: more.mayLeave,
    createdAt: record.createdAt.toISOString(),
    formedAt: record.formedAt?.toISOString() ?? null,
  };
}
