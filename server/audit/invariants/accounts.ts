import { repeated, type Invariant } from './invariant.ts';

interface Account {
  _id: string;
  loginKey: string;
  email: string;
  role: string;
  smeId: string | null;
  state: string;
}

const oneAccount: Invariant = {
  name: 'an address has one open account at most',
  async faults(connection) {
    const open = await connection
      .collection<Account>('accounts')
      .find({ state: 'active' }, { projection: { email: 1 } })
      .toArray();
    return repeated(open.map(({ email }) => email)).map(() => 'One address has two open accounts.');
  },
};

const roster: Invariant = {
  name: 'the list of open staff accounts is right',
  async faults(connection) {
    const staff = await connection
      .collection<Account>('accounts')
      .find({ state: 'active', role: 'staff' }, { projection: { _id: 1 } })
      .toArray();
    const listed = await connection
      .collection<{ _id: string; ids: string[] }>('rosters')
      .findOne({ _id: 'staff' });
    const ids = new Set(listed?.ids ?? []);
    const missing = staff.filter(({ _id }) => !ids.delete(_id));
    return [
      ...missing.map(({ _id }) => `Staff account ${_id} is not on the list.`),
      ...[...ids].map((id) => `${id} is on the list of staff without an open account.`),
    ];
  },
};

const erasedPeople: Invariant = {
  name: 'of who is erased nothing personal is left in the account',
  async faults(connection) {
    const erased = connection
      .collection<{ _id: string; kind: string; subjectId: string }>('erasures')
      .find({ state: 'done', kind: 'account' });
    const faults: string[] = [];
    for await (const { subjectId } of erased) {
      const account = await connection.collection<Account>('accounts').findOne({ _id: subjectId });
      if (account && account.email !== '') faults.push(`Account ${subjectId} was erased and has an address.`);
    }
    return faults;
  },
};

export const accountInvariants: readonly Invariant[] = [oneAccount, roster, erasedPeople];
