import { MatchingIndex, type PairingResult, type Progress } from './index.ts';
import type { RunInputs } from './run-log.ts';

/**
 * Runs a run again from its inputs alone, on an index of its own. A generator, so that the caller can pause it, report, or give it up.
 *
 * @throws RangeError where the inputs contradict each other, such as a pin of somebody who is not in the pool
 */
export function* replay(inputs: RunInputs): Generator<Progress, PairingResult, void> {
  const index = new MatchingIndex(inputs);
  index.upsert(inputs.profiles);
  yield* index.refresh();
  return yield* index.pairing(inputs.options);
}
