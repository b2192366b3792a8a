import type { Request, Response } from 'express';

/** How long the rest of a refused upload is read and thrown away, so that the sender gets to read the answer. */
const LINGER_MS = 5_000;

/** The body as it streams in. Leaving the loop early must not close the connection: the answer still has to go out on it. */
export async function* bytesOf(req: Request): AsyncGenerator<Uint8Array, void, void> {
  const chunks: AsyncIterable<Uint8Array> = req.iterator({ destroyOnReturn: false });
  yield* chunks;
}

/** An upload that is refused before its end: the answer goes out, the rest is thrown away for a while, then the connection is closed. */
export function lingerAfterAnswer(req: Request, res: Response): void {
  res.once('finish', () => {
    if (req.complete) return;
    req.resume();
    const timer = setTimeout(() => req.destroy(), LINGER_MS);
    req.once('close', () => {
      clearTimeout(timer);
    });
    req.once('end', () => {
      clearTimeout(timer);
    });
  });
}
