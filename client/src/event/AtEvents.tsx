import { useState } from 'preact/hooks';
import type { EventView } from '../../../server/events/schema.ts';
import type { Page } from '../../../server/http/schema.ts';
import { useLoad } from '../api/useLoad.ts';
import { currentUser } from '../app/session.ts';
import { t } from '../strings/text.ts';
import { AskDialog } from './AskDialog.tsx';
import './event.css';
import { AskButton, WishButtons, type Wanted } from './PartnerActions.tsx';
import { useMyEvent } from './useMyEvent.ts';

/** At the events that both companies are invited to: whether they meet, a wish, a request. For the account of an SME only. */
export function AtEvents({ partner }: { partner: Wanted }) {
  const user = currentUser();
  const asks = user.role === 'sme' && user.smeId !== null && user.smeId !== partner.id;
  const events = useLoad<Page<EventView>>(asks ? '/events' : null, { smeId: partner.id, limit: 5 });
  const coming = (events.data?.items ?? []).filter(({ state }) => state !== 'ended' && state !== 'cancelled');
  if (coming.length === 0) return null;
  return (
    <>
      {coming.map(({ id }) => (
        <AtEvent key={id} eventId={id} partner={partner} />
      ))}
    </>
  );
}

function AtEvent({ eventId, partner }: { eventId: string; partner: Wanted }) {
  const state = useMyEvent(eventId, null);
  const [asking, setAsking] = useState<Wanted | null>(null);
  const view = state.of.data;
  if (view === null || view.inConsortium) return null;
  const meeting = view.rounds.find((round) => round.meeting?.partner.id === partner.id)?.meeting;
  const asked = view.requests.some((one) => one.partner.id === partner.id && one.state === 'pending');
  return (
    <section class="card" aria-labelledby={`at-${eventId}`}>
      <h2 id={`at-${eventId}`}>
        {t.event.atEvent} <a href={`/events/${eventId}`}>{view.event.name}</a>
      </h2>
      {meeting && <p>{t.event.youMeet(meeting.round)}</p>}
      {asked && <p>{t.event.askedAlready}</p>}
      <WishButtons view={view} partner={partner} act={state.act} />
      <div class="actions">
        <AskButton view={view} partner={partner} onAsk={setAsking} />
      </div>
      {asking !== null && (
        <AskDialog
          view={view}
          partner={asking}
          act={state.act}
          onClose={() => {
            setAsking(null);
          }}
          onDone={() => {
            setAsking(null);
            state.of.reload();
          }}
        />
      )}
    </section>
  );
}
