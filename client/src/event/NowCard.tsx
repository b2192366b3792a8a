import type { MyEvent, MyMeeting } from '../../../server/events/schema.ts';
import { Button, ButtonLink } from '../components/Button.tsx';
import { askConfirm } from '../components/confirm.tsx';
import { Badge, CompanyLine } from '../components/marks.tsx';
import { timeLeft, useServerNow } from '../live/serverClock.ts';
import { t } from '../strings/text.ts';
import { FeedbackButtons } from './FeedbackButtons.tsx';
import { MeetingContact } from './MeetingContact.tsx';
import { timeAt } from './moments.ts';
import { Talk } from './Talk.tsx';
import type { MyEventState } from './useMyEvent.ts';

type MyRound = MyEvent['rounds'][number];
const LAST_MINUTES_MS = 5 * 60_000;

/** The one thing that matters now: where to sit, with whom, and how long; or when the next round begins. */
export function NowCard({ view, act }: { view: MyEvent; act: MyEventState['act'] }) {
  const running = view.rounds.find(({ state }) => state === 'running');
  const next = view.rounds.find(({ state }) => state === 'planned');
  const shown = running ?? next;
  if (shown === undefined) {
    return (
      <section class="card event-now" aria-label={t.event.now}>
        <h2>{t.event.allOver}</h2>
        <p>{t.event.allOverWhat}</p>
      </section>
    );
  }
  return (
    <section class="card event-now" aria-label={running === undefined ? t.event.next : t.event.now}>
      <RoundTime round={shown} view={view} />
      {shown.meeting === null ? (
        <NoMeeting round={shown} view={view} />
      ) : (
        <Meeting view={view} meeting={shown.meeting} act={act} />
      )}
      {running !== undefined && next?.meeting && (
        <p class="event-then">
          {t.event.meetingNext(next.number)}, {t.event.startsAt(timeAt(next.startsAt, view.event))}:{' '}
          <strong>{t.event.tableNumber(next.meeting.table)}</strong>, {next.meeting.partner.name}
        </p>
      )}
    </section>
  );
}

function RoundTime({ round, view }: { round: MyRound; view: MyEvent }) {
  const now = useServerNow();
  const running = round.state === 'running';
  const until = running ? round.endsAt : round.startsAt;
  const left = new Date(until).getTime() - now;
  const last = running && left <= LAST_MINUTES_MS;
  return (
    <div class="event-time">
      <h2>{running ? t.event.meetingNow(round.number) : t.event.meetingNext(round.number)}</h2>
      <p class={last ? 'event-clock event-clock-last' : 'event-clock'}>
        {!running && <span class="fine">{t.event.startsIn} </span>}
        <strong>{timeLeft(until, now)}</strong>
        {running && <span class="fine"> {t.event.left}</span>}
      </p>
      {!running && <p class="fine">{t.event.startsAt(timeAt(until, view.event))}</p>}
      <p class="event-warning" role="status">
        {last && (left > 0 ? t.event.fiveLeft : t.event.overTime)}
      </p>
    </div>
  );
}

function NoMeeting({ round, view }: { round: MyRound; view: MyEvent }) {
  if (view.inConsortium) {
    return (
      <>
        <p class="lead">{t.event.inConsortium}</p>
        <p>{t.event.inConsortiumWhat}</p>
        <div class="actions">
          <ButtonLink kind="primary" href="/consortia">
            {t.consortia.open}
          </ButtonLink>
        </div>
      </>
    );
  }
  return round.published ? (
    <>
      <p class="lead">{t.event.byeNow}</p>
      <p>{view.presence === 'here' ? t.event.byeWhat : t.event.byeAway}</p>
    </>
  ) : (
    <>
      <p class="lead">{t.event.notPlanned}</p>
      <p>{t.event.notPlannedWhat}</p>
    </>
  );
}

function Meeting({ view, meeting, act }: { view: MyEvent; meeting: MyMeeting; act: MyEventState['act'] }) {
  const { partner } = meeting;
  const reportNoShow = async (): Promise<void> => {
    const sure = await askConfirm({
      title: t.event.noShowAsk,
      body: t.event.noShowWhat,
      action: t.event.noShow,
      danger: false,
    });
    if (!sure) return;
    await act(
      {
        method: 'POST',
        path: `/events/${view.event.id}/meetings/${meeting.id}/no-show`,
        about: `no-show ${meeting.id}`,
      },
      t.event.noShowDone,
    );
  };
  return (
    <>
      <div class="event-place">
        {meeting.link === null ? (
          <p class="event-table">
            <span>{t.event.table}</span> <strong>{meeting.table}</strong>
          </p>
        ) : (
          <ButtonLink kind="primary" icon="external" href={meeting.link}>
            {t.event.joinTable}
          </ButtonLink>
        )}
        <div>
          <h3>
            <a href={`/smes/${partner.id}`}>{partner.name}</a>
          </h3>
          <CompanyLine sme={partner} />
          {partner.headline !== '' && <p class="clamp">{partner.headline}</p>}
          {!meeting.partnerHere && (
            <Badge kind="accent">
              {partner.name} {t.event.partnerNotHere}
            </Badge>
          )}
        </div>
      </div>
      <Talk talk={meeting.talk} />
      <MeetingContact event={view.event} meeting={meeting} />
      <FeedbackButtons view={view} meeting={meeting} act={act} />
      <div class="actions">
        <ButtonLink small icon="info" href={`/smes/${view.smeId}/partners/${partner.id}`}>
          {t.event.why}
        </ButtonLink>
        {meeting.state === 'running' && (
          <Button kind="quiet" small onClick={() => void reportNoShow()}>
            {t.event.noShow}
          </Button>
        )}
      </div>
    </>
  );
}
