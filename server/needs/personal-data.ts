import { trusted, type Connection } from 'mongoose';
import type { Audit } from '../audit/audit.ts';
import type { PersonalData } from '../privacy/personal-data.ts';
import { needState } from './audited.ts';
import { needModel, type NeedRecord } from './model.ts';

export interface NeedPersonalDataDeps {
  readonly connection: Connection;
  readonly audit: Audit;
  /** Hears of a need that nobody can answer any more. */
  readonly ended: (need: NeedRecord) => Promise<void>;
}

const NO_CONTACT = { contactName: null, contactEmail: null, contactPhone: null, notes: '' } as const;

/** Needs that an account stated: exported whole; erased down to what was published, without any person. */
export function needPersonalData({ connection, audit, ended }: NeedPersonalDataDeps): PersonalData {
  const needs = needModel(connection);
  return {
    name: 'needs',
    title: 'Needs that you stated, with their contacts and notes',
    stays:
      'The title and the words of needs that were published stay, without contact, notes and account, as companies have answered them.',

    async exportOf({ kind, id }) {
      if (kind !== 'account') return [];
      const found = await needs.find({ ownerId: id }).sort({ _id: 1 }).lean<NeedRecord[]>().exec();
      return found.map((need) => ({
        id: need._id,
        state: need.state,
        title: need.title,
        words: need.words,
        organisation: need.organisation,
        country: need.country,
        demonstrator: need.demonstrator,
        ...need.confidential,
        createdAt: need.createdAt.toISOString(),
        updatedAt: need.updatedAt.toISOString(),
      }));
    },

    async erase({ kind, id }) {
      if (kind !== 'account') return 0;
      const found = await needs.find({ ownerId: id }).lean<NeedRecord[]>().exec();
      for (const need of found) {
        const after = need.publishedAt === null ? await remove(need) : await unname(need);
        await audit.record({
          actor: 'system',
          action: 'need.erase',
          thing: { kind: 'need', id: need._id },
          before: needState(need),
          after: after && needState(after),
        });
        if (need.state === 'published' && after) await ended(after);
      }
      return found.length;
    },
  };

  async function remove(need: NeedRecord): Promise<null> {
    await needs.deleteOne({ _id: need._id }).exec();
    return null;
  }

  /** What was published stays, without whose it was; it can no longer be answered. */
  async function unname(need: NeedRecord): Promise<NeedRecord | null> {
    await needs
      .updateOne(
        { _id: need._id, state: trusted({ $in: ['draft', 'submitted', 'published'] }) },
        { $set: { state: 'withdrawn' } },
      )
      .exec();
    return needs
      .findOneAndUpdate(
        { _id: need._id },
        { $set: { ownerId: null, confidential: NO_CONTACT }, $inc: { version: 1 } },
        { returnDocument: 'after' },
      )
      .lean<NeedRecord>()
      .exec();
  }
}
