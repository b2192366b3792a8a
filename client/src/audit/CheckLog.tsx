import { useEffect, useRef, useState } from 'preact/hooks';
import type { AuditCheckView } from '../../../server/audit/schema.ts';
import { isAbort } from '../api/problem.ts';
import { api } from '../api/request.ts';
import { Button } from '../components/Button.tsx';
import { Failure, Notice } from '../components/feedback.tsx';
import { formatNumber } from '../components/format.ts';
import { RunningTask } from '../components/RunningTask.tsx';
import { progressByTask } from '../live/live.ts';
import { t } from '../strings/text.ts';
import { Changes } from './Changes.tsx';

const words = t.audit.check;

type CheckState =
  | { readonly kind: 'none' | 'running' | 'stopped' }
  | { readonly kind: 'done'; readonly check: AuditCheckView }
  | { readonly kind: 'failed'; readonly error: unknown };

/** Checks the whole log when told to; ends when the page is left. */
export function CheckLog() {
  const [state, setState] = useState<CheckState>({ kind: 'none' });
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);
  const start = (): void => {
    const controller = new AbortController();
    running.current = controller;
    setState({ kind: 'running' });
    api.post<AuditCheckView>('/audit/checks', {}, { signal: controller.signal }).then(
      (check) => {
        setState({ kind: 'done', check });
      },
      (error: unknown) => {
        setState(isAbort(error) ? { kind: 'stopped' } : { kind: 'failed', error });
      },
    );
  };
  return (
    <section class="card" aria-labelledby="check-log">
      <h2 id="check-log">{words.title}</h2>
      <p>{words.what}</p>
      {state.kind === 'running' ? (
        <RunningTask
          label={words.running}
          progress={progressByTask.value.get('audit:check')}
          words={words.progress}
          stop={words.stop}
          onStop={() => running.current?.abort()}
        />
      ) : (
        <div class="actions">
          <Button onClick={start}>{words.action}</Button>
        </div>
      )}
      {state.kind === 'stopped' && <p role="status">{words.stopped}</p>}
      {state.kind === 'failed' && <Failure error={state.error} retry={start} />}
      {state.kind === 'done' && <CheckResult check={state.check} />}
    </section>
  );
}

function CheckResult({ check }: { check: AuditCheckView }) {
  return (
    <div class="stack-small" role="status">
      <Notice kind={check.sound ? 'good' : 'bad'} title={check.sound ? words.sound : words.faulty}>
        <p>{check.summary}</p>
      </Notice>
      <table class="table">
        <thead>
          <tr>
            <th scope="col">{words.kind}</th>
            <th scope="col" class="number">
              {words.things}
            </th>
            <th scope="col" class="number">
              {words.differences}
            </th>
          </tr>
        </thead>
        <tbody>
          {check.kinds.map(({ kind, things, differences }) => (
            <tr key={kind}>
              <th scope="row">{kind}</th>
              <td class="number" data-label={words.things}>
                {formatNumber(things)}
              </td>
              <td class="number" data-label={words.differences}>
                {formatNumber(differences)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {check.differences.map(({ kind, id, logged, stored }) => (
        <div key={`${kind} ${id}`}>
          <p>
            <a href={`/audit?kind=${kind}&thingId=${encodeURIComponent(id)}`}>
              {kind} {id}
            </a>
          </p>
          <Changes before={logged} after={stored} />
        </div>
      ))}
    </div>
  );
}
