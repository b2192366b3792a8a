import { trusted, type Connection, type QueryFilter } from 'mongoose';
import type { Viewer } from '../accounts/viewer.ts';
import type { Audit } from '../audit/audit.ts';
import { smeModel, type SmeRecord } from './model.ts';

export interface HandOverDeps {
  readonly connection: Connection;
  readonly clock: () => Date;
  readonly audit: Audit;
  /** The matcher and the open windows hear which SMEs have another cluster now. */
  readonly moved: (ids: readonly string[], clusterIds: readonly (string | null)[]) => Promise<void>;
}

/** Members of one cluster on their way to another one; null: they stay, without a cluster. */
export interface HandOver {
  readonly by: Viewer | 'system';
  readonly from: string;
  readonly to: string | null;
}

/** So many at once: a stop is heard between two batches. */
const BATCH = 100;

/**
 * Gives the members of a cluster to another one; for a cluster that leaves. Who was moved keeps a mark of where from until it is settled, so
 * that everybody can be given back, also after a crash. All of it is safe to repeat.
 */
export function createHandOver({ connection, clock, audit, moved }: HandOverDeps) {
  const smes = smeModel(connection);

  /** Those that `from` gave to `to` and that are there still. */
  const onTheWay = ({ from, to }: HandOver): QueryFilter<SmeRecord> => ({
    clusterId: to,
    handedOverFrom: from,
  });

  async function idsOnTheWay(handOver: HandOver): Promise<string[]> {
    const found = await smes.find(onTheWay(handOver), { _id: 1 }).lean<Pick<SmeRecord, '_id'>[]>().exec();
    return found.map(({ _id }) => _id);
  }

  /** Moves one batch of those that fit; answers with how many that were. */
  async function moveSome(
    by: HandOver['by'],
    who: QueryFilter<SmeRecord>,
    before: string | null,
    after: Pick<SmeRecord, 'clusterId' | 'handedOverFrom'>,
  ): Promise<number> {
    const members = await smes
      .find(who, { country: 1 })
      .limit(BATCH)
      .lean<Pick<SmeRecord, '_id' | 'country'>[]>()
      .exec();
    const ids = members.map(({ _id }) => _id);
    if (ids.length === 0) return 0;
    await smes
      .updateMany(
        { $and: [{ _id: trusted({ $in: ids }) }, who] },
        { $set: { ...after, updatedAt: clock() }, $inc: { version: 1 } },
      )
      .exec();
    for (const { _id, country } of members) {
      await audit.record({
        actor: by,
        action: 'sme.hand-over',
        thing: { kind: 'sme', id: _id },
        before: { clusterId: before, country },
        after: { clusterId: after.clusterId, country },
      });
    }
    return ids.length;
  }

  return {
    count: (clusterId: string): Promise<number> => smes.countDocuments({ clusterId }).exec(),

    /** Moves the members, batch by batch, as long as `goesOn` says so; it hears how many of how many are moved. */
    async handOver(
      handOver: HandOver,
      goesOn: (done: number, total: number) => Promise<boolean>,
    ): Promise<void> {
      const { by, from, to } = handOver;
      const [before, left] = await Promise.all([
        smes.countDocuments(onTheWay(handOver)).exec(),
        smes.countDocuments({ clusterId: from }).exec(),
      ]);
      let done = before;
      while (await goesOn(done, before + left)) {
        const count = await moveSome(by, { clusterId: from }, from, { clusterId: to, handedOverFrom: from });
        if (count === 0) return;
        done += count;
      }
    },

    /** Gives everybody back who was moved and is not settled yet. */
    async giveBack(handOver: HandOver): Promise<void> {
      const { by, from, to } = handOver;
      const ids = await idsOnTheWay(handOver);
      while ((await moveSome(by, onTheWay(handOver), to, { clusterId: from, handedOverFrom: null })) > 0);
      if (ids.length > 0) await moved(ids, [from, to]);
    },

    /** They are members of the other cluster for good; answers with who they are. */
    async settle(handOver: HandOver): Promise<readonly string[]> {
      const ids = await idsOnTheWay(handOver);
      if (ids.length === 0) return [];
      await moved(ids, [handOver.from, handOver.to]);
      await smes.updateMany(onTheWay(handOver), { $set: { handedOverFrom: null } }).exec();
      return ids;
    },
  };
}
