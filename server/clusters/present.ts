import type { ClusterRecord } from './model.ts';
import type { ClusterView } from './schema.ts';

/** A cluster as everybody signed in may see it; its fields listed by hand. */
export function presentCluster(cluster: ClusterRecord, members: number): ClusterView {
  return {
    id: cluster._id,
    name: cluster.name,
    country: cluster.country,
    region: cluster.region,
    website: cluster.website,
    kind: cluster.kind,
    demo: cluster.demo,
    members,
    createdAt: cluster.createdAt.toISOString(),
    leftAt: cluster.leftAt?.toISOString() ?? null,
  };
}
