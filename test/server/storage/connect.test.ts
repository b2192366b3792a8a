import { expect } from 'chai';
import mongoose from 'mongoose';
import { ensureIndexes } from '../../../server/storage/connect.ts';
import { startTestStorage, type TestStorage } from '../../support/storage.ts';

describe('storage/connect with mongoose', () => {
  let test: TestStorage;
  before(async () => {
    test = await startTestStorage();
  });
  after(() => test.stop());

  it('saves, finds and refuses a second document with the same unique value', async () => {
    const schema = new mongoose.Schema({ _id: String, name: String, age: Number });
    schema.index({ name: 1 }, { unique: true });
    const People = test.storage.connection.model('Person', schema);
    await ensureIndexes(test.storage.connection);
    await People.create({ _id: 'a', name: 'Ada', age: 36 });
    expect(await People.findOne({ name: 'Ada' }).lean()).to.deep.include({ _id: 'a', age: 36 });
    const second = await People.create({ _id: 'b', name: 'Ada' }).catch((error: unknown) => error);
    expect(second).to.be.instanceOf(mongoose.mongo.MongoServerError).with.property('code', 11000);
  });
});
