import { pipeline } from 'node:stream/promises';
import type { Response } from 'express';

async function* textOf(items: AsyncIterable<object> | Iterable<object>): AsyncGenerator<string> {
  let before = '{"items":[\n';
  for await (const item of items) {
    yield `${before}${JSON.stringify(item)}`;
    before = ',\n';
  }
  yield before === ',\n' ? '\n]}\n' : '{"items":[]}\n';
}

/**
 * Writes `{"items": […]}` as a JSON file while the items come, without holding them all. Where they end in an error the connection is cut,
 * so that half a file does not look like a whole one.
 *
 * @param name file name without folder, such as `solutions.json`
 */
export async function sendJsonItems(
  res: Response,
  name: string,
  items: AsyncIterable<object> | Iterable<object>,
): Promise<void> {
  res.type('json').attachment(name);
  try {
    await pipeline(textOf(items), res);
  } catch (error) {
    // The reader went away: there is nobody to tell.
    if (error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE') return;
    throw error;
  }
}
