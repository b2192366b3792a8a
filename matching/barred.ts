import type { Pool } from './pool.ts';
import type { Profile } from './types.ts';

/** Whether two readings of an SME refuse the same others. */
export const refusesTheSame = (one: Profile, other: Profile): boolean =>
  sameIds(one.conflicts, other.conflicts) && sameIds(one.declined, other.declined);

const sameIds = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((id, at) => id === other[at]);

/** For each position those that one of the two refuses: conflicts of interest and 'not for me', both ways. */
export function barredBy({ features, positions }: Pool): ReadonlyMap<number, readonly number[]> {
  const barred = new Map<number, number[]>();
  for (let own = 0; own < features.length; own += 1) {
    const { conflicts, declined } = features[own].prepared.profile;
    if (conflicts.length > 0) barAll(barred, own, conflicts, positions);
    if (declined.length > 0) barAll(barred, own, declined, positions);
  }
  return barred;
}

function barAll(
  barred: Map<number, number[]>,
  own: number,
  ids: readonly string[],
  positions: Pool['positions'],
): void {
  for (const id of ids) {
    const other = positions.get(id);
    if (other === undefined) continue;
    bar(barred, own, other);
    bar(barred, other, own);
  }
}

function bar(barred: Map<number, number[]>, one: number, other: number): void {
  const list = barred.get(one);
  if (list) list.push(other);
  else barred.set(one, [other]);
}
