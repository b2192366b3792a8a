/*
 * Long work is a generator that yields how far it is, so that the caller can pause it, report, or give it up by not going on.
 */

/** How far a long run is; `total` may shrink or grow once more is known. */
export interface Progress {
  readonly done: number;
  readonly total: number;
}

/** Runs long work to its end at once. */
export function finish<Result>(work: Generator<unknown, Result, void>): Result {
  let step = work.next();
  while (step.done !== true) step = work.next();
  return step.value;
}

/** Long work whose reports are changed on the way. */
export function* mapped<From, To, Result>(
  work: Generator<From, Result, void>,
  change: (report: From) => To,
): Generator<To, Result, void> {
  let step = work.next();
  while (step.done !== true) {
    yield change(step.value);
    step = work.next();
  }
  return step.value;
}
