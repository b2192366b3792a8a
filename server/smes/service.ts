import { trusted, type Connection } from 'mongoose';
import type { Viewer } from '../accounts/viewer.ts';
import type { Audit } from '../audit/audit.ts';
import type { CallService } from '../calls/service.ts';
import { mayManageCluster } from '../clusters/policy.ts';
import type { ClusterService } from '../clusters/service.ts';
import { invalidField, invalidRequest, notAllowed, notFound, staleVersion } from '../http/errors.ts';
import { findPage, pageAfter, type SortOrder } from '../http/paging.ts';
import type { Page } from '../http/schema.ts';
import type { Cause } from '../live/protocol.ts';
import { isOnlyDuplicateKeys } from '../storage/duplicate-key.ts';
import { newId } from '../storage/ids.ts';
import { oneAlong } from '../storage/read-along.ts';
import type { TaxonomyService } from '../taxonomy/service.ts';
import { consortiumBlockers, type BlockerFacts, type BlockerRules } from './blockers.ts';
import { createCards } from './cards.ts';
import { completenessView } from './completeness.ts';
import type { DirectoryOrder, Listed, SmeDirectory } from './directory.ts';
import { fillEmpty } from './merge.ts';
import { smeModel, type SmeRecord } from './model.ts';
import type { SmeNeighbours } from './neighbours.ts';
import { mayManageSme, mayWithdrawSme } from './policy.ts';
import { presentCard, presentMember, presentOwn, presentPublic } from './present.ts';
import { toProfile } from './profile.ts';
import { newRecord, profileFields, type NewSme } from './record.ts';
import type { MemberView, SmeCard, SmeInput, SmeView } from './schema.ts';
import { checkProfile } from './validate.ts';

export interface SmeServiceDeps {
  readonly connection: Connection;
  readonly clock: () => Date;
  readonly log: { error(fields: object, message: string): void };
  readonly audit: Audit;
  readonly taxonomy: TaxonomyService;
  readonly calls: Pick<CallService, 'inForce'>;
  readonly clusters: Pick<ClusterService, 'names' | 'exists' | 'nameOfMember'>;
  readonly directory: SmeDirectory;
  readonly neighbours: SmeNeighbours;
}

export interface SmeListQuery {
  readonly cursor?: string | undefined;
  readonly limit: number;
  readonly q?: string | undefined;
  readonly country?: string | undefined;
  readonly clusterId?: string | undefined;
  readonly sort: DirectoryOrder;
}

/** What became of one imported SME that was already there. */
export type FillOutcome = 'merged' | 'nothing-new' | 'not-theirs' | 'gone';

export type SmeService = ReturnType<typeof createSmeService>;

const nameOrder: SortOrder<Listed> = [
  { field: 'searchName', direction: 1, kind: 'text', of: (sme) => sme.searchName },
  { field: '_id', direction: 1, kind: 'text', of: (sme) => sme._id },
];
const ORDERS: Readonly<Record<DirectoryOrder, SortOrder<Listed>>> = {
  name: nameOrder,
  country: [{ field: 'country', direction: 1, kind: 'text', of: (sme) => sme.country }, ...nameOrder],
  updated: [
    { field: 'updatedAt', direction: -1, kind: 'date', of: (sme) => sme.updatedAt },
    { field: '_id', direction: 1, kind: 'text', of: (sme) => sme._id },
  ],
};

/** An SME as the audit log keeps it: whose member it is. What its profile says is its own, not a decision. */
const memberState = ({ clusterId, country }: SmeRecord) => ({ clusterId, country });

/** SMEs: their profiles, who may see and change them, and the word to the matcher when one changed. */
export function createSmeService(deps: SmeServiceDeps) {
  const { clock, taxonomy, clusters, directory, neighbours, log, audit } = deps;
  const smes = smeModel(deps.connection);

  const rulesFor = ({ countries, trlEntryMin }: Omit<BlockerRules, 'countryName'>): BlockerRules => ({
    countries,
    trlEntryMin,
    countryName: (code) => taxonomy.countryName(code),
  });
  /** What the call in force asks. */
  const rulesNow = async (): Promise<BlockerRules> => rulesFor(await deps.calls.inForce());

  async function find(id: string): Promise<SmeRecord> {
    const record = await smes.findById(id).lean<SmeRecord>().exec();
    if (!record) throw notFound('SME');
    return record;
  }

  async function namesOf(ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
    if (ids.length === 0) return new Map();
    const found = await smes
      .find({ _id: trusted({ $in: [...ids] }) }, { name: 1 })
      .lean<Pick<SmeRecord, '_id' | 'name'>[]>()
      .exec();
    return new Map(found.map((sme) => [sme._id, sme.name]));
  }

  async function cardsOf(records: readonly SmeRecord[]): Promise<SmeCard[]> {
    const ids = records.flatMap(({ clusterId }) => (clusterId === null ? [] : [clusterId]));
    const names = await clusters.names(ids);
    return records.map((sme) => presentCard(sme, names.get(sme.clusterId ?? '') ?? null));
  }

  const cards = createCards({ smes, clusterNames: (ids) => clusters.names(ids) });

  async function present(viewer: Viewer, sme: SmeRecord): Promise<SmeView> {
    const names = await clusters.names(sme.clusterId === null ? [] : [sme.clusterId]);
    const view = presentPublic(sme, names.get(sme.clusterId ?? '') ?? null);
    if (!mayManageSme(viewer, { id: sme._id, clusterId: sme.clusterId })) return view;
    const own = presentOwn(sme, {
      conflictNames: await namesOf(sme.conflicts),
      completeness: completenessView(toProfile(sme), await neighbours.weights()),
      consortiumBlockers: consortiumBlockers(sme, await rulesNow()),
    });
    return { ...view, own };
  }

  /** Refuses a profile that does not fit; returns it without the conflicts that ended because the other SME is gone. */
  async function check(input: SmeInput, selfId: string, before?: SmeRecord): Promise<SmeInput> {
    const faults = checkProfile(input, taxonomy, clock().toISOString().slice(0, 10));
    const known = await namesOf(input.conflicts);
    for (const [i, id] of input.conflicts.entries()) {
      if (id === selfId) {
        faults.push({ field: `conflicts.${i}`, message: 'an SME cannot be in conflict with itself' });
      } else if (!known.has(id) && !before?.conflicts.includes(id)) {
        faults.push({ field: `conflicts.${i}`, message: `there is no SME '${id}'; see GET /api/v1/smes` });
      }
    }
    if (faults.length > 0) throw invalidRequest(faults);
    return { ...input, conflicts: input.conflicts.filter((id) => known.has(id)) };
  }

  /** Tells the matcher and the open windows, without keeping the answer waiting. */
  function announce(sme: Pick<SmeRecord, '_id' | 'clusterId' | 'version'>): void {
    const told = Promise.all([
      neighbours.matcher.profilesChanged([sme._id], 'profile'),
      neighbours.changed({ id: sme._id, clusterId: sme.clusterId, version: sme.version }),
    ]);
    told.catch((error: unknown) => {
      log.error({ err: error, smeId: sme._id }, 'a change of an SME could not be announced');
    });
  }

  /** A page of records: by words in memory, otherwise in the order of an index. */
  async function pageOf(query: SmeListQuery): Promise<Page<SmeRecord>> {
    const { q, country, clusterId, sort } = query;
    const order = ORDERS[sort];
    if (!q) {
      const filter = { ...(country ? { country } : {}), ...(clusterId ? { clusterId } : {}) };
      return findPage(smes, filter, order, query);
    }
    const page = pageAfter(await directory.search({ q, country, clusterId, order: sort }), order, query);
    const found = await smes
      .find({ _id: trusted({ $in: page.items.map(({ _id }) => _id) }) })
      .lean<SmeRecord[]>()
      .exec();
    const byId = new Map(found.map((sme) => [sme._id, sme]));
    return { ...page, items: page.items.flatMap(({ _id }) => byId.get(_id) ?? []) };
  }

  return {
    /** A page of cards, for everybody signed in. */
    async list(query: SmeListQuery): Promise<Page<SmeCard>> {
      const page = await pageOf(query);
      return { ...page, items: await cardsOf(page.items) };
    },

    /** The members of a cluster with what the cluster follows: completeness, suggestions, account. */
    async members(
      viewer: Viewer,
      clusterId: string,
      query: Omit<SmeListQuery, 'clusterId'>,
    ): Promise<Page<MemberView>> {
      if (!mayManageCluster(viewer, clusterId)) {
        throw notAllowed("Only staff and the cluster itself may see a cluster's members in full.");
      }
      const [clusterName, page] = await Promise.all([
        clusters.nameOfMember(clusterId),
        pageOf({ ...query, clusterId }),
      ]);
      if (clusterName === null) throw notFound('cluster');
      const ids = page.items.map((sme) => sme._id);
      const [counts, accounts, weights] = await Promise.all([
        neighbours.suggestionCounts(ids),
        neighbours.accountStates(ids),
        neighbours.weights(),
      ]);
      const items = page.items.map((sme) =>
        presentMember(presentCard(sme, clusterName), {
          completeness: completenessView(toProfile(sme), weights).share,
          suggestions: counts.get(sme._id) ?? 0,
          account: accounts.get(sme._id) ?? 'none',
          updatedAt: sme.updatedAt.toISOString(),
        }),
      );
      return { ...page, items };
    },

    /** One SME as this viewer may see it; 404 where there is none. */
    async get(viewer: Viewer, id: string): Promise<SmeView> {
      return present(viewer, await find(id));
    },

    /** Registers an SME as a member of a cluster. */
    async create(viewer: Viewer, clusterId: string, input: SmeInput): Promise<SmeView> {
      if (!mayManageCluster(viewer, clusterId)) {
        throw notAllowed('clusterId: a cluster registers its own members only.');
      }
      if (!(await clusters.exists(clusterId)))
        throw invalidField('clusterId', `there is no cluster '${clusterId}'`);
      const id = newId();
      const checked = await check(input, id);
      const record = newRecord(
        { id, clusterId, input: checked, source: null, externalId: null },
        clock(),
        newId,
      );
      await smes.insertMany([record]);
      await audit.record({
        actor: viewer,
        action: 'sme.register',
        thing: { kind: 'sme', id },
        before: null,
        after: memberState(record),
      });
      announce(record);
      return present(viewer, record);
    },

    /**
     * Replaces a profile, if it still has the version that the change was made on: one conditional write, so of two changes made on the
     * same version exactly one goes through and the other gets 412.
     */
    async replace(viewer: Viewer, id: string, version: number, input: SmeInput): Promise<SmeView> {
      const before = await find(id);
      if (!mayManageSme(viewer, { id, clusterId: before.clusterId })) {
        throw notAllowed('Only the SME itself, its cluster and staff may change a profile.');
      }
      const checked = await check(input, id, before);
      const after = await smes
        .findOneAndUpdate(
          { _id: id, version },
          { $set: { ...profileFields(checked, newId), updatedAt: clock() }, $inc: { version: 1 } },
          { returnDocument: 'after' },
        )
        .lean<SmeRecord>()
        .exec();
      if (!after) {
        await find(id);
        throw staleVersion('profile');
      }
      cards.forget([id]);
      announce(after);
      return present(viewer, after);
    },

    /** Takes an SME out of matching at once and erases its record, its answers and every mention of it in others' conflicts. */
    async withdraw(viewer: Viewer, id: string): Promise<void> {
      const before = await find(id);
      if (!mayWithdrawSme(viewer, { id, clusterId: before.clusterId })) {
        throw notAllowed("Only staff and the SME's cluster may withdraw it.");
      }
      await neighbours.withdraw(viewer, { id, clusterId: before.clusterId });
    },

    /** Deletes the record of an SME and every mention of it in others' conflicts; false: it is gone already, and only the mentions were. */
    async remove(id: string): Promise<boolean> {
      const before = await smes.findOneAndDelete({ _id: id }).lean<SmeRecord>().exec();
      cards.forget([id]);
      await smes.updateMany({ conflicts: id }, { $pull: { conflicts: id } }).exec();
      if (!before) return false;
      await audit.record({
        actor: 'system',
        action: 'sme.erase',
        thing: { kind: 'sme', id },
        before: memberState(before),
        after: null,
      });
      neighbours.matcher.profilesChanged([id], 'pool').catch((error: unknown) => {
        log.error({ err: error, smeId: id }, 'a withdrawal could not be announced to the matcher');
      });
      return true;
    },

    /** Cards by id; ids without an SME are left out. */
    cards: (ids: readonly string[]): Promise<Map<string, SmeCard>> => cards.read(ids),

    /** Whose SME it is; null where there is none. For other features' access rules. */
    async owner(id: string): Promise<{ id: string; name: string; clusterId: string | null } | null> {
      const fields = { name: 1, clusterId: 1 } as const;
      const found = await oneAlong<Pick<SmeRecord, '_id' | keyof typeof fields>>(smes, id, fields);
      return found && { id: found._id, name: found.name, clusterId: found.clusterId };
    },

    /** Whom to reach at an SME; whoever asks for it has made sure that the reader may see it. 404 where there is none. */
    async contact(id: string): Promise<{ name: string | null; email: string | null; phone: string | null }> {
      const { contactName, contactEmail, contactPhone } = (await find(id)).confidential;
      // Somebody who took back the consent is not to be found, whatever was agreed before.
      if (!(await neighbours.disclosesContact(id))) return { name: null, email: null, phone: null };
      return { name: contactName, email: contactEmail, phone: contactPhone };
    },

    /** What stands between an SME and a consortium; 404 where there is none. */
    async blockers(id: string): Promise<string[]> {
      const [sme, rules] = await Promise.all([find(id), rulesNow()]);
      return consortiumBlockers(sme, rules);
    },

    /** The same of one that was read already, under the rules of one call. */
    blockersUnder: (sme: BlockerFacts, call: Omit<BlockerRules, 'countryName'>): string[] =>
      consortiumBlockers(sme, rulesFor(call)),

    /** Faults of a profile that is about to be imported; empty: it fits. Imported profiles name no conflicts. */
    faultsOf(input: SmeInput) {
      return checkProfile(input, taxonomy, clock().toISOString().slice(0, 10));
    },

    /** Adds many checked profiles. One whose id is there already was added before: it is left as it is. Tells nobody: see `announceMany`. */
    async createMany(rows: readonly NewSme[]): Promise<void> {
      const now = clock();
      const records = rows.map((row) => newRecord(row, now, newId));
      try {
        await smes.insertMany(records, { ordered: false, lean: true });
      } catch (error) {
        if (!isOnlyDuplicateKeys(error)) throw error;
      }
    },

    /** Fills the empty fields of an SME from an imported profile; what somebody filled stays. `onlyOf` names the one cluster whose SMEs may be filled. */
    async fill(
      id: string,
      input: SmeInput,
      origin: { externalId: string | null; source: string | null; onlyOf?: string | null },
    ): Promise<FillOutcome> {
      for (;;) {
        const before = await smes.findById(id).lean<SmeRecord>().exec();
        if (!before) return 'gone';
        if (origin.onlyOf !== undefined && before.clusterId !== origin.onlyOf) return 'not-theirs';
        const filled = fillEmpty(before, profileFields(input, newId), origin);
        if (Object.keys(filled).length === 0) return 'nothing-new';
        const { modifiedCount } = await smes
          .updateOne(
            { _id: id, version: before.version },
            { $set: { ...filled, updatedAt: clock() }, $inc: { version: 1 } },
          )
          .exec();
        // Somebody else changed it in between: look again at what is still empty.
        if (modifiedCount === 1) {
          cards.forget([id]);
          return 'merged';
        }
      }
    },

    /** Tells the matcher, once, and the members pages that an import added or filled these SMEs. */
    async announceMany(ids: readonly string[], clusterIds: readonly string[], cause: Cause): Promise<void> {
      await neighbours.membersChanged(clusterIds);
      if (ids.length > 0) await neighbours.matcher.profilesChanged(ids, cause);
    },
  };
}
