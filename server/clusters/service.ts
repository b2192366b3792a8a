import { trusted, type Connection, type QueryFilter } from 'mongoose';
import type { Viewer } from '../accounts/viewer.ts';
import type { Audit } from '../audit/audit.ts';
import { conflict, invalidField, notAllowed, notFound } from '../http/errors.ts';
import { byTime } from '../http/by-time.ts';
import { findPage, type SortOrder } from '../http/paging.ts';
import type { Page } from '../http/schema.ts';
import type { SmeDirectory } from '../smes/directory.ts';
import { searchName, searchPattern } from '../smes/search-name.ts';
import { isDuplicateKey } from '../storage/duplicate-key.ts';
import { newId } from '../storage/ids.ts';
import { remembered } from '../storage/remembered.ts';
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
  readonly members: Pick<SmeDirectory, 'memberCounts'>;
  /** Told when a cluster was added or changed, after it is stored. */
  readonly changed?: () => Promise<void>;
}

export interface ClusterListQuery {
  readonly cursor?: string | undefined;
  readonly limit: number;
  readonly q?: string | undefined;
  readonly country?: string | undefined;
  readonly state?: 'active' | 'left' | undefined;
  readonly sort: 'name' | 'country' | 'newest';
}

/** What other features need to know of every cluster there is or was; a few hundred at most. */
export interface ClusterOutline {
  readonly id: string;
  readonly name: string;
  readonly country: string;
  readonly region: string | null;
  readonly website: string | null;
  readonly kind: ClusterInput['kind'];
  readonly demo: boolean;
  /** True where it is no longer with us. */
  readonly left: boolean;
}

export type ClusterService = ReturnType<typeof createClusterService>;

/** A driver asks for a hundred at first; a programme has some hundreds of clusters. */
const ALL_AT_ONCE = 1_000;
/** Nearly every page shows names of clusters. What another process renames is seen after this. */
const NAMES_KEPT_MS = 5_000;

const byName: SortOrder<ClusterRecord> = [
  { field: 'searchName', direction: 1, kind: 'text', of: (cluster) => cluster.searchName },
  { field: '_id', direction: 1, kind: 'text', of: (cluster) => cluster._id },
];
const ORDERS: Readonly<Record<ClusterListQuery['sort'], SortOrder<ClusterRecord>>> = {
  name: byName,
  country: [{ field: 'country', direction: 1, kind: 'text', of: (cluster) => cluster.country }, ...byName],
  newest: byTime<ClusterRecord>('createdAt', ({ createdAt }) => createdAt).newest,
};

/** Clusters: the regional networks that register SMEs. */
export function createClusterService(deps: ClusterServiceDeps) {
  const { connection, clock, taxonomy, audit, members, changed } = deps;
  const clusters = clusterModel(connection);
  const names = remembered<string>({
    async read(ids) {
      const found = await clusters
        .find({ _id: trusted({ $in: [...ids] }) }, { name: 1 })
        .batchSize(ALL_AT_ONCE)
        .lean<Pick<ClusterRecord, '_id' | 'name'>[]>()
        .exec();
      return new Map(found.map((cluster) => [cluster._id, cluster.name]));
    },
    forMs: NAMES_KEPT_MS,
  });

  async function view(record: ClusterRecord): Promise<ClusterView> {
    return presentCluster(record, (await members.memberCounts([record._id])).get(record._id) ?? 0);
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

  /** A cluster that left is with us again; null where it never left. */
  async function rejoin(id: string, input: ClusterInput): Promise<ClusterRecord | null> {
    const after = await clusters
      .findOneAndUpdate(
        { _id: id, leftAt: trusted({ $ne: null }) },
        {
          $set: { ...fieldsOf(input), leftAt: null, leaving: null, updatedAt: clock() },
          $inc: { revision: 1 },
        },
        { returnDocument: 'after' },
      )
      .lean<ClusterRecord>()
      .exec();
    names.forget([id]);
    return after;
  }

  return {
    /** A page of clusters; `members` counted. */
    async list(query: ClusterListQuery): Promise<Page<ClusterView>> {
      const filter: QueryFilter<ClusterRecord> = {
        ...(query.q ? { searchName: searchPattern(query.q) } : {}),
        ...(query.country ? { country: query.country } : {}),
        leftAt: query.state === 'left' ? trusted({ $ne: null }) : null,
      };
      const page = await findPage(clusters, filter, ORDERS[query.sort], query);
      const counts = await members.memberCounts(page.items.map((cluster) => cluster._id));
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
      await changed?.();
      return view(record);
    },

    /**
     * Takes in a cluster under an id that was chosen before; one that left under this id is with us again. Safe to repeat. 409 where the
     * country has another one of that name.
     */
    async admit(by: Viewer | 'system', id: string, input: ClusterInput): Promise<void> {
      const before = await clusters.findById(id).lean<ClusterRecord>().exec();
      const after = await (before === null ? insert(id, input) : rejoin(id, input)).catch(
        async (error: unknown) => {
          // Admitted at the same moment by somebody else.
          if (isDuplicateKey(error) && (await clusters.exists({ _id: id })) !== null) return null;
          throw nameTaken(error, input);
        },
      );
      if (after === null) return;
      await audit.record({
        actor: by,
        action: before === null ? 'cluster.add' : 'cluster.rejoin',
        thing: { kind: 'cluster', id },
        before: before && clusterState(before),
        after: clusterState(after),
      });
    },

    /** Id of a cluster of this name that left; null where there is none. */
    async findLeft({ country, name }: { country: string; name: string }): Promise<string | null> {
      const found = await clusters
        .findOne({ country, searchName: searchName(name), leftAt: trusted({ $ne: null }) }, { _id: 1 })
        .lean<Pick<ClusterRecord, '_id'>>()
        .exec();
      return found?._id ?? null;
    },

    /** All clusters, also those that left. */
    async outlines(): Promise<readonly ClusterOutline[]> {
      const all = await clusters
        .find()
        .sort({ searchName: 1, _id: 1 })
        .batchSize(ALL_AT_ONCE)
        .lean<ClusterRecord[]>()
        .exec();
      return all.map(({ _id, name, country, region, website, kind, demo, leftAt = null }) => ({
        id: _id,
        name,
        country,
        region,
        website,
        kind,
        demo,
        left: leftAt !== null,
      }));
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
        names.forget([id]);
        await audit.record({
          actor: viewer,
          action: 'cluster.change',
          thing: { kind: 'cluster', id },
          before: clusterState(before),
          after: clusterState(after),
        });
        await changed?.();
        return await view(after);
      } catch (error) {
        throw nameTaken(error, input);
      }
    },

    /** Names of clusters by id, to be shown; ids without a cluster are left out. */
    names: (ids: readonly string[]): Promise<ReadonlyMap<string, string>> => names.read([...new Set(ids)]),

    /** True where there is this cluster, and it is with us: one that left takes no members. */
    async exists(id: string): Promise<boolean> {
      return (await clusters.exists({ _id: id, leftAt: null })) !== null;
    },

    /** Name of a cluster that is with us; null where there is none. */
    async nameOfMember(id: string): Promise<string | null> {
      const found = await clusters
        .findOne({ _id: id, leftAt: null }, { name: 1 })
        .lean<Pick<ClusterRecord, '_id' | 'name'>>()
        .exec();
      return found?.name ?? null;
    },

    /** Clusters that are with us with this id or, however it is spelled, this name. */
    async find(nameOrId: string): Promise<readonly ClusterRecord[]> {
      return clusters
        .find({ leftAt: null, $or: [{ _id: nameOrId }, { searchName: searchName(nameOrId) }] })
        .lean<ClusterRecord[]>()
        .exec();
    },

    /** Ids of the clusters of each country that are with us. */
    async idsByCountry(): Promise<ReadonlyMap<string, readonly string[]>> {
      const all = await clusters
        .find({ leftAt: null }, { country: 1 })
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
