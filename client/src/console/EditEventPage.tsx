import type { EventView } from '../../../server/events/schema.ts';
import { api } from '../api/request.ts';
import { useLoad } from '../api/useLoad.ts';
import type { PageProps } from '../app/page.ts';
import { navigate } from '../app/router.ts';
import { announce } from '../components/announce.tsx';
import { Show } from '../components/feedback.tsx';
import { PageHeading } from '../components/Heading.tsx';
import { t } from '../strings/text.ts';
import './console.css';
import { EventForm } from './EventForm.tsx';

/** A new event. */
export function NewEventPage(_props: PageProps) {
  return (
    <div class="stack">
      <PageHeading title={t.console.createTitle} />
      <EventForm
        prefix=""
        send={async (input) => {
          const event = await api.post<EventView>('/events', input);
          announce(t.console.created);
          await navigate(`/events/${event.id}/console`);
        }}
      />
    </div>
  );
}

/** Changes an event; what somebody else changed meanwhile is not overwritten. */
export function EditEventPage({ params }: PageProps) {
  const { eventId = '' } = params;
  const of = useLoad<EventView>(`/events/${eventId}`);
  return (
    <div class="stack">
      <PageHeading title={t.console.editTitle} lead={t.console.editLead} />
      <Show of={of}>
        {(event) => (
          <EventForm
            key={event.version}
            event={event}
            prefix="event."
            send={async (input) => {
              await api.put(`/events/${eventId}`, { version: event.version, event: input });
              announce(t.console.saved);
              await navigate(`/events/${eventId}/console`);
            }}
          />
        )}
      </Show>
    </div>
  );
}
