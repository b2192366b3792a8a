import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Undoes the quoted-printable encoding of a mail's text part. */
const decode = (mail: string): string =>
  mail
    .replace(/=\r?\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));

/** The newest link of a kind (`invitation`, `password-reset`) mailed to an address; null where none was. */
export async function mailedToken(dataDir: string, address: string, kind: string): Promise<string | null> {
  const folder = join(dataDir, 'mail');
  // The folder comes with the first mail.
  const listed = await readdir(folder).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  });
  const names = listed.filter((name) => name.endsWith('.eml')).toSorted();
  for (const name of names.toReversed()) {
    const mail = decode(await readFile(join(folder, name), 'utf8'));
    if (!mail.toLowerCase().includes(`to: ${address.toLowerCase()}`)) continue;
    const token = new RegExp(`/${kind}#([A-Za-z0-9_-]{43})`).exec(mail)?.[1];
    if (token !== undefined) return token;
  }
  return null;
}
