import type { Viewer } from '../accounts/viewer.ts';
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
