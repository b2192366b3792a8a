import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { signIn, STAFF_EMAIL } from '../../scripts/bench/live-accounts.ts';
import { serve, type Served } from '../../scripts/bench/processes.ts';
import { checkAudit } from '../../server/audit/check.ts';
import { allAudited } from '../../server/audited.ts';
import { clusterModel } from '../../server/clusters/model.ts';
import { smeModel } from '../../server/smes/model.ts';
import { openStorage, type Storage } from '../../server/storage/connect.ts';
import { addMembers } from '../server/clusters/support.ts';
import { until } from '../support/until.ts';

const MEMBERS = 800;

describe('kill -9 while the members of a cluster are handed over', function () {
  this.timeout(240_000);
  const environment: Record<string, string> = {
    COMPANIES: '4',
    ACCOUNT_PASSWORD: randomBytes(12).toString('base64url'),
    SESSION_SECRETS: randomBytes(32).toString('hex'),
  };
  let dataDir: string;
  let server: Served | null = null;
  let storage: Storage | null = null;
  const start = async (): Promise<Served> =>
    (server = await serve('scripts/bench/live-server.ts', environment));

  before(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'tandem-kill-leaving-'));
    environment['DATA_DIR'] = dataDir;
  });
  after(async () => {
    await server?.kill();
    await storage?.close();
    await rm(dataDir, { recursive: true, force: true });
  });

  it('goes on at the next start until every member has its new cluster, and the log says so', async () => {
    await (await start()).stop();
    storage = await openStorage({ dataDir });
    await addMembers(storage.connection, 'lsec', MEMBERS);
    const count = async (clusterId: string): Promise<number> =>
      storage ? smeModel(storage.connection).countDocuments({ clusterId }).exec() : 0;
    const all = (await count('lsec')) + (await count('censec'));
    const before = await count('censec');
    await storage.close();

    const served = await start();
    const staff = await signIn(served.url, STAFF_EMAIL, environment['ACCOUNT_PASSWORD'] ?? '');
    const leaving = staff.call('POST', '/clusters/lsec/leave', { body: { handOverTo: 'censec' } }).then(
      () => 'answered',
      () => 'cut off',
    );
    await until(async () => {
      const { total } = await staff.call<{ total: number }>('GET', '/clusters/censec/members?limit=1');
      return total > before;
    });
    await served.kill();
    expect(await leaving).to.equal('cut off');

    storage = await openStorage({ dataDir });
    expect(await count('lsec'), 'members that the kill left behind').to.be.greaterThan(0);
    await storage.close();
    await (await start()).stop();
    server = null;

    storage = await openStorage({ dataDir });
    const { connection } = storage;
    expect([await count('lsec'), await count('censec')]).to.deep.equal([0, all]);
    const cluster = await clusterModel(connection).findById('lsec').lean().exec();
    expect(cluster).to.include({ leaving: null });
    expect(cluster?.leftAt).not.to.equal(null);
    expect((await checkAudit(connection, allAudited(connection))).differences).to.deep.equal([]);
  });
});
