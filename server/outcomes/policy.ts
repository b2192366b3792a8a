import type { Viewer } from '../accounts/viewer.ts';

/** Project results are for staff, and for the two SMEs themselves; never for a cluster. */
export function mayReadOutcome(viewer: Viewer, { smeIds }: { readonly smeIds: readonly string[] }): boolean {
  if (viewer.role === 'staff') return true;
  return viewer.role === 'sme' && viewer.smeId !== null && smeIds.includes(viewer.smeId);
}
