import { useState } from 'preact/hooks';
import type { FacetsReply } from '../../../server/mapping/schema.ts';
import { ApiProblem } from '../api/problem.ts';
import { apiUrl } from '../api/request.ts';
import { useLoad, type Loaded } from '../api/useLoad.ts';
import { session } from '../app/session.ts';
import type { PageProps } from '../app/page.ts';
import { Button, ButtonLink } from '../components/Button.tsx';
import { Empty, Loading, Show } from '../components/feedback.tsx';
import { PageHeading } from '../components/Heading.tsx';
import { ChoiceFilter, filterValue, SearchFilter } from '../directory/filters.tsx';
import { t } from '../strings/text.ts';
import { Facets } from './Facets.tsx';
import { MapView } from './MapView.tsx';
import { MatrixPanel } from './MatrixPanel.tsx';
import { PublicSwitch } from './PublicSwitch.tsx';
import { choiceCount, currentView, searchQuery, viewHref, views } from './query.ts';
import { SolutionList } from './SolutionList.tsx';
import { UseCaseList } from './UseCaseList.tsx';
import { WordsNotice } from './WordsNotice.tsx';
import './mapping.css';

const words = t.mapping;

function Views() {
  const current = currentView();
  return (
    <nav class="views" aria-label={words.viewsLabel}>
      {views.map((view) => (
        <a key={view} href={viewHref(view)} aria-current={view === current ? 'page' : undefined}>
          {words.views[view]}
        </a>
      ))}
    </nav>
  );
}

function Downloads() {
  const query = { ...searchQuery(), sort: filterValue('sort') };
  return (
    <span class="actions" role="group" aria-label={words.download.label}>
      <ButtonLink href={apiUrl('/mapping/solutions.csv', query)} icon="imports" small download>
        {words.download.csv}
      </ButtonLink>
      <ButtonLink href={apiUrl('/mapping/solutions.json', query)} kind="quiet" small download>
        {words.download.json}
      </ButtonLink>
    </span>
  );
}

/** The choices beside the list; on a phone they open above it. */
function Side({ facets }: { facets: Loaded<FacetsReply> }) {
  const [open, setOpen] = useState(false);
  return (
    <aside class="mapping-side" aria-label={words.filters.title}>
      <div class="mapping-side-button">
        <Button
          expanded={open}
          controls="mapping-filters"
          onClick={() => {
            setOpen(!open);
          }}
        >
          {words.filters.open(choiceCount())}
        </Button>
      </div>
      <div id="mapping-filters" class={open ? 'mapping-filters mapping-filters-open' : 'mapping-filters'}>
        {facets.data !== null && <Facets facets={facets.data} />}
        {facets.data !== null && open && (
          <div class="mapping-side-button">
            <Button
              kind="primary"
              onClick={() => {
                setOpen(false);
              }}
            >
              {words.filters.show(facets.data.total)}
            </Button>
          </div>
        )}
      </div>
    </aside>
  );
}

function Solutions() {
  const facets = useLoad<FacetsReply>('/mapping/facets', searchQuery());
  // While the next counts are on their way, the last ones stay, so that the page does not jump.
  const [last, setLast] = useState<FacetsReply | null>(null);
  if (facets.data !== null && facets.data !== last) setLast(facets.data);
  const shown = { ...facets, data: facets.data ?? last };
  const view = currentView();
  const signedIn = session.value.state === 'in';
  return (
    <>
      <div class="toolbar" role="search">
        <SearchFilter label={words.search} hint={words.searchHint} />
        {view === 'list' && (
          <ChoiceFilter
            label={words.sort}
            name="sort"
            choices={(['relevance', 'title', 'company', 'country', 'trl', 'updated'] as const).map(
              (value) => ({
                value: value === 'relevance' ? '' : value,
                label: words.sorts[value],
              }),
            )}
          />
        )}
      </div>
      <div class="mapping">
        <Side facets={shown} />
        <div class="stack mapping-main">
          <Show of={shown} lines={1}>
            {({ total, companies, words: read }) => (
              <>
                <div class="mapping-found">
                  <p role="status">
                    <strong>{words.found(total, companies)}</strong>
                  </p>
                  {signedIn && total > 0 && <Downloads />}
                </div>
                <WordsNotice found={read} />
              </>
            )}
          </Show>
          {view === 'list' && <SolutionList />}
          {view === 'map' && shown.data !== null && <MapView facets={shown.data} />}
          {view === 'matrix' && <MatrixPanel />}
        </div>
      </div>
    </>
  );
}

/** Without an account, and the mapping is not public. */
function Closed() {
  return (
    <Empty icon="lock" title={words.closed.title}>
      <p>{words.closed.body}</p>
      <ButtonLink href="/sign-in?next=%2Fmapping" kind="primary">
        {t.shell.signIn}
      </ButtonLink>
    </Empty>
  );
}

/** The mapping of security solutions: search, map, gaps and use cases. The address bar holds what is searched. */
export function MappingPage(_props: PageProps) {
  const settings = useLoad<{ isPublic: boolean }>('/mapping/settings');
  const stranger = session.value.state !== 'in';
  const staff = session.value.state === 'in' && session.value.user.role === 'staff';
  const closed = stranger && settings.data?.isPublic === false;
  return (
    <>
      <PageHeading title={words.title} lead={stranger ? words.leadStranger : words.lead} />
      {stranger && settings.data === null && !(settings.error instanceof ApiProblem) && <Loading />}
      {closed && <Closed />}
      {!closed && (!stranger || settings.data !== null) && (
        <div class="stack">
          <Views />
          {currentView() === 'use-cases' ? <UseCaseList /> : <Solutions />}
          {staff && <PublicSwitch />}
        </div>
      )}
    </>
  );
}
