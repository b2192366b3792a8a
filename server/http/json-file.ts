import { pipeline } from 'node:stream/promises';
import type { Response } from 'express';

/**
 * Writes one JSON object with a long list in it, entry by entry, without holding the list: `{ ...head, "<list>": [ … ] }`. Where the
 * entries end in an error the connection is cut, so that half a file does not look like a whole one.
 *
 * @param name file name without folder, such as `solutions.json`
 */
export async function sendJsonList(
  res: Response,
  file: { name: string; head: Readonly<Record<string, unknown>>; list: string },
  entries: AsyncIterable<unknown> | Iterable<unknown>,
): Promise<void> {
  res.type('application/json').attachment(file.name);
  async function* pieces(): AsyncIterable<string> {
    yield `${JSON.stringify(file.head).slice(0, -1)}${Object.keys(file.head).length > 0 ? ',' : ''}`;
    yield `${JSON.stringify(file.list)}:[`;
    let separator = '\n';
    for await (const entry of entries) {
      yield `${separator}${JSON.stringify(entry)}`;
      separator = ',\n';
    }
    yield '\n]}\n';
  }
  try {
    await pipeline(pieces(), res);
  } catch (error) {
    // The reader went away: there is nobody to tell.
    if (error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE') return;
    throw error;
  }
}
