import type { CalendarEntryView } from '../../../server/calendar/schema.ts';
import { apiUrl } from '../api/request.ts';
import { currentUser } from '../app/session.ts';
import { Button, ButtonLink } from '../components/Button.tsx';
import { Badge } from '../components/marks.tsx';
import { hostOf } from '../components/prose.ts';
import { Prose } from '../components/Prose.tsx';
import { t } from '../strings/text.ts';

const words = t.programme.calendar;

/** Day and hours of an entry, in its own time zone. */
function When({ entry }: { entry: CalendarEntryView }) {
  const { startsAt, endsAt, allDay } = entry;
  const timeZone = allDay ? 'UTC' : entry.timeZone;
  const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone });
  const hour = new Intl.DateTimeFormat('en-GB', { timeStyle: 'short', timeZone });
  const first = day.format(new Date(startsAt));
  const last = day.format(new Date(endsAt));
  return (
    <div class="day-when">
      <time class="day-date" dateTime={startsAt}>
        {first}
      </time>
      {allDay ? (
        <span class="fine">{words.allDay}</span>
      ) : (
        <>
          <span>
            {hour.format(new Date(startsAt))} – {last === first ? '' : `${last}, `}
            {hour.format(new Date(endsAt))}
          </span>
          <span class="fine">{words.zoneNote(entry.timeZone)}</span>
        </>
      )}
    </div>
  );
}

function Actions(props: { entry: CalendarEntryView; onEdit: () => void; onCancel: () => void }) {
  const { entry } = props;
  const off = entry.state === 'cancelled';
  return (
    <div class="actions">
      {entry.link !== null && !off && (
        <a class="link-out" href={entry.link} rel="noopener noreferrer" target="_blank">
          {words.join(hostOf(entry.link))}
        </a>
      )}
      {entry.eventId !== null && currentUser().role !== 'demand' && (
        <ButtonLink small href={currentUser().role === 'sme' ? `/events/${entry.eventId}` : '/events'}>
          {words.event}
        </ButtonLink>
      )}
      <ButtonLink small download href={apiUrl(`/calendar/${entry.id}/file`)}>
        {off ? words.fileOff : words.file}
      </ButtonLink>
      {entry.target !== null && !off && (
        <>
          <Button small icon="edit" label={`${words.edit}: ${entry.title}`} onClick={props.onEdit}>
            {words.edit}
          </Button>
          <Button small kind="danger" label={`${words.cancelEntry} ${entry.title}`} onClick={props.onCancel}>
            {words.cancelEntry}
          </Button>
        </>
      )}
    </div>
  );
}

/** One entry of the calendar; staff can edit and cancel those that they wrote. */
export function EntryCard(props: { entry: CalendarEntryView; onEdit: () => void; onCancel: () => void }) {
  const { entry } = props;
  const off = entry.state === 'cancelled';
  return (
    <li class={`card day-card ${off ? 'day-off' : ''}`}>
      <When entry={entry} />
      <div class="stack-small">
        <p class="badges">
          <Badge kind={entry.kind === 'deadline' ? 'accent' : 'plain'}>{words.kinds[entry.kind]}</Badge>
          {off && <Badge kind="bad">{words.cancelled}</Badge>}
        </p>
        <h2 class="card-title">{entry.title}</h2>
        {off && entry.reason !== '' && <p>{words.cancelledBecause(entry.reason)}</p>}
        {entry.place !== '' && <p class="fine">{entry.place}</p>}
        {entry.words !== '' && <Prose text={entry.words} />}
        <Actions {...props} />
      </div>
    </li>
  );
}
