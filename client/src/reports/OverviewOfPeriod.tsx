import { useEffect } from 'preact/hooks';
import type { PeriodView, ReportLine } from '../../../server/reports/schema.ts';
import { apiUrl } from '../api/request.ts';
import { useLoad } from '../api/useLoad.ts';
import { usePages } from '../api/usePages.ts';
import { setQuery } from '../app/router.ts';
import { Button, ButtonLink } from '../components/Button.tsx';
import { Empty } from '../components/feedback.tsx';
import { formatDay, formatNumber } from '../components/format.ts';
import { PageHeading } from '../components/Heading.tsx';
import { Badge, CountryMark } from '../components/marks.tsx';
import { PageList } from '../components/PageList.tsx';
import { ChoiceFilter, filterValue, SearchFilter } from '../directory/filters.tsx';
import { onEvent } from '../live/live.ts';
import { t } from '../strings/text.ts';
import { ReportStateMark } from './ReportStateMark.tsx';

const words = t.programme.reports;
const STATES = ['none', 'draft', 'submitted', 'returned', 'accepted'] as const;

function Row({ line, periodId }: { line: ReportLine; periodId: string }) {
  const { cluster } = line;
  const href = `/reports/${encodeURIComponent(periodId)}/${encodeURIComponent(cluster.id)}`;
  return (
    <tr>
      <th scope="row">
        <a href={href}>{cluster.name}</a>
        <span class="cell-line">
          <CountryMark code={cluster.country} />
        </span>
      </th>
      <td data-label={words.state}>
        <span class="badges">
          <ReportStateMark state={line.state} />
          {line.overdue && <Badge kind="bad">{words.overdue}</Badge>}
        </span>
      </td>
      <td class="cell-number" data-label={words.activityCount}>
        {formatNumber(line.activities)}
      </td>
      <td class="cell-number" data-label={words.reached}>
        {formatNumber(line.reached)}
      </td>
      <td data-label={words.handedInOn}>{line.submittedAt === null ? '' : formatDay(line.submittedAt)}</td>
      <td class="cell-number" data-label={words.reminders}>
        {formatNumber(line.reminders)}
      </td>
    </tr>
  );
}

function Filters() {
  return (
    <div class="toolbar" role="search">
      <SearchFilter label={words.searchCluster} />
      <ChoiceFilter
        label={words.state}
        name="state"
        choices={[
          { value: '', label: words.anyState },
          ...STATES.map((value) => ({ value, label: words.states[value] })),
        ]}
      />
      <ChoiceFilter
        label={words.dueFilter}
        name="overdue"
        choices={[
          { value: '', label: words.anyDue },
          { value: 'yes', label: words.onlyOverdue },
        ]}
      />
      <ChoiceFilter
        label={t.common.sort}
        name="sort"
        choices={[
          { value: '', label: words.sortName },
          { value: 'state', label: words.sortState },
          { value: 'reached', label: words.sortReached },
        ]}
      />
    </div>
  );
}

/** Who has reported and who has not, for staff. */
export function OverviewOfPeriod({ periodId }: { periodId: string }) {
  const path = `/report-periods/${encodeURIComponent(periodId)}`;
  const period = useLoad<PeriodView>(path);
  const pages = usePages<ReportLine>(`${path}/reports`, {
    q: filterValue('q'),
    state: filterValue('state'),
    overdue: filterValue('overdue'),
    sort: filterValue('sort'),
    limit: 50,
  });
  useEffect(() => onEvent('report', pages.reload), [pages.reload]);
  const { data } = period;
  return (
    <>
      <PageHeading
        title={data?.name ?? words.title}
        above={<a href="/reports">{words.toList}</a>}
        lead={
          data && (
            <>
              {words.span(formatDay(data.from), formatDay(data.to))}. {words.due(formatDay(data.dueOn))}.
            </>
          )
        }
        actions={
          <>
            <ButtonLink download href={apiUrl(`${path}/export.csv`)}>
              {words.exportCsv}
            </ButtonLink>
            <a class="button button-secondary" href={apiUrl(`${path}/export`)} download="reports.json">
              {words.exportJson}
            </a>
          </>
        }
      />
      <div class="stack">
        <Filters />
        <PageList
          pages={pages}
          empty={
            <Empty icon="search" title={t.common.nothingFits}>
              <p>{t.common.nothingFitsBody}</p>
              <Button
                onClick={() => {
                  setQuery({ q: null, state: null, overdue: null });
                }}
              >
                {t.common.clearFilters}
              </Button>
            </Empty>
          }
        >
          {(items) => (
            <table class="table">
              <thead>
                <tr>
                  <th scope="col">{words.cluster}</th>
                  <th scope="col">{words.state}</th>
                  <th scope="col" class="cell-number">
                    {words.activityCount}
                  </th>
                  <th scope="col" class="cell-number">
                    {words.reached}
                  </th>
                  <th scope="col">{words.handedInOn}</th>
                  <th scope="col" class="cell-number">
                    {words.reminders}
                  </th>
                </tr>
              </thead>
              <tbody>
                {items.map((line) => (
                  <Row key={line.cluster.id} line={line} periodId={periodId} />
                ))}
              </tbody>
            </table>
          )}
        </PageList>
      </div>
    </>
  );
}
