import type { CallSummary } from '../../../server/calls/schema.ts';
import type { RunView } from '../../../server/runs/schema.ts';
import { usePages } from '../api/usePages.ts';
import type { PageProps } from '../app/page.ts';
import { Empty } from '../components/feedback.tsx';
import { formatFineShare, formatSpan } from '../components/format.ts';
import type { Choice } from '../components/fields.tsx';
import { PageHeading } from '../components/Heading.tsx';
import { Badge } from '../components/marks.tsx';
import { PageList } from '../components/PageList.tsx';
import { t } from '../strings/text.ts';
import {
  ChoiceFilter,
  DaysFilter,
  filterValue,
  filterValues,
  NothingFits,
  SearchFilter,
  TimeSort,
} from '../directory/filters.tsx';
import { giniOf } from '../pairs/exposure.ts';
import { StatusFilter } from './StatusFilter.tsx';
import { PlanRuns } from './PlanRuns.tsx';
import { askedOf, decimals, momentOf } from './words.ts';

const words = t.runs;
const FILTERS = ['q', 'of', 'callId', 'status', 'from', 'to'] as const;
const PURPOSES: readonly Choice[] = [
  { value: '', label: t.common.all },
  { value: 'pairs', label: words.asTheyStand },
  { value: 'preview', label: words.preview },
];

/** What the engine was asked for: the best pairs, or plans of events. */
export function RunsPage(_props: PageProps) {
  const view = filterValue('view') === 'plans' ? 'plans' : 'pairs';
  return (
    <>
      <PageHeading title={t.shell.pages.runs} lead={words.lead} />
      <nav class="views" aria-label={words.views}>
        <a href="/runs" aria-current={view === 'pairs' ? 'page' : undefined}>
          {words.pairRuns}
        </a>
        <a href="/runs?view=plans" aria-current={view === 'plans' ? 'page' : undefined}>
          {words.planRuns}
        </a>
      </nav>
      {view === 'plans' ? <PlanRuns /> : <PairRuns />}
    </>
  );
}

function PairRuns() {
  const pages = usePages<RunView>('/runs', {
    ...filterValues(FILTERS),
    sort: filterValue('sort'),
  });
  return (
    <div class="stack">
      <div class="toolbar" role="search">
        <SearchFilter label={words.whoAsked} />
        <ChoiceFilter label={words.of} name="of" choices={PURPOSES} />
        <ChoiceFilter label={words.call} name="callId" choices={useCallChoices()} />
        <StatusFilter />
        <DaysFilter />
        <TimeSort />
      </div>
      <PageList
        pages={pages}
        empty={
          <NothingFits filters={FILTERS}>
            <Empty icon="runs" title={words.empty}>
              <p>
                <a href="/pairs">{words.emptyHint}</a>
              </p>
            </Empty>
          </NothingFits>
        }
      >
        {(runs) => <RunTable runs={runs} />}
      </PageList>
    </div>
  );
}

function useCallChoices(): Choice[] {
  const calls = usePages<CallSummary>('/calls', { limit: 100 });
  return [
    { value: '', label: t.common.all },
    ...calls.items.map(({ id, name }) => ({ value: id, label: name })),
  ];
}

function RunTable({ runs }: { runs: readonly RunView[] }) {
  return (
    <table class="table">
      <thead>
        <tr>
          <th scope="col">{words.when}</th>
          <th scope="col">{words.asked}</th>
          <th scope="col">{words.outcome}</th>
          <th scope="col">{words.again}</th>
        </tr>
      </thead>
      <tbody>
        {runs.map((run) => (
          <RunRow key={run.id} run={run} />
        ))}
      </tbody>
    </table>
  );
}

function RunRow({ run }: { run: RunView }) {
  const { repeated } = run;
  return (
    <tr>
      <th scope="row">
        <a href={`/runs/${run.id}`}>{words.title(momentOf(run.at))}</a>
        <p class="fine">
          {words.by(run.by)} · {formatSpan(run.at)}
        </p>
        {run.of === 'preview' && <Badge>{words.preview}</Badge>}
      </th>
      <td data-label={words.asked}>{askedOf(run)}</td>
      <td data-label={words.outcome}>
        {words.pairs(run.pairs, run.alone)}
        <p class="fine number">{words.total(decimals(run.total), decimals(run.bound))}</p>
        {run.exposure !== null && <p class="fine number">{words.gini(giniOf(run.exposure.gini))}</p>}
        {run.status === 'feasible' && <p class="fine">{words.gap(formatFineShare(run.gap))}</p>}
      </td>
      <td data-label={words.again}>
        {run.stopped ? (
          <span class="fine">{words.endedByTime}</span>
        ) : repeated === null ? (
          <span class="fine">{words.never}</span>
        ) : (
          <Badge kind={repeated.same ? 'good' : 'bad'}>{repeated.same ? words.same : words.different}</Badge>
        )}
      </td>
    </tr>
  );
}
