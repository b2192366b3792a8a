/**
 * Loaded by processes.ts before the script of a child: a parent that was killed hard cannot end its children, so that they end themselves
 * when the channel to it closes.
 */
import { isMainThread } from 'node:worker_threads';

if (isMainThread) {
  process.once('disconnect', () => process.exit(1));
  // A child that has nothing left to do may end by itself.
  process.channel?.unref();
}
