import { useEffect } from 'preact/hooks';
import type { ConsortiumView } from '../../../server/consortia/schema.ts';
import { usePages } from '../api/usePages.ts';
import type { PageProps } from '../app/page.ts';
import { currentUser } from '../app/session.ts';
import { Empty } from '../components/feedback.tsx';
import { PageHeading } from '../components/Heading.tsx';
import { CompanyLine } from '../components/marks.tsx';
import { PageList } from '../components/PageList.tsx';
import { ChoiceFilter, filterValue, TimeSort } from '../directory/filters.tsx';
import { onEvent } from '../live/live.ts';
import { t } from '../strings/text.ts';
import './consortia.css';
import { StateMark } from './StateMark.tsx';

const STATES = ['proposed', 'formed', 'withdrawn', 'dissolved'] as const;

/** Consortia that concern the reader. */
export function ConsortiaPage(_props: PageProps) {
  const pages = usePages<ConsortiumView>('/consortia', {
    state: filterValue('state'),
    sort: filterValue('sort'),
  });
  useEffect(() => onEvent('consortium', pages.reload), [pages.reload]);
  const sme = currentUser().role === 'sme';
  return (
    <div class="stack">
      <PageHeading title={t.shell.pages.consortia} lead={t.consortia.lead} />
      <div class="toolbar" role="search">
        <ChoiceFilter
          label={t.consortia.filter}
          name="state"
          choices={[
            { value: '', label: t.consortia.anyState },
            ...STATES.map((value) => ({ value, label: t.consortia.states[value] })),
          ]}
        />
        <TimeSort />
      </div>
      <PageList
        pages={pages}
        empty={
          <Empty icon="partners" title={t.consortia.none}>
            <p>{sme ? t.consortia.noneSme : t.consortia.noneOthers}</p>
          </Empty>
        }
      >
        {(items) => (
          <ul class="grid">
            {items.map((consortium) => (
              <li key={consortium.id} class="card card-link">
                <p class="badges">
                  <StateMark state={consortium.state} />
                </p>
                <h2>
                  <a href={`/consortia/${consortium.id}`}>
                    {consortium.details.title === ''
                      ? t.consortia.title(consortium.a.name, consortium.b.name)
                      : consortium.details.title}
                  </a>
                </h2>
                <p>{consortium.a.name}</p>
                <CompanyLine sme={consortium.a} />
                <p>{consortium.b.name}</p>
                <CompanyLine sme={consortium.b} />
              </li>
            ))}
          </ul>
        )}
      </PageList>
    </div>
  );
}
