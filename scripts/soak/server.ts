/**
 * The server of live-server.ts that also says what it holds: asked for 'held' over its channel it collects garbage first, so that what is
 * counted is in use.
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { z } from 'zod';
import type { Held } from './held.ts';
import '../bench/live-server.ts';

setFlagsFromString('--expose-gc');
/** V8's own collector, which Node shows only where it is asked for. */
const collectGarbage = z
  .custom<() => void>((value) => typeof value === 'function')
  .parse(runInNewContext('gc'));

/** How many resources of each kind keep this process alive, such as sockets and timers. */
function resources(): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const kind of process.getActiveResourcesInfo()) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}

process.on('message', (message) => {
  if (message !== 'held') return;
  collectGarbage();
  const { heapUsed, external, rss } = process.memoryUsage();
  const held: Held = {
    heapMB: heapUsed / 1e6,
    externalMB: external / 1e6,
    residentMB: rss / 1e6,
    resources: resources(),
  };
  process.send?.(held);
});
