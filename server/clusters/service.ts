import { trusted, type Connection, type QueryFilter } from 'mongoose';
import type { Viewer } from '../accounts/viewer.ts';
import type { Audit } from '../audit/audit.ts';
import { conflict, invalidField, notAllowed, notFound } from '../http/errors.ts';
import { findPage, type SortOrder } from '../http/paging.ts';
import type { Page } from '../http/schema.ts';
import { smeModel } from '../smes/model.ts';
import { searchName, searchPattern } from '../smes/search-name.ts';
import { isDuplicateKey } from '../storage/duplicate-key.ts';
import { newId } from '../storage/ids.ts';
import type { TaxonomyService } from '../taxonomy/service.ts';
import { clusterState } from './audited.ts';
import { clusterModel, type ClusterRecord } from './model.ts';
import { mayManageCluster } from './policy.ts';
import { presentCluster } from './present.ts';
import type { ClusterInput, ClusterView } from './schema.ts';
import { consortiumClusters } from './seed.ts';

export interface ClusterServiceDeps {
  readonly connection: Connection;
  readonly clock: () => Date;
  readonly taxonomy: Pick<TaxonomyService, 'knowsCountry'>;
  readonly audit: Audit;
}

export interface ClusterListQuery {
  readonly cursor?: string | undefined;
  readonly limit: number;
  readonly q?: string | undefined;
  readonly country?: string | undefined;
}

export type ClusterService = ReturnType<typeof createClusterService>;

const byName: SortOrder<ClusterRecord> = [
  { field: 'searchName', direction: 1, kind: 'text', of: (cluster) => cluster.searchName },
  { field: '_id', direction: 1, kind: 'text', of: (cluster) => cluster._id },
];

/** Clusters: the regional networks that register SMEs. */
export function createClusterService({ connection, clock, taxonomy, audit }: ClusterServiceDeps) {
  const clusters = clusterModel(connection);
  const smes = smeModel(connection);

  async function memberCounts(ids: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const groups = await smes
      .aggregate<{ _id: string; n: number }>([
        { $match: { clusterId: { $in: [...ids] } } },
        { $group: { _id: '$clusterId', n: { $sum: 1 } } },
      ])
      .exec();
    return new Map(groups.map((group) => [group._id, group.n]));
  }

  async function view(record: ClusterRecord): Promise<ClusterView> {
    return presentCluster(record, (await memberCounts([record._id])).get(record._id) ?? 0);
  }

  function fieldsOf(input: ClusterInput) {
    if (!taxonomy.knowsCountry(input.country)) {
      throw invalidField(
        'country',
        `'${input.country}' is not one of the countries listed by GET /api/v1/taxonomy`,
      );
    }
    const { name, country, region, website, kind } = input;
    return { name, searchName: searchName(name), country, region, website, kind };
  }

  async function insert(id: string, input: ClusterInput): Promise<ClusterRecord> {
    const now = clock();
    const record: ClusterRecord = {
      _id: id,
      ...fieldsOf(input),
      demo: input.demo ?? false,
      revision: 1,
      createdAt: now,
      updatedAt: now,
    };
    await clusters.insertMany([record]);
    return record;
  }

  return {
    /** A page of clusters by name; `members` counted. */
    async list(query: ClusterListQuery): Promise<Page<ClusterView>> {
      const filter: QueryFilter<ClusterRecord> = {
        ...(query.q ? { searchName: searchPattern(query.q) } : {}),
        ...(query.country ? { country: query.country } : {}),
      };
      const page = await findPage(clusters, filter, byName, query);
      const counts = await memberCounts(page.items.map((cluster) => cluster._id));
      return { ...page, items: page.items.map((item) => presentCluster(item, counts.get(item._id) ?? 0)) };
    },

    /** One cluster; 404 where there is none. */
    async get(id: string): Promise<ClusterView> {
      const record = await clusters.findById(id).lean<ClusterRecord>().exec();
      if (!record) throw notFound('cluster');
      return view(record);
    },

    /** Adds a cluster. 409 where the country has one of that name. */
    async create(viewer: Viewer, input: ClusterInput): Promise<ClusterView> {
      const record = await insert(newId(), input).catch((error: unknown) => {
        throw nameTaken(error, input);
      });
      await audit.record({
        actor: viewer,
        action: 'cluster.add',
        thing: { kind: 'cluster', id: record._id },
        before: null,
        after: clusterState(record),
      });
      return view(record);
    },

    /** Changes a cluster; for staff and its own accounts. Only staff decide whether it is a consortium partner. */
    async update(viewer: Viewer, id: string, input: ClusterInput): Promise<ClusterView> {
      const before = await clusters.findById(id).lean<ClusterRecord>().exec();
      if (!before) throw notFound('cluster');
      if (!mayManageCluster(viewer, id))
        throw notAllowed('Only staff and the cluster itself may change a cluster.');
      if (viewer.role !== 'staff' && input.kind !== before.kind) {
        throw notAllowed('kind: only staff decide whether a cluster is a consortium partner.');
      }
      try {
        const after = await clusters
          .findOneAndUpdate(
            { _id: id },
            { $set: { ...fieldsOf(input), updatedAt: clock() }, $inc: { revision: 1 } },
            { returnDocument: 'after' },
          )
          .lean<ClusterRecord>()
          .exec();
        if (!after) throw notFound('cluster');
        await audit.record({
          actor: viewer,
          action: 'cluster.change',
          thing: { kind: 'cluster', id },
          before: clusterState(before),
          after: clusterState(after),
        });
        return await view(after);
      } catch (error) {
        throw nameTaken(error, input);
      }
    },

    /** Names of clusters by id; ids without a cluster are left out. */
    async names(ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
      const found = await clusters
        .find({ _id: trusted({ $in: [...new Set(ids)] }) }, { name: 1 })
        .lean<Pick<ClusterRecord, '_id' | 'name'>[]>()
        .exec();
      return new Map(found.map((cluster) => [cluster._id, cluster.name]));
    },

    async exists(id: string): Promise<boolean> {
      return (await clusters.exists({ _id: id })) !== null;
    },

    /** Clusters with this id or, however it is spelled, this name. */
    async find(nameOrId: string): Promise<readonly ClusterRecord[]> {
      return clusters
        .find({ $or: [{ _id: nameOrId }, { searchName: searchName(nameOrId) }] })
        .lean<ClusterRecord[]>()
        .exec();
    },

    /** Ids of the clusters of each country. */
    async idsByCountry(): Promise<ReadonlyMap<string, readonly string[]>> {
      const all = await clusters
        .find({}, { country: 1 })
        .lean<Pick<ClusterRecord, '_id' | 'country'>[]>()
        .exec();
      const byCountry = new Map<string, string[]>();
      for (const { _id, country } of all) byCountry.set(country, [...(byCountry.get(country) ?? []), _id]);
      return byCountry;
    },

    /** Puts in the consortium's own clusters that are not there yet; returns how many were added. Safe to repeat. */
    async seedClusters(): Promise<number> {
      let added = 0;
      for (const { id, input } of consortiumClusters()) {
        try {
          await insert(id, input);
          added += 1;
        } catch (error) {
          // There already, from an earlier start or under that name.
          if (!isDuplicateKey(error)) throw error;
        }
      }
      return added;
    },
  };
}

function nameTaken(error: unknown, input: ClusterInput): unknown {
  if (!isDuplicateKey(error)) return error;
  return conflict('cluster-exists', `name: ${input.country} already has a cluster named '${input.name}'.`);
}
