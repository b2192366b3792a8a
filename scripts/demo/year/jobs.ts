import type { JobName, JobView } from '../../../server/jobs/schema.ts';
import { untilThere, type Visitor } from '../visitor.ts';

/** Has a job run now, waits for its end, and answers with its result in words. */
export async function runJob(staff: Visitor, name: JobName): Promise<string> {
  const read = async (): Promise<JobView | undefined> =>
    (await staff.call<{ items: JobView[] }>('GET', '/jobs')).items.find((job) => job.name === name);
  const before = (await read())?.lastFinishedAt ?? null;
  await staff.call('POST', `/jobs/${name}/run`, { body: {} });
  const done = await untilThere(`the job ${name} comes to its end`, 120_000, async () => {
    const job = await read();
    if (!job || job.running || job.lastFinishedAt === before) return null;
    return job;
  });
  return done.lastResult ?? '';
}
