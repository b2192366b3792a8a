import { trusted, type Connection } from 'mongoose';
import { accountModel } from '../accounts/model.ts';
import { digestModel, type DigestRecord } from '../jobs/model.ts';
import type { PersonalData, Subject } from '../privacy/personal-data.ts';
import { eventModel, type EventRecord } from './model.ts';

/** What an account was told live, and by the daily digest. */
export function livePersonalData(connection: Connection): PersonalData {
  const events = eventModel(connection);
  const digests = digestModel(connection);

  async function accountsOf({ kind, id }: Subject): Promise<string[]> {
    if (kind === 'account') return [id];
    const found = await accountModel(connection)
      .find({ smeId: id }, { _id: 1 })
      .lean<{ _id: string }[]>()
      .exec();
    return found.map(({ _id }) => _id);
  }

  return {
    name: 'notices',
    title: 'What you were told, and when you last had a digest',
    stays: null,
    async exportOf({ kind, id }) {
      if (kind !== 'account') return [];
      const [told, digest] = await Promise.all([
        events.find({ accountId: id }).sort({ seq: 1 }).lean<EventRecord[]>().exec(),
        digests.findById(id).lean<DigestRecord>().exec(),
      ]);
      const notices = told.map(({ at, notice }) => ({ at, kind: notice.kind }));
      return digest ? [...notices, { at: digest.day, kind: 'digest' }] : notices;
    },
    async erase(subject) {
      const ids = await accountsOf(subject);
      const { deletedCount } = await events.deleteMany({ accountId: trusted({ $in: ids }) }).exec();
      await digests.deleteMany({ _id: trusted({ $in: ids }) }).exec();
      return deletedCount;
    },
  };
}
