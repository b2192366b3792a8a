import { expect } from 'chai';
import type { CommandStartedEvent } from 'mongodb';
import { Schema, type Model } from 'mongoose';
import { followRecords, type Followed } from '../../../server/storage/follow.ts';
import { startTestStorage, type TestStorage } from '../../support/storage.ts';

interface Thing extends Followed {
  version: number;
  name: string;
}

const schema = new Schema<Thing>(
  { _id: String, version: Number, name: String, updatedAt: Date },
  { versionKey: false },
);
schema.index({ updatedAt: 1 });
const SECOND = 1_000;
const at = (second: number): Date => new Date(Date.UTC(2026, 0, 1) + second * SECOND);
const thing = (id: string, second: number, version = 1): Thing => ({
  _id: id,
  version,
  name: `${id} ${version}`,
  updatedAt: at(second),
});

describe('a copy that follows records', () => {
  let storage: TestStorage;
  let things: Model<Thing>;
  before(async () => {
    storage = await startTestStorage();
    things = storage.storage.connection.model<Thing>('Thing', schema);
    await things.createIndexes();
  });
  beforeEach(() => things.deleteMany({}));
  after(() => storage.stop());

  function follow(now?: () => number) {
    const names = new Map<string, string>();
    const follower = followRecords(
      things,
      ['name'],
      {
        put: ({ _id, name }) => names.set(_id, name),
        remove: (id) => names.delete(id),
      },
      now === undefined ? {} : { now },
    );
    return {
      stop: () => follower.stop(),
      async names() {
        await follower.fresh();
        return [...names.values()].sort();
      },
    };
  }

  const change = ({ _id, ...fields }: Thing) => things.updateOne({ _id }, { $set: fields });

  it('holds what is there, what changed, and not what is gone', async () => {
    const copy = follow();
    expect(await copy.names()).to.deep.equal([]);
    await things.insertMany([thing('a', 0), thing('b', 1)]);
    expect(await copy.names()).to.deep.equal(['a 1', 'b 1']);
    await change(thing('a', 2, 2));
    await things.deleteOne({ _id: 'b' });
    expect(await copy.names()).to.deep.equal(['a 2']);
  });

  it('holds more than it reads at a time', async () => {
    await things.insertMany(Array.from({ length: 250 }, (_, number) => thing(`n${number}`, number)));
    expect(await follow().names()).to.have.lengthOf(250);
  });

  it('finds a change that was stored a little after the time that it bears', async () => {
    await things.insertMany([thing('a', 0), thing('b', 9)]);
    const copy = follow();
    await copy.names();
    await change(thing('a', 1, 2));
    expect(await copy.names()).to.deep.equal(['a 2', 'b 1']);
  });

  it('misses nothing that is changed while it reads everything for the first time', async () => {
    await things.insertMany([
      thing('a', 0),
      ...Array.from({ length: 150 }, (_, number) => thing(`n${number}`, 1)),
    ]);
    const client = storage.storage.connection.getClient();
    let meanwhile: Promise<unknown> = Promise.resolve();
    let reads = 0;
    // The second batch bears a change of long after; the first, which was read already, one of before.
    const listener = ({ commandName }: CommandStartedEvent): void => {
      if (commandName !== 'find' || ++reads !== 3) return;
      client.off('commandStarted', listener);
      meanwhile = Promise.all([change(thing('a', 60, 2)), change(thing('n99', 120, 2))]);
    };
    client.on('commandStarted', listener);
    const copy = follow();
    await copy.names();
    await meanwhile;
    expect(await copy.names()).to.include.members(['a 2', 'n99 2']);
  });

  it('compares what was taken in at one go for a while only', async () => {
    let time = 0;
    await things.insertMany([thing('a', 0), thing('b', 5)]);
    const copy = follow(() => time);
    const since: unknown[] = [];
    const client = storage.storage.connection.getClient();
    const listener = ({ commandName, command }: CommandStartedEvent): void => {
      const { pipeline } = command as { pipeline?: [{ $match: { updatedAt: { $gte: unknown } } }] };
      if (commandName === 'aggregate') since.push(pipeline?.[0].$match.updatedAt.$gte);
    };
    client.on('commandStarted', listener);
    await copy.names();
    time += 60 * SECOND;
    await copy.names();
    client.off('commandStarted', listener);
    expect(since).to.deep.equal([at(-5), at(5)]);
  });

  it('is asked for together with the other copies that are wanted at the same time', async () => {
    await things.insertMany([thing('a', 0), thing('b', 30)]);
    const others = storage.storage.connection.model<Thing>('Other', schema, 'others');
    await others.createIndexes();
    const elsewhere = new Map<string, string>();
    const other = followRecords(others, ['name'], {
      put: ({ _id, name }) => elsewhere.set(_id, name),
      remove: (id) => elsewhere.delete(id),
    });
    const [one, two] = [follow(), follow()];
    await Promise.all([one.names(), two.names(), other.fresh()]);
    await Promise.all([others.insertMany([thing('c', 60)]), things.deleteOne({ _id: 'a' })]);
    const [first, second] = await Promise.all([one.names(), two.names(), other.fresh()]);
    expect([first, second, [...elsewhere.values()]]).to.deep.equal([['b 1'], ['b 1'], ['c 1']]);

    const asked: string[] = [];
    const client = storage.storage.connection.getClient();
    const listener = ({ commandName }: CommandStartedEvent): void => void asked.push(commandName);
    client.on('commandStarted', listener);
    await Promise.all([one.names(), two.names(), other.fresh()]);
    client.off('commandStarted', listener);
    expect(asked).to.deep.equal(['aggregate']);
  });

  it('is told of no more once it is not kept any more', async () => {
    const copy = follow();
    await copy.names();
    await copy.stop();
    await things.insertMany([thing('a', 0)]);
    let said = '';
    await copy.names().catch((error: unknown) => (said = String(error)));
    expect(said).to.include('not kept any more');
  });
});
