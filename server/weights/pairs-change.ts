import type { WhatIf } from '../../matching/index.ts';
import { SCALE, type SmeId } from '../../matching/types.ts';
import type { SmeCard } from '../smes/schema.ts';
import type { SmeService } from '../smes/service.ts';
import type { PairsChange } from './schema.ts';

/** Pairs and SMEs that are named in each part; the counts are of all. */
const NAMED = 30;

export interface PairsChangeDeps {
  readonly smes: Pick<SmeService, 'cards'>;
  /** Names of clusters by id; ids without a cluster are left out. */
  readonly clusterNames: (ids: readonly string[]) => Promise<ReadonlyMap<string, string>>;
}

type ChangedPairs = WhatIf['pairs']['gained'];
type GroupRows = PairsChange['groups']['country'];

/** Best first. */
const best = (pairs: ChangedPairs): ChangedPairs =>
  pairs.toSorted((one, other) => other.score - one.score).slice(0, NAMED);

/** What other settings would do to the best set of pairs, with the names of those concerned. */
export async function presentPairsChange(
  { pairs, alone, totals, groups }: WhatIf,
  { smes, clusterNames }: PairsChangeDeps,
): Promise<PairsChange> {
  const [gained, lost] = [best(pairs.gained), best(pairs.lost)];
  const [newly, noLonger] = [alone.newly.slice(0, NAMED), alone.noLonger.slice(0, NAMED)];
  const named = [...gained, ...lost].flatMap(({ a, b }) => [a, b]);
  const [cards, names] = await Promise.all([
    smes.cards([...named, ...newly, ...noLonger]),
    clusterNames(groups.cluster.map(({ key }) => key)),
  ]);
  const found = (ids: readonly SmeId[]): SmeCard[] => ids.flatMap((id) => cards.get(id) ?? []);
  const views = (changed: ChangedPairs): PairsChange['gained']['pairs'] =>
    changed.flatMap(({ a, b, score }) => {
      const [one, other] = found([a, b]);
      return one && other ? [{ a: one, b: other, score: score / SCALE }] : [];
    });
  const rows = (grouping: keyof WhatIf['groups']): GroupRows =>
    groups[grouping].map(({ key, smes: size, pairedBefore, pairedAfter }) => {
      const name = grouping === 'cluster' ? (names.get(key) ?? null) : null;
      return { key, name, smes: size, pairedBefore, pairedAfter };
    });
  return {
    kept: pairs.kept,
    gained: { count: pairs.gained.length, pairs: views(gained) },
    lost: { count: pairs.lost.length, pairs: views(lost) },
    alone: {
      before: alone.before,
      after: alone.after,
      newly: found(newly),
      noLonger: found(noLonger),
    },
    totals: {
      before: totals.underAfter.before.total / SCALE,
      after: totals.underAfter.after.total / SCALE,
    },
    groups: {
      country: rows('country'),
      cluster: rows('cluster'),
      sizeClass: rows('sizeClass'),
      widening: rows('widening'),
    },
  };
}
