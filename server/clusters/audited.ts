import type { Connection } from 'mongoose';
import type { AuditedState, AuditedThings } from '../audit/audit.ts';
import { clusterModel, type ClusterRecord } from './model.ts';

/** A cluster as the audit log keeps it. */
export function clusterState(cluster: ClusterRecord): AuditedState {
  const { name, country, region, website, kind, demo, leftAt = null, revision } = cluster;
  return { name, country, region, website, kind, demo, left: leftAt !== null, revision };
}

/** The clusters that there are, for the comparison with the log. */
export function auditedClusters(connection: Connection): AuditedThings {
  return {
    kind: 'cluster',
    async states() {
      const all = await clusterModel(connection).find().lean<ClusterRecord[]>().exec();
      return new Map(all.map((cluster) => [cluster._id, clusterState(cluster)]));
    },
  };
}
