import { useEffect, useRef, useState } from 'preact/hooks';
import type { DraftView, EventView } from '../../../server/events/schema.ts';
import { ApiProblem, isAbort } from '../api/problem.ts';
import { api } from '../api/request.ts';
import { announce } from '../components/announce.tsx';
import { Button } from '../components/Button.tsx';
import { askConfirm } from '../components/confirm.tsx';
import { Empty, Failure, Loading } from '../components/feedback.tsx';
import { RadioGroup } from '../components/fields.tsx';
import { RunningTask } from '../components/RunningTask.tsx';
import { progressByTask } from '../live/live.ts';
import { t } from '../strings/text.ts';
import { DraftFigures } from './DraftFigures.tsx';
import type { EventState } from './useEvent.ts';

const WHO = ['here-and-expected', 'here'] as const;

/** Proposes the meetings of the rounds to come, shows the draft, and publishes it. */
export function Plan({ event, state }: { event: EventView; state: EventState }) {
  const [draft, setDraft] = useState<DraftView | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [loaded, setLoaded] = useState(false);
  const [who, setWho] = useState<(typeof WHO)[number]>('here-and-expected');
  const running = useRef<AbortController | null>(null);
  const [busy, setBusy] = useState(false);
  const path = `/events/${event.id}/plan`;

  useEffect(() => {
    const controller = new AbortController();
    api.get<DraftView>(path, { signal: controller.signal }).then(
      (found) => {
        setDraft(found);
        setLoaded(true);
      },
      (failure: unknown) => {
        if (isAbort(failure)) return;
        // No draft yet is nothing wrong.
        if (failure instanceof ApiProblem && failure.status === 404) setDraft(null);
        else setError(failure);
        setLoaded(true);
      },
    );
    return () => {
      controller.abort();
    };
  }, [path, state.changes]);
  useEffect(() => () => running.current?.abort(), []);

  const make = async (): Promise<void> => {
    const controller = new AbortController();
    running.current = controller;
    setBusy(true);
    setError(null);
    try {
      setDraft(await api.post<DraftView>(path, { who, rounds: [] }, { signal: controller.signal }));
    } catch (failure) {
      if (isAbort(failure)) announce(t.console.stopped);
      else setError(failure);
    }
    setBusy(false);
  };
  const publish = async (version: number): Promise<void> => {
    const question = { title: t.console.publishAsk, body: t.console.publishWhat, action: t.console.publish };
    if (!(await askConfirm({ ...question, danger: false }))) return;
    if (await state.send('/plan/publish', { version }, t.console.published)) setDraft(null);
  };
  const discard = async (): Promise<void> => {
    try {
      await api.remove(path);
      setDraft(null);
      announce(t.console.discarded);
    } catch (failure) {
      setError(failure);
    }
  };

  return (
    <div class="stack">
      <section class="card stack-small">
        <p>{t.console.planLead}</p>
        <RadioGroup
          legend={t.console.planWho}
          name="who"
          value={who}
          choices={WHO.map((value) => ({ value, label: t.console.who[value] }))}
          onChange={(value) => {
            setWho(WHO.find((known) => known === value) ?? 'here-and-expected');
          }}
        />
        {busy ? (
          <RunningTask
            label={t.console.planning}
            progress={progressByTask.value.get(`plan:${event.id}`)}
            words={t.console.planned}
            stop={t.console.stop}
            onStop={() => running.current?.abort()}
          />
        ) : (
          <div class="actions">
            <Button kind={draft === null ? 'primary' : 'secondary'} onClick={() => void make()}>
              {draft === null ? t.console.make : t.console.makeAgain}
            </Button>
          </div>
        )}
      </section>
      {error !== null && <Failure error={error} />}
      {!loaded && <Loading />}
      {loaded && draft === null && (
        <Empty icon="jobs" title={t.console.noDraft}>
          <p>{t.console.noDraftWhat}</p>
        </Empty>
      )}
      {draft !== null && (
        <>
          <DraftFigures draft={draft} eventId={event.id} />
          <div class="actions">
            <Button kind="primary" icon="check" onClick={() => void publish(draft.version)}>
              {t.console.publish}
            </Button>
            <Button kind="quiet" onClick={() => void discard()}>
              {t.console.discard}
            </Button>
          </div>
        </>
      )}
    </div>
  );
}
