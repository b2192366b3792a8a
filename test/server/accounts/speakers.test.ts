import { expect } from 'chai';
import { accountModel, type AccountRecord } from '../../../server/accounts/model.ts';
import { createSpeakers } from '../../../server/accounts/speakers.ts';
import { startTestStorage, type TestStorage } from '../../support/storage.ts';

describe('who hears of what concerns an SME', () => {
  let storage: TestStorage;
  let time = 0;
  let commands: string[] = [];
  const count = ({ commandName }: { commandName: string }): void => void commands.push(commandName);

  beforeEach(async () => {
    storage = await startTestStorage();
    await accountModel(storage.storage.connection).insertMany(
      [
        account('one', { smeId: 'a' }),
        account('two', { smeId: 'a' }),
        account('closed', { smeId: 'a', state: 'closed' }),
        account('other', { smeId: 'b' }),
        account('cluster', { role: 'cluster', clusterId: 'k' }),
      ],
      { ordered: true },
    );
    [time, commands] = [0, []];
    storage.storage.connection.getClient().on('commandStarted', count);
  });
  afterEach(async () => {
    storage.storage.connection.getClient().off('commandStarted', count);
    await storage.stop();
  });

  const account = (id: string, fields: Partial<AccountRecord>): AccountRecord => ({
    _id: id,
    loginKey: id,
    email: `${id}@example.org`,
    name: id,
    role: 'sme',
    clusterId: null,
    smeId: null,
    organisation: null,
    passwordHash: 'none',
    passwordVersion: 1,
    state: 'active',
    createdAt: new Date(),
    lastSignInAt: null,
    closedAt: null,
    ...fields,
  });
  const speakers = () => createSpeakers(storage.storage.connection, () => time);

  it('are its active accounts, and nobody else', async () => {
    const found = await speakers().accountsOf(['a', 'b', 'c']);
    expect(new Map([...found].map(([smeId, ids]) => [smeId, ids.toSorted()]))).to.deep.equal(
      new Map([
        ['a', ['one', 'two']],
        ['b', ['other']],
      ]),
    );
  });

  it('is known when it was asked for ahead, for a second', async () => {
    const asked = speakers();
    asked.expect(['a', 'c']);
    expect(await asked.accountsOf(['c', 'a'])).to.have.all.keys('a');
    time = 999;
    expect((await asked.accountsOf(['a'])).get('a')).to.have.members(['one', 'two']);
    expect(commands).to.have.length(1);
    time = 1_000;
    await accountModel(storage.storage.connection).updateOne({ _id: 'two' }, { state: 'closed' }).exec();
    expect((await asked.accountsOf(['a'])).get('a')).to.deep.equal(['one']);
  });

  it('is asked for where not all of it was asked for ahead', async () => {
    const asked = speakers();
    asked.expect(['a']);
    expect(await asked.accountsOf(['a', 'b'])).to.have.all.keys('a', 'b');
  });
});
