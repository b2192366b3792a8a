import type { NeedRecord } from '../needs/model.ts';
import type { SmeCard } from '../smes/schema.ts';
import type { InterestRecord } from './model.ts';
import type { InterestView } from './schema.ts';

/** An interest as it leaves the server; every field listed by hand. */
export function presentInterest(
  record: InterestRecord,
  need: Pick<
    NeedRecord,
    '_id' | 'title' | 'organisation' | 'showOrganisation' | 'organisationKind' | 'country'
  >,
  smes: readonly SmeCard[],
  more: Pick<InterestView, 'myTurn' | 'mayWithdraw' | 'contacts'> & { ownSide: boolean },
): InterestView {
  const named = need.showOrganisation || more.ownSide || record.state === 'accepted';
  return {
    id: record._id,
    state: record.state,
    version: record.version,
    need: {
      id: need._id,
      title: need.title,
      organisation: named ? need.organisation : null,
      organisationKind: need.organisationKind,
      country: need.country,
    },
    smes: [...smes],
    startedBy: record.startedBy,
    message: record.message,
    waitsFor: [...record.waitsFor],
    myTurn: more.myTurn,
    mayWithdraw: more.mayWithdraw,
    endedBy: record.endedBy,
    reason: record.reason,
    contacts: more.contacts,
    createdAt: record.createdAt.toISOString(),
    updatedAt: record.updatedAt.toISOString(),
  };
}
