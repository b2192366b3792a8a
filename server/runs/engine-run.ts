import type { PairingResult } from '../../matching/index.ts';
import type { RunInputs } from '../../matching/run-log.ts';
import { Hangs } from '../matching/hangs.ts';
import type { RunControl } from '../matching/shared-runs.ts';
import { spawnEngine, WorkerClient } from '../matching/worker-client.ts';

/** Profiles handed over at a time. */
const BATCH = 100;
/** A thread that gives no sign of life for this long is ended. */
const HANG_MS = 60_000;
/** The pairs do not depend on it, and nothing else is asked. */
const NO_GEOGRAPHY = { widening: new Set<string>() };

/**
 * Runs the engine on these inputs in a thread of its own, which ends with the run: the standing index is not touched.
 *
 * Takes as long as it needs: one that was stopped could not be compared with anything.
 *
 * @throws an error named `AbortError` where the signal aborts
 */
export async function runInOwnThread(
  { profiles, options, taxonomy, call, weights, listLength }: RunInputs,
  control: RunControl,
): Promise<PairingResult> {
  const client = new WorkerClient({ spawn: spawnEngine, hangMs: HANG_MS, hangs: new Hangs() });
  try {
    await client.call('open', { taxonomy, call, weights, listLength });
    for (let from = 0; from < profiles.length; from += BATCH) {
      await client.call('fill', { profiles: profiles.slice(from, from + BATCH) });
      control.signal?.throwIfAborted();
    }
    await client.call('finish', null, control);
    return (await client.call('pairs', { options, geography: NO_GEOGRAPHY, limitMs: null }, control)).result;
  } finally {
    await client.stop();
  }
}
