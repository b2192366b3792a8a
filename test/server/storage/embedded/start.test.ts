import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { MongoClient } from 'mongodb';
import { connectionFile, type Embedded, startEmbedded } from '../../../../server/storage/embedded/start.ts';
import { until } from '../../../support/until.ts';

function ignore(): void {
  // these tests look at the answers
}

describe('the embedded database as a server', function () {
  this.timeout(30_000);
  let dataDir: string;
  let open: Embedded[] = [];

  async function start(
    options: { dataDir?: string; tcp?: boolean; sweepMs?: number } = {},
  ): Promise<Embedded> {
    const embedded = await startEmbedded({ dataDir, onFailure: ignore, ...options });
    open.push(embedded);
    return embedded;
  }
  async function using<T>(embedded: Embedded, work: (client: MongoClient) => Promise<T>): Promise<T> {
    const client = await MongoClient.connect(embedded.uriOf('t'), { serverSelectionTimeoutMS: 2_000 });
    return work(client).finally(() => client.close());
  }

  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'tandem-start-'));
  });
  afterEach(async () => {
    await Promise.all(open.map((embedded) => embedded.close()));
    open = [];
    await rm(dataDir, { recursive: true, force: true });
  });

  it('keeps documents, their order, and indexes from one start to the next', async () => {
    const first = await start();
    await using(first, async (client) => {
      const rows = client.db().collection<{ _id: string; n: number }>('rows');
      await rows.createIndex({ n: 1 }, { unique: true, name: 'by_n' }, {});
      await rows.insertMany(['z', 'a', 'm'].map((_id, n) => ({ _id, n })));
      await rows.updateOne({ _id: 'z' }, { $set: { n: 9 } });
      await rows.deleteOne({ _id: 'a' });
    });
    await first.close();
    await using(await start(), async (client) => {
      const rows = client.db().collection<{ _id: string; n: number }>('rows');
      expect(await rows.find().toArray()).to.deep.equal([
        { _id: 'z', n: 9 },
        { _id: 'm', n: 2 },
      ]);
      const error: unknown = await rows.insertOne({ _id: 'new', n: 9 }).catch((thrown: unknown) => thrown);
      expect(error).to.have.property('code', 11000);
    });
  });

  it('keeps a large document through hundreds of small changes, and forgets it with all that was written of it', async () => {
    interface Large {
      _id: string;
      rows: { at: number; text: string }[];
      count: number;
    }
    const rows = Array.from({ length: 500 }, (_, at) => ({ at, text: 'x'.repeat(60) }));
    const expected = { _id: 'large', rows, count: 0 };
    const folder = join(dataDir, 'db');
    const bytesOnDisk = async (): Promise<number> => {
      const sizes = (await readdir(folder)).map(async (file) => (await stat(join(folder, file))).size);
      return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
    };
    const first = await start();
    await using(first, async (client) => {
      const large = client.db().collection<Large>('large');
      await large.insertOne(structuredClone(expected));
      const before = await bytesOnDisk();
      for (let change = 0; change < 150; change += 1) {
        const at = (change * 7) % 500;
        expected.rows[at] = { at, text: `changed ${change}` };
        expected.count += 1;
        const update = { $set: { [`rows.${at}.text`]: `changed ${change}` }, $inc: { count: 1 } };
        await large.updateOne({ _id: 'large' }, update);
      }
      // 150 whole versions would be 6 MB
      expect((await bytesOnDisk()) - before).to.be.below(500_000);
    });
    await first.close();
    const second = await start();
    await using(second, async (client) => {
      const large = client.db().collection<Large>('large');
      expect(await large.find().toArray()).to.deep.equal([expected]);
      await large.updateOne({ _id: 'large' }, { $set: { 'rows.3.text': 'once more' } });
      await large.deleteOne({ _id: 'large' });
      await large.insertOne({ ...expected, _id: 'other' });
    });
    await second.close();
    await using(await start(), async (client) => {
      expect(await client.db().collection<Large>('large').find().toArray()).to.deep.equal([
        { ...expected, _id: 'other' },
      ]);
    });
  });

  it('refuses a second server on the same folder with a plain sentence, and the first goes on', async () => {
    const first = await start();
    const error: unknown = await start().catch((thrown: unknown) => thrown);
    expect(error).to.match(/is in use by another process/);
    await using(first, async (client) => {
      expect(await client.db().command({ ping: 1 })).to.have.property('ok', 1);
    });
  });

  it('can be read by this user only', async function () {
    if (process.platform === 'win32') return;
    await start();
    expect((await stat(join(dataDir, 'db.sock'))).mode & 0o777).to.equal(0o600);
    expect((await stat(connectionFile(dataDir))).mode & 0o777).to.equal(0o600);
  });

  it('leaves neither socket nor connection file behind', async () => {
    await (await start()).close();
    expect(await readdir(dataDir)).to.deep.equal(['db']);
  });

  it('finds another place for its socket when the path of the folder is too long', async () => {
    const long = join(dataDir, 'x'.repeat(60), 'y'.repeat(60));
    await using(await start({ dataDir: long }), async (client) => {
      expect(await client.db().command({ ping: 1 })).to.have.property('ok', 1);
    });
  });

  it('asks for the password on a TCP port', async () => {
    const embedded = await start({ tcp: true });
    await using(embedded, async (client) => {
      await client.db().collection('rows').insertOne({ a: 1 });
      expect(await client.db().collection('rows').countDocuments()).to.equal(1);
    });
    const uri = embedded.uriOf('t');
    const wrong = uri.replace(/:[0-9a-f]{48}@/, ':wrong@');
    const refused: unknown = await MongoClient.connect(wrong).catch((thrown: unknown) => thrown);
    expect(refused).to.have.property('code', 18);
    const stranger = new MongoClient(
      `mongodb://${uri.split('@')[1]?.split('?')[0] ?? ''}?directConnection=true`,
    );
    const error: unknown = await stranger
      .db()
      .collection('rows')
      .findOne()
      .catch((thrown: unknown) => thrown);
    expect(error).to.have.property('code', 13);
    await stranger.close();
  });

  it('removes what has expired, and nothing that is no date', async () => {
    await using(await start({ sweepMs: 50 }), async (client) => {
      const rows = client.db().collection<{ _id: string; at?: unknown }>('rows');
      await rows.createIndex({ at: 1 }, { expireAfterSeconds: 60 }, {});
      const [past, future] = [new Date(Date.now() - 61_000), new Date(Date.now() + 60_000)];
      await rows.insertMany([
        { _id: 'past', at: past },
        { _id: 'future', at: future },
        { _id: 'earliest', at: [future, past] },
        { _id: 'text', at: 'x' },
        { _id: 'missing' },
      ]);
      await until(async () => (await rows.countDocuments()) === 3);
      expect((await rows.find().toArray()).map(({ _id }) => _id)).to.deep.equal([
        'future',
        'text',
        'missing',
      ]);
    });
  });

  it('drops a client that does not speak the protocol, and serves the others', async function () {
    if (process.platform === 'win32') return;
    const embedded = await start();
    for (const bytes of [
      Buffer.from('GET / HTTP/1.1\r\n\r\n'),
      Buffer.alloc(64, 0xff),
      Buffer.from([20, 0, 0, 0, ...Array<number>(16).fill(0)]),
    ]) {
      const socket = connect(join(dataDir, 'db.sock'));
      const closed = new Promise((resolve) => socket.once('close', resolve));
      socket.on('error', ignore);
      socket.end(bytes);
      await closed;
    }
    await using(embedded, async (client) => {
      expect(await client.db().command({ ping: 1 })).to.have.property('ok', 1);
    });
  });

  it('reads a snapshot: writes during a long answer do not show in it', async () => {
    await using(await start(), async (client) => {
      const rows = client.db().collection<{ _id: number; n: number }>('rows');
      await rows.insertMany(Array.from({ length: 500 }, (_, _id) => ({ _id, n: 0 })));
      const seen: number[] = [];
      for await (const row of rows.find({}, { batchSize: 100 })) {
        if (row._id === 50) await rows.updateMany({}, { $set: { n: 1 } });
        if (row._id === 60) await rows.deleteMany({ _id: { $gt: 400 } });
        seen.push(row.n);
      }
      expect(seen).to.have.length(500);
      expect(Math.max(...seen)).to.equal(0);
    });
  });
});
