import type { JobRun } from '../../server/jobs/run.ts';

/** A run of a job that nobody stops. */
export const aRun = (): JobRun => ({ signal: new AbortController().signal, progress: () => undefined });
