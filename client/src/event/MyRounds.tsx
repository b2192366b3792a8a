import { useState } from 'preact/hooks';
import type { MyEvent, MyMeeting } from '../../../server/events/schema.ts';
import { FollowAddress } from '../calendar/FollowDialog.tsx';
import { api, apiUrl } from '../api/request.ts';
import { currentUser } from '../app/session.ts';
import { announce } from '../components/announce.tsx';
import { Button, ButtonLink } from '../components/Button.tsx';
import { Dialog } from '../components/Dialog.tsx';
import { SelectField } from '../components/fields.tsx';
import { Form, useForm } from '../components/form.tsx';
import { Badge, CompanyLine } from '../components/marks.tsx';
import { t } from '../strings/text.ts';
import { FeedbackButtons } from './FeedbackButtons.tsx';
import { MeetingContact } from './MeetingContact.tsx';
import { timeAt } from './moments.ts';
import type { MyEventState } from './useMyEvent.ts';

type MyRound = MyEvent['rounds'][number];

/** The whole day of one SME: each round with its meeting, and what came of it. */
export function MyRounds(props: { view: MyEvent; act: MyEventState['act']; onMoved: () => void }) {
  const { view } = props;
  const [moving, setMoving] = useState<MyMeeting | null>(null);
  const [following, setFollowing] = useState(false);
  const own = currentUser().smeId === view.smeId;
  return (
    <section class="stack-small" aria-labelledby="my-rounds">
      <h2 id="my-rounds">{t.event.myRounds}</h2>
      <ol class="event-rounds">
        {view.rounds.map((round) => (
          <li key={round.number} class={`card event-round event-round-${round.state}`}>
            <p class="event-round-time">
              <strong>{t.event.round(round.number)}</strong>{' '}
              <span class="fine number">
                {timeAt(round.startsAt, view.event)}–{timeAt(round.endsAt, view.event)}
              </span>
            </p>
            <RoundMeeting round={round} />
            {round.meeting !== null && round.state === 'done' && (
              <MeetingContact event={view.event} meeting={round.meeting} />
            )}
            {round.meeting !== null && round.state === 'done' && (
              <FeedbackButtons view={view} meeting={round.meeting} act={props.act} />
            )}
            {round.meeting !== null && round.state === 'planned' && (
              <div class="actions">
                {view.rounds.length > 1 && (
                  <Button
                    small
                    kind="quiet"
                    label={t.event.moveTitle(round.meeting.partner.name)}
                    onClick={() => {
                      setMoving(round.meeting);
                    }}
                  >
                    {t.event.move}
                  </Button>
                )}
                {own && (
                  <ButtonLink
                    small
                    kind="quiet"
                    download
                    href={apiUrl(`/events/${view.event.id}/meetings/${round.meeting.id}/calendar`)}
                  >
                    {t.event.calendarOne}
                    <span class="visually-hidden">: {round.meeting.partner.name}</span>
                  </ButtonLink>
                )}
              </div>
            )}
          </li>
        ))}
      </ol>
      <div class="actions">
        <ButtonLink href={view.calendarUrl} icon="jobs" small download>
          {t.event.calendar}
        </ButtonLink>
        {own && (
          <Button
            small
            onClick={() => {
              setFollowing(true);
            }}
          >
            {t.programme.calendar.follow}
          </Button>
        )}
      </div>
      {following && (
        <Dialog
          title={t.programme.calendar.follow}
          onClose={() => {
            setFollowing(false);
          }}
        >
          <FollowAddress url={view.calendarUrl} />
        </Dialog>
      )}
      {moving !== null && (
        <MoveDialog
          view={view}
          meeting={moving}
          onClose={() => {
            setMoving(null);
          }}
          onDone={() => {
            setMoving(null);
            props.onMoved();
          }}
        />
      )}
    </section>
  );
}

function RoundMeeting({ round }: { round: MyRound }) {
  const { meeting } = round;
  if (meeting === null) {
    return <p class="fine">{round.published ? t.event.bye : t.event.unplanned}</p>;
  }
  return (
    <div>
      <p>
        <Badge kind={round.state === 'running' ? 'accent' : 'plain'}>
          {t.event.tableNumber(meeting.table)}
        </Badge>{' '}
        <a href={`/smes/${meeting.partner.id}`}>{meeting.partner.name}</a>
      </p>
      <CompanyLine sme={meeting.partner} />
    </div>
  );
}

/** Asks for another round; the server says where it cannot be. */
function MoveDialog(props: { view: MyEvent; meeting: MyMeeting; onClose: () => void; onDone: () => void }) {
  const { meeting, view } = props;
  const open = view.rounds.filter(({ state, number }) => state === 'planned' && number !== meeting.round);
  const [round, setRound] = useState(String(open[0]?.number ?? ''));
  const form = useForm(async () => {
    await api.post(`/events/${view.event.id}/meetings/${meeting.id}/reschedule`, { round: Number(round) });
    announce(t.event.moveDone);
    props.onDone();
  });
  return (
    <Dialog title={t.event.moveTitle(meeting.partner.name)} onClose={props.onClose}>
      <p>{t.event.moveWhat}</p>
      <Form state={form} onSubmit={() => void form.submit()}>
        <SelectField
          label={t.event.moveTo}
          name="round"
          value={round}
          onChange={setRound}
          error={form.errors.round}
          choices={open.map(({ number, startsAt }) => ({
            value: String(number),
            label: `${t.event.round(number)}, ${timeAt(startsAt, view.event)}`,
          }))}
        />
        <div class="actions actions-end">
          <Button onClick={props.onClose}>{t.common.cancel}</Button>
          <Button kind="primary" type="submit" busy={form.busy} disabled={open.length === 0}>
            {t.event.move}
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}
