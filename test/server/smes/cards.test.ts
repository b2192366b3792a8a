import { expect } from 'chai';
import type { CommandStartedEvent } from 'mongodb';
import type { Model } from 'mongoose';
import { createCards } from '../../../server/smes/cards.ts';
import { smeModel, type SmeRecord } from '../../../server/smes/model.ts';
import { newRecord } from '../../../server/smes/record.ts';
import { startTestStorage, type TestStorage } from '../../support/storage.ts';
import { NOW, smeInput } from './support.ts';

describe('the cards of SMEs', () => {
  let storage: TestStorage;
  let smes: Model<SmeRecord>;
  let names: Map<string, string>;
  let time = 0;
  before(async () => {
    storage = await startTestStorage();
    smes = smeModel(storage.storage.connection);
  });
  beforeEach(async () => {
    await smes.deleteMany({});
    names = new Map([['c1', 'Pôle Un']]);
  });
  after(() => storage.stop());

  const follow = () =>
    createCards({ smes, clusterNames: () => Promise.resolve(names), now: () => (time += 10_000) });

  const record = (id: string, name: string, clusterId: string | null = null): SmeRecord =>
    newRecord({ id, clusterId, input: smeInput({ name }), source: null, externalId: null }, NOW, () => id);
  const add = (...records: SmeRecord[]): Promise<unknown> => smes.insertMany(records);
  const change = (id: string, set: Partial<SmeRecord>): Promise<unknown> =>
    smes.updateOne({ _id: id }, { $set: set, $inc: { version: 1 } }).exec();

  /** How many records were read besides their versions. */
  async function recordsRead(task: () => Promise<unknown>): Promise<number> {
    const client = storage.storage.connection.getClient();
    let read = 0;
    const listener = ({ commandName, command }: CommandStartedEvent): void => {
      const { filter, projection } = command as {
        filter?: { _id: { $in: string[] } };
        projection?: { version?: number };
      };
      if (commandName === 'find' && projection?.version === undefined) read += filter?._id.$in.length ?? 0;
    };
    client.on('commandStarted', listener);
    await task();
    client.off('commandStarted', listener);
    return read;
  }

  it('are read whole where another process changed the SME, and else are the same as before', async () => {
    await add(record('a', 'Alpha'), record('b', 'Beta', 'c1'));
    const cards = follow();
    const first = await cards.read(['a', 'b', 'nobody']);
    expect([...first.values()].map(({ name, clusterName }) => [name, clusterName])).to.deep.equal([
      ['Alpha', null],
      ['Beta', 'Pôle Un'],
    ]);
    await change('a', { name: 'Alpha 2' });
    let later = first;
    expect(await recordsRead(async () => (later = await cards.read(['a', 'b'])))).to.equal(1);
    expect(later.get('a')?.name).to.equal('Alpha 2');
    expect(later.get('b')).to.equal(first.get('b'));
  });

  it('follow the name of the cluster, a move to another one, and a removal', async () => {
    await add(record('a', 'Alpha', 'c1'));
    const cards = follow();
    await cards.read(['a']);
    names.set('c1', 'Pôle Premier');
    expect((await cards.read(['a'])).get('a')?.clusterName).to.equal('Pôle Premier');
    names.set('c2', 'Cluster Two');
    await change('a', { clusterId: 'c2' });
    expect((await cards.read(['a'])).get('a')?.clusterName).to.equal('Cluster Two');
    await smes.deleteOne({ _id: 'a' });
    expect(await cards.read(['a'])).to.deep.equal(new Map());
  });

  it('are all there where more are asked for than the database answers at a time', async () => {
    const ids = Array.from({ length: 230 }, (_, number) => `n${number}`);
    await add(...ids.map((id) => record(id, `Company ${id}`)));
    const cards = follow();
    await cards.read(ids.slice(0, 130));
    expect([...(await cards.read(ids)).keys()]).to.have.members(ids);
  });
});
