import type { Model } from 'mongoose';
import type { JobRecord } from './model.ts';
import type { JobName } from './schema.ts';

/** What a job is given for one run. */
export interface JobRun {
  /** Aborted when staff stop the job: it ends at once, and what it did until then stays. */
  readonly signal: AbortSignal;
  /** Tells how far it is. */
  readonly progress: (done: number, total: number) => void;
}

/** Staff stopped the job. */
export class JobStopped extends Error {
  constructor() {
    super('Stopped by staff.');
  }
}

/** One run, in the process that runs it. */
export interface RunningJob {
  readonly run: JobRun;
  /** Looks at once whether it is to stop. */
  look(): Promise<void>;
  /** Ends looking and noting; with how far it came. */
  end(): Promise<{ done: number; total: number } | null>;
}

/**
 * Begins a run: about every `everyMs` milliseconds it notes in the record of the job how far it is, for whoever looks, and reads there whether it
 * is to stop, whichever process was asked.
 */
export function beginRun(
  records: Model<JobRecord>,
  name: JobName,
  { everyMs, failed }: { everyMs: number; failed: (error: unknown) => void },
): RunningJob {
  const controller = new AbortController();
  let reached: { done: number; total: number } | null = null;
  let looking: Promise<void> = Promise.resolve();

  async function note(): Promise<void> {
    const found = await records
      .findOneAndUpdate({ _id: name }, { $set: reached ?? {} }, { returnDocument: 'after' })
      .lean<JobRecord>()
      .exec();
    if (found?.stopAskedAt) controller.abort(new JobStopped());
  }
  /** One after the other; a failure to look is no failure of the job. */
  function look(): Promise<void> {
    looking = looking.then(note).catch(failed);
    return looking;
  }
  const timer = setInterval(() => void look(), everyMs);
  timer.unref();

  return {
    run: {
      signal: controller.signal,
      progress(done, total) {
        reached = { done, total };
      },
    },
    look,
    async end() {
      clearInterval(timer);
      await looking;
      return reached;
    },
  };
}
