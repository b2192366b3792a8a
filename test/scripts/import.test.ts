import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { z } from 'zod';
import { TEMPLATE_COLUMNS } from '../../server/imports/columns.ts';
import { openStorage } from '../../server/storage/connect.ts';
import { smeModel } from '../../server/smes/model.ts';

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

const reportSchema = z.object({
  state: z.string(),
  rows: z.object({ created: z.number(), duplicates: z.number() }),
});

describe('npm run import', function () {
  this.timeout(60_000);
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tandem-import-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  function run(...args: string[]): Promise<Ran> {
    const command = ['--import', 'tsx', 'scripts/import.ts', ...args, '--data-dir', join(folder, 'data')];
    return new Promise((resolve) => {
      execFile(process.execPath, command, (error, out, err) => {
        resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err });
      });
    });
  }
  async function csv(text: string): Promise<string> {
    const file = join(folder, 'members.csv');
    await writeFile(file, text);
    return file;
  }

  it('checks, registers, reports refused rows and ends with 1', async () => {
    const file = await csv('name,country\nAcme,FR\n=1+1,FR\n');
    const dry = await run(file, '--dry-run');
    expect(dry.out).to.contain('Line 3').and.to.contain('nothing was changed');
    expect(dry.code).to.equal(1);
    const done = await run(file, '--cluster', 'lsec');
    expect(done.out).to.contain('1 registered, 0 merged, 0 skipped');
    expect(done.code).to.equal(1);
  });

  it('works beside a process that holds the database, and says in JSON what it did', async () => {
    const storage = await openStorage({ dataDir: join(folder, 'data') });
    try {
      const file = await csv('name,country\nAcme,FR\nBeta,DE\n');
      const first = await run(file, '--json');
      expect(first.code, first.err).to.equal(0);
      expect(reportSchema.parse(JSON.parse(first.out)).rows.created).to.equal(2);
      const second = await run(file, '--json', '--duplicates', 'merge');
      expect(reportSchema.parse(JSON.parse(second.out)).rows).to.include({ created: 0, duplicates: 2 });
      expect(await smeModel(storage.connection).countDocuments()).to.equal(2);
    } finally {
      await storage.close();
    }
  });

  it('ends with 2 and a plain sentence for what it cannot use', async () => {
    const file = await csv('name;country\nAcme;FR\n');
    const wrong = await run(file);
    expect([wrong.code, wrong.err.includes("separated by ';'")]).to.deep.equal([2, true]);
    expect((await run('missing.csv')).code).to.equal(2);
    expect((await run(file, '--duplicates', 'perhaps')).code).to.equal(2);
    const noCluster = await run(await csv('name,country\nAcme,FR\n'), '--cluster', 'Nobody');
    expect([noCluster.code, noCluster.err.includes('Nobody')]).to.deep.equal([2, true]);
  });

  it('has each column of the template in its documentation', async () => {
    const documentation = await readFile('docs/import.md', 'utf8');
    for (const { name, allowed } of TEMPLATE_COLUMNS) {
      expect(documentation).to.contain(`\`${name}\``).and.to.contain(allowed);
    }
  });
});
