import type { SmeCard } from '../../../server/smes/schema.ts';
import { usePages } from '../api/usePages.ts';
import { setQuery } from '../app/router.ts';
import { currentUser } from '../app/session.ts';
import type { PageProps } from '../app/page.ts';
import { Button, ButtonLink } from '../components/Button.tsx';
import { Empty } from '../components/feedback.tsx';
import { PageHeading } from '../components/Heading.tsx';
import { Badge, CompanyLine, TrlMark } from '../components/marks.tsx';
import { PageList } from '../components/PageList.tsx';
import { SourceLine } from '../components/SourceLine.tsx';
import { t } from '../strings/text.ts';
import { ChoiceFilter, CountryFilter, filterValue, SearchFilter, useClusterChoices } from './filters.tsx';

const words = t.directory.companies;

function CompanyCard({ sme }: { sme: SmeCard }) {
  return (
    <li class="card card-link company-card">
      <div class="card-head">
        <h2 class="card-title">
          <a href={`/smes/${encodeURIComponent(sme.id)}`}>{sme.name}</a>
        </h2>
        {!sme.available && <Badge>{words.unavailable}</Badge>}
      </div>
      <CompanyLine sme={sme} />
      <p class={sme.headline ? 'clamp' : 'undeclared'}>{sme.headline || words.noOffer}</p>
      <p class="card-foot">
        <TrlMark level={sme.trl} demo={sme.demoAnswers.includes('solutions.trl')} />
        {sme.clusterName !== null && <span class="fine">{sme.clusterName}</span>}
      </p>
    </li>
  );
}

function NothingFound({ filtered }: { filtered: boolean }) {
  const staff = currentUser().role === 'staff';
  if (filtered) {
    return (
      <Empty icon="search" title={words.empty}>
        <p>{words.emptyBody}</p>
        <Button
          onClick={() => {
            setQuery({ q: null, country: null, clusterId: null });
          }}
        >
          {words.clearFilters}
        </Button>
      </Empty>
    );
  }
  return (
    <Empty icon="companies" title={words.emptyAtAll}>
      <p>{staff ? words.emptyAtAllStaff : words.emptyAtAllOthers}</p>
      {staff && (
        <ButtonLink href="/imports" kind="primary" icon="imports">
          {words.importAction}
        </ButtonLink>
      )}
    </Empty>
  );
}

/** All companies: search, filters that stand in the address bar, cards. */
export function CompaniesPage(_props: PageProps) {
  const filters = {
    q: filterValue('q'),
    country: filterValue('country'),
    clusterId: filterValue('clusterId'),
  };
  const filtered = Object.values(filters).some((value) => value !== '');
  const pages = usePages<SmeCard>('/smes', { ...filters, sort: filterValue('sort'), limit: 24 });
  const clusterChoices = useClusterChoices(words.allClusters);
  return (
    <>
      <PageHeading title={words.title} lead={words.lead} />
      <div class="stack">
        <div class="toolbar" role="search">
          <SearchFilter label={words.search} hint={words.searchHint} />
          <CountryFilter />
          <ChoiceFilter label={words.cluster} name="clusterId" choices={clusterChoices} />
          <ChoiceFilter
            label={words.sort}
            name="sort"
            choices={[
              { value: '', label: words.sorts.name },
              { value: 'country', label: words.sorts.country },
              { value: 'updated', label: words.sorts.updated },
            ]}
          />
        </div>
        <PageList pages={pages} empty={<NothingFound filtered={filtered} />}>
          {(items) => (
            <>
              <p class="fine" role="status">
                {words.found(pages.total)}
              </p>
              <ul class="grid plain-list">
                {items.map((sme) => (
                  <CompanyCard key={sme.id} sme={sme} />
                ))}
              </ul>
            </>
          )}
        </PageList>
        <SourceLine />
      </div>
    </>
  );
}
