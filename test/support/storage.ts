import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'mocha';
import { connectTo, type Storage } from '../../server/storage/connect.ts';
import { type Embedded, startEmbedded } from '../../server/storage/embedded/start.ts';

/** A database for one test file or one test. */
export interface TestStorage {
  readonly storage: Storage;
  /** Connection string, with the name of the database. */
  readonly uri: string;
  /** Drops the database and closes the connection. */
  stop(): Promise<void>;
}

/** An embedded database of one's own, in a throw-away folder. */
export interface OwnEmbedded extends Embedded {
  readonly dataDir: string;
}

/** Starts an embedded database in a new temporary folder, which `close` removes. */
export async function startOwnEmbedded(
  options: { sweepMs?: number; tcp?: boolean } = {},
): Promise<OwnEmbedded> {
  const dataDir = await mkdtemp(join(tmpdir(), 'tandem-test-'));
  const embedded = await startEmbedded({
    dataDir,
    onFailure,
    ...options,
  });
  const close = async (): Promise<void> => {
    await embedded.close();
    await rm(dataDir, { recursive: true, force: true });
  };
  return { ...embedded, dataDir, close };
}

function onFailure(error: Error): void {
  process.emitWarning(error);
}

let shared: Promise<OwnEmbedded> | undefined;

// one embedded server for all test files of the process; each caller has a database of its own in it
after(async () => {
  await (await shared)?.close();
  shared = undefined;
});

function uriWithDatabase(uri: string, database: string): string {
  const url = new URL(uri);
  url.pathname = `/${database}`;
  return url.toString();
}

async function uriFor(database: string): Promise<string> {
  const given = process.env['MONGODB_URI'];
  if (given !== undefined && given !== '') return uriWithDatabase(given, database);
  shared ??= startOwnEmbedded();
  return (await shared).uriOf(database);
}

/** A fresh, empty database: on the MongoDB that `MONGODB_URI` names, else on the shared embedded server. */
export async function startTestStorage(): Promise<TestStorage> {
  const uri = await uriFor(`tandem_test_${randomBytes(8).toString('hex')}`);
  const connection = await connectTo(uri);
  const close = (): Promise<void> => connection.close();
  const kind = process.env['MONGODB_URI'] ? 'mongodb' : 'embedded';
  const stop = async (): Promise<void> => {
    await connection.dropDatabase();
    await close();
  };
  return { storage: { connection, kind, close }, uri, stop };
}
