import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzipSync, gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { type Db, Double, Long, MongoClient } from 'mongodb';
import { backup, restore, withDatabase } from '../../../server/storage/backup.ts';
import { BackupFileError } from '../../../server/storage/backup-file.ts';
import { startEmbedded } from '../../../server/storage/embedded/start.ts';

const madeAt = new Date('2024-05-06T07:08:09Z');
const run = promisify(execFile);

function ignore(): void {
  // a failure shows in the answers
}

describe('backup and restore', function () {
  this.timeout(30_000);
  let folder: string;
  let file: string;
  const dataDir = (name: string): string => join(folder, name);

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tandem-backup-'));
    file = join(folder, 'one.gz');
    const running = await startEmbedded({ dataDir: dataDir('source'), onFailure: ignore });
    const client = await MongoClient.connect(running.uriOf('tandem'));
    await fill(client.db());
    expect(await backup({ dataDir: dataDir('source') }, file, madeAt)).to.deep.equal({
      empty: 0,
      rows: 2_500,
    });
    await client.close();
    await running.close();
  });
  after(() => rm(folder, { recursive: true, force: true }));

  async function fill(db: Db): Promise<void> {
    const rows = Array.from({ length: 2_500 }, (_, i) => ({
      name: `row ${i}`,
      at: new Date(i),
      long: Long.fromString('9007199254740993'),
      double: new Double(5),
      list: [1, { a: null }],
    }));
    await db.collection('rows').insertMany(rows);
    await db.collection('rows').createIndex({ name: 1 }, { unique: true }, {});
    await db.createCollection('empty');
  }

  const content = (name: string): Promise<{ rows: Uint8Array[]; indexes: string[] }> =>
    withDatabase({ dataDir: dataDir(name) }, async (db) => ({
      rows: (await db.collection('rows').find({}, { raw: true }).toArray()) as unknown as Uint8Array[],
      indexes: (await db.collection('rows').indexes()).map(
        (index) => `${index.name ?? ''} ${String(index.unique)}`,
      ),
    }));

  async function refusal(work: Promise<unknown>): Promise<unknown> {
    return work.then(
      () => 'nothing was refused',
      (error: unknown) => error,
    );
  }

  it('gives every byte back, in the same order, with the indexes', async () => {
    await restore({ dataDir: dataDir('target') }, file, false);
    const [source, target] = [await content('source'), await content('target')];
    expect(target.rows).to.have.length(2_500);
    expect(Buffer.concat(target.rows).equals(Buffer.concat(source.rows))).to.equal(true);
    expect(target.indexes).to.deep.equal(source.indexes);
  });

  it('refuses a database that holds documents, unless told to replace them', async () => {
    expect(await refusal(restore({ dataDir: dataDir('source') }, file, false))).to.match(
      /holds documents already/,
    );
    await withDatabase({ dataDir: dataDir('source') }, (db) => db.collection('extra').insertOne({ a: 1 }));
    await restore({ dataDir: dataDir('source') }, file, true);
    await withDatabase({ dataDir: dataDir('source') }, async (db) => {
      expect(await db.collection('extra').countDocuments()).to.equal(0);
      expect(await db.collection('rows').countDocuments()).to.equal(2_500);
    });
  });

  it('changes nothing for a file that is cut, altered, foreign or missing, and says why', async () => {
    const whole = await readFile(file);
    const text = gunzipSync(whole).toString();
    const broken: [string, Buffer, RegExp][] = [
      ['cut', whole.subarray(0, whole.length - 400), /cut off|cannot be read/],
      ['altered', gzipSync(text.replace('row 17"', 'row 18"')), /checksum/],
      ['shortened', gzipSync(text.slice(0, text.lastIndexOf('{"counts"'))), /last line is missing/],
      ['foreign', gzipSync('{"a":1}\n'), /no backup of Tandem/],
      ['plain', Buffer.from('hello'), /broken|cannot be read/],
      ['empty', Buffer.alloc(0), /cut off|broken|cannot be read/],
    ];
    for (const [name, bytes, reason] of broken) {
      const path = join(folder, `${name}.gz`);
      await writeFile(path, bytes);
      const error = await refusal(restore({ dataDir: dataDir('source') }, path, true));
      expect(error, name).to.be.instanceOf(BackupFileError);
      expect(error, name).to.match(reason);
    }
    const missing = await refusal(restore({ dataDir: dataDir('source') }, join(folder, 'none.gz'), true));
    expect(missing).to.match(/ENOENT/);
    expect((await content('source')).rows).to.have.length(2_500);
  });

  it('works from the command line, with usage, exit codes and one line of result', async () => {
    const node = (...args: string[]): Promise<{ stdout: string; stderr: string }> =>
      run(process.execPath, ['--import', 'tsx', ...args], { env: { ...process.env, MONGODB_URI: '' } });
    const copy = join(folder, 'two.gz');
    const made = await node('scripts/backup.ts', copy, '--data-dir', dataDir('source'));
    expect(made.stdout).to.contain('2500 documents of 2 collections');
    const restored = await node('scripts/restore.ts', copy, '--data-dir', dataDir('third'));
    expect(restored.stdout).to.contain('2500 documents');
    expect((await node('scripts/restore.ts', '--help')).stdout).to.contain('--replace');
    expect(await refusal(node('scripts/restore.ts'))).to.have.property('code', 2);
    expect(await refusal(node('scripts/backup.ts', '--nope'))).to.have.property('code', 2);
    expect(await refusal(node('scripts/restore.ts', copy, '--data-dir', dataDir('third')))).to.have.property(
      'code',
      1,
    );
  });
});
