import { useEffect } from 'preact/hooks';
import type { InterestView } from '../../../server/interests/schema.ts';
import { usePages } from '../api/usePages.ts';
import type { PageProps } from '../app/page.ts';
import { currentUser } from '../app/session.ts';
import { ButtonLink } from '../components/Button.tsx';
import { Empty } from '../components/feedback.tsx';
import { PageHeading } from '../components/Heading.tsx';
import { PageList } from '../components/PageList.tsx';
import { ChoiceFilter, filterValue, NothingFits, TimeSort } from '../directory/filters.tsx';
import { onEvent, onReload } from '../live/live.ts';
import { t } from '../strings/text.ts';
import { InterestCard } from './Interests.tsx';
import './needs.css';
import { NeedsViews } from './NeedsViews.tsx';

const words = t.needs.interest;
const STATES = ['open', 'accepted', 'declined', 'withdrawn', 'lapsed'] as const;

/** Interests that the reader has a part in, by their latest change. */
export function InterestsPage(_props: PageProps) {
  const { role } = currentUser();
  const pages = usePages<InterestView>('/interests', {
    state: filterValue('state'),
    sort: filterValue('sort'),
    limit: 24,
  });
  useEffect(() => {
    const stops = [onEvent('interest', pages.reload), onReload(pages.reload)];
    return () => {
      for (const stop of stops) stop();
    };
  }, [pages.reload]);
  const none = { sme: words.noneSme, demand: words.noneDemand }[role === 'sme' ? 'sme' : 'demand'];
  return (
    <div class="stack">
      <PageHeading title={words.title} lead={words.lead} />
      <NeedsViews />
      <div class="toolbar">
        <ChoiceFilter
          label={t.needs.state}
          name="state"
          choices={[
            { value: '', label: words.anyState },
            ...STATES.map((value) => ({ value, label: words.states[value] })),
          ]}
        />
        <TimeSort />
      </div>
      <PageList
        pages={pages}
        empty={
          <NothingFits filters={['state']}>
            {' '}
            <Empty icon="partners" title={words.none}>
              <p>{role === 'staff' ? words.noneStaff : none}</p>
              <ButtonLink href="/needs">{t.shell.pages.needs}</ButtonLink>
            </Empty>
          </NothingFits>
        }
      >
        {(items) => (
          <ul class="grid plain-list">
            {items.map((interest) => (
              <InterestCard key={interest.id} interest={interest} showNeed onChanged={pages.reload} />
            ))}
          </ul>
        )}
      </PageList>
    </div>
  );
}
