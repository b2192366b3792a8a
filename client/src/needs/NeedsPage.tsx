import { useEffect, useState } from 'preact/hooks';
import type { ChallengeView } from '../../../server/challenges/schema.ts';
import type { NeedCard as Card } from '../../../server/needs/schema.ts';
import { api, apiUrl } from '../api/request.ts';
import { usePages } from '../api/usePages.ts';
import type { PageProps } from '../app/page.ts';
import { navigate, setQuery } from '../app/router.ts';
import { currentUser } from '../app/session.ts';
import { announce } from '../components/announce.tsx';
import { Button, ButtonLink } from '../components/Button.tsx';
import { Empty, Failure } from '../components/feedback.tsx';
import type { Choice } from '../components/fields.tsx';
import { PageHeading } from '../components/Heading.tsx';
import { PageList } from '../components/PageList.tsx';
import { ChoiceFilter, filterValue, SearchFilter, useCountryChoices } from '../directory/filters.tsx';
import { onEvent, onReload } from '../live/live.ts';
import type { Facet } from '../profile/taxonomy.ts';
import { useTaxonomy } from '../profile/taxonomy.ts';
import { t } from '../strings/text.ts';
import './needs.css';
import { NeedCard } from './NeedCard.tsx';
import { currentNeedsView, NeedsViews } from './NeedsViews.tsx';

const words = t.needs;
const STATES = ['draft', 'submitted', 'published', 'closed', 'withdrawn', 'rejected'] as const;
const SORTS = ['newest', 'needed-by', 'title', 'country'] as const;

/** Terms of one facet as choices of a filter, by name. */
export function useTermChoices(facet: Facet, first: string): Choice[] {
  const terms = useTaxonomy().data?.terms ?? [];
  return [
    { value: '', label: first },
    ...terms
      .filter((term) => term.facet === facet)
      .map(({ id, label }) => ({ value: id, label }))
      .sort((left, right) => left.label.localeCompare(right.label, 'en')),
  ];
}

function Filters({ withState, withSort }: { withState: boolean; withSort: boolean }) {
  const fields = useTermChoices('fields', words.anyField);
  const capabilities = useTermChoices('capabilities', words.anyCapability);
  const countries = useCountryChoices(words.anyCountry);
  return (
    <div class="toolbar" role="search">
      <SearchFilter label={words.search} />
      <ChoiceFilter label={words.field} name="field" choices={fields} />
      <ChoiceFilter label={words.capability} name="capability" choices={capabilities} />
      <ChoiceFilter label={words.country} name="country" choices={countries} />
      {withState && (
        <ChoiceFilter
          label={words.state}
          name="state"
          choices={[
            { value: '', label: words.anyState },
            ...STATES.map((value) => ({ value, label: words.states[value] })),
          ]}
        />
      )}
      {withSort && (
        <ChoiceFilter
          label={words.sort}
          name="sort"
          choices={SORTS.map((value) => ({
            value: value === 'newest' ? '' : value,
            label: words.sorts[value],
          }))}
        />
      )}
    </div>
  );
}

function NothingHere({ filtered }: { filtered: boolean }) {
  const view = currentNeedsView();
  if (filtered) {
    return (
      <Empty icon="search" title={words.empty.filtered}>
        <p>{words.empty.filteredBody}</p>
        <Button
          onClick={() => {
            setQuery({ q: null, field: null, capability: null, country: null, state: null });
          }}
        >
          {words.clearFilters}
        </Button>
      </Empty>
    );
  }
  return (
    <Empty icon={view === 'mine' ? 'plus' : 'search'} title={words.empty[view]}>
      <p>{words.empty[`${view}Body`]}</p>
      {view === 'mine' && (
        <ButtonLink href="/needs/new" kind="primary" icon="plus">
          {words.stateNeed}
        </ButtonLink>
      )}
      {view === 'fit' && <ButtonLink href="/profile">{words.empty.fitAction}</ButtonLink>}
    </Empty>
  );
}

/** What was chosen to be put together as a challenge, and the way there. */
function GroupBar({ picked, onClear }: { picked: readonly string[]; onClear: () => void }) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [key] = useState(() => crypto.randomUUID());
  if (picked.length === 0) return <p class="fine">{words.group.hint}</p>;
  const group = async (): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      const made = await api.post<ChallengeView>('/challenges', { key, needIds: picked });
      announce(words.challenges.made);
      await navigate(`/challenges/${made.id}`);
    } catch (failure) {
      setError(failure);
      setBusy(false);
    }
  };
  return (
    <div class="group-bar">
      <p class="number">{words.group.picked(picked.length)}</p>
      {error !== null && <Failure error={error} />}
      <div class="actions">
        <Button onClick={onClear}>{words.group.clear}</Button>
        <Button kind="primary" busy={busy} onClick={() => void group()}>
          {words.group.action}
        </Button>
      </div>
    </div>
  );
}

/** What the list of each view asks for. */
function useQueryOf(view: ReturnType<typeof currentNeedsView>) {
  const filters = {
    q: filterValue('q'),
    field: filterValue('field'),
    capability: filterValue('capability'),
    country: filterValue('country'),
    ...(view === 'all' && currentUser().role !== 'staff' ? {} : { state: filterValue('state') }),
  };
  const scope = { mine: { mine: true }, review: { state: 'submitted' }, fit: { state: '' }, all: {} }[view];
  const exported = { ...filters, ...scope };
  return { filters, exported, query: { ...exported, sort: view === 'fit' ? 'fit' : filterValue('sort') } };
}

/** Needs: one's own, those to review, those that fit, or all that are published. */
export function NeedsPage(_props: PageProps) {
  const { role } = currentUser();
  const view = currentNeedsView();
  const { filters, exported, query } = useQueryOf(view);
  const filtered = Object.values(filters).some((value) => value !== '');
  const pages = usePages<Card>('/needs', { ...query, limit: 24 });
  const [picked, setPicked] = useState<readonly string[]>([]);
  useEffect(() => {
    const stops = [
      onEvent('need', pages.reload),
      onEvent('interest', pages.reload),
      onEvent('profile', pages.reload),
      onReload(pages.reload),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, [pages.reload]);
  const states = role === 'demand' || role === 'staff';
  const mayPick = role === 'staff' && view === 'all';
  return (
    <div class="stack">
      <PageHeading
        title={t.shell.pages.needs}
        lead={words.leads[view]}
        {...(states
          ? {
              actions: (
                <ButtonLink href="/needs/new" kind="primary" icon="plus">
                  {words.stateNeed}
                </ButtonLink>
              ),
            }
          : {})}
      />
      <NeedsViews />
      <Filters
        withState={view === 'mine' || (view === 'all' && role === 'staff')}
        withSort={view !== 'fit'}
      />
      <PageList pages={pages} empty={<NothingHere filtered={filtered} />}>
        {(items) => (
          <>
            <div class="card-head">
              <p class="fine" role="status">
                {words.found(pages.total)}
              </p>
              <div class="actions">
                <ButtonLink href={apiUrl('/needs/export', { ...exported, format: 'csv' })} small download>
                  {words.downloadCsv}
                </ButtonLink>
                <ButtonLink href={apiUrl('/needs/export', { ...exported, format: 'json' })} small download>
                  {words.downloadJson}
                </ButtonLink>
              </div>
            </div>
            <ul class="grid plain-list">
              {items.map((need) => (
                <NeedCard
                  key={need.id}
                  need={need}
                  showState={states}
                  {...(mayPick && need.state === 'published'
                    ? {
                        picked: picked.includes(need.id),
                        onPick: (on: boolean) => {
                          setPicked(on ? [...picked, need.id] : picked.filter((id) => id !== need.id));
                        },
                      }
                    : {})}
                />
              ))}
            </ul>
            {mayPick && (
              <GroupBar
                picked={picked}
                onClear={() => {
                  setPicked([]);
                }}
              />
            )}
          </>
        )}
      </PageList>
    </div>
  );
}
