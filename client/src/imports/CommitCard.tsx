import type { ImportView } from '../../../server/imports/schema.ts';
import { api } from '../api/request.ts';
import { Button, ButtonLink } from '../components/Button.tsx';
import { askConfirm } from '../components/confirm.tsx';
import { Failure, Notice } from '../components/feedback.tsx';
import { useForm } from '../components/form.tsx';
import { progressByTask } from '../live/live.ts';
import { t } from '../strings/text.ts';
import { commitOf, outcomeOf } from './decisions.ts';
import type { Decisions } from './decisions.ts';

const words = t.imports.commit;

/** What can be done with a checked file: register, or discard. */
export function CommitCard(props: {
  item: ImportView;
  decisions: Decisions;
  onChanged: (item: ImportView) => void;
}) {
  const { item, decisions } = props;
  const counts = outcomeOf(item.rows, decisions);
  const commit = useForm(async () => {
    props.onChanged(await api.post<ImportView>(`/imports/${item.id}/commit`, commitOf(decisions)));
  });
  const discard = useForm(async () => {
    const { title, body, submit } = words.discarding;
    if (!(await askConfirm({ title, body: <p>{body}</p>, action: submit }))) return;
    props.onChanged(await api.post<ImportView>(`/imports/${item.id}/cancel`));
  });
  const nothing = counts.new + counts.merge === 0;
  return (
    <section class="card commit" aria-label={words.action(counts.new)}>
      <p class="number">{nothing ? words.nothing : words.hint(counts.new, counts.merge, counts.skip)}</p>
      <div class="actions">
        {!nothing && (
          <Button kind="primary" busy={commit.busy} onClick={() => void commit.submit()}>
            {counts.new > 0 ? words.action(counts.new) : words.merge(counts.merge)}
          </Button>
        )}
        <Button busy={discard.busy} onClick={() => void discard.submit()}>
          {words.discard}
        </Button>
      </div>
      {commit.error !== null && <Failure error={commit.error} />}
      {discard.error !== null && <Failure error={discard.error} />}
    </section>
  );
}

/** How far the server is, with a way to stop. */
export function RunningCard(props: { item: ImportView; onChanged: (item: ImportView) => void }) {
  const { item } = props;
  const progress = progressByTask.value.get(`import:${item.id}`);
  const stop = useForm(async () => {
    props.onChanged(await api.post<ImportView>(`/imports/${item.id}/cancel`));
  });
  const title = item.state === 'committing' ? words.running : t.imports.states.checking;
  return (
    <section class="card upload-running" aria-label={title}>
      <p class="label" role="status">
        {title}
      </p>
      <progress
        class="meter"
        aria-label={title}
        {...(progress === undefined ? {} : { value: progress.done, max: Math.max(1, progress.total) })}
      />
      {progress !== undefined && (
        <p class="fine number">{t.imports.upload.checked(progress.done, progress.total)}</p>
      )}
      <Button busy={stop.busy} onClick={() => void stop.submit()}>
        {words.cancel}
      </Button>
      {stop.error !== null && <Failure error={stop.error} />}
    </section>
  );
}

/** What came of it in the end, and where to go from here. */
export function ResultCard({ item, membersHref }: { item: ImportView; membersHref: string | null }) {
  const report = t.imports.report;
  const { created, merged, skipped } = item.rows;
  return (
    <div class="stack-small">
      {item.state === 'committed' && (
        <Notice kind="good">
          <p role="status">{words.done(created, merged, skipped)}</p>
        </Notice>
      )}
      {item.state === 'failed' && (
        <Notice kind="bad" title={report.failedTitle}>
          <p>{report.failedBody}</p>
        </Notice>
      )}
      {item.state === 'cancelled' && (
        <Notice title={report.cancelledTitle}>
          <p>{created + merged === 0 ? report.cancelledBefore : report.cancelledBody}</p>
        </Notice>
      )}
      {item.state === 'refused' && item.problem !== null && (
        <Notice kind="bad" title={report.problemTitle}>
          <p>{item.problem.reason}</p>
          <p>
            <strong>{report.allowed}:</strong> {item.problem.allowed}
          </p>
          {item.problem.line > 1 && (
            <p class="fine number">
              {report.line} {item.problem.line}
              {item.problem.column !== null && `, ${report.column} ${item.problem.column}`}
            </p>
          )}
        </Notice>
      )}
      <div class="actions">
        {item.state === 'committed' && membersHref !== null && (
          <ButtonLink kind="primary" href={membersHref} icon="members">
            {report.members}
          </ButtonLink>
        )}
        <ButtonLink href="/imports" icon="imports">
          {report.again}
        </ButtonLink>
      </div>
    </div>
  );
}
