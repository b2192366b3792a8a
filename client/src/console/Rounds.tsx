import { useState } from 'preact/hooks';
import type { EventView, RoundView } from '../../../server/events/schema.ts';
import { Button } from '../components/Button.tsx';
import { askConfirm } from '../components/confirm.tsx';
import { TextField } from '../components/fields.tsx';
import { Form, useForm } from '../components/form.tsx';
import { Badge } from '../components/marks.tsx';
import { timeAt } from '../event/moments.ts';
import { timeLeft, useServerNow } from '../live/serverClock.ts';
import { t } from '../strings/text.ts';
import type { EventState } from './useEvent.ts';

const SHIFTS = [5, 10, -5] as const;
const KINDS = { planned: 'plain', running: 'accent', done: 'good' } as const;

/** Runs the rounds: start, end, shift, and tell everybody something. */
export function Rounds({ event, state }: { event: EventView; state: EventState }) {
  const running = event.rounds.find((round) => round.state === 'running');
  const next = event.rounds.find((round) => round.state === 'planned');
  const going = event.state !== 'ended' && event.state !== 'cancelled';
  return (
    <div class="stack">
      {going && running !== undefined && <Running event={event} round={running} state={state} />}
      {going && running === undefined && next !== undefined && (
        <Next event={event} round={next} state={state} />
      )}
      <ol class="event-rounds">
        {event.rounds.map((round) => (
          <li key={round.number} class="card console-round">
            <strong>{t.console.roundChoice(round.number)}</strong>
            <span class="number">
              {timeAt(round.startsAt, event)}–{timeAt(round.endsAt, event)}
            </span>
            <Badge kind={KINDS[round.state]}>{t.console.roundStates[round.state]}</Badge>
            <span class="fine">
              {round.published ? (
                <a href={`/events/${event.id}/console?view=meetings&round=${round.number}`}>
                  {t.console.meetings(round.meetings)}
                </a>
              ) : (
                t.console.noPlan
              )}
            </span>
          </li>
        ))}
      </ol>
      {going && <Late event={event} state={state} />}
      {going && <Broadcast state={state} />}
    </div>
  );
}

/** Moves all rounds that are still to come. */
function Late({ event, state }: { event: EventView; state: EventState }) {
  return (
    <section class="card stack-small">
      <h2>{t.console.late}</h2>
      <p>{t.console.lateBy(event.delayMinutes)}</p>
      <div class="actions">
        {SHIFTS.map((minutes) => (
          <Button
            key={minutes}
            small
            onClick={() =>
              void state.send('/delay', { minutes: event.delayMinutes + minutes }, t.console.shiftDone)
            }
          >
            {t.console.shift(minutes)}
          </Button>
        ))}
      </div>
    </section>
  );
}

interface RoundProps {
  event: EventView;
  round: RoundView;
  state: EventState;
}

function Running({ event, round, state }: RoundProps) {
  const now = useServerNow();
  const end = async (): Promise<void> => {
    const title = t.console.endAsk(round.number);
    if (await askConfirm({ title, body: t.console.endWhat, action: t.console.endRound, danger: false })) {
      await state.send(`/rounds/${round.number}/end`, undefined, t.console.endDone);
    }
  };
  return (
    <section class="card console-running">
      <h2>{t.event.meetingNow(round.number)}</h2>
      <p class="event-clock">
        <strong>{timeLeft(round.endsAt, now)}</strong> <span class="fine">{t.event.left}</span>
      </p>
      <p class="fine">{t.console.meetings(round.meetings)}</p>
      <div class="actions">
        <Button onClick={() => void end()}>{t.console.endRound}</Button>
      </div>
      <p class="visually-hidden">{event.name}</p>
    </section>
  );
}

function Next({ event, round, state }: RoundProps) {
  const now = useServerNow();
  const ready = event.state === 'open' && round.published;
  return (
    <section class="card console-running">
      <h2>{t.event.meetingNext(round.number)}</h2>
      <p class="event-clock">
        <span class="fine">{t.event.startsIn}</span> <strong>{timeLeft(round.startsAt, now)}</strong>
      </p>
      {event.state !== 'open' && <p>{t.console.needsOpen}</p>}
      {event.state === 'open' && !round.published && (
        <p>
          <a href={`/events/${event.id}/console?view=plan`}>{t.console.needsPlan}</a>
        </p>
      )}
      <div class="actions">
        <Button
          kind="primary"
          disabled={!ready}
          onClick={() =>
            void state.send(`/rounds/${round.number}/start`, undefined, t.console.startDone(round.number))
          }
        >
          {t.console.startRound(round.number)}
        </Button>
      </div>
    </section>
  );
}

function Broadcast({ state }: { state: EventState }) {
  const [text, setText] = useState('');
  const form = useForm(async () => {
    if (await state.send('/broadcast', { text }, t.console.sent)) setText('');
  });
  return (
    <section class="card">
      <Form state={form} label={t.console.broadcast}>
        <TextField
          label={t.console.broadcast}
          hint={t.console.broadcastHint}
          name="text"
          required
          maxLength={300}
          value={text}
          error={form.errors['text']}
          onInput={setText}
        />
        <div class="actions">
          <Button type="submit" busy={form.busy} disabled={text.trim() === ''}>
            {t.console.send}
          </Button>
        </div>
      </Form>
    </section>
  );
}
