import type { Connection } from 'mongoose';
import { followRecords } from '../storage/follow.ts';
import { WorkedOut } from '../storage/worked-out.ts';
import { smeModel, type SmeRecord } from './model.ts';
import { searchName } from './search-name.ts';

/** What the directory keeps of an SME: what it is searched, narrowed and sorted by. */
export type Listed = Pick<SmeRecord, '_id' | 'searchName' | 'country' | 'clusterId' | 'updatedAt'>;

export type DirectoryOrder = 'name' | 'country' | 'updated';

export interface DirectorySearch {
  /** What was typed; found anywhere in a name. */
  readonly q: string;
  readonly country?: string | undefined;
  readonly clusterId?: string | undefined;
  readonly order: DirectoryOrder;
}

/** All SMEs by name and cluster, in memory. */
export interface SmeDirectory {
  /** Reads all names into memory, so that nobody has to wait for that. */
  warm(): Promise<void>;
  /** All that fit, in their order. */
  search(search: DirectorySearch): Promise<readonly Listed[]>;
  /** Members of each of these clusters; those without are left out. */
  memberCounts(clusterIds: readonly string[]): Promise<ReadonlyMap<string, number>>;
  /** How many SMEs there are, and of how many countries. */
  extent(): Promise<{ readonly smes: number; readonly countries: number }>;
}

const text = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);
const byName = (one: Listed, other: Listed): number =>
  text(one.searchName, other.searchName) || text(one._id, other._id);
const COMPARE: Readonly<Record<DirectoryOrder, (one: Listed, other: Listed) => number>> = {
  name: byName,
  country: (one, other) => text(one.country, other.country) || byName(one, other),
  updated: (one, other) => other.updatedAt.getTime() - one.updatedAt.getTime() || text(one._id, other._id),
};

const SEARCHES = 20;

/**
 * A word within a name cannot be found by an index of the database, which would look at every record for each page; nor can it count the
 * members of many clusters at once without reading them. The names of 20,000 SMEs are some megabytes, and looking through them takes about
 * a millisecond; what is shown of those found is read by id.
 */
export function createSmeDirectory(connection: Connection): SmeDirectory {
  const listed = new Map<string, Listed>();
  /** Sorted when they are first asked for after a change. */
  const sorted = new Map<DirectoryOrder, readonly Listed[]>();
  const members = new Map<string, number>();
  /** Each holds up to all SMEs, so that only few are kept; people page through one search after the other. */
  const searched = new WorkedOut(SEARCHES);
  let generation = 0;
  let extent: { readonly smes: number; readonly countries: number } | null = null;

  function count(clusterId: string | null | undefined, by: 1 | -1): void {
    if (clusterId !== null && clusterId !== undefined)
      members.set(clusterId, (members.get(clusterId) ?? 0) + by);
  }
  function remove(id: string): void {
    count(listed.get(id)?.clusterId, -1);
    listed.delete(id);
    sorted.clear();
    extent = null;
    generation += 1;
  }
  const follower = followRecords(smeModel(connection), ['searchName', 'country', 'clusterId', 'updatedAt'], {
    put({ _id, searchName: name, country, clusterId, updatedAt }) {
      remove(_id);
      listed.set(_id, { _id, searchName: name, country, clusterId, updatedAt });
      count(clusterId, 1);
    },
    remove,
  });

  function inOrder(order: DirectoryOrder): readonly Listed[] {
    const known = sorted.get(order) ?? [...listed.values()].sort(COMPARE[order]);
    sorted.set(order, known);
    return known;
  }

  return {
    warm: () => follower.fresh(),
    async search({ q, country, clusterId, order }) {
      await follower.fresh();
      const wanted = searchName(q);
      return searched.of(generation, ['search', wanted, country, clusterId, order], () =>
        inOrder(order).filter(
          (sme) =>
            (country === undefined || sme.country === country) &&
            (clusterId === undefined || sme.clusterId === clusterId) &&
            sme.searchName.includes(wanted),
        ),
      );
    },
    async extent() {
      await follower.fresh();
      extent ??= {
        smes: listed.size,
        countries: new Set([...listed.values()].map(({ country }) => country)).size,
      };
      return extent;
    },
    async memberCounts(clusterIds) {
      await follower.fresh();
      return new Map(
        clusterIds.flatMap((id) => {
          const count = members.get(id) ?? 0;
          return count === 0 ? [] : [[id, count] as const];
        }),
      );
    },
  };
}
