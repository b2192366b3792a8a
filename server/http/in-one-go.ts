import { gzipSync } from 'node:zlib';
import type { Response } from 'express';

/** What is shorter is not worth it: it fits into one packet as it is. */
const WORTH_COMPRESSING = 1_024;
/** What is longer is compressed piece by piece beside the event loop: this much keeps it for two or three milliseconds at most. */
const AT_ONCE_MOST = 100_000;

/**
 * Sends a text of which the type and the status are set, compressed at once where the reader takes that. Handing a few kilobytes to another
 * thread and back, as the compressing stream does, takes several times as long as compressing them.
 */
export function sendInOneGo(res: Response, text: string): void {
  res.vary('Accept-Encoding');
  const fits = text.length >= WORTH_COMPRESSING && text.length <= AT_ONCE_MOST;
  if (fits && res.req.acceptsEncodings('gzip') === 'gzip') {
    res.set('Content-Encoding', 'gzip').send(gzipSync(text));
  } else {
    res.send(text);
  }
}
