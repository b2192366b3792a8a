import type { CallSummary } from '../../../server/calls/schema.ts';
import { usePages } from '../api/usePages.ts';
import type { PageProps } from '../app/page.ts';
import { currentUser } from '../app/session.ts';
import { ButtonLink } from '../components/Button.tsx';
import { Empty } from '../components/feedback.tsx';
import { formatDay, formatEuros } from '../components/format.ts';
import { PageHeading } from '../components/Heading.tsx';
import { PageList } from '../components/PageList.tsx';
import { ChoiceFilter, filterValue, TimeSort } from '../directory/filters.tsx';
import { t } from '../strings/text.ts';
import { CallBadges } from './CallBadges.tsx';

const words = t.calls;
const STATES = ['open', 'closed', 'decided'] as const;

function CallCard({ call }: { call: CallSummary }) {
  return (
    <li class="card card-link company-card">
      <h2 class="card-title">
        <a href={`/calls/${call.id}`}>{call.name}</a>
      </h2>
      <p>{words.days(formatDay(call.opens), formatDay(call.closes))}</p>
      <ul class="fine">
        {call.instruments.map(({ id, name, grantCeilingEur }) => (
          <li key={id}>
            {name}, {words.ceiling.toLowerCase()} {formatEuros(grantCeilingEur)}
          </li>
        ))}
      </ul>
      <p class="card-foot">
        <CallBadges call={call} />
      </p>
    </li>
  );
}

/** All calls; staff prepare new ones. */
export function CallsPage(_props: PageProps) {
  const staff = currentUser().role === 'staff';
  const pages = usePages<CallSummary>('/calls', {
    state: filterValue('state'),
    sort: filterValue('sort'),
    limit: 24,
  });
  const states = staff ? (['draft', ...STATES] as const) : STATES;
  return (
    <>
      <PageHeading
        title={t.shell.pages.calls}
        lead={words.lead}
        actions={
          staff ? (
            <ButtonLink href="/calls/new" kind="primary" icon="plus">
              {words.add}
            </ButtonLink>
          ) : undefined
        }
      />
      <div class="stack">
        <div class="toolbar" role="search">
          <ChoiceFilter
            label={words.stateFilter}
            name="state"
            choices={[
              { value: '', label: words.anyState },
              ...states.map((value) => ({ value, label: words.states[value] })),
            ]}
          />
          <TimeSort />
        </div>
        <PageList
          pages={pages}
          empty={
            <Empty title={words.none}>
              <p>{staff ? words.noneStaff : words.noneBody}</p>
            </Empty>
          }
        >
          {(items) => (
            <ul class="grid plain-list">
              {items.map((call) => (
                <CallCard key={call.id} call={call} />
              ))}
            </ul>
          )}
        </PageList>
      </div>
    </>
  );
}
