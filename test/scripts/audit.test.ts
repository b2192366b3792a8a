import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';

describe('npm run audit', () => {
  it('says that a folder holds no database, instead of finding no fault in a new one', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'tandem-audit-'));
    try {
      const dataDir = join(folder, 'mistyped');
      const failed: unknown = await promisify(execFile)(
        process.execPath,
        ['--import', 'tsx', 'scripts/audit.ts', '--data-dir', dataDir],
        { env: { ...process.env, MONGODB_URI: '' } },
      ).catch((error: unknown) => error);
      expect(failed).to.have.property('code', 2);
      expect(failed).to.have.property('stderr').that.includes('There is no database in');
      expect(existsSync(dataDir)).to.equal(false);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
