import type { QueryFilter } from 'mongoose';
import type { Viewer } from '../accounts/viewer.ts';
import type { Authored } from './model.ts';

/** The cluster that a viewer writes for; null: staff. */
export function clusterOf(viewer: Viewer): string | null {
  return viewer.role === 'cluster' ? viewer.clusterId : null;
}

/** The people of its cluster; of what staff wrote, any of them. */
export function isMine(viewer: Viewer, thing: Pick<Authored, 'clusterId'>): boolean {
  if (viewer.role === 'staff') return thing.clusterId === null;
  return viewer.role === 'cluster' && viewer.clusterId !== null && viewer.clusterId === thing.clusterId;
}

/** Hidden ones are seen by staff and by the cluster that wrote them. */
export function mayReadAuthored(viewer: Viewer, thing: Authored): boolean {
  return !thing.hidden || viewer.role === 'staff' || isMine(viewer, thing);
}

/** The same rule for the database. */
export function readableFilter<T extends Authored>(viewer: Viewer): QueryFilter<T> {
  if (viewer.role === 'staff') return {};
  // The fields are those of Authored, which every T has.
  return { $or: [{ hidden: false }, { clusterId: viewer.clusterId }] };
}
