/*
 * Many hashes as one text: 32 bytes each, in base64.
 */

/** Hex digits of one hash. */
const DIGITS = 64;

/** Hashes in hexadecimal digits, packed. */
export const packed = (hashes: readonly string[]): string =>
  Buffer.from(hashes.join(''), 'hex').toString('base64');

/** The hashes of a packed text, in their order. */
export function unpacked(base64: string): string[] {
  const digits = Buffer.from(base64, 'base64').toString('hex');
  return Array.from({ length: digits.length / DIGITS }, (_, i) => digits.slice(i * DIGITS, (i + 1) * DIGITS));
}
