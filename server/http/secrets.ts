import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const FILE = 'session-secret';

function isThere(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EEXIST';
}

/**
 * The session secrets when none are set: one that was made at the first start and is kept in the data folder, readable by the owner
 * alone. No default is built in.
 */
export async function keptSecrets(dataDir: string): Promise<string[]> {
  const path = join(dataDir, FILE);
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  try {
    // `wx` fails if another process was first; then that one's secret is taken.
    await writeFile(path, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if (!isThere(error)) throw error;
  }
  const secret = await readFile(path, 'utf8');
  if (secret.trim().length < 32) throw new Error(`${path} is damaged: delete it, and a new one is made`);
  return [secret.trim()];
}
