import { MongoBackend } from '@agendajs/mongo-backend';
import { Agenda } from 'agenda';
import { expect } from 'chai';
import MongoStore from 'connect-mongo';
import type { SessionData } from 'express-session';
import mongoose from 'mongoose';
import { ensureIndexes } from '../../../server/storage/connect.ts';
import { startTestStorage, type TestStorage } from '../../support/storage.ts';
import { until } from '../../support/until.ts';

describe('the libraries on the database', function () {
  this.timeout(30_000);
  let test: TestStorage;
  before(async () => {
    test = await startTestStorage();
  });
  after(() => test.stop());

  describe('mongoose', () => {
    const authorSchema = new mongoose.Schema({
      _id: String,
      name: String,
      tags: [String],
    });
    authorSchema.index({ name: 1 }, { unique: true });
    const bookSchema = new mongoose.Schema({
      title: String,
      author: { type: String, ref: 'Author' },
      pages: [{ number: Number, text: String }],
      extra: { type: Map, of: Number },
    });

    function models(): { Author: mongoose.Model<Author>; Book: mongoose.Model<Book> } {
      const { connection } = test.storage;
      return {
        Author: connection.model<Author>('Author', authorSchema),
        Book: connection.model<Book>('Book', bookSchema),
      };
    }
    interface Author {
      _id: string;
      name: string;
      tags: string[];
    }
    interface Book {
      title: string;
      author: string;
      pages: { number: number; text: string }[];
      extra: Map<string, number>;
    }

    before(async () => {
      models();
      await ensureIndexes(test.storage.connection);
    });

    it('refuses a save of a document that another one has changed, by its version', async () => {
      const { Book } = models();
      const { _id } = await Book.create({
        title: 'One',
        pages: [
          { number: 1, text: 'a' },
          { number: 2, text: 'b' },
        ],
      });
      const [first, second] = [await Book.findById(_id).orFail(), await Book.findById(_id).orFail()];
      first.pages.splice(0, 1);
      await first.save();
      second.set('pages.0.text', 'changed');
      const error: unknown = await second.save().catch((thrown: unknown) => thrown);
      expect(error).to.be.instanceOf(mongoose.Error.VersionError);
      const kept = await Book.findById(_id).orFail();
      expect(kept.pages.map(({ text }) => text)).to.deep.equal(['b']);
    });

    it('saves changes inside of arrays and maps, and only those', async () => {
      const { Book } = models();
      const book = await Book.create({ title: 'Two', pages: [{ number: 1, text: 'a' }], extra: { x: 1 } });
      book.pages.push({ number: 2, text: 'b' });
      book.extra.set('y', 2);
      book.set('pages.0.text', 'A');
      await book.save();
      const read = await Book.findById(book._id).lean().orFail();
      expect(read.pages.map(({ text }) => text)).to.deep.equal(['A', 'b']);
      expect(read.extra).to.deep.equal({ x: 1, y: 2 });
    });

    it('populates by $in', async () => {
      const { Author, Book } = models();
      await Author.create({ _id: 'ada', name: 'Ada', tags: ['x'] });
      await Book.create({ title: 'Three', author: 'ada' });
      const book = await Book.findOne({ title: 'Three' }).populate<{ author: Author }>('author').orFail();
      expect(book.author.name).to.equal('Ada');
    });

    it('reads a long answer by a cursor, in batches', async () => {
      const { Book } = models();
      await Book.insertMany(Array.from({ length: 350 }, (_, i) => ({ title: `row ${i}` })));
      let seen = 0;
      for await (const book of Book.find({ title: /^row / }).cursor({ batchSize: 40 }))
        if (book.title) seen++;
      expect(seen).to.equal(350);
    });

    it('reports each refused row of an unordered bulk write and keeps the others', async () => {
      const { Author } = models();
      const inserts = ['p', 'q', 'p', 'r'].map((name, i) => ({
        insertOne: { document: { _id: `bulk${i}`, name, tags: [] } },
      }));
      const error: unknown = await Author.bulkWrite(inserts, { ordered: false }).catch(
        (thrown: unknown) => thrown,
      );
      expect(error).to.be.instanceOf(mongoose.mongo.MongoBulkWriteError);
      expect(await Author.countDocuments({ _id: /^bulk/ })).to.equal(3);
    });

    it('names the field of a duplicate', async () => {
      const { Author } = models();
      await Author.create({ _id: 'u1', name: 'Unique' });
      const error: unknown = await Author.create({ _id: 'u2', name: 'Unique' }).catch(
        (thrown: unknown) => thrown,
      );
      expect(error).to.deep.include({ code: 11000, keyValue: { name: 'Unique' }, keyPattern: { name: 1 } });
    });

    it('refuses transactions with a sentence that names MONGODB_URI', async function () {
      if (test.storage.kind === 'mongodb') return;
      const { Author } = models();
      const error: unknown = await test.storage.connection
        .transaction((session) => Author.create([{ _id: 't', name: 'T' }], { session }))
        .catch((thrown: unknown) => thrown);
      expect(error).to.be.instanceOf(Error).with.property('message').that.contains('MONGODB_URI');
      expect(await Author.findById('t')).to.equal(null);
    });
  });

  describe('connect-mongo', () => {
    const session = (text: string): SessionData =>
      // the store reads nothing but the expiry of the cookie
      ({
        cookie: { originalMaxAge: 1000, expires: new Date(Date.now() + 60_000) },
        text,
      }) as unknown as SessionData;

    function store(): MongoStore {
      const { connection } = test.storage;
      return MongoStore.create({ client: connection.getClient(), dbName: connection.name, touchAfter: 0 });
    }
    const call = <T>(
      run: (done: (error: unknown, value?: T | null) => void) => void,
    ): Promise<T | null | undefined> =>
      new Promise((resolve, reject) => {
        run((error, value) => {
          if (error) reject(error instanceof Error ? error : new Error('the store failed', { cause: error }));
          else resolve(value);
        });
      });

    it('keeps, changes, counts and removes sessions', async () => {
      const sessions = store();
      await call((done) => {
        sessions.set('one', session('a'), done);
      });
      await call((done) => {
        sessions.set('one', session('b'), done);
      });
      await call((done) => {
        sessions.set('two', session('c'), done);
      });
      expect(
        await call((done) => {
          sessions.get('one', done);
        }),
      ).to.have.property('text', 'b');
      expect(
        await call<number>((done) => {
          sessions.length(done);
        }),
      ).to.equal(2);
      await call((done) => {
        sessions.destroy('one', done);
      });
      expect(
        await call((done) => {
          sessions.get('one', done);
        }),
      ).to.equal(null);
      await call((done) => {
        sessions.touch('two', session('c'), done);
      });
      await call((done) => {
        sessions.clear(done);
      });
      expect(
        await call<number>((done) => {
          sessions.length(done);
        }),
      ).to.equal(0);
    });

    it('makes the index by which sessions expire', async () => {
      const sessions = store();
      await call((done) => {
        sessions.length(done);
      });
      const indexes = await test.storage.connection.collection('sessions').indexes();
      expect(indexes.find(({ name }) => name === 'expires_1')).to.include({ expireAfterSeconds: 0 });
    });

    it('does not wait for an answer to unacknowledged writes', async () => {
      const rows = test.storage.connection.collection<{ _id: number }>('unacknowledged');
      await rows.insertMany([{ _id: 1 }, { _id: 2 }]);
      const result = await rows.deleteMany({ _id: 1 }, { writeConcern: { w: 0 } });
      expect(result.acknowledged).to.equal(false);
      await until(async () => (await rows.countDocuments()) === 1);
    });
  });

  describe('agenda', () => {
    const started: Agenda[] = [];
    after(() => Promise.all(started.map((agenda) => agenda.stop(true))));

    async function start(): Promise<Agenda> {
      const { db } = test.storage.connection;
      if (!db) throw new Error('not connected');
      // agenda looks at each job once more after half its lock lifetime: kept short, so that the process can end
      // the backend asks for the driver's own type, of which there is one copy
      const agenda = new Agenda({
        backend: new MongoBackend({ mongo: db }),
        processEvery: 50,
        defaultLockLifetime: 2_000,
      });
      agenda.on('error', (error: Error) => {
        process.emitWarning(error);
      });
      started.push(agenda);
      await agenda.ready;
      return agenda;
    }

    it('runs each job once with two instances, and keeps one recurring job', async () => {
      const instances = [await start(), await start()];
      const runs: string[] = [];
      for (const agenda of instances) {
        agenda.define('once', (job: { attrs: { data: { id: string } } }) => {
          runs.push(job.attrs.data.id);
          return Promise.resolve();
        });
        agenda.define('tick', () => Promise.resolve());
      }
      await Promise.all(instances.map((agenda) => agenda.start()));
      const [first, second] = instances;
      const wanted = Array.from({ length: 21 }, (_, i) => `job ${i}`);
      for (const [i, id] of wanted.entries()) await (i % 2 === 0 ? first : second)?.now('once', { id });
      await Promise.all(instances.map((agenda) => agenda.every('1 hour', 'tick')));
      await until(() => runs.length >= wanted.length);
      await Promise.all(instances.map((agenda) => agenda.drain(5_000)));
      expect([...runs].sort()).to.deep.equal([...wanted].sort());
      const ticks = await first?.queryJobs({ name: 'tick' });
      expect(ticks?.jobs).to.have.length(1);
    });

    it('keeps one job of a unique kind', async () => {
      const agenda = await start();
      agenda.define('unique', () => Promise.resolve());
      for (const text of ['a', 'b', 'c']) {
        const job = agenda.create('unique', { key: 1, text });
        job.unique({ 'data.key': 1 });
        job.schedule(new Date(Date.now() + 3_600_000));
        await job.save();
      }
      const { jobs } = await agenda.queryJobs({ name: 'unique' });
      expect(jobs).to.have.length(1);
      expect(await agenda.cancel({ name: 'unique' })).to.equal(1);
    });
  });
});
