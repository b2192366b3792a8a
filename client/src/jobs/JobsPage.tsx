import { useEffect, useState } from 'preact/hooks';
import type { JobView } from '../../../server/jobs/schema.ts';
import { api } from '../api/request.ts';
import { useLoad } from '../api/useLoad.ts';
import type { PageProps } from '../app/page.ts';
import { announce } from '../components/announce.tsx';
import { Button } from '../components/Button.tsx';
import { Empty, Failure, Show } from '../components/feedback.tsx';
import { formatMoment, formatNumber, formatSpan } from '../components/format.ts';
import { PageHeading } from '../components/Heading.tsx';
import { Badge } from '../components/marks.tsx';
import { RunningTask } from '../components/RunningTask.tsx';
import { t } from '../strings/text.ts';
import { durationOf } from './duration.ts';
import './jobs.css';

const words = t.jobs;
/** How often the table is read again while a job runs, and while none does, in milliseconds. */
const EVERY_MS = { running: 1_500, resting: 30_000 };

/** What runs in the background: when it ran, when it will, and whether it went well. */
export function JobsPage(_props: PageProps) {
  const jobs = useLoad<{ items: JobView[] }>('/jobs');
  const running = jobs.data?.items.some((job) => job.running) ?? false;
  useEffect(() => {
    const timer = setInterval(
      () => {
        if (!document.hidden) jobs.reload();
      },
      running ? EVERY_MS.running : EVERY_MS.resting,
    );
    return () => {
      clearInterval(timer);
    };
  }, [running, jobs.reload]);
  return (
    <>
      <PageHeading title={t.shell.pages.jobs} lead={words.lead} />
      <Show of={jobs}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty icon="jobs" title={words.empty} />
          ) : (
            <JobTable jobs={items} onChanged={jobs.reload} />
          )
        }
      </Show>
    </>
  );
}

function JobTable(props: { jobs: readonly JobView[]; onChanged: () => void }) {
  return (
    <table class="table jobs">
      <thead>
        <tr>
          <th scope="col">{words.job}</th>
          <th scope="col">{words.last}</th>
          <th scope="col">{words.next}</th>
          <th scope="col">{words.failures}</th>
          <th scope="col">{words.actions}</th>
        </tr>
      </thead>
      <tbody>
        {props.jobs.map((job) => (
          <JobRow key={job.name} job={job} onChanged={props.onChanged} />
        ))}
      </tbody>
    </table>
  );
}

function JobRow({ job, onChanged }: { job: JobView; onChanged: () => void }) {
  const [error, setError] = useState<unknown>(null);
  const [asking, setAsking] = useState(false);
  const ask = async (what: 'run' | 'stop', said: string): Promise<void> => {
    setAsking(true);
    setError(null);
    try {
      await api.post(`/jobs/${job.name}/${what}`);
      announce(said);
      onChanged();
    } catch (failure) {
      setError(failure);
    } finally {
      setAsking(false);
    }
  };
  return (
    <tr>
      <th scope="row">
        {job.title}
        <p class="fine">{job.what}</p>
        <p class="fine">{job.schedule}</p>
      </th>
      <td data-label={words.last}>
        {job.running ? (
          <RunningTask
            label={words.progressOf(job.title)}
            progress={job.progress ?? undefined}
            words={(done, total) => words.progress(formatNumber(done), formatNumber(total))}
            stop={job.stopping ? words.stopping : words.stop}
            stopLabel={words.actionFor(job.stopping ? words.stopping : words.stop, job.title)}
            stopping={job.stopping || asking}
            onStop={job.canStop ? () => void ask('stop', words.stopAsked(job.title)) : null}
          />
        ) : (
          <LastRun job={job} />
        )}
      </td>
      <td data-label={words.next}>
        {job.nextRunAt === null ? (
          <span class="undeclared">{words.notPlanned}</span>
        ) : (
          <Time at={job.nextRunAt} />
        )}
      </td>
      <td data-label={words.failures}>
        <Failures job={job} />
      </td>
      <td>
        <Button
          small
          busy={asking || job.running}
          label={words.actionFor(job.running ? words.running : words.run, job.title)}
          onClick={() => void ask('run', words.started(job.title))}
        >
          {job.running ? words.running : words.run}
        </Button>
        {error !== null && <Failure error={error} />}
      </td>
    </tr>
  );
}

/** A moment in both ways: how long ago or ahead, and by the clock. */
function Time({ at }: { at: string }) {
  return (
    <time datetime={at}>
      {formatSpan(at)}
      <span class="fine job-clock">{formatMoment(at)}</span>
    </time>
  );
}

function LastRun({ job }: { job: JobView }) {
  if (job.lastRunAt === null) return <span class="undeclared">{words.never}</span>;
  const took = durationOf(job.lastRunAt, job.lastFinishedAt);
  return (
    <>
      <Time at={job.lastRunAt} />
      {took !== null && <p class="fine number">{words.took(took)}</p>}
      <p>{job.lastResult ?? <span class="undeclared">{words.noResult}</span>}</p>
    </>
  );
}

function Failures({ job }: { job: JobView }) {
  if (job.failures === 0) return <span class="fine">{words.noFailure}</span>;
  return (
    <>
      <Badge kind="bad">{words.failureCount(job.failures)}</Badge>
      {job.lastFailure !== null && (
        <p class="fine">{words.lastFailure(formatSpan(job.lastFailure.at), job.lastFailure.reason)}</p>
      )}
    </>
  );
}
