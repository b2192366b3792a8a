import type { Viewer } from '../accounts/viewer.ts';
import { DEMAND, type InterestRecord } from './model.ts';

type Parties = Pick<InterestRecord, 'ownerId' | 'smeIds' | 'shown'>;

/** The companies named, the organisation once it may see it, and staff. */
export function mayReadInterest(viewer: Viewer, { ownerId, smeIds, shown }: Parties): boolean {
  if (viewer.role === 'staff') return true;
  if (viewer.role === 'sme') return viewer.smeId !== null && smeIds.includes(viewer.smeId);
  return viewer.role === 'demand' && ownerId === viewer.id && shown;
}

/** For whom a reader speaks: 'demand' or an SME's id. Staff speak for an organisation without an account. */
export function sideOf(viewer: Viewer, { ownerId }: Pick<InterestRecord, 'ownerId'>): string | null {
  if (viewer.role === 'sme') return viewer.smeId;
  if (viewer.role === 'demand') return ownerId === viewer.id ? DEMAND : null;
  return viewer.role === 'staff' && ownerId === null ? DEMAND : null;
}
