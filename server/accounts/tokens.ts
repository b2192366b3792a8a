import { createHash, randomBytes } from 'node:crypto';

/** The token of a link: 32 random bytes, base64url. It stands in the link alone, never in the database. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/** What the database keeps of a token. A plain hash is enough: 256 random bits cannot be guessed. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
