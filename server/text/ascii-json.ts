// eslint-disable-next-line no-control-regex -- all of ASCII, control characters too
const BEYOND_ASCII = /[^\u0000-\u007f]/;
const EACH_BEYOND_ASCII = new RegExp(BEYOND_ASCII, 'g');

const escape = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;

/**
 * JSON for texts that are put together of many parts as bytes (`block.ts`). Letters beyond ASCII are escaped, so that each unit is one byte
 * in memory, on the way between threads and on the wire.
 */
export function asciiJson(value: unknown): string {
  const text = JSON.stringify(value);
  // Most are of ASCII already, and looking is cheaper than copying.
  return BEYOND_ASCII.test(text) ? text.replace(EACH_BEYOND_ASCII, escape) : text;
}
