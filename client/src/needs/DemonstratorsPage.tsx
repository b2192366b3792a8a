import type { NeedCard } from '../../../server/needs/schema.ts';
import { usePages } from '../api/usePages.ts';
import type { PageProps } from '../app/page.ts';
import { currentUser } from '../app/session.ts';
import { Empty } from '../components/feedback.tsx';
import { PageHeading } from '../components/Heading.tsx';
import { PageList } from '../components/PageList.tsx';
import { ChoiceFilter, filterValue, useCountryChoices } from '../directory/filters.tsx';
import { t } from '../strings/text.ts';
import { OrganisationLine } from './NeedMarks.tsx';
import { hostingTime } from './NeedParts.tsx';
import './needs.css';
import { useTermChoices } from './NeedsPage.tsx';
import { NeedsViews } from './NeedsViews.tsx';

const words = t.needs.demonstrators;

function Offer({ need }: { need: NeedCard }) {
  const { demonstrator } = need;
  if (demonstrator === null) return null;
  return (
    <li class="card card-link">
      <h2 class="card-title">
        <a href={`/needs/${need.id}`}>{need.title}</a>
      </h2>
      <OrganisationLine need={need} />
      <p class="clamp own-words">{demonstrator.what}</p>
      <dl class="facts">
        <div>
          <dt>{t.needs.page.where}</dt>
          <dd>{demonstrator.where}</dd>
        </div>
        <div>
          <dt>{t.needs.page.when}</dt>
          <dd>{hostingTime(demonstrator)}</dd>
        </div>
      </dl>
    </li>
  );
}

/** Who would host a demonstration, where and when. */
export function DemonstratorsPage(_props: PageProps) {
  const pages = usePages<NeedCard>('/needs', {
    demonstrator: true,
    state: 'published',
    field: filterValue('field'),
    country: filterValue('country'),
    sort: 'needed-by',
    limit: 24,
  });
  return (
    <div class="stack">
      <PageHeading title={words.title} lead={words.lead} />
      <NeedsViews />
      <div class="toolbar">
        <ChoiceFilter
          label={t.needs.field}
          name="field"
          choices={useTermChoices('fields', t.needs.anyField)}
        />
        <ChoiceFilter
          label={t.needs.country}
          name="country"
          choices={useCountryChoices(t.needs.anyCountry)}
        />
      </div>
      <PageList
        pages={pages}
        empty={
          <Empty icon="companies" title={words.none}>
            <p>{currentUser().role === 'demand' ? words.noneDemand : words.noneBody}</p>
          </Empty>
        }
      >
        {(items) => (
          <ul class="grid plain-list">
            {items.map((need) => (
              <Offer key={need.id} need={need} />
            ))}
          </ul>
        )}
      </PageList>
    </div>
  );
}
