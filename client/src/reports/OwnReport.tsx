import { useEffect } from 'preact/hooks';
import type { ReportView } from '../../../server/reports/schema.ts';
import { useLoad } from '../api/useLoad.ts';
import { Notice, Show } from '../components/feedback.tsx';
import { formatDay } from '../components/format.ts';
import { PageHeading } from '../components/Heading.tsx';
import { onEvent } from '../live/live.ts';
import { t } from '../strings/text.ts';
import { ReportForm } from './ReportForm.tsx';
import { ReportStateMark } from './ReportStateMark.tsx';
import { PrefilledCard, ReportReading } from './ReportView.tsx';

const words = t.programme.reports;

/** A cluster's own report about a period: to be written, or as it was handed in. */
export function OwnReport({ periodId, clusterId }: { periodId: string; clusterId: string }) {
  const path = `/report-periods/${encodeURIComponent(periodId)}/reports/${encodeURIComponent(clusterId)}`;
  const loaded = useLoad<ReportView>(path);
  useEffect(
    () =>
      onEvent('report', (event) => {
        // The staff decided; one's own handing in is on the page already.
        if (event.periodId === periodId && (event.state === 'accepted' || event.state === 'returned')) {
          loaded.reload();
        }
      }),
    [periodId, loaded.reload],
  );
  const view = loaded.data;
  return (
    <>
      <PageHeading
        title={view?.period.name ?? words.title}
        above={<a href="/reports">{words.toList}</a>}
        lead={
          view && (
            <>
              {words.span(formatDay(view.period.from), formatDay(view.period.to))}.{' '}
              {words.due(formatDay(view.period.dueOn))}.
            </>
          )
        }
      />
      <Show of={loaded}>
        {(report) =>
          report.state === 'submitted' || report.state === 'accepted' ? (
            <div class="stack narrow">
              <p class="badges">
                <ReportStateMark state={report.state} />
              </p>
              <Notice kind="good">
                {report.submittedAt !== null && <p>{words.handedIn(formatDay(report.submittedAt))}</p>}
                {report.state === 'accepted' && report.decidedAt !== null && (
                  <p>{words.acceptedOn(formatDay(report.decidedAt))}</p>
                )}
                {report.note !== '' && <p>{report.note}</p>}
              </Notice>
              <PrefilledCard
                prefilled={report.prefilled}
                title={words.prefilled}
                hint={words.prefilledHint}
              />
              <ReportReading view={report} title={words.activities} />
            </div>
          ) : (
            <ReportForm key={report.state} path={path} loaded={report} onSubmitted={loaded.set} />
          )
        }
      </Show>
    </>
  );
}
