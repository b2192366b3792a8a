import { useEffect, useRef, useState } from 'preact/hooks';
import type { CallRulesInput } from '../../../server/calls/schema.ts';
import type { RulesPreview } from '../../../server/eligibility/schema.ts';
import { isAbort } from '../api/problem.ts';
import { api } from '../api/request.ts';
import { currentUser } from '../app/session.ts';
import { Button } from '../components/Button.tsx';
import { Failure } from '../components/feedback.tsx';
import { RunningTask } from '../components/RunningTask.tsx';
import { progressByTask } from '../live/live.ts';
import { t } from '../strings/text.ts';
import '../funnel/funnel.css';

const words = t.calls.preview;

/** What rules would change before they are published. */
export function RulesPreviewCard({ callId, rules }: { callId: string; rules: () => CallRulesInput }) {
  const [seen, setSeen] = useState<RulesPreview | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [running, setRunning] = useState<AbortController | null>(null);
  const current = useRef<AbortController | null>(null);
  useEffect(() => () => current.current?.abort(), []);
  const ask = async (): Promise<void> => {
    const controller = new AbortController();
    current.current = controller;
    setRunning(controller);
    setError(null);
    try {
      const { signal } = controller;
      setSeen(await api.post<RulesPreview>(`/calls/${callId}/preview`, { rules: rules() }, { signal }));
    } catch (failure) {
      if (!isAbort(failure)) setError(failure);
    }
    setRunning(null);
  };
  return (
    <section class="card stack-small" aria-labelledby="rules-preview">
      <h2 id="rules-preview">{words.title}</h2>
      {seen === null && <p>{words.none}</p>}
      {error !== null && <Failure error={error} />}
      {running === null ? (
        <div class="actions">
          <Button onClick={() => void ask()}>{words.action}</Button>
        </div>
      ) : (
        <RunningTask
          label={words.running}
          progress={progressByTask.value.get(`preview-rules:${currentUser().id}`)}
          words={t.weights.pairs.progress}
          stop={words.stop}
          onStop={() => {
            running.abort();
          }}
        />
      )}
      {seen !== null && <Seen preview={seen} />}
    </section>
  );
}

function Seen({ preview }: { preview: RulesPreview }) {
  const { eligible, kept, gained, lost, listsChanged } = preview;
  return (
    <div role="status" class="stack-small">
      <p>{words.eligible(eligible.before, eligible.after)}</p>
      <p>{words.pairs(kept, gained.count, lost.count)}</p>
      <p>{words.lists(listsChanged)}</p>
      <People title={words.newly(preview.newlyEligible.count)} of={preview.newlyEligible} />
      <People title={words.noLonger(preview.noLongerEligible.count)} of={preview.noLongerEligible} />
      <Pairs title={words.gained} of={gained} />
      <Pairs title={words.lost} of={lost} />
    </div>
  );
}

function People({ title, of }: { title: string; of: RulesPreview['newlyEligible'] }) {
  if (of.count === 0) return null;
  return (
    <>
      <h3>{title}</h3>
      <ul class="bullets">
        {of.smes.map(({ sme, sentence }) => (
          <li key={sme.id}>
            <a href={`/smes/${sme.id}`}>{sme.name}</a>{' '}
            {sentence !== null && <span class="fine">{sentence}</span>}
          </li>
        ))}
      </ul>
      {of.count > of.smes.length && <p class="fine">{words.firstOf(of.smes.length)}</p>}
    </>
  );
}

function Pairs({ title, of }: { title: string; of: RulesPreview['gained'] }) {
  if (of.count === 0) return null;
  return (
    <>
      <h3>{title}</h3>
      <ul class="bullets">
        {of.pairs.map(({ a, b }) => (
          <li key={`${a.id} ${b.id}`}>
            {a.name} · {b.name}
          </li>
        ))}
      </ul>
      {of.count > of.pairs.length && <p class="fine">{words.firstOf(of.pairs.length)}</p>}
    </>
  );
}
