import { trusted, type Connection } from 'mongoose';
import { accountModel, type AccountRecord } from '../accounts/model.ts';
import type { PersonalData, Subject } from '../privacy/personal-data.ts';
import { smeModel, type SmeRecord } from './model.ts';

const NO_CONTACT = { contactName: null, contactEmail: null, contactPhone: null };

/** What SMEs keep: the profile, confidential parts included. `remove` takes an SME out of matching and deletes it. */
export function profilePersonalData(deps: {
  connection: Connection;
  remove: (smeId: string) => Promise<boolean>;
}): PersonalData {
  const smes = smeModel(deps.connection);
  const accounts = accountModel(deps.connection);

  /** SMEs whose contact a person is. */
  async function contactOf(accountId: string): Promise<SmeRecord[]> {
    const account = await accounts.findById(accountId).lean<AccountRecord>().exec();
    if (!account || account.email === '' || account.smeId === null) return [];
    const found = await smes.find({ _id: account.smeId }).lean<SmeRecord[]>().exec();
    return found.filter(({ confidential }) => confidential.contactEmail?.toLowerCase() === account.email);
  }

  return {
    name: 'profile',
    title: 'Profile of the company, and whom to reach there',
    stays:
      'Figures of past runs and events that count the company by country and cluster stay, without its name.',
    async exportOf({ kind, id }: Subject) {
      if (kind === 'account') {
        return (await contactOf(id)).map(({ name, confidential }) => {
          const { contactName, contactEmail, contactPhone } = confidential;
          return { contactOf: name, contactName, contactEmail, contactPhone };
        });
      }
      const record = await smes.findById(id).lean<SmeRecord>().exec();
      if (!record) return [];
      const { searchName: _, ...profile } = record;
      return [profile];
    },
    async erase({ kind, id }: Subject) {
      if (kind === 'sme') return (await deps.remove(id)) ? 1 : 0;
      const ids = (await contactOf(id)).map(({ _id }) => _id);
      const contact = Object.fromEntries(
        Object.entries(NO_CONTACT).map(([field, none]) => [`confidential.${field}`, none]),
      );
      await smes.updateMany({ _id: trusted({ $in: ids }) }, { $set: contact, $inc: { version: 1 } }).exec();
      return ids.length;
    },
  };
}
