import type { Activity, ReportView } from '../../../server/reports/schema.ts';
import { api } from '../api/request.ts';
import { Button } from '../components/Button.tsx';
import { askConfirm } from '../components/confirm.tsx';
import { Failure, Notice } from '../components/feedback.tsx';
import { TextArea } from '../components/fields.tsx';
import { useAction } from '../components/useAction.ts';
import { t } from '../strings/text.ts';
import { serverNow } from '../live/serverClock.ts';
import { ActivityFields } from './ActivityFields.tsx';
import { PrefilledCard } from './ReportView.tsx';
import { useDraft } from './useDraft.ts';

const words = t.programme.reports;
const MAX = 50;

function fresh(period: ReportView['period']): Activity {
  const today = new Date(serverNow()).toISOString().slice(0, 10);
  const date = today > period.to ? period.to : today < period.from ? period.from : today;
  return { kind: 'newsletter', date, title: '', audience: 'members', reached: null, link: null };
}

/** A cluster writes its report; it saves itself, and is handed in when it is done. */
export function ReportForm(props: {
  path: string;
  loaded: ReportView;
  onSubmitted: (view: ReportView) => void;
}) {
  const { path, loaded } = props;
  const draft = useDraft(path, loaded);
  const { busy, failure, run } = useAction();
  const { activities, comments } = draft.report;
  const submit = async () => {
    const stored = await draft.flush();
    if (stored === null) return;
    const sure = await askConfirm({
      title: words.submitQuestion,
      body: words.submitBody,
      action: words.submit,
      danger: false,
    });
    if (!sure) return;
    await run(async () => {
      props.onSubmitted(await api.post<ReportView>(`${path}/submit`, { version: stored.version }));
    }, words.submitted);
  };
  const set = (changed: Activity[]) => {
    draft.change({ activities: changed });
  };
  return (
    <div class="stack narrow">
      {loaded.state === 'returned' && (
        <Notice kind="warning" title={words.returnedTitle}>
          <p>{loaded.note}</p>
        </Notice>
      )}
      <PrefilledCard prefilled={draft.view.prefilled} title={words.prefilled} hint={words.prefilledHint} />
      <section class="stack-small" aria-labelledby="report-activities">
        <h2 id="report-activities">{words.activities}</h2>
        <p class="fine">{words.activitiesHint}</p>
        {activities.map((activity, at) => (
          <ActivityFields
            key={at}
            at={at}
            activity={activity}
            errors={draft.errors}
            onChange={(part) => {
              set(activities.map((one, index) => (index === at ? { ...one, ...part } : one)));
            }}
            onRemove={() => {
              set(activities.filter((_, index) => index !== at));
            }}
          />
        ))}
        {activities.length < MAX && (
          <div class="actions">
            <Button
              icon="plus"
              onClick={() => {
                set([...activities, fresh(loaded.period)]);
              }}
            >
              {words.addActivity}
            </Button>
          </div>
        )}
        <TextArea
          label={words.comments}
          name="report.comments"
          optional
          value={comments}
          onInput={(value) => {
            draft.change({ comments: value });
          }}
          error={draft.errors['report.comments']}
        />
      </section>
      {draft.error !== null && Object.keys(draft.errors).length === 0 && <Failure error={draft.error} />}
      {failure !== null && <Failure error={failure} />}
      <div class="actions">
        <Button kind="primary" busy={busy} onClick={() => void submit()}>
          {words.submit}
        </Button>
        <span class="fine" role="status">
          {draft.state === 'saved'
            ? words.allSaved
            : draft.state === 'saving'
              ? words.saving
              : words.notSaved}
        </span>
      </div>
    </div>
  );
}
