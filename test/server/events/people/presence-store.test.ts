import { expect } from 'chai';
import { PresenceStore } from '../../../../server/events/people/presence-store.ts';
import { ensureIndexes } from '../../../../server/storage/connect.ts';
import { startTestStorage, type TestStorage } from '../../../support/storage.ts';

describe('where SMEs stand with an event, as two servers see it', () => {
  let storage: TestStorage;
  let now = new Date('2026-11-23T09:00:00.000Z');
  let one: PresenceStore;
  let other: PresenceStore;
  before(async () => {
    storage = await startTestStorage();
    one = new PresenceStore(storage.storage.connection, () => now);
    other = new PresenceStore(storage.storage.connection, () => now);
    await ensureIndexes(storage.storage.connection);
  });
  after(() => storage.stop());

  it('is the same on both after each change, whoever made it', async () => {
    const stand = async (store: PresenceStore) =>
      [...(await store.all('e'))].map(([smeId, { state }]) => `${smeId} ${state}`).toSorted();
    const agree = async (expected: string[]): Promise<void> => {
      expect(await stand(one)).to.deep.equal(expected);
      expect(await stand(other)).to.deep.equal(expected);
    };
    await agree([]);
    await one.set('e', 'A', 'here', 'A');
    await agree(['A here']);
    now = new Date(now.getTime() + 3_600_000);
    await other.set('e', 'B', 'expected', 'B');
    await other.set('e', 'A', 'left', 'A');
    await other.set('another', 'C', 'here', 'C');
    await agree(['A left', 'B expected']);
    expect(await one.counts('e')).to.deep.equal({ expected: 1, here: 0, left: 1 });
    expect(await one.idsIn('e', 'left', 'expected')).to.have.members(['A', 'B']);
    // Its clock is a little behind that of the other.
    now = new Date(now.getTime() - 2_000);
    await one.set('e', 'B', 'here', 'B');
    await agree(['A left', 'B here']);
    await one.erase('A');
    expect(await stand(one)).to.deep.equal(['B here']);
  });
});
