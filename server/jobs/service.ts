import { MongoBackend } from '@agendajs/mongo-backend';
import { Agenda } from 'agenda';
import type { Connection } from 'mongoose';
import type { Logger } from 'pino';
import { conflict } from '../http/errors.ts';
import { jobModel, type JobRecord } from './model.ts';
import { beginRun, JobStopped, type JobRun, type RunningJob } from './run.ts';
import type { JobName, JobView } from './schema.ts';

/** Something that is done in the background. It may run twice (a lock that expired, a crash): the second run must do no harm. */
export interface Task {
  readonly name: JobName;
  readonly title: string;
  readonly what: string;
  /** When, in words and as cron (UTC). */
  readonly schedule: string;
  readonly cron: string;
  /** True where it heeds the signal of its run. */
  readonly canStop?: boolean;
  /** Answers with its result in one sentence. @throws the signal's reason where the run was stopped */
  run(run: JobRun): Promise<string>;
}

/** Our own seam around agenda: what the rest of the server knows of background work. */
export interface Jobs {
  /** Begins to run jobs when they are due. */
  start(): Promise<void>;
  /** Waits for running jobs, then stops. */
  stop(): Promise<void>;
  list(): Promise<JobView[]>;
  /** Has a job run now. @throws HttpProblem 409 where it is running already */
  runNow(name: JobName): Promise<JobView>;
  /** Has a run end, in whichever process it is. @throws HttpProblem 409 where it is not running, or cannot be stopped */
  stopNow(name: JobName): Promise<JobView>;
}

/** How fast the clockwork ticks; tests have it tick faster. */
export interface JobsPace {
  /** How often to look for jobs that are due, in milliseconds. [5 s] */
  readonly pollMs: number;
  /**
   * A job that gave no sign for so long is taken for dead and runs again, in milliseconds. [10 min] agenda keeps a timer of half of it
   * after each job, so a process that waits for its timers ends only then.
   */
  readonly lockMs: number;
  /** How often a run notes how far it is and looks whether it is to stop, in milliseconds. [1 s] */
  readonly noteMs: number;
}
const PACE: JobsPace = { pollMs: 5_000, lockMs: 10 * 60_000, noteMs: 1_000 };

export interface JobsOptions {
  readonly connection: Connection;
  readonly tasks: readonly Task[];
  readonly clock: () => Date;
  readonly log: Logger;
  readonly pace?: JobsPace;
  /** Longest wait for running jobs at the end, in milliseconds. */
  readonly drainMs?: number;
}

const COLLECTION = 'agendaJobs';

/** The fields that are read of agenda's own documents. */
interface AgendaDocument {
  name: string;
  type: string;
  nextRunAt: Date | null;
}

const iso = (date: Date | null | undefined): string | null => date?.toISOString() ?? null;

export function createJobs(options: JobsOptions): Jobs {
  const { connection, tasks, clock, log, pace = PACE, drainMs = 20_000 } = options;
  const records = jobModel(connection);
  const agendaDocuments = connection.collection<AgendaDocument>(COLLECTION);
  const running = new Map<JobName, RunningJob>();
  let agenda: Agenda | null = null;

  const isRunning = (record: JobRecord | undefined): boolean =>
    record !== undefined &&
    record.startedAt !== null &&
    clock().getTime() - record.startedAt.getTime() < pace.lockMs &&
    (record.finishedAt === null || record.finishedAt < record.startedAt);

  async function note(name: JobName, fields: Partial<JobRecord>, failures = 0): Promise<void> {
    await records.updateOne({ _id: name }, { $set: fields, $inc: { failures } }, { upsert: true }).exec();
  }

  async function runTask(task: Task): Promise<void> {
    await note(task.name, {
      startedAt: clock(),
      finishedAt: null,
      done: null,
      total: null,
      stopAskedAt: null,
    });
    const job = beginRun(records, task.name, {
      everyMs: pace.noteMs,
      failed: (error) => {
        log.error({ err: error, job: task.name }, 'how far a job is could not be noted');
      },
    });
    running.set(task.name, job);
    const over = async (): Promise<Partial<JobRecord>> => {
      running.delete(task.name);
      const reached = await job.end();
      return {
        finishedAt: clock(),
        done: reached?.done ?? null,
        total: reached?.total ?? null,
        stopAskedAt: null,
      };
    };
    try {
      const lastResult = await task.run(job.run);
      await note(task.name, { ...(await over()), lastResult });
      log.info({ job: task.name, lastResult }, 'job done');
    } catch (error) {
      const fields = await over();
      if (error instanceof JobStopped) {
        await note(task.name, { ...fields, lastResult: stoppedSentence(fields) });
        log.info({ job: task.name }, 'job stopped');
        return;
      }
      const failure = error instanceof Error ? error.message : String(error);
      await note(task.name, { ...fields, failedAt: clock(), failure }, 1);
      throw error;
    }
  }

  async function begin(): Promise<Agenda> {
    const { db } = connection;
    if (!db) throw new Error('The database is not connected.');
    const started = new Agenda({
      backend: new MongoBackend({ mongo: db, collection: COLLECTION }),
      processEvery: pace.pollMs,
      defaultConcurrency: 1,
      defaultLockLimit: 1,
      defaultLockLifetime: pace.lockMs,
      removeOnComplete: true,
    });
    started.on('error', (error) => {
      log.error({ err: error }, 'jobs: the database did not answer');
    });
    started.on('fail', (error, job) => {
      log.error({ err: error, job: job.attrs.name }, 'job failed');
    });
    for (const task of tasks) started.define(task.name, () => runTask(task));
    await started.start();
    for (const task of tasks) {
      await started.every(task.cron, task.name, undefined, { timezone: 'UTC', skipImmediate: true });
    }
    return started;
  }

  function view(task: Task, record: JobRecord | undefined, nextRunAt: Date | null | undefined): JobView {
    const { failedAt, failure, done = null, total = null, stopAskedAt = null } = record ?? {};
    const runs = isRunning(record);
    return {
      name: task.name,
      title: task.title,
      what: task.what,
      schedule: task.schedule,
      running: runs,
      progress: runs && done !== null && total !== null ? { done, total } : null,
      canStop: task.canStop ?? false,
      stopping: runs && stopAskedAt !== null,
      lastRunAt: iso(record?.startedAt),
      lastFinishedAt: iso(record?.finishedAt),
      lastResult: record?.lastResult ?? null,
      nextRunAt: iso(nextRunAt),
      failures: record?.failures ?? 0,
      lastFailure: failedAt ? { at: failedAt.toISOString(), reason: failure ?? '' } : null,
    };
  }

  async function list(): Promise<JobView[]> {
    const [found, scheduled] = await Promise.all([
      records.find().lean<JobRecord[]>().exec(),
      agendaDocuments.find({ type: 'single' }).toArray(),
    ]);
    return tasks.map((task) =>
      view(
        task,
        found.find(({ _id }) => _id === task.name),
        scheduled.find(({ name }) => name === task.name)?.nextRunAt,
      ),
    );
  }

  return {
    async start() {
      agenda ??= await begin();
    },
    async stop() {
      const running = agenda;
      agenda = null;
      if (!running) return;
      const { running: left } = await running.drain({ timeout: drainMs });
      if (left > 0) log.warn({ left }, 'jobs were still running at the end; they run again after the start');
      await running.stop();
    },
    list,
    async runNow(name) {
      const before = (await list()).find((job) => job.name === name);
      if (!agenda || !before) throw conflict('jobs-not-running', 'The jobs are not running in this server.');
      if (before.running) throw conflict('already-running', `'${before.title}' is running already.`);
      await agenda.now(name, undefined);
      return (await list()).find((job) => job.name === name) ?? before;
    },
    async stopNow(name) {
      const before = (await list()).find((job) => job.name === name);
      if (!before?.running) throw conflict('not-running', 'This job is not running; its last result stands.');
      if (!before.canStop) {
        throw conflict(
          'cannot-stop',
          `'${before.title}' cannot be stopped: what it began has to be finished.`,
        );
      }
      await note(name, { stopAskedAt: clock() });
      await running.get(name)?.look();
      return (await list()).find((job) => job.name === name) ?? before;
    },
  };
}

function stoppedSentence({ done, total }: Partial<JobRecord>): string {
  const reached = typeof done === 'number' && typeof total === 'number' ? ` after ${done} of ${total}` : '';
  return `Stopped by staff${reached}. What was done until then stays; the next run does the rest, or a check anew.`;
}
