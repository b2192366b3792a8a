import { bits, mean, ratio } from '../fixed.ts';
import { SCALE, type Call, type Country, type Profile, type SmeId } from '../types.ts';

/*
 * Factor reach: countries and clusters that are few in the pool, or that have no consortium in this call yet, count more.
 * Counts enter rounded to powers of two, so that one newcomer does not move everybody of its country.
 */

/** SMEs and consortium members per country or cluster. */
interface Count {
  smes: number;
  taken: number;
}

/** How far each SME widens the reach of the call, by its country and, where one registered it, by its cluster. */
export interface ReachTable {
  of(profile: Profile): number;
}

const value = ({ smes, taken }: Count, pool: number): number => {
  const rarity = SCALE - ratio(bits(smes) - 1, Math.max(1, bits(pool) - 1));
  const uncovered = Math.floor(SCALE / 2 ** bits(taken));
  return mean(rarity, uncovered);
};

const valuesOf = (counts: ReadonlyMap<string, Count>, pool: number): ReadonlyMap<string, number> =>
  new Map([...counts].map(([key, count]) => [key, value(count, pool)]));

/** Counts a pool; the order of the profiles does not matter. */
export function reachTable(pool: readonly Profile[], taken: readonly SmeId[]): ReachTable {
  const inConsortium = new Set(taken);
  const countries = new Map<string, Count>();
  const clusters = new Map<string, Count>();
  const add = (counts: Map<string, Count>, key: string, id: SmeId): void => {
    const known = counts.get(key);
    const count = known ?? { smes: 0, taken: 0 };
    count.smes += 1;
    if (inConsortium.has(id)) count.taken += 1;
    if (!known) counts.set(key, count);
  };
  for (const { id, country, clusterId } of pool) {
    add(countries, country, id);
    if (clusterId !== null) add(clusters, clusterId, id);
  }
  const byCountry = valuesOf(countries, pool.length);
  const byCluster = valuesOf(clusters, pool.length);
  const none = value({ smes: 1, taken: 0 }, pool.length);
  return {
    of({ country, clusterId }) {
      const own = byCountry.get(country) ?? none;
      return clusterId === null ? own : mean(own, byCluster.get(clusterId) ?? none);
    },
  };
}

/** What the value of a pair reads of one side. */
export interface ReachSide {
  readonly reach: number;
  readonly prepared: { readonly profile: { readonly country: Country } };
}

/** Value of a pair: the mean of the two; half of it for two of one country, where the call allows that at all. Always known. */
export function reachValue(a: ReachSide, b: ReachSide, { crossBorder }: Pick<Call, 'crossBorder'>): number {
  const value = mean(a.reach, b.reach);
  const sameCountry = a.prepared.profile.country === b.prepared.profile.country;
  return crossBorder === 'bonus' && sameCountry ? Math.floor(value / 2) : value;
}

/** SMEs with the same key widen the reach alike with everybody; the country counts only where it may be the same. */
export const reachKey = (side: ReachSide, { crossBorder }: Pick<Call, 'crossBorder'>): string =>
  crossBorder === 'bonus' ? `${side.reach} ${side.prepared.profile.country}` : String(side.reach);
