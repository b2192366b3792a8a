import type { Connection } from 'mongoose';
import { accountModel, invitationModel, type AccountRecord } from '../accounts/model.ts';
import { draftModel, eventModel, planModel, presenceModel } from '../events/model.ts';
import { importModel } from '../imports/model.ts';
import { eventModel as noticeModel } from '../live/model.ts';
import { planRunModel, runModel } from '../runs/model.ts';
import { weightsModel } from '../weights/model.ts';
import { ERASED_NAME } from './erased-name.ts';
import type { PersonalData } from './personal-data.ts';

/** A document with a history, as far as signatures go. */
interface Signed {
  _id: string;
  history: { by: string; byId?: string | null }[];
}

/**
 * Names that stand beside what somebody did, so that a history reads well: who saved the weights, sent an invitation, published a plan.
 * Some of them are kept without the account, so a namesake's are replaced too: who did it is still in the log of decisions, by id.
 */
export function signaturesPersonalData(connection: Connection): PersonalData {
  const accounts = accountModel(connection);
  const signed = [
    { in: 'weights', field: 'by', model: weightsModel(connection) },
    { in: 'runs', field: 'by', model: runModel(connection) },
    { in: 'plan runs', field: 'by', model: planRunModel(connection) },
    { in: 'imports', field: 'createdByName', model: importModel(connection) },
    { in: 'event drafts', field: 'by', model: draftModel(connection) },
    { in: 'presence', field: 'by', model: presenceModel(connection) },
    { in: 'notices to others', field: 'notice.by', model: noticeModel(connection) },
  ] as const;

  async function nameOf(accountId: string): Promise<string | null> {
    const account = await accounts
      .findById(accountId, { name: 1 })
      .lean<Pick<AccountRecord, 'name'>>()
      .exec();
    return account === null || account.name === ERASED_NAME ? null : account.name;
  }

  /** Histories are only added to, so a line keeps its place in the list. */
  async function signHistories(
    collection: string,
    { field, value }: { field: 'by' | 'byId'; value: string },
  ): Promise<number> {
    const records = connection.collection<Signed>(collection);
    const found = records.find({ [`history.${field}`]: value }, { projection: { history: 1 } });
    let changed = 0;
    for await (const { _id, history } of found) {
      const mine = [...history.entries()].filter(([, line]) => line[field] === value);
      const set = Object.fromEntries(mine.map(([at]) => [`history.${at}.by`, ERASED_NAME]));
      await records.updateOne({ _id }, { $set: set });
      changed += mine.length;
    }
    return changed;
  }

  return {
    name: 'signatures',
    title: 'Where your name stands beside what you did',
    stays: `What was done stays, signed "${ERASED_NAME}".`,
    async exportOf({ kind, id }) {
      const name = kind === 'account' ? await nameOf(id) : null;
      if (name === null) return [];
      const counts = await Promise.all(
        signed.map(async (one) => ({
          in: one.in,
          times: await connection.collection(one.model.collection.name).countDocuments({ [one.field]: name }),
        })),
      );
      const invited = await invitationModel(connection).countDocuments({ invitedById: id }).exec();
      return [...counts, { in: 'invitations', times: invited }].filter(({ times }) => times > 0);
    },
    async erase({ kind, id }) {
      const name = kind === 'account' ? await nameOf(id) : null;
      if (name === null) return 0;
      let changed = 0;
      for (const { model, field } of signed) {
        const { modifiedCount } = await connection
          .collection(model.collection.name)
          .updateMany({ [field]: name }, { $set: { [field]: ERASED_NAME } });
        changed += modifiedCount;
      }
      const invited = await invitationModel(connection)
        .updateMany({ invitedById: id }, { $set: { invitedBy: ERASED_NAME } })
        .exec();
      for (const model of [eventModel(connection), planModel(connection)]) {
        changed += await signHistories(model.collection.name, { field: 'byId', value: id });
      }
      changed += await signHistories(presenceModel(connection).collection.name, { field: 'by', value: name });
      return changed + invited.modifiedCount;
    },
  };
}
