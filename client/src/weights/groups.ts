import type { WeightsPairsPreview } from '../../../server/weights/schema.ts';
import { t } from '../strings/text.ts';

export type Grouping = keyof WeightsPairsPreview['groups'];
export type GroupRow = WeightsPairsPreview['groups']['country'][number];
/** In the order in which they are offered. */
export const GROUPINGS: readonly Grouping[] = ['country', 'cluster', 'sizeClass', 'widening'];

/** Groups for which most changes first, then the largest. */
export function mostAffected(rows: readonly GroupRow[]): readonly GroupRow[] {
  const shift = (row: GroupRow): number => Math.abs(row.pairedAfter - row.pairedBefore);
  return [...rows].sort((a, b) => shift(b) - shift(a) || b.smes - a.smes || (a.key < b.key ? -1 : 1));
}

/** What a group other than a country is called. */
export function groupName(
  grouping: Exclude<Grouping, 'country'>,
  { key, name }: Pick<GroupRow, 'key' | 'name'>,
): string {
  if (grouping === 'cluster') {
    return key === 'none' ? t.weights.pairs.noCluster : (name ?? t.pairs.fair.clusterGone);
  }
  const names: Readonly<Record<string, string>> =
    grouping === 'sizeClass' ? t.common.sizes : t.weights.pairs.widening;
  return names[key] ?? key;
}
