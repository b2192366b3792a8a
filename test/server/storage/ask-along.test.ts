import { expect } from 'chai';
import type { CommandStartedEvent } from 'mongodb';
import type { Connection } from 'mongoose';
import { askAlong } from '../../../server/storage/ask-along.ts';
import { startTestStorage, type TestStorage } from '../../support/storage.ts';

interface Named {
  readonly _id: string;
  readonly name: string;
}

describe('questions that go along', () => {
  let storage: TestStorage;
  let connection: Connection;
  const sent: string[] = [];
  before(async () => {
    storage = await startTestStorage();
    ({ connection } = storage.storage);
    await connection.collection<Named>('fruits').insertMany([
      { _id: 'a', name: 'apple' },
      { _id: 'p', name: 'pear' },
    ]);
    await connection.collection<Named>('trees').insertMany([{ _id: 'o', name: 'oak' }]);
    connection
      .getClient()
      .on('commandStarted', ({ commandName }: CommandStartedEvent) => sent.push(commandName));
  });
  beforeEach(() => {
    sent.length = 0;
  });
  after(() => storage.stop());

  const names = async (collection: string, match: object = {}): Promise<string[]> => {
    const pipeline = [{ $match: match }, { $project: { name: 1 } }];
    return (await askAlong<Named>(connection, { collection, pipeline })).map(({ name }) => name).sort();
  };

  it('are one command, and each gets the rows of its own', async () => {
    const answers = await Promise.all([
      names('fruits'),
      names('trees'),
      names('fruits', { _id: 'p' }),
      names('nowhere'),
      Promise.resolve().then(() => names('trees', { _id: 'none' })),
    ]);
    expect(answers).to.deep.equal([['apple', 'pear'], ['oak'], ['pear'], [], []]);
    expect(sent).to.deep.equal(['aggregate']);
  });

  it('are told of what was acknowledged before they were asked', async () => {
    const first = names('trees');
    await connection.collection<Named>('trees').insertOne({ _id: 'e', name: 'elm' });
    expect(await names('trees')).to.deep.equal(['elm', 'oak']);
    await first;
    expect(sent.filter((name) => name === 'aggregate')).to.have.length(2);
  });

  it('fail together where one of them cannot be answered', async () => {
    const stats = { collection: 'nowhere', pipeline: [{ $collStats: { count: {} } }] };
    const outcomes = await Promise.allSettled([names('fruits'), askAlong(connection, stats)]);
    expect(outcomes.map(({ status }) => status)).to.deep.equal(['rejected', 'rejected']);
    expect(await names('fruits')).to.deep.equal(['apple', 'pear']);
  });
});
