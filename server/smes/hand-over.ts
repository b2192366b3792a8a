import type { Connection } from 'mongoose';
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

/** Gives the members of a cluster to another one; for a cluster that leaves. */
export function createHandOver({ connection, clock, audit, moved }: HandOverDeps) {
  const smes = smeModel(connection);
  return {
    count: (clusterId: string): Promise<number> => smes.countDocuments({ clusterId }).exec(),

    /** Answers with whom it moved. Safe to repeat: who was moved already is no longer a member of `from`. Null as `to`: they stay, without a cluster. */
    async handOver(by: Viewer | 'system', from: string, to: string | null): Promise<string[]> {
      const members = await smes
        .find({ clusterId: from }, { country: 1 })
        .lean<Pick<SmeRecord, '_id' | 'country'>[]>()
        .exec();
      if (members.length === 0) return [];
      await smes
        .updateMany(
          { clusterId: from },
          { $set: { clusterId: to, updatedAt: clock() }, $inc: { version: 1 } },
        )
        .exec();
      for (const { _id, country } of members) {
        await audit.record({
          actor: by,
          action: 'sme.hand-over',
          thing: { kind: 'sme', id: _id },
          before: { clusterId: from, country },
          after: { clusterId: to, country },
        });
      }
      const ids = members.map(({ _id }) => _id);
      await moved(ids, [from, to]);
      return ids;
    },
  };
}
