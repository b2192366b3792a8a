// eslint-disable-next-line no-control-regex -- all of ASCII, control characters too
const BEYOND_ASCII = /[^\u0000-\u007f]/g;

const escape = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;

/**
 * JSON for texts that are put together of many parts as bytes (`text-block.ts`). Letters beyond ASCII are escaped, so that each unit is one byte
 * in memory, on the way between threads and on the wire.
 */
export const asciiJson = (value: unknown): string => JSON.stringify(value).replace(BEYOND_ASCII, escape);
