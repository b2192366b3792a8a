import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { CLIENT_FOLDER, createTandem, type Tandem } from './app.ts';
import { buildClient } from './build-client.ts';
import { ConfigError, readConfig, type Config } from './config.ts';
import { loadEnvFile } from './env-file.ts';
import { createLog } from './http/log.ts';
import { openStorage, type Storage } from './storage/connect.ts';
import { errorText } from './storage/error-text.ts';

/** Longest time from the signal to the end of the process. */
const STOP_MAX_MS = 10_000;

/** For the person at the terminal: plain lines on stdout, while the log is JSON lines. */
function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** One clear line, then the end. */
function fail(line: string): never {
  process.stderr.write(`${line}\n`);
  process.exit(1);
}

/** What a failed start most often means, in words that say what to do. */
function startFault(error: unknown, config: Config): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE') {
    return `Port ${config.port} of ${config.host} is in use: stop the other program, or set PORT to another one.`;
  }
  if (code === 'EACCES') {
    return `Port ${config.port} of ${config.host} is not allowed for this user: set PORT to one from 1024 upwards.`;
  }
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return `HOST: ${config.host} is no address of this machine.`;
  return errorText(error);
}

/** Signals end the server in order: first no new work, then what runs comes to its end, then the database is closed. */
function stopOnSignals(tandem: Tandem, storage: Storage, log: Logger): void {
  let stopping = false;
  const stop = async (signal: string): Promise<void> => {
    if (stopping) return;
    stopping = true;
    log.info({ signal }, 'stopping');
    setTimeout(() => {
      log.error(`still not stopped after ${STOP_MAX_MS} ms`);
      process.exit(1);
    }, STOP_MAX_MS).unref();
    try {
      await tandem.stop();
      await storage.close();
      log.info('stopped');
      process.exit(0);
    } catch (error) {
      log.error({ err: error }, 'could not stop in order');
      process.exit(1);
    }
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop(signal));
}

function settings(): Config {
  try {
    return readConfig(process.env);
  } catch (error) {
    if (error instanceof ConfigError) fail(error.message);
    throw error;
  }
}

async function main(): Promise<void> {
  loadEnvFile();
  const config = settings();
  const log = createLog(config.logLevel);
  process.on('unhandledRejection', (error) => {
    log.fatal({ err: error }, 'a promise was rejected and nobody cared: this is a fault in the program');
    process.exit(1);
  });

  if (!existsSync(join(CLIENT_FOLDER, 'index.html'))) {
    say('Building the pages (once) …');
    await buildClient().catch((error: unknown) => fail(`The pages could not be built: ${errorText(error)}`));
  }
  const { dataDir, mongodbUri, port, host } = config;
  const storage = await openStorage({
    dataDir,
    mongodbUri: mongodbUri ?? undefined,
    log: say,
    // Half alive is worse than dead: whoever watches over the process starts it again.
    onFailure: () => process.exit(1),
  }).catch((error: unknown) => fail(`The database could not be opened: ${errorText(error)}`));
  try {
    const tandem = await createTandem({ storage, config, log });
    await tandem.start(port, host);
    stopOnSignals(tandem, storage, log);
    say(`Tandem is ready: ${tandem.address.publicUrl()}`);
    const link = await tandem.services.accounts.setUpLink();
    if (link !== null)
      say(`There is no account yet. Make the first staff account here (once, within 24 hours):\n${link}`);
  } catch (error) {
    await storage.close();
    fail(startFault(error, config));
  }
}

await main();
