import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import mongoose from 'mongoose';
import { ensureIndexes, openStorage } from '../../../server/storage/connect.ts';
import { startTestStorage, type TestStorage } from '../../support/storage.ts';

const script = fileURLToPath(new URL('./full-disk.ts', import.meta.url));

interface Person {
  _id: string;
  name: string;
}

function personSchema(): mongoose.Schema<Person> {
  const schema = new mongoose.Schema<Person>({ _id: String, name: String });
  schema.index({ name: 1 }, { unique: true });
  return schema;
}

async function refusal(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => 'nothing was refused',
    (error: unknown) => error,
  );
}

describe('openStorage', function () {
  this.timeout(20_000);
  let dataDir: string;
  before(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'tandem-open-'));
  });
  after(() => rm(dataDir, { recursive: true, force: true }));

  it('starts the embedded database without MONGODB_URI, says so, and keeps the data', async () => {
    const lines: string[] = [];
    const log = (line: string): void => void lines.push(line);
    const first = await openStorage({ dataDir, log });
    expect(first.kind).to.equal('embedded');
    expect(lines.join()).to.match(/embedded.*MONGODB_URI/);
    await first.connection.model('Person', personSchema()).create({ _id: 'a', name: 'Ada' });
    await first.close();
    const second = await openStorage({ dataDir, log });
    expect(await second.connection.model('Person', personSchema()).countDocuments()).to.equal(1);
    await second.close();
  });

  it('says which folder is in use', async () => {
    const first = await openStorage({ dataDir });
    expect(await refusal(openStorage({ dataDir }))).to.match(/data folder .* is in use/);
    await first.close();
  });

  it('tells its owner, who ends the process, when the disk refuses a write', async function () {
    if (process.platform === 'win32') return;
    // files of at most 1 MB (in blocks of 1 kB)
    const command = 'ulimit -f 1024; exec "$0" --import tsx "$1" "$2"';
    const folder = join(dataDir, 'full');
    const child = spawn('bash', ['-c', command, process.execPath, script, folder]);
    const said = text(child.stdout);
    const [code] = (await once(child, 'exit')) as [number | null];
    expect(await said).to.match(/The embedded database stopped: Writing to disk failed/);
    expect(code).to.equal(1);
  });

  it('fails within seconds when the MongoDB that is named does not answer', async () => {
    const mongodbUri = 'mongodb://127.0.0.1:9/tandem?serverSelectionTimeoutMS=300';
    const error = await refusal(openStorage({ mongodbUri, dataDir }));
    expect(error).to.be.instanceOf(mongoose.Error.MongooseServerSelectionError);
  });
});

describe('ensureIndexes', () => {
  let test: TestStorage;
  beforeEach(async () => {
    test = await startTestStorage();
  });
  afterEach(() => test.stop());

  it('builds the indexes of the models before anything is written', async () => {
    const People = test.storage.connection.model('Person', personSchema());
    await ensureIndexes(test.storage.connection);
    await People.create({ _id: 'a', name: 'Ada' });
    expect(await refusal(People.create({ _id: 'b', name: 'Ada' }))).to.have.property('code', 11000);
  });

  it('fails if the data contradict a unique index', async () => {
    const People = test.storage.connection.model('Person', personSchema());
    await People.insertMany([
      { _id: 'a', name: 'Ada' },
      { _id: 'b', name: 'Ada' },
    ]);
    expect(await refusal(ensureIndexes(test.storage.connection))).to.have.property('code', 11000);
  });

  it('lets no operator from outside into a filter', async () => {
    const People = test.storage.connection.model('Person', personSchema());
    await People.create({ _id: 'a', name: 'Ada' });
    const foreign: mongoose.QueryFilter<Person> = { name: { $ne: '' } };
    expect(await refusal(People.find(foreign))).to.be.instanceOf(mongoose.Error.CastError);
    expect(await People.find({ name: mongoose.trusted({ $ne: '' }) })).to.have.length(1);
    expect(await refusal(People.find({ nope: 1 } as mongoose.QueryFilter<Person>))).to.be.instanceOf(
      mongoose.Error.StrictModeError,
    );
  });
});
