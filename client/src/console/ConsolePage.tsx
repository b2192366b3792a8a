import type { EventAction, EventView } from '../../../server/events/schema.ts';
import type { PageProps } from '../app/page.ts';
import { place } from '../app/router.ts';
import { currentUser } from '../app/session.ts';
import { Button, ButtonLink } from '../components/Button.tsx';
import { askConfirm } from '../components/confirm.tsx';
import { Notice, Show } from '../components/feedback.tsx';
import { PageHeading } from '../components/Heading.tsx';
import '../event/event.css';
import { EventLine } from '../event/EventLine.tsx';
import { t } from '../strings/text.ts';
import './console.css';
import { Displays } from './Displays.tsx';
import { History } from './History.tsx';
import { Meetings } from './Meetings.tsx';
import { Participants } from './Participants.tsx';
import { Plan } from './Plan.tsx';
import { Rounds } from './Rounds.tsx';
import { useEvent, type EventState } from './useEvent.ts';

/** What a console shows besides its head; clusters see their members and their meetings. */
const VIEWS = {
  rounds: t.console.roundsTitle,
  plan: t.console.plan,
  meetings: t.console.meetingsTitle,
  participants: t.console.participants,
  displays: t.console.displays,
  history: t.console.history,
} as const;
type View = keyof typeof VIEWS;
const VIEW_NAMES: readonly View[] = ['rounds', 'plan', 'meetings', 'participants', 'displays', 'history'];
const CLUSTER_VIEWS: readonly View[] = ['participants', 'meetings'];

/** Where staff run an event, and where a cluster follows its members at it. */
export function ConsolePage({ params }: PageProps) {
  const { eventId = '' } = params;
  const state = useEvent(eventId);
  const staff = currentUser().role === 'staff';
  const views = staff ? VIEW_NAMES : CLUSTER_VIEWS;
  const asked = place.value.query.get('view');
  const view = views.find((name) => name === asked) ?? views[0] ?? 'participants';
  const { data } = state.of;
  return (
    <div class="stack">
      <PageHeading
        title={data?.name ?? t.shell.pages.event}
        {...(data === null ? {} : { lead: <EventLine event={data} /> })}
        {...(data !== null && staff ? { actions: <Actions event={data} state={state} /> } : {})}
      />
      <Show of={state.of}>
        {(event) => (
          <>
            {event.broadcast !== null && (
              <Notice>
                <p>{event.broadcast.text}</p>
              </Notice>
            )}
            <Presence event={event} />
            <nav class="views" aria-label={event.name}>
              {views.map((name) => (
                <a
                  key={name}
                  href={`/events/${eventId}/console?view=${name}`}
                  aria-current={view === name ? 'page' : undefined}
                >
                  {VIEWS[name]}
                </a>
              ))}
            </nav>
            {view === 'rounds' && <Rounds event={event} state={state} />}
            {view === 'plan' && <Plan event={event} state={state} />}
            {view === 'meetings' && <Meetings event={event} state={state} />}
            {view === 'participants' && <Participants event={event} state={state} />}
            {view === 'displays' && <Displays event={event} />}
            {view === 'history' && <History event={event} state={state} />}
          </>
        )}
      </Show>
    </div>
  );
}

/** What may be done with the event now, the way on first. */
function Actions({ event, state }: { event: EventView; state: EventState }) {
  const act = async (action: EventAction): Promise<void> => {
    const question =
      action === 'end'
        ? { title: t.console.askEnd, body: t.console.askEndWhat }
        : action === 'cancel'
          ? { title: t.console.askCancel, body: t.console.askCancelWhat }
          : null;
    const sure = question === null || (await askConfirm({ ...question, action: t.console.actions[action] }));
    if (sure) await state.send('/actions', { action, note: '' }, t.console.actionDone[action]);
  };
  return (
    <div class="actions">
      {event.actions.map((action, at) => (
        <Button
          key={action}
          kind={action === 'cancel' || action === 'end' ? 'quiet' : at === 0 ? 'primary' : 'secondary'}
          onClick={() => void act(action)}
        >
          {t.console.actions[action]}
        </Button>
      ))}
      {event.state !== 'ended' && event.state !== 'cancelled' && (
        <>
          <ButtonLink href={`/events/${event.id}/edit`} icon="edit">
            {t.console.edit}
          </ButtonLink>
          <ButtonLink href="/weights" icon="weights">
            {t.shell.pages.weights}
          </ButtonLink>
        </>
      )}
      <ButtonLink href={`/events/${event.id}/room`} icon="external">
        {t.console.room}
      </ButtonLink>
    </div>
  );
}

function Presence({ event }: { event: EventView }) {
  const shown = ['here', 'expected', 'left'] as const;
  return (
    <dl class="console-figures">
      {shown.map((name) => (
        <div key={name}>
          <dd class="number">{event.presence[name]}</dd>
          <dt>{t.console.presence[name]}</dt>
        </div>
      ))}
    </dl>
  );
}
