import type { EventView } from '../../../server/events/schema.ts';
import { Badge } from '../components/marks.tsx';
import { t } from '../strings/text.ts';
import { dayAt, timeAt, zoneName } from './moments.ts';

const KINDS = {
  draft: 'plain',
  published: 'plain',
  open: 'good',
  paused: 'warning',
  ended: 'plain',
  cancelled: 'bad',
} as const;

/** When and where an event is, and how it stands, in one line. */
export function EventLine({ event }: { event: EventView }) {
  const { startsAt } = event.timetable;
  const { place } = event;
  return (
    <span class="event-line">
      <Badge kind={KINDS[event.state]}>{t.event.states[event.state]}</Badge>
      <span>{t.event.when(dayAt(startsAt, event), timeAt(startsAt, event), zoneName(event.timeZone))}</span>
      <span>{place.kind === 'venue' ? place.address : t.event.online}</span>
    </span>
  );
}
