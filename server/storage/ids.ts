import { randomFillSync } from 'node:crypto';

const DIGITS = '0123456789abcdefghijklmnopqrstuv';
const RANDOM_DIGITS = 26;

/** Random bytes in store: asking for a few at a time costs more than all else. Each is used once. */
const store = Buffer.alloc(RANDOM_DIGITS * 256);
let used = store.length;

/**
 * A new identifier: 45 bits of the time in milliseconds, so that newer ones sort later, then 130 random bits.
 * 35 characters, lower case base 32 (0-9, a-v), safe in URLs, file names and HTML ids, and of the same order as text.
 */
export function newId(): string {
  if (used === store.length) {
    randomFillSync(store);
    used = 0;
  }
  let id = Date.now().toString(32).padStart(9, '0');
  // 26 characters of 5 random bits each
  for (const end = used + RANDOM_DIGITS; used < end; used += 1) id += DIGITS.charAt((store[used] ?? 0) & 31);
  return id;
}
