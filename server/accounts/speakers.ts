import { trusted, type Connection } from 'mongoose';
import { accountModel, type AccountRecord } from './model.ts';
import { restOfTask } from '../rest-of-task.ts';
import { askAlong } from '../storage/ask-along.ts';
import { batched } from '../storage/batched.ts';

type AccountsBySme = ReadonlyMap<string, readonly string[]>;

/** What was asked for ahead is the answer for so long (ms). */
const AHEAD_MS = 1_000;

/** Active accounts that speak for SMEs: they, and nobody else, are told what concerns these. */
export interface Speakers {
  accountsOf(smeIds: readonly string[]): Promise<AccountsBySme>;
  /** Asks ahead for those who are about to be told something, so that it is known when that is written. Nothing is lost where it fails. */
  expect(smeIds: readonly string[]): void;
  /** Active accounts of these clusters' own people. */
  clusterAccountsOf(clusterIds: readonly string[]): Promise<readonly string[]>;
}

/** @param now milliseconds that only grow */
export function createSpeakers(connection: Connection, now = () => performance.now()): Speakers {
  const accounts = accountModel(connection);

  async function read(smeIds: readonly string[]): Promise<AccountsBySme> {
    const found = await askAlong<Pick<AccountRecord, '_id' | 'smeId'>>(connection, {
      collection: accounts.collection.collectionName,
      pipeline: [
        { $match: { smeId: { $in: [...smeIds] }, state: 'active', role: 'sme' } },
        { $project: { smeId: 1 } },
      ],
    });
    const bySme = new Map<string, string[]>();
    for (const { _id, smeId } of found) {
      if (smeId !== null) bySme.set(smeId, [...(bySme.get(smeId) ?? []), _id]);
    }
    return bySme;
  }

  const asked = batched(read, restOfTask);
  /** By SME, what was asked for last comes last. */
  const ahead = new Map<string, { readonly at: number; readonly accounts: Promise<AccountsBySme | null> }>();

  function forgetOld(): void {
    for (const [smeId, { at }] of ahead) {
      if (now() - at < AHEAD_MS) return;
      ahead.delete(smeId);
    }
  }

  /** What was asked for ahead; null where not all of it was, or the answer did not come. */
  async function expected(smeIds: readonly string[]): Promise<AccountsBySme | null> {
    forgetOld();
    const accounts = new Map<string, readonly string[]>();
    for (const [smeId, answer] of smeIds.map((id) => [id, ahead.get(id)?.accounts] as const)) {
      const known = await answer;
      if (!known) return null;
      const own = known.get(smeId);
      if (own) accounts.set(smeId, own);
    }
    return accounts;
  }

  return {
    async accountsOf(smeIds) {
      const isExpected = ahead.size > 0 && smeIds.every((smeId) => ahead.has(smeId));
      return (isExpected ? await expected(smeIds) : null) ?? asked(smeIds);
    },
    expect(smeIds) {
      forgetOld();
      const accounts = asked(smeIds).catch(() => null);
      for (const smeId of smeIds) {
        ahead.delete(smeId);
        ahead.set(smeId, { at: now(), accounts });
      }
    },
    async clusterAccountsOf(clusterIds) {
      const found = await accounts
        .find({ clusterId: trusted({ $in: [...clusterIds] }), state: 'active', role: 'cluster' }, { _id: 1 })
        .lean()
        .exec();
      return found.map(({ _id }) => _id);
    },
  };
}
