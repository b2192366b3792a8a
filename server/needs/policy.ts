import type { Viewer } from '../accounts/viewer.ts';
import type { NeedRecord } from './model.ts';

type Owned = Pick<NeedRecord, 'ownerId' | 'state'>;

/** Who stated it, and staff, see the whole need and may change it. */
export function mayManageNeed(viewer: Viewer, { ownerId }: Pick<NeedRecord, 'ownerId'>): boolean {
  return viewer.role === 'staff' || (viewer.role === 'demand' && ownerId === viewer.id);
}

/** What is or was published is for everybody signed in, without its confidential part. */
export function mayReadNeed(viewer: Viewer, need: Owned): boolean {
  return mayManageNeed(viewer, need) || need.state === 'published' || need.state === 'closed';
}
