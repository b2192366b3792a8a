import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CLIENT_FOLDER } from '../../../server/app.ts';
import { buildClient } from '../../../server/build-client.ts';

const CLIENT = fileURLToPath(new URL('../../../client', import.meta.url));
const SOURCES = ['src', 'index.html', 'vite.config.ts'].map((name) => join(CLIENT, name));

function newest(path: string): number {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return 0;
  if (!stats.isDirectory()) return stats.mtimeMs;
  return Math.max(0, ...readdirSync(path).map((name) => newest(join(path, name))));
}

let built: Promise<void> | undefined;

/** Builds the client once per run where `client/dist` is missing or older than its sources; answers with its folder. */
export async function builtClient(): Promise<string> {
  const stale = newest(join(CLIENT_FOLDER, 'index.html')) < Math.max(...SOURCES.map(newest));
  built ??= stale ? buildClient() : Promise.resolve();
  await built;
  return CLIENT_FOLDER;
}
