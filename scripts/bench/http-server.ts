/**
 * A whole server on a large programme that is written before it starts, unless its folder holds one already; prints its address once the engine has all lists. It differs
 * from `npm start` only in passwords that cost little and accounts that nobody had to be invited to.
 *
 * Environment: DATA_DIR, SMES (how many; the rest in proportion), ACCOUNT_PASSWORD, BENCH_LOG (level).
 */
import { pino } from 'pino';
import { createPasswords } from '../../server/accounts/passwords.ts';
import { createTandem } from '../../server/app.ts';
import { readConfig } from '../../server/config.ts';
import { ensureIndexes, openStorage } from '../../server/storage/connect.ts';
import { fillProgramme, holdsProgramme, letSignIn, sizeFor } from './http-data.ts';

const passwords = createPasswords({ memoryKiB: 1024, passes: 1 });

async function main(): Promise<void> {
  const { DATA_DIR = '', SMES = '20000', ACCOUNT_PASSWORD = '', BENCH_LOG } = process.env;
  const config = readConfig({ DATA_DIR, REQUESTS_PER_MINUTE: '10000000' });
  const storage = await openStorage({ dataDir: DATA_DIR, onFailure: () => process.exit(1) });
  const log = pino({ level: BENCH_LOG ?? 'error' }, process.stderr);
  const tandem = await createTandem({ storage, config, log, passwords });
  await ensureIndexes(storage.connection);
  const passwordHash = await passwords.hash(ACCOUNT_PASSWORD);
  if (await holdsProgramme(storage.connection)) await letSignIn(storage.connection, passwordHash);
  else await fillProgramme(storage.connection, sizeFor(Number(SMES)), passwordHash);
  const port = await tandem.start(0, '127.0.0.1');
  process.stdout.write(`ready: http://127.0.0.1:${port}\n`);
  process.once('SIGTERM', () => {
    void tandem
      .stop()
      .then(() => storage.close())
      .then(() => process.exit(0));
  });
}

await main();
