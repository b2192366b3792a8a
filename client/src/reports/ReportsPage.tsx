import { useEffect, useState } from 'preact/hooks';
import type { PeriodView } from '../../../server/reports/schema.ts';
import { api } from '../api/request.ts';
import { usePages } from '../api/usePages.ts';
import type { PageProps } from '../app/page.ts';
import { currentUser } from '../app/session.ts';
import { announce } from '../components/announce.tsx';
import { Button, ButtonLink } from '../components/Button.tsx';
import { askConfirm } from '../components/confirm.tsx';
import { Empty, Failure } from '../components/feedback.tsx';
import { formatDay } from '../components/format.ts';
import { PageHeading } from '../components/Heading.tsx';
import { Badge, Meter } from '../components/marks.tsx';
import { PageList } from '../components/PageList.tsx';
import { useAction } from '../components/useAction.ts';
import { onEvent } from '../live/live.ts';
import { ChoiceFilter, filterValue, NothingFits, TimeSort } from '../directory/filters.tsx';
import { t } from '../strings/text.ts';
import { PeriodForm } from './PeriodForm.tsx';
import { isOverdue, ReportStateMark } from './ReportStateMark.tsx';

const words = t.programme.reports;

/** How far the clusters are, for staff. */
function Progress({ counts }: { counts: NonNullable<PeriodView['counts']> }) {
  const done = counts.submitted + counts.accepted;
  const all = done + counts.none + counts.draft + counts.returned;
  const label = words.progress(done, all);
  return (
    <div class="stack-small">
      <p class="number">{label}</p>
      <Meter share={all === 0 ? 0 : done / all} label={label} />
    </div>
  );
}

function PeriodCard(props: { period: PeriodView; onEdit: () => void; onChanged: () => void }) {
  const { period } = props;
  const { mine, counts } = period;
  const { busy, failure, run } = useAction();
  const id = encodeURIComponent(period.id);
  const remove = async () => {
    const sure = await askConfirm({
      title: words.removeQuestion(period.name),
      body: words.removeBody,
      action: words.remove,
    });
    if (!sure) return;
    await run(async () => {
      await api.remove(`/report-periods/${id}`);
      props.onChanged();
    }, words.removed);
  };
  const handedIn = mine === 'submitted' || mine === 'accepted';
  const untouched =
    counts !== null && counts.draft + counts.submitted + counts.returned + counts.accepted === 0;
  return (
    <li class="card">
      <div class="card-head">
        <h2 class="card-title">{period.name}</h2>
        <p class="badges">
          {mine !== null && <ReportStateMark state={mine} />}
          {mine !== null && isOverdue(period.dueOn, mine) && <Badge kind="bad">{words.overdue}</Badge>}
        </p>
      </div>
      <p class="item-meta">
        <span>{words.span(formatDay(period.from), formatDay(period.to))}</span>
        <span>{words.due(formatDay(period.dueOn))}</span>
      </p>
      {counts !== null && <Progress counts={counts} />}
      {failure !== null && <Failure error={failure} />}
      <div class="actions">
        <ButtonLink href={`/reports/${id}`} kind={handedIn ? 'secondary' : 'primary'}>
          {counts !== null ? words.overview : handedIn ? words.read : words.open}
        </ButtonLink>
        {counts !== null && (
          <Button icon="edit" label={`${words.edit}: ${period.name}`} onClick={props.onEdit}>
            {words.edit}
          </Button>
        )}
        {untouched && (
          <Button
            kind="danger"
            busy={busy}
            label={`${words.remove}: ${period.name}`}
            onClick={() => void remove()}
          >
            {words.remove}
          </Button>
        )}
      </div>
    </li>
  );
}

/** The reporting periods: a cluster's own reports, or for staff how far all are. */
export function ReportsPage(_props: PageProps) {
  const staff = currentUser().role === 'staff';
  const [editing, setEditing] = useState<PeriodView | 'new' | null>(null);
  const pages = usePages<PeriodView>('/report-periods', {
    due: filterValue('due'),
    sort: filterValue('sort'),
  });
  useEffect(() => onEvent('report', pages.reload), [pages.reload]);
  const add = () => {
    setEditing('new');
  };
  return (
    <>
      <PageHeading
        title={words.title}
        lead={staff ? words.leadStaff : words.lead}
        actions={
          staff && (
            <Button kind="primary" icon="plus" onClick={add}>
              {words.add}
            </Button>
          )
        }
      />
      <div class="toolbar" role="search">
        <ChoiceFilter
          label={words.dueFilter}
          name="due"
          choices={[
            { value: '', label: t.common.all },
            { value: 'coming', label: words.dueComing },
            { value: 'past', label: words.duePast },
          ]}
        />
        <TimeSort />
      </div>
      <PageList
        pages={pages}
        empty={
          <NothingFits filters={['due']}>
            <Empty icon="reports" title={words.empty}>
              <p>{staff ? words.emptyStaff : words.emptyBody}</p>
              {staff && <Button onClick={add}>{words.add}</Button>}
            </Empty>
          </NothingFits>
        }
      >
        {(items) => (
          <ul class="stack-small plain-list narrow">
            {items.map((period) => (
              <PeriodCard
                key={period.id}
                period={period}
                onChanged={pages.reload}
                onEdit={() => {
                  setEditing(period);
                }}
              />
            ))}
          </ul>
        )}
      </PageList>
      {editing !== null && (
        <PeriodForm
          {...(editing === 'new' ? {} : { period: editing })}
          onClose={() => {
            setEditing(null);
          }}
          onSaved={() => {
            setEditing(null);
            announce(words.saved);
            pages.reload();
          }}
        />
      )}
    </>
  );
}
