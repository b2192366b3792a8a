import { setImmediate as nextTurn } from 'node:timers/promises';

/** How a sliced run ended: with its value, or stopped on the way. */
export type SlicedOutcome<R> = { readonly finished: true; readonly value: R } | { readonly finished: false };

export interface SliceOptions<P> {
  /** Longest time at a stretch, in milliseconds; a single step may exceed it. */
  readonly sliceMs?: number;
  /** Asked between slices; true ends the run. */
  readonly stop?: () => boolean;
  /** Called before each step. */
  readonly beforeStep?: () => void;
  /** Told between slices how far it is. */
  readonly onSlice?: (progress: P) => void;
  /** Milliseconds that only grow; injected in tests. */
  readonly now?: () => number;
}

/**
 * Runs a generator in slices and lets the event loop turn between them, so that a thread with long work still answers its
 * messages.
 */
export async function runSliced<P, R>(
  steps: Generator<P, R, void>,
  {
    sliceMs = 15,
    stop = () => false,
    beforeStep,
    onSlice,
    now = () => performance.now(),
  }: SliceOptions<P> = {},
): Promise<SlicedOutcome<R>> {
  let sliceEnd = now() + sliceMs;
  for (;;) {
    beforeStep?.();
    const step = steps.next();
    if (step.done) return { finished: true, value: step.value };
    if (now() < sliceEnd) continue;
    onSlice?.(step.value);
    await nextTurn();
    if (stop()) {
      steps.return(undefined as R); // ends the generator; nobody reads the value
      return { finished: false };
    }
    sliceEnd = now() + sliceMs;
  }
}
