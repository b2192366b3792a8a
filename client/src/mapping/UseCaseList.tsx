import type { FacetsReply } from '../../../server/mapping/schema.ts';
import type { UseCaseCard } from '../../../server/use-cases/schema.ts';
import { useLoad } from '../api/useLoad.ts';
import { usePages } from '../api/usePages.ts';
import { session } from '../app/session.ts';
import { ButtonLink } from '../components/Button.tsx';
import { Empty } from '../components/feedback.tsx';
import { formatDay } from '../components/format.ts';
import { Badge } from '../components/marks.tsx';
import { PageList } from '../components/PageList.tsx';
import { ChoiceFilter, filterValue, SearchFilter } from '../directory/filters.tsx';
import { t } from '../strings/text.ts';

const words = t.mapping.cases;

/** Use cases as cards. */
export function UseCaseCards({ items }: { items: readonly UseCaseCard[] }) {
  return (
    <ul class="grid plain-list">
      {items.map((useCase) => (
        <li key={useCase.id} class="card card-link company-card">
          <div class="card-head">
            <h2 class="card-title">
              <a href={`/use-cases/${encodeURIComponent(useCase.id)}`}>{useCase.title}</a>
            </h2>
            {useCase.state === 'withdrawn' && <Badge kind="warning">{words.withdrawn}</Badge>}
          </div>
          <p>
            <Badge>{useCase.field.label}</Badge>
          </p>
          <p class="clamp">{useCase.excerpt}</p>
          <p class="card-foot">
            <span class="fine">
              {words.by(useCase.clusterName ?? words.staff)}, {formatDay(useCase.createdAt)}
            </span>
            {useCase.solutions > 0 && <span class="fine">{words.named(useCase.solutions)}</span>}
          </p>
        </li>
      ))}
    </ul>
  );
}

/** What each role can narrow the list to besides everything. */
function showChoices(): { value: string; label: string }[] {
  const role = session.value.state === 'in' ? session.value.user.role : null;
  const own =
    role === 'staff' ? (['mine', 'withdrawn'] as const) : role === 'cluster' ? (['mine'] as const) : [];
  const asked = role === 'sme' ? (['asked'] as const) : [];
  return [
    { value: '', label: words.shows.published },
    ...[...own, ...asked].map((value) => ({ value, label: words.shows[value] })),
  ];
}

/** Fields that solutions name, which are the ones that use cases are about. */
function useFieldChoices() {
  const facets = useLoad<FacetsReply>('/mapping/facets');
  return [
    { value: '', label: words.allFields },
    ...(facets.data?.terms.fields ?? []).map(({ value, label }) => ({ value, label })),
  ];
}

/** All use cases. */
export function UseCaseList() {
  const filters = { q: filterValue('q'), field: filterValue('field'), show: filterValue('show') };
  const filtered = Object.values(filters).some((value) => value !== '');
  const pages = usePages<UseCaseCard>('/use-cases', {
    ...filters,
    sort: filterValue('sort'),
    limit: 24,
  });
  const fields = useFieldChoices();
  const shows = showChoices();
  const role = session.value.state === 'in' ? session.value.user.role : null;
  const teller = role === 'staff' || role === 'cluster';
  return (
    <>
      <div class="card-head">
        <p>{words.lead}</p>
        {teller && (
          <ButtonLink href="/use-cases/new" kind="primary" icon="plus">
            {words.add}
          </ButtonLink>
        )}
      </div>
      <div class="toolbar" role="search">
        <SearchFilter label={t.mapping.search} />
        <ChoiceFilter label={words.field} name="field" choices={fields} />
        {shows.length > 1 && <ChoiceFilter label={words.show} name="show" choices={shows} />}
        <ChoiceFilter
          label={t.common.sort}
          name="sort"
          choices={[
            { value: '', label: t.common.newest },
            { value: 'oldest', label: t.common.oldest },
            { value: 'title', label: words.byTitle },
          ]}
        />
      </div>
      <PageList
        pages={pages}
        empty={
          <Empty icon="book" title={filtered ? words.empty : words.emptyAtAll}>
            <p>{filtered ? words.emptyBody : teller ? words.emptyAtAllTeller : words.emptyAtAllOthers}</p>
          </Empty>
        }
      >
        {(items) => <UseCaseCards items={items} />}
      </PageList>
    </>
  );
}
