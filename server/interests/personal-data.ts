import type { Connection } from 'mongoose';
import type { PersonalData } from '../privacy/personal-data.ts';
import { interestModel, type InterestRecord } from './model.ts';

/** Interests of an SME, and those in the needs that an account stated. */
export function interestPersonalData(
  connection: Connection,
  eraseOfSme: (smeId: string) => Promise<number>,
): PersonalData {
  const interests = interestModel(connection);
  return {
    name: 'interests',
    title: 'Interests in needs: what was said and agreed',
    stays:
      'Interests in a need stay with the companies that have a part in them, without the account that stated the need.',

    async exportOf({ kind, id }) {
      const whose = kind === 'sme' ? { smeIds: id } : { ownerId: id, shown: true };
      const found = await interests.find(whose).sort({ _id: 1 }).lean<InterestRecord[]>().exec();
      return found.map((one) => ({
        id: one._id,
        needId: one.needId,
        smeIds: one.smeIds,
        state: one.state,
        message: one.message,
        reason: one.reason,
        createdAt: one.createdAt.toISOString(),
        updatedAt: one.updatedAt.toISOString(),
      }));
    },

    async erase({ kind, id }) {
      if (kind === 'sme') return eraseOfSme(id);
      const { modifiedCount } = await interests
        .updateMany({ ownerId: id }, { $set: { ownerId: null } })
        .exec();
      return modifiedCount;
    },
  };
}
