import { readFile } from 'node:fs/promises';
import type { Connection } from 'mongoose';
import { connectTo, openStorage } from '../../server/storage/connect.ts';
import { connectionFile } from '../../server/storage/embedded/start.ts';

export interface OpenDatabase {
  readonly connection: Connection;
  close(): Promise<void>;
}

/**
 * The database that is meant: MongoDB where it is named, else the embedded one of the data folder; if a server is running on that folder,
 * its database is used together with it. Throws a plain sentence where none can be had.
 */
export async function openDatabase(target: {
  mongodbUri: string | undefined;
  dataDir: string;
}): Promise<OpenDatabase> {
  const running = target.mongodbUri ? undefined : await runningDatabase(target.dataDir);
  if (running) return { connection: running, close: () => running.close() };
  return openStorage(target);
}

async function runningDatabase(dataDir: string): Promise<Connection | undefined> {
  const uri = await connectionString(dataDir);
  if (uri === undefined) return undefined;
  try {
    return await connectTo(uri.replace('/?', '/tandem?'));
  } catch {
    // Left behind by a server that was killed: nobody answers there, so the folder is free.
    return undefined;
  }
}

async function connectionString(dataDir: string): Promise<string | undefined> {
  try {
    return (await readFile(connectionFile(dataDir), 'utf8')).trim();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
