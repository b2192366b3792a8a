import { repeated, type Invariant } from './invariant.ts';

const weights: Invariant = {
  name: 'versions of the weights are numbered without a gap',
  async faults(connection) {
    const versions = await connection
      .collection<{ version: number }>('weights')
      .find({}, { projection: { version: 1 } })
      .toArray();
    const numbers = versions.map(({ version }) => version).toSorted((one, other) => one - other);
    const wrong = numbers.findIndex((version, at) => version !== at + 1);
    return wrong === -1 ? [] : [`Version ${wrong + 1} of the weights is missing or there twice.`];
  },
};

const lists: Invariant = {
  name: 'nobody is on their own list, or twice on one, and everybody on a list is registered',
  async faults(connection) {
    const known = new Set(
      (
        await connection
          .collection<{ _id: string }>('smes')
          .find({}, { projection: { _id: 1 } })
          .toArray()
      ).map(({ _id }) => _id),
    );
    const stored = connection
      .collection<{ _id: string; entries: { partner: string }[] }>('suggestionlists')
      .find();
    const faults: string[] = [];
    for await (const { _id, entries } of stored) {
      const partners = entries.map(({ partner }) => partner);
      for (const partner of repeated(partners)) faults.push(`SME ${partner} is twice on the list of ${_id}.`);
      for (const partner of new Set(partners)) {
        if (partner === _id) faults.push(`SME ${_id} is on its own list.`);
        else if (!known.has(partner)) faults.push(`SME ${partner} on the list of ${_id} is not registered.`);
      }
    }
    return faults;
  },
};

const streams: Invariant = {
  name: 'numbers of what an account was told have no gap and no double',
  async faults(connection) {
    const stored = connection
      .collection<{ accountId: string; seq: number }>('events')
      .find({}, { projection: { accountId: 1, seq: 1 } })
      .sort({ accountId: 1, seq: 1 });
    const faults: string[] = [];
    let [account, last] = ['', 0];
    for await (const { accountId, seq } of stored) {
      if (account === accountId && seq !== last + 1) {
        faults.push(`Account ${accountId}: after number ${last} comes ${seq}.`);
      }
      [account, last] = [accountId, seq];
    }
    return faults;
  },
};

export const matchingInvariants: readonly Invariant[] = [weights, lists, streams];
