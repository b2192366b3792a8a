import type { EventView } from '../../../server/events/schema.ts';
import { usePages } from '../api/usePages.ts';
import type { PageProps } from '../app/page.ts';
import { currentUser } from '../app/session.ts';
import { ButtonLink } from '../components/Button.tsx';
import { Empty } from '../components/feedback.tsx';
import { PageHeading } from '../components/Heading.tsx';
import { PageList } from '../components/PageList.tsx';
import { ChoiceFilter, filterValue, filterValues, NothingFits, SearchFilter } from '../directory/filters.tsx';
import { onEvent } from '../live/live.ts';
import { useEffect } from 'preact/hooks';
import { t } from '../strings/text.ts';
import './event.css';
import { EventLine } from './EventLine.tsx';

/** Where each role goes on from the list. */
const hrefOf = (event: EventView): string =>
  currentUser().role === 'sme' ? `/events/${event.id}` : `/events/${event.id}/console`;

const FILTERS = ['q', 'state'] as const;
const STATES = ['draft', 'published', 'open', 'paused', 'ended', 'cancelled'] as const;

/** All events that the reader may know of. */
export function EventsPage(_props: PageProps) {
  const pages = usePages<EventView>('/events', {
    ...filterValues(FILTERS),
    sort: filterValue('sort'),
  });
  useEffect(() => onEvent('event', pages.reload), [pages.reload]);
  const staff = currentUser().role === 'staff';
  const create = staff && (
    <ButtonLink href="/events/new" kind="primary" icon="plus">
      {t.event.create}
    </ButtonLink>
  );
  return (
    <div class="stack">
      <PageHeading title={t.shell.pages.events} lead={t.event.lead} actions={create} />
      <div class="toolbar" role="search">
        <SearchFilter label={t.common.search} />
        <ChoiceFilter
          label={t.event.state}
          name="state"
          choices={[
            { value: '', label: t.common.all },
            ...STATES.filter((value) => staff || value !== 'draft').map((value) => ({
              value,
              label: t.event.states[value],
            })),
          ]}
        />
        <ChoiceFilter
          label={t.common.sort}
          name="sort"
          choices={[
            { value: '', label: t.event.nextFirst },
            { value: 'newest', label: t.common.newest },
            { value: 'oldest', label: t.common.oldest },
          ]}
        />
      </div>
      <PageList
        pages={pages}
        empty={
          <NothingFits filters={FILTERS}>
            <Empty icon="jobs" title={t.event.none}>
              <p>{staff ? t.event.noneStaff : t.event.noneWhat}</p>
            </Empty>
          </NothingFits>
        }
      >
        {(events) => (
          <ul class="grid">
            {events.map((event) => (
              <li key={event.id} class="card card-link">
                <h2>
                  <a href={hrefOf(event)}>{event.name}</a>
                </h2>
                <EventLine event={event} />
                <p class="fine">
                  {t.event.rounds(event.timetable.rounds, event.timetable.roundMinutes)} ·{' '}
                  {t.event.counts(event.presence.here, event.presence.expected)}
                </p>
              </li>
            ))}
          </ul>
        )}
      </PageList>
    </div>
  );
}
