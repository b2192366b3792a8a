import type { AddressedNotice } from './events.ts';
import type { ReadyContents } from './present.ts';
import type { LiveNotice } from './protocol.ts';

/** So many are made ready at once; of more, each in its turn, so that requests get theirs in between. */
const AT_ONCE = 64;

type ReadyContent = NonNullable<ReturnType<ReadyContents['get']>>;
const always = (): boolean => true;

/**
 * Begins to make ready what people read of these notices, so that it is there when they are in the streams. What fails is looked up anew with
 * the next look at the streams.
 */
export function readyContents(notices: readonly AddressedNotice[]): ReadyContents {
  const ready = new Map<LiveNotice, ReadyContent>();
  for (const { notice, content, isCurrent = always } of notices) {
    if (!content) continue;
    if (ready.size >= AT_ONCE) {
      ready.set(notice, { content, isCurrent });
      continue;
    }
    const made = content();
    // Whoever delivers it hears of the failure; it may not come to that.
    made.catch(() => undefined);
    ready.set(notice, { content: () => made, isCurrent });
  }
  return ready;
}
