import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { MongoClient } from 'mongodb';
import { until } from '../support/until.ts';

const script = fileURLToPath(new URL('./database-process.ts', import.meta.url));
const rounds = 5;
const writers = 20;

interface Hosted {
  readonly child: ChildProcess;
  readonly uri: string;
}

/** Starts the database in a process of its own and waits until it listens. */
async function host(dataDir: string): Promise<Hosted> {
  const child = spawn(process.execPath, ['--import', 'tsx', script, dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const line of createInterface({ input: child.stdout })) return { child, uri: line };
  throw new Error('the database process ended before it listened');
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  const exit = once(child, 'exit');
  child.kill(signal);
  await exit;
}

/** What clients were told is done. */
interface Acknowledged {
  readonly ids: Set<string>;
  readonly counts: Map<number, number>;
}

interface Counter {
  _id: number;
  n: number;
  ballast: string;
}
/** With it a document is so large that a change of it is written as a patch. */
const ballast = 'x'.repeat(20_000);
interface Item {
  _id: string;
  slot: string;
}

/** Writes until the connection breaks: inserts with a unique slot, and a counter of its own. */
async function write(client: MongoClient, writer: number, round: number, done: Acknowledged): Promise<void> {
  const items = client.db('kill').collection<Item>('items');
  const counters = client.db('kill').collection<Counter>('counters');
  for (let i = 0; ; i++) {
    const id = `${round}-${writer}-${i}`;
    await items.insertOne({ _id: id, slot: `slot ${id}` });
    done.ids.add(id);
    const counter = await counters.findOneAndUpdate(
      { _id: writer },
      { $inc: { n: 1 }, $setOnInsert: { ballast: writer % 4 === 0 ? ballast : '' } },
      { upsert: true, returnDocument: 'after' },
    );
    if (counter) done.counts.set(writer, counter.n);
  }
}

/** Lets all writers run, kills the process while they do, and waits for each to notice. */
async function killDuringWrites(dataDir: string, round: number, done: Acknowledged): Promise<void> {
  const { child, uri } = await host(dataDir);
  const client = await new MongoClient(uri, { serverSelectionTimeoutMS: 500, retryWrites: false }).connect();
  await client.db('kill').collection('items').createIndex({ slot: 1 }, { unique: true }, {});
  const before = done.ids.size;
  const running = Array.from({ length: writers }, (_, writer) => write(client, writer, round, done));
  const ended = Promise.allSettled(running);
  await until(() => done.ids.size >= before + 200 + round * 37);
  await end(child, 'SIGKILL');
  await ended;
  await client.close();
}

describe('kill -9 of the embedded database during writes', function () {
  this.timeout(60_000);
  let dataDir: string;
  before(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'tandem-kill-'));
  });
  after(() => rm(dataDir, { recursive: true, force: true }));

  it('loses no acknowledged write, and counters and unique indexes hold', async () => {
    const done: Acknowledged = { ids: new Set(), counts: new Map() };
    for (let round = 0; round < rounds; round++) await killDuringWrites(dataDir, round, done);

    const { child, uri } = await host(dataDir);
    const client = await MongoClient.connect(uri);
    const items = client.db('kill').collection<Item>('items');
    const stored = new Set((await items.find().toArray()).map(({ _id }) => _id));
    const lost = [...done.ids].filter((id) => !stored.has(id));
    expect(lost, 'acknowledged but lost').to.deep.equal([]);
    // each writer has at most one insert on its way when the process dies
    expect(stored.size - done.ids.size).to.be.within(0, writers * rounds);

    for (const { _id, n } of await client.db('kill').collection<Counter>('counters').find().toArray()) {
      const told = done.counts.get(_id) ?? 0;
      expect(n, `counter ${_id}`).to.be.within(told, told + rounds);
    }
    const [some = ''] = done.ids;
    const error: unknown = await items
      .insertOne({ _id: 'other', slot: `slot ${some}` })
      .catch((thrown: unknown) => thrown);
    expect(error).to.have.property('code', 11000);
    await client.close();
    await end(child, 'SIGTERM');
  });
});
