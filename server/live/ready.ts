import type { AddressedNotice } from './events.ts';
import type { LiveContent, ReadyContents } from './present.ts';
import type { LiveNotice } from './protocol.ts';

/**
 * Begins to make ready what people read of these notices, so that it is there when they are in the streams. What fails here is looked up
 * again at delivery, where a failure is told.
 */
export function readyContents(notices: readonly AddressedNotice[]): ReadyContents {
  const ready = new Map<LiveNotice, Promise<LiveContent>>();
  for (const { notice, content } of notices) {
    if (!content) continue;
    const made = content();
    made.catch(() => {
      ready.delete(notice);
    });
    ready.set(notice, made);
  }
  return ready;
}
