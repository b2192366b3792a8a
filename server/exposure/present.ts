import type { Exposure } from '../../matching/index.ts';
import { SCALE } from '../../matching/types.ts';
import type { ExposureFigures, ExposureGroups, ExposureRowView } from './schema.ts';

/** Names of clusters by id; ids without a cluster are left out. */
export type ClusterNames = (ids: readonly string[]) => Promise<ReadonlyMap<string, string>>;

type Groups = Exposure['groups'];

/** The figures of a run that are followed from run to run. */
export function exposureFigures({ inequality, unseen, groups }: Exposure): ExposureFigures {
  const widening = groups.widening.find(({ key }) => key === 'widening');
  return {
    gini: inequality / SCALE,
    unsuggested: unseen.length,
    widening: {
      poolShare: (widening?.poolShare ?? 0) / SCALE,
      listShare: (widening?.listShare ?? 0) / SCALE,
    },
  };
}

/** Groups with decimals instead of the engine's integers, and clusters by name. */
export async function exposureGroups(groups: Groups, clusterNames: ClusterNames): Promise<ExposureGroups> {
  const names = await clusterNames(groups.cluster.map(({ key }) => key));
  const rows = (grouping: keyof Groups): ExposureRowView[] =>
    groups[grouping].map(
      ({ key, smes, poolShare, listShare, suggested, unseen, paired, alone, meanScore }) => ({
        key,
        name: grouping === 'cluster' ? (names.get(key) ?? null) : null,
        smes,
        poolShare: poolShare / SCALE,
        listShare: listShare / SCALE,
        suggested,
        unsuggested: unseen,
        paired,
        alone,
        meanScore: paired === 0 ? null : meanScore / SCALE,
      }),
    );
  return {
    country: rows('country'),
    cluster: rows('cluster'),
    sizeClass: rows('sizeClass'),
    widening: rows('widening'),
  };
}
