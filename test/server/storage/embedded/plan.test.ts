import { expect } from 'chai';
import fc from 'fast-check';
import type mongoose from 'mongoose';
import { type Doc, encode } from '../../../../server/storage/embedded/bson.ts';
import { Collection, idIndex, queryOf } from '../../../../server/storage/embedded/collection.ts';
import { choosePlan } from '../../../../server/storage/embedded/plan.ts';
import { startTestStorage, type TestStorage } from '../../../support/storage.ts';

interface Item {
  _id: number;
  a?: unknown;
  b?: unknown;
}

const small = fc.integer({ min: 0, max: 5 });
const held = fc.oneof(small, fc.constant(null), fc.constantFrom('x', 'y'), fc.array(small, { maxLength: 3 }));
const item = fc.record({ a: held, b: held }, { requiredKeys: [] });
const condition = fc.oneof(
  held.filter((value) => !Array.isArray(value)),
  fc.record({ $gt: small, $lte: small }, { requiredKeys: ['$gt'] }),
  fc.record({ $lt: small }),
  fc.record({ $in: fc.array(fc.oneof(small, fc.constant(null), fc.constant('x')), { maxLength: 4 }) }),
  fc.record({ $gte: fc.constant('x') }),
  fc.record({ $gt: fc.constantFrom('w', 'x'), $lte: fc.constantFrom('x', 'y') }, { requiredKeys: ['$lte'] }),
  fc.record(
    { $gte: fc.constantFrom('x', 'y'), $lt: fc.constantFrom('x', 'y', 'z') },
    { requiredKeys: ['$lt'] },
  ),
  fc.record({ $gt: small, $lt: fc.constant('y') }),
  fc.record({ $ne: small }),
);
const filter = fc.record({ a: condition, b: condition }, { requiredKeys: [] });
const direction = fc.constantFrom(1 as const, -1 as const);
const sort = fc.option(fc.record({ a: direction, b: direction }, { requiredKeys: ['a'] }), {
  nil: undefined,
});
const edit = fc.oneof(
  fc.record({ kind: fc.constant('set' as const), at: fc.nat(30), a: held }),
  fc.record({ kind: fc.constant('remove' as const), at: fc.nat(30) }),
);

type Edit = typeof edit extends fc.Arbitrary<infer T> ? T : never;

describe('indexes', function () {
  this.timeout(60_000);
  let test: TestStorage;
  let runs = 0;
  before(async () => {
    test = await startTestStorage();
  });
  after(() => test.stop());

  type Rows = mongoose.mongo.Collection<Item>;
  const rowsOf = (): Rows => test.storage.connection.collection<Item>(`rows_${++runs}`);

  const keys = [{ a: 1 }, { a: -1, b: 1 }, { b: 1, a: 1 }] as const;

  it('give the answers of a full scan, in the same order, after random edits', async () => {
    const documents = fc.array(item, { minLength: 1, maxLength: 30 });
    // two arrays cannot be in one compound index, so b holds no arrays here
    const flat = documents.map((items) =>
      items.map((one) => (Array.isArray(one.b) ? { ...one, b: 1 } : one)),
    );
    await fc.assert(
      fc.asyncProperty(
        flat,
        fc.array(edit, { maxLength: 10 }),
        fc.array(fc.tuple(filter, sort), { minLength: 4, maxLength: 8 }),
        async (items, edits, queries) => {
          const [plain, indexed] = [rowsOf(), rowsOf()];
          for (const key of keys) await indexed.createIndex({ ...key }, {}, {});
          for (const rows of [plain, indexed]) {
            await rows.insertMany(items.map((one, _id) => ({ _id, ...one })));
            for (const one of edits) await apply(rows, one);
          }
          for (const [query, order] of queries) {
            const options = order ? { sort: { ...order, _id: 1 as const } } : {};
            const [wanted, got] = [
              await plain.find(query, options).toArray(),
              await indexed.find(query, options).toArray(),
            ];
            if (order) expect(got).to.deep.equal(wanted);
            else expect(got).to.have.deep.members(wanted);
            expect(await indexed.countDocuments(query)).to.equal(wanted.length);
          }
          await Promise.all([plain.drop(), indexed.drop()]);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('count between two days, and among more than can be looked up one by one, as a full scan does', () => {
    const key = { a: 1, at: -1 } as const;
    const indexes = [idIndex, { key, name: 'a_1_at_-1', unique: false }];
    const rows = new Collection({ id: 1, database: 'd', name: 'rows', indexes }, { put: noop, del: noop });
    const day = (number: number): Date => new Date(Date.UTC(2026, 0, number));
    for (let _id = 0; _id < 5_000; _id++) rows.insert(encode({ _id, a: `k${_id % 2}`, at: day(_id % 100) }));
    let looked = 0;
    const count = (filter: Doc): number => {
      const query = queryOf(filter);
      return rows.count({ ...query, test: (doc) => (looked++, query.test(doc)) });
    };
    expect(count({ a: 'k1', at: { $gte: day(11), $lt: day(21) } })).to.equal(250);
    expect(count({ a: 'k1', at: { $gt: day(11), $lte: day(21) } })).to.equal(250);
    expect(count({ a: 'k1', at: { $gt: day(11) } })).to.equal(2_200);
    expect(looked).to.equal(0);
    const some = Array.from({ length: 2_500 }, (_, number) => number * 4);
    expect(count({ _id: { $in: some } })).to.equal(1_250);
  });

  async function apply(rows: Rows, change: Edit): Promise<void> {
    if (change.kind === 'remove') await rows.deleteOne({ _id: change.at });
    else await rows.updateOne({ _id: change.at }, { $set: { a: change.a } });
  }

  it('are used: a find by key in 20,000 documents looks at one', () => {
    const indexes = [idIndex, { key: { a: 1 }, name: 'a_1', unique: false }];
    const rows = new Collection({ id: 1, database: 'd', name: 'rows', indexes }, { put: noop, del: noop });
    for (let _id = 0; _id < 20_000; _id++) rows.insert(encode({ _id, a: `k${_id}`, b: _id % 100 }));
    const examined = (query: Doc, sort?: Doc): number =>
      [...rows.candidates(choosePlan(rows.indexes, query, sort))].length;
    expect(examined({ a: 'k77' })).to.equal(1);
    expect(examined({ _id: 5 })).to.equal(1);
    expect(examined({ a: { $in: ['k1', 'k2', 'nothing'] } })).to.equal(2);
    expect(examined({ a: { $gte: 'k19998', $lt: 'k2' } })).to.equal(2);
    expect(examined({ a: { $gt: 'k19998', $lte: 'k2' } })).to.equal(2);
    expect(examined({ a: 'k77', b: 77 })).to.equal(1);
    expect(examined({ $and: [{ b: 77 }, { a: 'k77' }] })).to.equal(1);
    expect(examined({ b: 77 })).to.equal(20_000);
    expect(choosePlan(rows.indexes, { b: 77 }, { a: -1 })).to.include({ order: 'backwards' });
  });
});

function noop(): void {
  // nothing is kept on disk here
}
