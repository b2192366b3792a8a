import { trusted, type Connection } from 'mongoose';
import type { PersonalData } from '../privacy/personal-data.ts';
import { isOnlyDuplicateKeys } from '../storage/duplicate-key.ts';
import { newsMailModel, readModel, type ReadRecord } from './model.ts';

/** Who has read what. */
export interface Reads {
  /** Marks these as read; again changes nothing. */
  mark(accountId: string, announcementIds: readonly string[]): Promise<void>;
  /** Those of these that the account has read. */
  among(accountId: string, announcementIds: readonly string[]): Promise<ReadonlySet<string>>;
  /** How many accounts have read each of these. */
  counts(announcementIds: readonly string[]): Promise<ReadonlyMap<string, number>>;
  readonly personalData: PersonalData;
  /** Forgets an announcement that is removed. */
  forget(announcementId: string): Promise<void>;
}

export function createReads(connection: Connection, clock: () => Date): Reads {
  const reads = readModel(connection);
  const mails = newsMailModel(connection);
  return {
    async mark(accountId, announcementIds) {
      const at = clock();
      const records = announcementIds.map((announcementId) => ({
        _id: `${announcementId}:${accountId}`,
        announcementId,
        accountId,
        at,
      }));
      if (records.length === 0) return;
      try {
        await reads.insertMany(records, { lean: true, ordered: false });
      } catch (error) {
        // Read before.
        if (!isOnlyDuplicateKeys(error)) throw error;
      }
    },
    async among(accountId, announcementIds) {
      const found = await reads
        .find(
          { _id: trusted({ $in: announcementIds.map((id) => `${id}:${accountId}`) }) },
          { announcementId: 1 },
        )
        .batchSize(Math.max(1, announcementIds.length))
        .lean<Pick<ReadRecord, '_id' | 'announcementId'>[]>()
        .exec();
      return new Set(found.map(({ announcementId }) => announcementId));
    },
    async counts(announcementIds) {
      const groups = await reads
        .aggregate<{ _id: string; n: number }>([
          { $match: { announcementId: { $in: [...announcementIds] } } },
          { $group: { _id: '$announcementId', n: { $sum: 1 } } },
        ])
        .exec();
      return new Map(groups.map(({ _id, n }) => [_id, n]));
    },
    personalData: {
      name: 'announcements',
      title: 'Announcements that you read',
      stays: null,
      async exportOf({ kind, id }) {
        if (kind !== 'account') return [];
        const found = await reads.find({ accountId: id }).lean<ReadRecord[]>().exec();
        return found.map(({ announcementId, at }) => ({ announcementId, readAt: at.toISOString() }));
      },
      async erase({ kind, id }) {
        if (kind !== 'account') return 0;
        const [read, mailed] = await Promise.all([
          reads.deleteMany({ accountId: id }).exec(),
          mails.deleteMany({ accountId: id }).exec(),
        ]);
        return read.deletedCount + mailed.deletedCount;
      },
    },
    async forget(announcementId) {
      await reads.deleteMany({ announcementId }).exec();
    },
  };
}
