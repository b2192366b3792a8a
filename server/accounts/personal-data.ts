import { trusted, type Connection, type QueryFilter } from 'mongoose';
import type { Sessions } from '../http/sessions.ts';
import { ERASED_NAME } from '../privacy/erased-name.ts';
import type { PersonalData, Subject } from '../privacy/personal-data.ts';
import {
  accountModel,
  invitationModel,
  oneTimeLinkModel,
  type AccountRecord,
  type InvitationRecord,
} from './model.ts';
import type { AccountsService } from './service.ts';

interface Deps {
  readonly connection: Connection;
  readonly sessions: Pick<Sessions, 'list' | 'endAll'>;
  readonly accounts: Pick<AccountsService, 'close' | 'closeAllOf'>;
}

const whose = ({ kind, id }: Subject) => (kind === 'account' ? { _id: id } : { smeId: id });

/** What accounts keep about people: who they are, where they are signed in, who invited them. */
export function accountsPersonalData(deps: Deps): readonly PersonalData[] {
  const { connection, sessions } = deps;
  const accounts = accountModel(connection);
  const invitations = invitationModel(connection);
  const links = oneTimeLinkModel(connection);

  const findAll = (subject: Subject): Promise<AccountRecord[]> =>
    accounts.find(whose(subject)).lean<AccountRecord[]>().exec();

  const account: PersonalData = {
    name: 'account',
    title: 'Your account',
    stays:
      'A closed account without name, address and password stays, so that the log of decisions still says that they were made by one and the same person.',
    async exportOf(subject) {
      if (subject.kind !== 'account') return [];
      return (await findAll(subject)).map(
        ({ email, name, role, organisation, state, createdAt, lastSignInAt }) => ({
          email,
          name,
          role,
          organisation,
          state,
          createdAt,
          lastSignInAt,
        }),
      );
    },
    async erase(subject) {
      const found = await findAll(subject);
      const open = found.filter(({ state }) => state === 'active');
      if (subject.kind === 'sme') await deps.accounts.closeAllOf({ smeId: subject.id });
      else for (const { _id, role } of open) await deps.accounts.close(_id, { id: _id, role });
      const ids = trusted({ $in: found.map(({ _id }) => _id) });
      await links.deleteMany({ accountId: ids }).exec();
      const nobody = {
        name: ERASED_NAME,
        email: '',
        organisation: null,
        passwordHash: '',
        lastSignInAt: null,
      };
      const { modifiedCount } = await accounts.updateMany({ _id: ids }, { $set: nobody }).exec();
      return modifiedCount;
    },
  };

  const signedIn: PersonalData = {
    name: 'sessions',
    title: 'Where you are signed in',
    stays: null,
    async exportOf(subject) {
      if (subject.kind !== 'account') return [];
      const open = await sessions.list(subject.id);
      return open.map(({ startedAt, lastSeenAt, userAgent }) => ({ startedAt, lastSeenAt, userAgent }));
    },
    async erase(subject) {
      const ids = (await findAll(subject)).map(({ _id }) => _id);
      for (const id of ids) await sessions.endAll(id);
      return ids.length;
    },
  };

  async function invitationsOf(subject: Subject): Promise<InvitationRecord[]> {
    const found = await findAll(subject);
    const emails = found.map(({ email }) => email).filter((email) => email !== '');
    const ids = found.map(({ _id }) => _id);
    return invitations
      .find({
        $or: [
          { accountId: trusted({ $in: ids }) },
          { email: trusted({ $in: emails }) },
          ...(subject.kind === 'sme' ? [{ smeId: subject.id }] : []),
        ],
      })
      .lean<InvitationRecord[]>()
      .exec();
  }

  const invited: PersonalData = {
    name: 'invitations',
    title: 'Invitations to your address',
    stays: 'That an invitation was sent and what became of it stays for the figures, without the address.',
    async exportOf(subject) {
      if (subject.kind !== 'account') return [];
      return (await invitationsOf(subject)).map(({ email, role, state, createdAt, sentAt, expiresAt }) => ({
        email,
        role,
        state,
        createdAt,
        sentAt,
        expiresAt,
      }));
    },
    async erase(subject) {
      const ids = (await invitationsOf(subject)).map(({ _id }) => _id);
      const open: QueryFilter<InvitationRecord> = {
        _id: trusted({ $in: ids }),
        state: trusted({ $in: ['open', 'expired'] }),
      };
      await invitations.updateMany(open, { $set: { state: 'revoked' } }).exec();
      const { modifiedCount } = await invitations
        .updateMany({ _id: trusted({ $in: ids }) }, { $set: { email: '' } })
        .exec();
      return modifiedCount;
    },
  };

  // The account comes last: the others look it up.
  return [invited, signedIn, account];
}
