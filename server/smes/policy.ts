import type { Viewer } from '../accounts/viewer.ts';
import { mayManageCluster } from '../clusters/policy.ts';

/** What a rule needs to know of an SME. */
export interface SmeOwner {
  readonly id: string;
  readonly clusterId: string | null;
}

/** The SME itself, its cluster and staff see the whole profile and may change it; everybody else sees the non-confidential part. */
export function mayManageSme(viewer: Viewer, sme: SmeOwner): boolean {
  if (viewer.role === 'sme') return viewer.smeId === sme.id;
  return mayManageCluster(viewer, sme.clusterId);
}

/** Staff and the SME's cluster may withdraw it (its record is erased). */
export function mayWithdrawSme(viewer: Viewer, sme: SmeOwner): boolean {
  return mayManageCluster(viewer, sme.clusterId);
}
