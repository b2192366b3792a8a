import { expect } from 'chai';
import { pino } from 'pino';
import type { JobView } from '../../../server/jobs/schema.ts';
import { createJobs, type Jobs, type Task } from '../../../server/jobs/service.ts';
import { startTestStorage, type TestStorage } from '../../support/storage.ts';
import { until } from '../../support/until.ts';

/** Works through 1,000 things, a turn of the event loop for each, as soon as it is let go. */
function longTask(canStop: boolean, goesOn: () => boolean): Task {
  return {
    name: canStop ? 'consistency-check' : 'nightly-rebuild',
    title: 'Long work',
    what: 'Works for long.',
    schedule: 'never',
    cron: '0 0 1 1 *',
    canStop,
    async run({ signal, progress }) {
      let done = 0;
      progress(done, 1_000);
      while (goesOn()) {
        if (canStop) signal.throwIfAborted();
        progress((done += done < 999 ? 1 : 0), 1_000);
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
      return 'Done.';
    },
  };
}

describe('a job that takes long', () => {
  let storage: TestStorage;
  const started: Jobs[] = [];
  let goesOn = true;
  beforeEach(async () => {
    storage = await startTestStorage();
    goesOn = true;
  });
  afterEach(async () => {
    goesOn = false;
    for (const jobs of started.splice(0)) await jobs.stop();
    await storage.stop();
  });

  const make = (): Jobs => {
    const jobs = createJobs({
      connection: storage.storage.connection,
      tasks: [longTask(true, () => goesOn), longTask(false, () => goesOn)],
      clock: () => new Date(),
      log: pino({ level: 'silent' }),
      pace: { pollMs: 100, lockMs: 10_000, noteMs: 50 },
      drainMs: 500,
    });
    started.push(jobs);
    return jobs;
  };
  const viewOf = async (jobs: Jobs, name: string): Promise<JobView | undefined> =>
    (await jobs.list()).find((job) => job.name === name);

  it('shows how far it is, ends where staff stop it, and has not failed', async () => {
    const jobs = make();
    await jobs.start();
    await jobs.runNow('consistency-check');
    await until(async () => ((await viewOf(jobs, 'consistency-check'))?.progress?.done ?? 0) > 10);
    await jobs.stopNow('consistency-check');
    await until(async () => (await viewOf(jobs, 'consistency-check'))?.running === false);
    const after = await viewOf(jobs, 'consistency-check');
    expect(after?.lastResult).to.match(
      /^Stopped by staff after \d+ of 1000\. What was done until then stays/,
    );
    expect(after).to.include({ failures: 0, lastFailure: null, progress: null, stopping: false });
  });

  it('is stopped from another process, and runs again afterwards', async () => {
    const here = make();
    const there = make();
    await here.start();
    await here.runNow('consistency-check');
    await until(async () => (await viewOf(there, 'consistency-check'))?.running === true);
    expect(await there.stopNow('consistency-check')).to.include({ stopping: true });
    await until(async () => (await viewOf(there, 'consistency-check'))?.running === false);
    goesOn = false;
    await here.runNow('consistency-check');
    await until(async () => (await viewOf(there, 'consistency-check'))?.lastResult === 'Done.');
  });

  it('is not stopped where it is not running, nor where what it began has to be finished', async () => {
    const jobs = make();
    await jobs.start();
    const codeOf = async (name: 'consistency-check' | 'nightly-rebuild'): Promise<unknown> =>
      jobs.stopNow(name).then(
        () => null,
        (error: unknown) => (error as { code?: unknown }).code,
      );
    expect(await codeOf('consistency-check')).to.equal('not-running');
    await jobs.runNow('nightly-rebuild');
    await until(async () => (await viewOf(jobs, 'nightly-rebuild'))?.running === true);
    expect(await codeOf('nightly-rebuild')).to.equal('cannot-stop');
  });
});
