import { randomBytes } from 'node:crypto';

/**
 * A new identifier: 45 bits of the time in milliseconds, so that newer ones sort later, then 130 random bits.
 * 35 characters, lower case base 32 (0-9, a-v), safe in URLs, file names and HTML ids, and of the same order as text.
 */
export function newId(): string {
  const time = Date.now().toString(32).padStart(9, '0');
  // 26 characters of 5 random bits each
  const random = Array.from(randomBytes(26), (byte) => (byte & 31).toString(32)).join('');
  return time + random;
}
