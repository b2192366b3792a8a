import type { ApplicationCard } from '../../../server/ambassadors/schema.ts';
import { usePages } from '../api/usePages.ts';
import type { PageProps } from '../app/page.ts';
import { ButtonLink } from '../components/Button.tsx';
import { Empty } from '../components/feedback.tsx';
import { formatSpan } from '../components/format.ts';
import { PageHeading } from '../components/Heading.tsx';
import { Badge, CountryMark, Meter } from '../components/marks.tsx';
import { PageList } from '../components/PageList.tsx';
import { ChoiceFilter, filterValue, SearchFilter, useCountryChoices } from '../directory/filters.tsx';
import { t } from '../strings/text.ts';

const words = t.ambassadors.queue;
const kinds = {
  submitted: 'accent',
  'more-asked': 'warning',
  accepted: 'good',
  rejected: 'plain',
  withdrawn: 'plain',
} as const;

export function StateBadge({ state }: { state: ApplicationCard['state'] }) {
  if (state === 'unconfirmed') return null;
  return <Badge kind={kinds[state]}>{words.states[state]}</Badge>;
}

function Row({ card }: { card: ApplicationCard }) {
  const points = words.points(card.score, card.scoreMax);
  return (
    <tr>
      <th scope="row">
        <a href={`/applications/${encodeURIComponent(card.id)}`}>{card.name}</a>
        <span class="fine cell-line">
          <CountryMark code={card.country} /> {card.region}
        </span>
      </th>
      <td data-label={words.score}>
        <Meter share={card.score / card.scoreMax} label={points} /> <span class="number">{points}</span>
        {card.comesFirst && (
          <span class="cell-line">
            <Badge hint={words.firstHint}>{words.first}</Badge>
          </span>
        )}
      </td>
      <td data-label={words.state}>
        <StateBadge state={card.state} />
      </td>
      <td data-label={words.reviewer}>{card.reviewer?.name ?? words.nobody}</td>
      <td data-label={words.sent}>{card.submittedAt !== null && formatSpan(card.submittedAt)}</td>
    </tr>
  );
}

function Filters() {
  const all = { value: '', label: t.common.all };
  const named = (labels: Readonly<Record<string, string>>) =>
    Object.entries(labels).map(([value, label]) => ({ value, label }));
  return (
    <div class="toolbar" role="search">
      <SearchFilter label={words.search} />
      <ChoiceFilter label={words.state} name="state" choices={[all, ...named(words.states)]} />
      <ChoiceFilter label={words.country} name="country" choices={useCountryChoices(words.allCountries)} />
      <ChoiceFilter label={words.reviewer} name="reviewer" choices={[all, ...named(words.reviewers)]} />
      <ChoiceFilter label={words.sort} name="sort" choices={named(words.sorts)} />
    </div>
  );
}

/** The team's queue: who wants to become an ambassador, the highest score first. */
export function QueuePage(_props: PageProps) {
  const filters = Object.fromEntries(
    ['q', 'state', 'country', 'reviewer'].map((name) => [name, filterValue(name)]),
  );
  const filtered = Object.values(filters).some((value) => value !== '');
  const pages = usePages<ApplicationCard>('/ambassador-applications', {
    ...filters,
    sort: filterValue('sort'),
  });
  return (
    <>
      <PageHeading title={words.title} lead={words.lead} />
      <div class="stack">
        <Filters />
        <PageList
          pages={pages}
          empty={
            <Empty icon="clusters" title={filtered ? words.empty : words.emptyAtAll}>
              <p>{filtered ? words.emptyBody : words.emptyAtAllBody}</p>
              {!filtered && <ButtonLink href="/ambassadors">{words.invite}</ButtonLink>}
            </Empty>
          }
        >
          {(items) => (
            <table class="table">
              <thead>
                <tr>
                  <th scope="col">{words.name}</th>
                  <th scope="col">{words.score}</th>
                  <th scope="col">{words.state}</th>
                  <th scope="col">{words.reviewer}</th>
                  <th scope="col">{words.sent}</th>
                </tr>
              </thead>
              <tbody>
                {items.map((card) => (
                  <Row key={card.id} card={card} />
                ))}
              </tbody>
            </table>
          )}
        </PageList>
      </div>
    </>
  );
}
