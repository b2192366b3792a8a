import type { Live } from './live.ts';

/** Longer than it takes to see a bar move. */
const PAUSE_MS = 100;

/**
 * Tells one account how far a long task is, a few times a second. `end` takes the task off its screens, however it ended.
 *
 * @param task name of the task and, after a colon, of whose it is, as in the live protocol
 */
export function taskProgress(
  live: Pick<Live, 'progress'>,
  accountId: string,
  { task, label }: { readonly task: string; readonly label: string },
): { readonly onProgress: (done: number, total: number) => void; readonly end: () => void } {
  let toldAt = -Infinity;
  return {
    onProgress(done, total) {
      const now = performance.now();
      // What is done to the end is told by `end`.
      if (now - toldAt < PAUSE_MS || done >= total) return;
      toldAt = now;
      live.progress(accountId, { task, label, done, total });
    },
    end() {
      if (toldAt !== -Infinity) live.progress(accountId, { task, label, done: 1, total: 1 });
    },
  };
}
