import type { MyEvent } from '../../../server/events/schema.ts';
import { NetworkLost } from '../api/problem.ts';
import type { PageProps } from '../app/page.ts';
import { Failure, Loading, Notice } from '../components/feedback.tsx';
import { currentUser } from '../app/session.ts';
import { PageHeading } from '../components/Heading.tsx';
import { liveState } from '../live/live.ts';
import { t } from '../strings/text.ts';
import './event.css';
import { EventLine } from './EventLine.tsx';
import { EventPartners } from './EventPartners.tsx';
import { MyRounds } from './MyRounds.tsx';
import { MyWishes } from './MyWishes.tsx';
import { NowCard } from './NowCard.tsx';
import { PresenceBar } from './PresenceBar.tsx';
import { Requests } from './Requests.tsx';
import { useMyEvent, type MyEventState } from './useMyEvent.ts';

/** An event on the phone of an SME; with `smeId` in the address, as its cluster and staff see it over its shoulder. */
export function MyEventPage({ params }: PageProps) {
  const state = useMyEvent(params['eventId'] ?? '', params['smeId'] ?? null);
  const line = liveState.value;
  const { data, error, loading, reload } = state.of;
  return (
    <div class="stack event">
      <PageHeading
        title={data?.event.name ?? t.shell.pages.event}
        {...(data === null ? {} : { lead: <EventLine event={data.event} /> })}
      />
      {(line === 'offline' || error instanceof NetworkLost) && (
        <Notice kind="warning">
          <p>{t.event.offline}</p>
        </Notice>
      )}
      {state.waiting > 0 && (
        <p class="fine" role="status">
          {t.event.waiting(state.waiting)}
        </p>
      )}
      {error !== null && !(error instanceof NetworkLost) && <Failure error={error} retry={reload} />}
      {loading && <Loading lines={4} />}
      {data !== null && <View view={data} state={state} />}
    </div>
  );
}

function View({ view, state }: { view: MyEvent; state: MyEventState }) {
  const { act, news } = state;
  const { event } = view;
  const going = event.state !== 'ended' && event.state !== 'cancelled';
  return (
    <>
      {event.broadcast !== null && (
        <Notice kind="info">
          <p>{event.broadcast.text}</p>
        </Notice>
      )}
      <PresenceBar view={view} act={act} />
      {news !== null && <p class="event-news">{news}</p>}
      {going && event.state !== 'published' && <NowCard view={view} act={act} />}
      <div class="event-columns">
        <div class="stack">
          <Requests view={view} going={going} act={act} onAnswered={state.of.reload} />
          <MyRounds view={view} act={act} onMoved={state.of.reload} />
          {going && currentUser().role !== 'cluster' && <MyWishes view={view} act={act} />}
        </div>
        {going && <EventPartners view={view} act={act} onAsked={state.of.reload} />}
      </div>
    </>
  );
}
