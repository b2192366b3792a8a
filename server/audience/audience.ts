import { trusted, type Connection, type QueryFilter } from 'mongoose';
import { accountModel, type AccountRecord } from '../accounts/model.ts';
import type { Role } from '../accounts/schema.ts';
import type { Viewer } from '../accounts/viewer.ts';
import { clusterModel, type ClusterRecord } from '../clusters/model.ts';
import { smeModel, type SmeRecord } from '../smes/model.ts';
import type { Target } from './schema.ts';

/** A reader as targets see them. */
export interface Reader {
  readonly role: Role;
  readonly country: string | null;
  /** The cluster they speak for, or whose member their SME is. */
  readonly clusterId: string | null;
}

/** An account that something is for. */
export type Recipient = Pick<AccountRecord, '_id' | 'email' | 'name' | 'role'>;

/** Who belongs to a target, asked from either side. */
export interface Audience {
  readerOf(viewer: Viewer): Promise<Reader>;
  /** Active accounts of a target, a batch at a time, in the order of their ids. */
  recipients(target: Target, only?: readonly Role[]): AsyncGenerator<Recipient[]>;
}

/** True where the reader belongs to the target. */
export function isFor(target: Target, reader: Reader): boolean {
  if (reader.role === 'staff') return true;
  const fits = (wanted: readonly string[], value: string | null): boolean =>
    wanted.length === 0 || (value !== null && wanted.includes(value));
  return (
    fits(target.roles, reader.role) &&
    fits(target.countries, reader.country) &&
    fits(target.clusterIds, reader.clusterId)
  );
}

/** Filter for records whose `target` the reader belongs to: the same rule as `isFor`, for the database. */
export function targetFilter<T extends { target: Target }>(reader: Reader): QueryFilter<T> {
  if (reader.role === 'staff') return {};
  const open = (field: string) => ({ [`target.${field}.0`]: trusted({ $exists: false }) });
  const fits = (field: string, value: string | null) => ({
    $or: [open(field), ...(value === null ? [] : [{ [`target.${field}`]: value }])],
  });
  // The fields are those of Target, which every T has.
  return {
    $and: [
      fits('roles', reader.role),
      fits('countries', reader.country),
      fits('clusterIds', reader.clusterId),
    ],
  };
}

const BATCH = 200;

export function createAudience(connection: Connection): Audience {
  const accounts = accountModel(connection);
  const clusters = clusterModel(connection);
  const smes = smeModel(connection);

  async function places(ids: { clusterIds: string[]; smeIds: string[] }) {
    const [ofClusters, ofSmes] = await Promise.all([
      ids.clusterIds.length === 0
        ? []
        : clusters
            .find({ _id: trusted({ $in: ids.clusterIds }) }, { country: 1 })
            .lean<Pick<ClusterRecord, '_id' | 'country'>[]>()
            .exec(),
      ids.smeIds.length === 0
        ? []
        : smes
            .find({ _id: trusted({ $in: ids.smeIds }) }, { country: 1, clusterId: 1 })
            .lean<Pick<SmeRecord, '_id' | 'country' | 'clusterId'>[]>()
            .exec(),
    ]);
    return new Map<string, Pick<Reader, 'country' | 'clusterId'>>([
      ...ofClusters.map(({ _id, country }) => [_id, { country, clusterId: _id }] as const),
      ...ofSmes.map(({ _id, country, clusterId }) => [_id, { country, clusterId }] as const),
    ]);
  }

  type Who = Pick<AccountRecord, 'role' | 'clusterId' | 'smeId'>;
  const placeIdOf = (who: Who): string => (who.role === 'sme' ? who.smeId : who.clusterId) ?? '';

  async function readersOf(people: readonly Who[]): Promise<(who: Who) => Reader> {
    const known = await places({
      clusterIds: people.filter(({ role }) => role === 'cluster').map(placeIdOf),
      smeIds: people.filter(({ role }) => role === 'sme').map(placeIdOf),
    });
    return (who) => {
      const place = known.get(placeIdOf(who));
      return { role: who.role, country: place?.country ?? null, clusterId: place?.clusterId ?? null };
    };
  }

  return {
    async readerOf(viewer) {
      return (await readersOf([viewer]))(viewer);
    },

    async *recipients(target, only) {
      const wanted = [...(only ?? ['staff', 'cluster', 'sme', 'demand'])];
      let after = '';
      for (;;) {
        const batch = await accounts
          .find({ _id: trusted({ $gt: after }), role: trusted({ $in: wanted }), state: 'active' })
          .sort({ _id: 1 })
          .limit(BATCH)
          .lean<AccountRecord[]>()
          .exec();
        const last = batch.at(-1);
        if (!last) return;
        after = last._id;
        const readerOf = await readersOf(batch);
        const meant = batch.filter((account) => isFor(target, readerOf(account)));
        if (meant.length > 0) yield meant.map(({ _id, email, name, role }) => ({ _id, email, name, role }));
      }
    },
  };
}
