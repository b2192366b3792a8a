import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { Repetition, RunDetail } from '../../../server/runs/schema.ts';
import { apiUrl } from '../api/request.ts';
import { useLoad } from '../api/useLoad.ts';
import type { PageProps } from '../app/page.ts';
import { Button } from '../components/Button.tsx';
import { Failure, Notice, Show } from '../components/feedback.tsx';
import { formatFineShare } from '../components/format.ts';
import { PageHeading } from '../components/Heading.tsx';
import { Badge } from '../components/marks.tsx';
import { RunningTask } from '../components/RunningTask.tsx';
import { progressByTask } from '../live/live.ts';
import { t } from '../strings/text.ts';
import { FairRun } from './FairRun.tsx';
import { useRepeat } from './useRepeat.ts';
import { askedOf, decimals, momentOf } from './words.ts';
import './runs.css';

const words = t.runs;
const seconds = new Intl.NumberFormat('en', { maximumFractionDigits: 2 });
const secondsOf = (ms: number): string => seconds.format(ms / 1000);

/** One run: what it was made from, what came of it, and whether it comes out the same again. */
export function RunPage({ params }: PageProps) {
  const { runId = '' } = params;
  const run = useLoad<RunDetail>(`/runs/${runId}`);
  const title = run.data === null ? t.shell.pages.run : words.title(momentOf(run.data.at));
  return (
    <div class="stack">
      <PageHeading title={title} above={<a href="/runs">{t.shell.pages.runs}</a>} />
      <Show of={run}>
        {(data) => (
          <>
            <Facts run={data} />
            <FairRun run={data} />
            <Repeat run={data} />
            <Download run={data} />
          </>
        )}
      </Show>
    </div>
  );
}

function Fact({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Facts({ run }: { run: RunDetail }) {
  const { facts } = words;
  const weights = Object.values(run.weights).join(' · ');
  return (
    <section class="card" aria-label={words.outcome}>
      <p class="badges">
        <Badge kind={run.status === 'optimal' ? 'good' : 'warning'}>{words.status[run.status]}</Badge>
        <span class="fine">{words.by(run.by)}</span>
        {run.status === 'feasible' && <span class="fine">{words.gap(formatFineShare(run.gap))}</span>}
      </p>
      <dl class="facts">
        <Fact name={facts.companies}>{run.smes.toLocaleString('en')}</Fact>
        <Fact name={facts.asked}>{askedOf(run)}</Fact>
        <Fact name={facts.outcome}>{words.pairs(run.pairs, run.alone)}</Fact>
        <Fact name={facts.sum}>{decimals(run.total)}</Fact>
        <Fact name={facts.bound}>{decimals(run.bound)}</Fact>
        <Fact name={facts.price}>{decimals(run.price)}</Fact>
        <Fact name={facts.weights}>
          {words.weightsVersion(run.weightsVersion)} <span class="fine number">({weights})</span>
        </Fact>
        <Fact name={facts.seed}>{words.noSeed}</Fact>
        <Fact name={facts.took}>{words.seconds(secondsOf(run.tookMs))}</Fact>
        <Fact name={facts.engine}>{run.engine}</Fact>
      </dl>
      <details>
        <summary>{words.hashes}</summary>
        <dl class="facts">
          <Fact name={facts.call}>
            {run.callId} <code class="hash">{run.callHash}</code>
          </Fact>
          <Fact name={facts.inputs}>
            <code class="hash">{run.inputHash}</code>
          </Fact>
          <Fact name={facts.result}>
            <code class="hash">{run.resultHash}</code>
          </Fact>
        </dl>
      </details>
    </section>
  );
}

function Repeat({ run }: { run: RunDetail }) {
  const { repeat } = words;
  const [state, runner] = useRepeat(`/runs/${run.id}/replay`);
  const [last, setLast] = useState(run.repeated);
  const shown = state.kind === 'done' ? state.repetition : last;
  const start = (): void => {
    if (state.kind === 'done') setLast(state.repetition);
    runner.start();
  };
  return (
    <section class="card" aria-labelledby="repeat">
      <h2 id="repeat">{repeat.title}</h2>
      {run.erased > 0 ? (
        <Notice kind="warning">
          <p>{repeat.erased(run.erased)}</p>
        </Notice>
      ) : (
        <>
          <p>{repeat.what}</p>
          {state.kind === 'running' ? (
            <RunningTask
              label={repeat.running}
              progress={progressByTask.value.get(`run:${run.id}`)}
              words={repeat.progress}
              stop={repeat.stop}
              onStop={runner.stop}
            />
          ) : (
            <div class="actions">
              <Button kind="primary" onClick={start}>
                {repeat.action}
              </Button>
            </div>
          )}
        </>
      )}
      <div role="status" class="stack-small">
        {state.kind === 'running' && <p class="visually-hidden">{repeat.running}</p>}
        {state.kind === 'stopped' && <p>{repeat.stopped}</p>}
        {state.kind !== 'running' && shown !== null && <Result of={shown} stopped={run.stopped} />}
      </div>
      {state.kind === 'failed' && <Failure error={state.error} />}
    </section>
  );
}

function Result({ of, stopped }: { of: Repetition; stopped: boolean }) {
  const { repeat } = words;
  const verdict = of.same ? repeat.same : stopped ? repeat.endedByTime : repeat.different;
  return (
    <Notice kind={of.same ? 'good' : stopped ? 'warning' : 'bad'} title={verdict}>
      {of.differences.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      <p class="fine">{repeat.last(of.by, momentOf(of.at), secondsOf(of.tookMs))}</p>
    </Notice>
  );
}

function Download({ run }: { run: RunDetail }) {
  const { download } = words;
  if (run.erased > 0) return null;
  return (
    <section class="card" aria-labelledby="download">
      <h2 id="download">{download.title}</h2>
      <p>{download.what}</p>
      <p>
        <code class="hash">{download.command}</code>
      </p>
      <div class="actions">
        <a class="button button-secondary" href={apiUrl(`/runs/${run.id}/log`)} download>
          {download.action}
        </a>
      </div>
    </section>
  );
}
