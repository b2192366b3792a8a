import type { Contact } from '../../../server/consortia/schema.ts';
import type { EventView, MyMeeting } from '../../../server/events/schema.ts';
import { useLoad } from '../api/useLoad.ts';
import { currentUser } from '../app/session.ts';
import { Show } from '../components/feedback.tsx';
import { ContactLines } from '../consortia/ContactLines.tsx';
import { t } from '../strings/text.ts';

/** The contact of the partner of an agreed meeting, at events that disclose it then; read where it is unfolded. */
export function MeetingContact({ event, meeting }: { event: EventView; meeting: MyMeeting }) {
  const shown =
    event.contactsAt === 'agreed-meeting' &&
    meeting.origin === 'agreed' &&
    meeting.state !== 'broken' &&
    currentUser().role === 'sme';
  const contact = useLoad<Contact>(shown ? `/events/${event.id}/meetings/${meeting.id}/contact` : null);
  if (!shown) return null;
  return (
    <details>
      <summary>{t.consortia.contact(meeting.partner.name)}</summary>
      <Show of={contact}>{(data) => <ContactLines contact={data} />}</Show>
    </details>
  );
}
