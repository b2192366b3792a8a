import type { EventView } from '../../../server/events/schema.ts';
import type { PlanRunView } from '../../../server/runs/schema.ts';
import { usePages } from '../api/usePages.ts';
import { Button } from '../components/Button.tsx';
import { Empty, Failure } from '../components/feedback.tsx';
import type { Choice } from '../components/fields.tsx';
import { formatFineShare, formatSpan } from '../components/format.ts';
import { Badge } from '../components/marks.tsx';
import { PageList } from '../components/PageList.tsx';
import {
  ChoiceFilter,
  DaysFilter,
  filterValue,
  filterValues,
  NothingFits,
  SearchFilter,
  TimeSort,
} from '../directory/filters.tsx';
import { t } from '../strings/text.ts';
import { StatusFilter } from './StatusFilter.tsx';
import { useRepeat } from './useRepeat.ts';
import { decimals, momentOf } from './words.ts';

const words = t.runs;

const FILTERS = ['q', 'eventId', 'status', 'published', 'from', 'to'] as const;

/** Every plan of rounds that the engine made for staff. */
export function PlanRuns() {
  const pages = usePages<PlanRunView>('/plan-runs', {
    ...filterValues(FILTERS),
    sort: filterValue('sort'),
  });
  return (
    <div class="stack">
      <div class="toolbar" role="search">
        <SearchFilter label={words.whoAsked} />
        <ChoiceFilter label={words.plans.event} name="eventId" choices={useEventChoices()} />
        <ChoiceFilter
          label={words.plans.became}
          name="published"
          choices={[
            { value: '', label: t.common.all },
            { value: 'true', label: words.plans.wasPublished },
            { value: 'false', label: words.plans.draft },
          ]}
        />
        <StatusFilter />
        <DaysFilter />
        <TimeSort />
      </div>
      <PageList
        pages={pages}
        empty={
          <NothingFits filters={FILTERS}>
            <Empty icon="runs" title={words.plans.empty}>
              <p>
                <a href="/events">{words.plans.emptyHint}</a>
              </p>
            </Empty>
          </NothingFits>
        }
      >
        {(runs) => <PlanTable runs={runs} />}
      </PageList>
    </div>
  );
}

function useEventChoices(): Choice[] {
  const events = usePages<EventView>('/events', { limit: 100, sort: 'newest' });
  return [
    { value: '', label: t.common.all },
    ...events.items.map(({ id, name }) => ({ value: id, label: name })),
  ];
}

function PlanTable({ runs }: { runs: readonly PlanRunView[] }) {
  return (
    <table class="table">
      <thead>
        <tr>
          <th scope="col">{words.when}</th>
          <th scope="col">{words.outcome}</th>
          <th scope="col">{words.plans.became}</th>
          <th scope="col">{words.again}</th>
        </tr>
      </thead>
      <tbody>
        {runs.map((run) => (
          <PlanRow key={run.id} run={run} />
        ))}
      </tbody>
    </table>
  );
}

function PlanRow({ run }: { run: PlanRunView }) {
  const [state, runner] = useRepeat(`/plan-runs/${run.id}/replay`);
  const shown = state.kind === 'done' ? state.repetition : run.repeated;
  return (
    <tr>
      <th scope="row">
        <a href={`/events/${run.eventId}/console`}>{words.plans.title(momentOf(run.at))}</a>
        <p class="fine">
          {words.by(run.by)} · {formatSpan(run.at)}
        </p>
      </th>
      <td data-label={words.outcome}>
        {words.plans.meetings(run.meetings, run.rounds.length, run.smes)}
        <p class="fine number">{words.total(decimals(run.total), decimals(run.bound))}</p>
        {run.status === 'feasible' && <p class="fine">{words.gap(formatFineShare(run.gap))}</p>}
      </td>
      <td data-label={words.plans.became}>
        {run.planVersion === null ? (
          <span class="fine">{words.plans.draft}</span>
        ) : (
          words.plans.published(run.planVersion)
        )}
      </td>
      <td data-label={words.again}>
        <div role="status">
          {state.kind === 'running' && <p class="fine">{words.plans.running}</p>}
          {state.kind !== 'running' && shown !== null && (
            <Badge kind={shown.same ? 'good' : 'bad'}>{shown.same ? words.same : words.different}</Badge>
          )}
        </div>
        {state.kind === 'running' ? (
          <Button small onClick={runner.stop}>
            {words.repeat.stop}
          </Button>
        ) : (
          <Button small onClick={runner.start}>
            {words.plans.again}
          </Button>
        )}
        {state.kind === 'failed' && <Failure error={state.error} />}
      </td>
    </tr>
  );
}
