import { expect } from 'chai';
import { pino } from 'pino';
import type { Connection } from 'mongoose';
import { createSessionUse, type SessionUse } from '../../../server/http/session-use.ts';
import { startTestStorage, type TestStorage } from '../../support/storage.ts';
import { until } from '../../support/until.ts';

const IDLE_MS = 30 * 60_000;
const MINUTE = 60_000;

interface Stored {
  readonly _id: string;
  readonly expires: Date;
  readonly session: { readonly lastSeenAt: number; readonly handle: string };
}

describe('when a session was used last', () => {
  let storage: TestStorage;
  let connection: Connection;
  let use: SessionUse;
  let now = 10 * MINUTE;
  before(async () => {
    storage = await startTestStorage();
    ({ connection } = storage.storage);
    const log = pino({ level: 'silent' });
    use = createSessionUse({
      connection,
      name: 'sessions',
      idleMs: IDLE_MS,
      clock: () => new Date(now),
      log,
    });
  });
  after(() => storage.stop());

  const sessions = () => connection.collection<Stored>('sessions');
  const read = async (id: string): Promise<Stored | null> => sessions().findOne({ _id: id });

  it('is known at once, and written a moment later with when it expires; the rest of the session stays', async () => {
    const expires = new Date(Date.now() + MINUTE);
    const session = { lastSeenAt: now, handle: 'h' };
    await sessions().insertOne({ _id: 'a', expires, session });
    now += MINUTE - 1;
    use.note('a', session);
    expect(use.lastSeen('a', session), 'less than a minute later').to.equal(session.lastSeenAt);
    now += 1;
    use.note('a', session);
    expect(use.lastSeen('a', session)).to.equal(now);
    await until(async () => (await read('a'))?.session.lastSeenAt === now);
    const stored = await read('a');
    expect(stored?.session.handle).to.equal('h');
    expect(stored?.expires.getTime()).to.be.within(expires.getTime(), Date.now() + IDLE_MS);
  });

  it('does not bring back a session that has ended, nor one that nobody signed in by', async () => {
    use.note('ended', { lastSeenAt: now - 2 * MINUTE });
    use.note('nobody', {});
    expect(use.lastSeen('nobody', {})).to.equal(undefined);
    const other = { lastSeenAt: now - 2 * MINUTE, handle: 'o' };
    await sessions().insertOne({ _id: 'other', expires: new Date(), session: other });
    // Noted after the two, and so written after them.
    use.note('other', other);
    await until(async () => (await read('other'))?.session.lastSeenAt === now);
    expect(await read('ended')).to.equal(null);
    expect(await read('nobody')).to.equal(null);
  });
});
