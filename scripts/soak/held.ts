import { z } from 'zod';

/** What a server holds, after its garbage was collected. */
export const heldSchema = z.strictObject({
  /** JavaScript objects of the main thread; engine and database have heaps of their own, which count in `residentMB`. */
  heapMB: z.number(),
  externalMB: z.number(),
  /** The whole process, as the system sees it. */
  residentMB: z.number(),
  /** How many of each kind that keep the process alive, such as `TCPSocketWrap` and `Timeout`. */
  resources: z.record(z.string(), z.number()),
});
export type Held = z.infer<typeof heldSchema>;

/** Kinds of resources that must be as many at the end as before the first window was opened. */
const COUNTED = ['TCPSocketWrap', 'Timeout', 'Immediate'] as const;
/** A few more are what happens to be under way: a job that starts, a connection that is kept alive for a moment. What leaks leaks with each window or deed. */
const SPARE = 10;

/** What is left of sockets and timers when everybody has gone; empty where all came back. */
export function leftOver(before: Held, after: Held): string[] {
  return COUNTED.flatMap((kind) => {
    const [was, is] = [before.resources[kind] ?? 0, after.resources[kind] ?? 0];
    return is > was + SPARE ? [`${kind}: ${String(was)} before, ${String(is)} after`] : [];
  });
}
