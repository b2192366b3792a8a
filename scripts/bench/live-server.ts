/**
 * A whole server with many companies, an account for each, and one for staff; prints its address. For measurements, and for tests that
 * kill it. It differs from `npm start` only in passwords that cost little, as hundreds sign in at once, and in accounts that nobody
 * had to be invited to. On a data folder that has them already it goes on with what is there.
 *
 * Environment: DATA_DIR, PORT (any free one), COMPANIES (how many), ACCOUNT_PASSWORD (of all), SESSION_SECRETS, BENCH_LOG (level).
 */
import { setTimeout as after } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import { createPasswords } from '../../server/accounts/passwords.ts';
import type { Role } from '../../server/accounts/schema.ts';
import { createTandem } from '../../server/app.ts';
import { readConfig } from '../../server/config.ts';
import type { Services } from '../../server/services.ts';
import type { NewSme } from '../../server/smes/record.ts';
import { smeInputSchema } from '../../server/smes/schema.ts';
import { openStorage } from '../../server/storage/connect.ts';
import { newId } from '../../server/storage/ids.ts';
import { createTaxonomyService } from '../../server/taxonomy/service.ts';
import { readCompanyFile } from '../match/companies.ts';
import { companyEmail, STAFF_EMAIL } from './live-accounts.ts';
import { syntheticPool } from './pool.ts';

const passwords = createPasswords({ memoryKiB: 1024, passes: 1 });

/** Companies made of real sentences. */
async function companies(count: number): Promise<NewSme[]> {
  const taxonomy = createTaxonomyService();
  const file = fileURLToPath(new URL('../demo/cordis-smes.csv', import.meta.url));
  const { profiles } = await readCompanyFile(file, taxonomy);
  const pool = [...syntheticPool({ companies: profiles, taxonomy: taxonomy.terms }, count)];
  return pool.map(({ name, country, marketRole, languages, solutions, needs }) => ({
    id: newId(),
    clusterId: null,
    source: null,
    externalId: null,
    input: smeInputSchema.parse({
      name,
      country,
      marketRole,
      languages,
      solutions: solutions.map((solution) => ({ ...solution, id: undefined })),
      needs: needs.map((need) => ({ ...need, id: undefined })),
    }),
  }));
}

/** Registers the companies with their accounts, and waits until the engine has their lists. */
async function fill({ accounts, smes, matchmaking }: Services, count: number, password: string) {
  const passwordHash = await passwords.hash(password);
  const addAccount = (role: Role, email: string, smeId: string | null): Promise<unknown> =>
    accounts.service.create({
      _id: newId(),
      email,
      name: email,
      role,
      smeId,
      clusterId: null,
      organisation: null,
      passwordHash,
    });
  const rows = await companies(count);
  await smes.createMany(rows);
  for (const [number, { id }] of rows.entries()) await addAccount('sme', companyEmail(number), id);
  await addAccount('staff', STAFF_EMAIL, null);
  const ids = rows.map(({ id }) => id);
  await smes.announceMany(ids, [], 'profile');
  while (matchmaking.matcher.status().busy) await after(20);
}

async function main(): Promise<void> {
  const { DATA_DIR = '', PORT = '0', COMPANIES = '10', ACCOUNT_PASSWORD = '' } = process.env;
  const { SESSION_SECRETS, BENCH_LOG } = process.env;
  const config = readConfig({ DATA_DIR, SESSION_SECRETS, REQUESTS_PER_MINUTE: '10000000' });
  const storage = await openStorage({ dataDir: DATA_DIR, onFailure: () => process.exit(1) });
  const tandem = await createTandem({
    storage,
    config,
    log: pino({ level: BENCH_LOG ?? 'error' }, process.stderr),
    passwords,
  });
  const port = await tandem.start(Number(PORT), '127.0.0.1');
  if (!(await tandem.services.accounts.service.exists())) {
    await fill(tandem.services, Number(COMPANIES), ACCOUNT_PASSWORD);
  }
  process.stdout.write(`ready: http://127.0.0.1:${port}\n`);
  process.once('SIGTERM', () => {
    void tandem
      .stop()
      .then(() => storage.close())
      .then(() => process.exit(0));
  });
}

await main();
