import { useState } from 'preact/hooks';
import type { ReportView } from '../../../server/reports/schema.ts';
import { api } from '../api/request.ts';
import { useLoad } from '../api/useLoad.ts';
import type { PageProps } from '../app/page.ts';
import { announce } from '../components/announce.tsx';
import { Button } from '../components/Button.tsx';
import { Failure, Notice, Show } from '../components/feedback.tsx';
import { formatDay } from '../components/format.ts';
import { PageHeading } from '../components/Heading.tsx';
import { CountryMark } from '../components/marks.tsx';
import { ReasonDialog } from '../components/ReasonDialog.tsx';
import { useAction } from '../components/useAction.ts';
import { t } from '../strings/text.ts';
import { ReportStateMark } from './ReportStateMark.tsx';
import { PrefilledCard, ReportReading } from './ReportView.tsx';

const words = t.programme.reports;

/** One cluster's report as staff read it: accept it, or ask it back. */
export function ReportPage({ params }: PageProps) {
  const periodId = encodeURIComponent(params.periodId ?? '');
  const path = `/report-periods/${periodId}/reports/${encodeURIComponent(params.clusterId ?? '')}`;
  const loaded = useLoad<ReportView>(path);
  const [asking, setAsking] = useState(false);
  const { busy, failure, run } = useAction();
  const view = loaded.data;
  return (
    <>
      <PageHeading
        title={view?.cluster.name ?? words.title}
        above={<a href={`/reports/${periodId}`}>{view?.period.name ?? words.toList}</a>}
      />
      <Show of={loaded}>
        {(report) => (
          <div class="stack narrow">
            <p class="item-meta">
              <ReportStateMark state={report.state} />
              <CountryMark code={report.cluster.country} />
              {report.submittedAt !== null && <span>{words.handedIn(formatDay(report.submittedAt))}</span>}
              {report.state === 'accepted' && report.decidedAt !== null && (
                <span>{words.acceptedOn(formatDay(report.decidedAt))}</span>
              )}
            </p>
            {report.note !== '' && (
              <Notice title={words.noteOf}>
                <p>{report.note}</p>
              </Notice>
            )}
            <PrefilledCard
              prefilled={report.prefilled}
              title={words.prefilledOf(report.cluster.name)}
              hint={words.prefilledHintStaff}
            />
            {report.submittedAt === null ? (
              <Notice>
                <p>{words.notHandedIn}</p>
              </Notice>
            ) : (
              <ReportReading view={report} title={words.activitiesOf(report.cluster.name)} />
            )}
            {failure !== null && <Failure error={failure} retry={loaded.reload} />}
            <div class="actions">
              {report.state === 'submitted' && (
                <Button
                  kind="primary"
                  icon="check"
                  busy={busy}
                  onClick={() =>
                    void run(async () => {
                      const decision = { version: report.version, decision: 'accept' };
                      loaded.set(await api.post<ReportView>(`${path}/decision`, decision));
                    }, words.accepted)
                  }
                >
                  {words.accept}
                </Button>
              )}
              {(report.state === 'submitted' || report.state === 'accepted') && (
                <Button
                  onClick={() => {
                    setAsking(true);
                  }}
                >
                  {words.giveBack}
                </Button>
              )}
            </div>
            {asking && (
              <ReasonDialog
                title={words.giveBackTitle}
                label={words.giveBackNote}
                hint={words.giveBackHint}
                action={words.giveBack.replace(' …', '')}
                name="note"
                onClose={() => {
                  setAsking(false);
                }}
                send={async (note) => {
                  const decision = { version: report.version, decision: 'return', note };
                  loaded.set(await api.post<ReportView>(`${path}/decision`, decision));
                  setAsking(false);
                  announce(words.returned);
                }}
              />
            )}
          </div>
        )}
      </Show>
    </>
  );
}
