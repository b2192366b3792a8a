import type { Viewer } from '../accounts/viewer.ts';

/** Staff, and the cluster's own accounts, may change it and see its members. */
export function mayManageCluster(viewer: Viewer, clusterId: string | null): boolean {
  if (viewer.role === 'staff') return true;
  return viewer.role === 'cluster' && clusterId !== null && viewer.clusterId === clusterId;
}
