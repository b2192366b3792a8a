import type { Viewer } from '../accounts/viewer.ts';
import { isInTheRunning, type OutcomeView } from '../outcomes/schema.ts';
import type { ConsortiumRecord } from './model.ts';

type Parties = Pick<ConsortiumRecord, 'smeIds' | 'clusterIds'>;

/** The two SMEs, their clusters and staff may see that there is a consortium. */
export function mayReadConsortium(viewer: Viewer, { smeIds, clusterIds }: Parties): boolean {
  if (viewer.role === 'staff') return true;
  if (viewer.role === 'sme') return viewer.smeId !== null && smeIds.includes(viewer.smeId);
  return viewer.role === 'cluster' && viewer.clusterId !== null && clusterIds.includes(viewer.clusterId);
}

/** The two SMEs decide on their consortium; staff may correct it. Clusters look on. */
export function mayChangeConsortium(viewer: Viewer, parties: Parties): boolean {
  return viewer.role !== 'cluster' && mayReadConsortium(viewer, parties);
}

/** Who may change it may give it up; what was handed in to the submission platform only staff, as the proposal there goes with it. */
export function mayLeaveConsortium(
  viewer: Viewer,
  parties: Parties,
  outcome: Pick<OutcomeView, 'state'> | null,
): boolean {
  const handedIn = outcome !== null && isInTheRunning(outcome.state);
  return mayChangeConsortium(viewer, parties) && (viewer.role === 'staff' || !handedIn);
}
