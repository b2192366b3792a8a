import { useState } from 'preact/hooks';
import type { ClusterView } from '../../../server/clusters/schema.ts';
import { usePages } from '../api/usePages.ts';
import { navigate } from '../app/router.ts';
import { currentUser } from '../app/session.ts';
import type { PageProps } from '../app/page.ts';
import { announce } from '../components/announce.tsx';
import { Button } from '../components/Button.tsx';
import { Empty } from '../components/feedback.tsx';
import { formatDay } from '../components/format.ts';
import { PageHeading } from '../components/Heading.tsx';
import { Badge, CountryMark } from '../components/marks.tsx';
import { PageList } from '../components/PageList.tsx';
import { t } from '../strings/text.ts';
import { ClusterForm } from './ClusterForm.tsx';
import { ChoiceFilter, CountryFilter, filterValue, SearchFilter } from './filters.tsx';

const words = t.directory.clusters;

export function ClusterBadges({ cluster }: { cluster: ClusterView }) {
  return (
    <span class="badges">
      <Badge
        kind={cluster.kind === 'consortium-partner' ? 'accent' : 'plain'}
        hint={words.kindHints[cluster.kind]}
      >
        {words.kinds[cluster.kind]}
      </Badge>
      {cluster.leftAt !== null && <Badge kind="plain">{words.left(formatDay(cluster.leftAt))}</Badge>}
      {cluster.demo && (
        <Badge kind="demo" hint={t.directory.cluster.demo}>
          {t.common.demoCluster}
        </Badge>
      )}
    </span>
  );
}

function ClusterCard({ cluster }: { cluster: ClusterView }) {
  return (
    <li class="card card-link company-card">
      <h2 class="card-title">
        <a href={`/clusters/${encodeURIComponent(cluster.id)}`}>{cluster.name}</a>
      </h2>
      <p class="company-line">
        <CountryMark code={cluster.country} />
        {cluster.region !== null && <span>{cluster.region}</span>}
      </p>
      <p class="card-foot">
        <ClusterBadges cluster={cluster} />
        <span class="fine">{words.members(cluster.members)}</span>
      </p>
    </li>
  );
}

function emptyTitle({ filtered, left }: { filtered: boolean; left: boolean }): string {
  if (filtered) return words.empty;
  return left ? words.emptyLeft : words.emptyAtAll;
}

function emptyBody({ filtered, left, staff }: { filtered: boolean; left: boolean; staff: boolean }): string {
  if (filtered) return words.emptyBody;
  if (left) return words.emptyLeftBody;
  return staff ? words.emptyAtAllStaff : words.emptyAtAllOthers;
}

/** All clusters, or those that left; staff can add one. */
export function ClustersPage(_props: PageProps) {
  const [adding, setAdding] = useState(false);
  const staff = currentUser().role === 'staff';
  const left = filterValue('state') === 'left';
  const filters = { q: filterValue('q'), country: filterValue('country') };
  const filtered = Object.values(filters).some((value) => value !== '');
  const pages = usePages<ClusterView>('/clusters', {
    ...filters,
    state: left ? 'left' : '',
    sort: filterValue('sort'),
    limit: 24,
  });
  const addButton = staff ? (
    <Button
      kind="primary"
      icon="plus"
      onClick={() => {
        setAdding(true);
      }}
    >
      {words.add}
    </Button>
  ) : undefined;
  return (
    <>
      <PageHeading title={words.title} lead={words.lead} actions={addButton} />
      <div class="stack">
        <div class="toolbar" role="search">
          <SearchFilter label={words.search} />
          <CountryFilter />
          <ChoiceFilter
            label={words.state}
            name="state"
            choices={[
              { value: '', label: words.states.active },
              { value: 'left', label: words.states.left },
            ]}
          />
          <ChoiceFilter
            label={t.common.sort}
            name="sort"
            choices={[
              { value: '', label: t.directory.companies.sorts.name },
              { value: 'country', label: t.directory.companies.sorts.country },
              { value: 'newest', label: t.common.newest },
            ]}
          />
        </div>
        <PageList
          pages={pages}
          empty={
            <Empty icon="clusters" title={emptyTitle({ filtered, left })}>
              <p>{emptyBody({ filtered, left, staff })}</p>
            </Empty>
          }
        >
          {(items) => (
            <ul class="grid plain-list">
              {items.map((cluster) => (
                <ClusterCard key={cluster.id} cluster={cluster} />
              ))}
            </ul>
          )}
        </PageList>
      </div>
      {adding && (
        <ClusterForm
          onClose={() => {
            setAdding(false);
          }}
          onSaved={(cluster) => {
            setAdding(false);
            announce(t.directory.clusterForm.added(cluster.name));
            void navigate(`/clusters/${encodeURIComponent(cluster.id)}`);
          }}
        />
      )}
    </>
  );
}
