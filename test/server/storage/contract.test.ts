import { expect } from 'chai';
import type { Document } from 'bson';
import mongoose from 'mongoose';
import { z } from 'zod';
import { startTestStorage, type TestStorage } from '../../support/storage.ts';
import { aggregateCases, sales } from './contract/aggregates.ts';
import type { CommandCase, QueryGroup, RefusalCase, UpdateCase } from './contract/cases.ts';
import { commandCases } from './contract/commands.ts';
import { queryGroups } from './contract/queries.ts';
import { refusalCases } from './contract/refusals.ts';
import { updateCases } from './contract/updates.ts';

const refusedWrite = z.looseObject({ code: z.number(), errmsg: z.string() });

type Rows = mongoose.mongo.Collection;

/** The same for any MongoDB: what `MONGODB_URI` names, or else the embedded database. */
describe('the contract of the database', () => {
  let test: TestStorage;
  let names = 0;
  const fresh = (): Rows => database().collection(`contract_${++names}`);

  function database(): mongoose.mongo.Db {
    const { db } = test.storage.connection;
    if (!db) throw new Error('not connected');
    return db;
  }

  before(async () => {
    test = await startTestStorage();
  });
  after(() => test.stop());

  async function codeOf(work: Promise<unknown>): Promise<unknown> {
    const error: unknown = await work.then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    return error instanceof mongoose.mongo.MongoServerError ? error.code : error;
  }

  function describeQueries({ about, documents, finds }: QueryGroup): void {
    describe(`queries: ${about}`, () => {
      const places: Rows[] = [];
      before(async () => {
        // the second time with an index on each field, which must not change any answer
        for (const indexed of [false, true]) {
          const rows = fresh();
          const fields = new Set(documents.flatMap((document) => Object.keys(document)));
          if (indexed)
            for (const field of fields)
              for (const key of [field, `${field}.b`])
                if (field !== '_id') await rows.createIndex({ [key]: 1 }, {}, {});
          await rows.insertMany(documents.map((document) => ({ ...document })));
          places.push(rows);
        }
      });
      for (const { name, filter, sort, ids } of finds)
        it(name, async () => {
          for (const rows of places) {
            const found = await rows.find(filter, sort ? { sort } : {}).toArray();
            const got = found.map((row) => row['_id'] as unknown);
            if (sort) expect(got).to.deep.equal(ids);
            else expect(got).to.have.members([...ids]);
          }
        });
    });
  }
  queryGroups.forEach(describeQueries);

  async function runUpdate(rows: Rows, { before, filter, update, upsert }: UpdateCase): Promise<Document> {
    if (before) await rows.insertOne({ ...before });
    return rows.updateOne(filter ?? {}, update, { upsert: upsert === true });
  }

  describe('updates', () => {
    for (const one of updateCases)
      it(one.name, async () => {
        const rows = fresh();
        if (one.error !== undefined) {
          expect(await codeOf(runUpdate(rows, one))).to.equal(one.error);
          if (one.before) expect(await rows.findOne()).to.deep.equal(await roundTrip(one.before));
          return;
        }
        const result = await runUpdate(rows, one);
        const after = await rows.findOne();
        expect(after).to.deep.equal(await roundTrip(one.after ?? {}));
        // with the order of the fields
        expect(JSON.stringify(after)).to.equal(JSON.stringify(await roundTrip(one.after ?? {})));
        if (one.modified !== undefined) expect(result['modifiedCount']).to.equal(one.modified);
      });
  });

  /** The document as the driver gives it back, so that 64-bit integers are of the same class on both sides. */
  async function roundTrip(document: Document): Promise<Document | null> {
    const rows = fresh();
    await rows.insertOne({ ...document });
    return rows.findOne();
  }

  describe('aggregations', () => {
    let rows: Rows;
    before(async () => {
      rows = fresh();
      await rows.insertMany(sales.map((sale) => ({ ...sale })));
    });
    for (const { name, pipeline, result } of aggregateCases)
      it(name, async () => {
        // Stages may name the collection itself.
        const text = JSON.stringify(pipeline).replaceAll('$collection', rows.collectionName);
        const stages = z.array(z.record(z.string(), z.unknown())).parse(JSON.parse(text));
        expect(await rows.aggregate(stages).toArray()).to.deep.equal(result);
      });
  });

  function named(command: Document, name: string): Document {
    return Object.fromEntries(
      Object.entries(command).map(([key, value]) => [key, value === '$collection' ? name : value]),
    );
  }

  function describeCommand({ name, commands, error, answer }: CommandCase): void {
    it(name, async () => {
      const { collectionName } = fresh();
      const all = commands.map((command) => named(command, collectionName));
      for (const command of all.slice(0, -1)) await database().command(command);
      const last = database().command(all.at(-1) ?? {});
      if (error !== undefined) expect(await codeOf(last)).to.equal(error);
      else expectFields(await last, answer ?? {});
    });
  }

  /** Whatever is named must be there; a server may say more. */
  function expectFields(actual: unknown, wanted: unknown): void {
    if (Array.isArray(wanted) && Array.isArray(actual)) {
      expect(actual).to.have.length(wanted.length);
      wanted.forEach((item, i) => {
        expectFields(actual[i], item);
      });
    } else if (typeof wanted === 'object' && wanted !== null) {
      expect(actual).to.be.an('object');
      const fields = new Map(Object.entries(actual ?? {}));
      for (const [field, value] of Object.entries(wanted)) expectFields(fields.get(field), value);
    } else expect(actual).to.equal(wanted);
  }

  describe('commands', () => {
    commandCases.forEach(describeCommand);
  });

  /** What a client is told: of a command, or of the first part of a bulk write. */
  async function refusalOf(command: Document): Promise<{ code: unknown; message: unknown }> {
    try {
      const reply = await database().command(command);
      const { writeErrors } = z.looseObject({ writeErrors: z.tuple([refusedWrite]) }).parse(reply);
      return { code: writeErrors[0].code, message: writeErrors[0].errmsg };
    } catch (error) {
      if (!(error instanceof mongoose.mongo.MongoServerError)) throw error;
      return { code: error.code, message: error.message };
    }
  }

  function describeRefusal({ name, command, code }: RefusalCase): void {
    it(name, async function () {
      if (test.storage.kind === 'mongodb') return;
      const rows = fresh();
      const kept = { _id: 1, a: [1] };
      await rows.insertOne({ ...kept } as Document);
      const refused = await refusalOf(named(command, rows.collectionName));
      expect(refused.code).to.equal(code);
      expect(refused.message).to.contain('MONGODB_URI');
      expect(await rows.find().toArray()).to.deep.equal([kept]);
    });
  }

  describe('what only a real MongoDB can do is refused, never ignored:', () => {
    refusalCases.forEach(describeRefusal);
  });
});
