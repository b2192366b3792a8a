import type { PairingResult } from '../../matching/index.ts';
import type { IndexInputs, RunInputs } from '../../matching/run-log.ts';
import type { RoundsQuestion } from '../matching/event-rooms.ts';
import { Hangs } from '../matching/hangs.ts';
import type { MadeRounds } from '../matching/messages.ts';
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
export async function runInOwnThread(inputs: RunInputs, control: RunControl): Promise<PairingResult> {
  const ask = { options: inputs.options, geography: NO_GEOGRAPHY, limitMs: null };
  return inOwnThread(inputs, control, async (client) => (await client.call('pairs', ask, control)).result);
}

/** Plans rounds again, likewise. @throws as `runInOwnThread` */
export async function planInOwnThread(
  inputs: IndexInputs,
  question: RoundsQuestion,
  control: RunControl,
): Promise<MadeRounds> {
  return inOwnThread(inputs, control, (client) => client.call('draftRounds', question, control));
}

async function inOwnThread<T>(
  { profiles, taxonomy, call, weights, listLength }: IndexInputs,
  control: RunControl,
  ask: (client: WorkerClient) => Promise<T>,
): Promise<T> {
  const client = new WorkerClient({ spawn: spawnEngine, hangMs: HANG_MS, hangs: new Hangs() });
  try {
    await client.call('open', { taxonomy, call, weights, listLength });
    for (let from = 0; from < profiles.length; from += BATCH) {
      await client.call('fill', { profiles: profiles.slice(from, from + BATCH) });
      control.signal?.throwIfAborted();
    }
    await client.call('finish', null, control);
    return await ask(client);
  } finally {
    await client.stop();
  }
}
