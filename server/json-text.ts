const BEYOND_LATIN_1 = /[\u0100-\uffff]/g;

const escape = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;

/**
 * JSON for texts that are put together of many parts. Letters beyond Latin-1 are escaped: a single one of them, such as '…', would make the whole
 * text, and each copy of it on the way to a window, twice as large in memory.
 */
export const jsonText = (value: unknown): string => JSON.stringify(value).replace(BEYOND_LATIN_1, escape);
