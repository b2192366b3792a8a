import { useEffect, useRef, useState } from 'preact/hooks';
import type { OutcomeFile, OutcomeRow, OutcomeView } from '../../../server/outcomes/schema.ts';
import { isAbort } from '../api/problem.ts';
import { api, apiUrl } from '../api/request.ts';
import { usePages } from '../api/usePages.ts';
import type { PageProps } from '../app/page.ts';
import { announce } from '../components/announce.tsx';
import { Button, ButtonLink } from '../components/Button.tsx';
import { Dialog } from '../components/Dialog.tsx';
import { Empty, Failure } from '../components/feedback.tsx';
import { Field, SelectField, TextField } from '../components/fields.tsx';
import { Form, useForm } from '../components/form.tsx';
import { formatEuros } from '../components/format.ts';
import { PageHeading } from '../components/Heading.tsx';
import { ChoiceFilter, filterValue, TimeSort } from '../directory/filters.tsx';
import { Badge } from '../components/marks.tsx';
import { PageList } from '../components/PageList.tsx';
import { RunningTask } from '../components/RunningTask.tsx';
import { progressByTask } from '../live/live.ts';
import { t } from '../strings/text.ts';
import { serverNow } from '../live/serverClock.ts';
import '../funnel/funnel.css';

const words = t.calls.outcome;
const STATES = [
  'submitted',
  'not-selected',
  'selected',
  'jury-day',
  'not-in-programme',
  'in-programme',
] as const;

/** What became of the consortia of a call, recorded one by one or from a file. */
export function OutcomesPage({ params }: PageProps) {
  const { callId = '' } = params;
  const state = filterValue('state');
  const pages = usePages<OutcomeRow>(`/calls/${callId}/outcomes`, { state, sort: filterValue('sort') });
  const [row, setRow] = useState<OutcomeRow | null>(null);
  return (
    <>
      <PageHeading
        title={words.title}
        lead={words.lead}
        above={<a href={`/calls/${callId}`}>{t.calls.toCall}</a>}
        actions={
          <ButtonLink href={apiUrl(`/calls/${callId}/results.csv`)} download>
            {words.results}
          </ButtonLink>
        }
      />
      <div class="stack">
        <FromFile callId={callId} onDone={pages.reload} />
        <div class="toolbar" role="search">
          <ChoiceFilter
            label={words.outcome}
            name="state"
            choices={[
              { value: '', label: t.common.all },
              { value: 'none', label: words.none },
              ...STATES.map((value) => ({ value, label: words.states[value] })),
            ]}
          />
          <TimeSort />
        </div>
        <PageList
          pages={pages}
          empty={
            state === '' ? (
              <Empty title={words.empty}>
                <p>{words.emptyBody}</p>
              </Empty>
            ) : (
              <Empty title={words.emptyState} />
            )
          }
        >
          {(items) => (
            <ul class="plain-list stack-small">
              {items.map((one) => (
                <li key={one.consortiumId} class="card">
                  <div class="card-head">
                    <p class="badges">
                      <Badge kind={one.outcome === null ? 'plain' : 'accent'}>
                        {one.outcome === null ? words.none : words.states[one.outcome.state]}
                      </Badge>
                      {one.outcome !== null && one.outcome.grantEur !== null && (
                        <span class="number">{formatEuros(one.outcome.grantEur)}</span>
                      )}
                    </p>
                    <Button
                      small
                      onClick={() => {
                        setRow(one);
                      }}
                    >
                      {one.outcome === null ? words.record : words.change}
                      <span class="visually-hidden">
                        {': '}
                        {one.title || words.untitled}
                      </span>
                    </Button>
                  </div>
                  <p>
                    <a href={`/consortia/${one.consortiumId}`}>{one.title || words.untitled}</a>
                  </p>
                  <p class="fine">
                    {one.a.name} · {one.b.name}
                  </p>
                </li>
              ))}
            </ul>
          )}
        </PageList>
      </div>
      {row !== null && (
        <RecordDialog
          row={row}
          onClose={() => {
            setRow(null);
          }}
          onSaved={() => {
            setRow(null);
            announce(words.saved);
            pages.reload();
          }}
        />
      )}
    </>
  );
}

function RecordDialog({
  row,
  onClose,
  onSaved,
}: {
  row: OutcomeRow;
  onClose: () => void;
  onSaved: () => void;
}) {
  const before = row.outcome;
  const [state, setState] = useState<OutcomeView['state']>(before?.state ?? 'submitted');
  const [date, setDate] = useState(before?.date ?? new Date(serverNow()).toISOString().slice(0, 10));
  const [submissionId, setSubmissionId] = useState(before?.submissionId ?? '');
  const [grant, setGrant] = useState(before?.grantEur?.toString() ?? '');
  const [reason, setReason] = useState('');
  const form = useForm(async () => {
    await api.put(`/consortia/${row.consortiumId}/outcome`, {
      version: before?.version ?? 0,
      state,
      date,
      submissionId: submissionId || null,
      grantEur: grant.trim() === '' ? null : Number(grant),
      reason,
    });
    onSaved();
  });
  const title = words.recordTitle(row.title || words.untitled);
  return (
    <Dialog title={title} onClose={onClose}>
      <Form state={form} label={title}>
        <SelectField
          label={words.outcome}
          name="state"
          value={state}
          choices={STATES.map((value) => ({ value, label: words.states[value] }))}
          error={form.errors.state}
          onChange={(value) => {
            setState(STATES.find((one) => one === value) ?? state);
          }}
        />
        <TextField
          label={words.date}
          name="date"
          type="date"
          value={date}
          onInput={setDate}
          error={form.errors.date}
        />
        <TextField
          label={words.submissionId}
          name="submissionId"
          optional
          maxLength={80}
          value={submissionId}
          onInput={setSubmissionId}
          error={form.errors.submissionId}
        />
        <TextField
          label={words.grantEur}
          name="grantEur"
          optional
          inputMode="numeric"
          value={grant}
          onInput={setGrant}
          error={form.errors.grantEur}
        />
        <TextField
          label={words.reason}
          hint={words.reasonHint}
          name="reason"
          optional
          maxLength={500}
          value={reason}
          onInput={setReason}
          error={form.errors.reason}
        />
        <div class="actions actions-end">
          <Button onClick={onClose}>{t.common.cancel}</Button>
          <Button kind="primary" type="submit" busy={form.busy}>
            {words.record}
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}

function FromFile({ callId, onDone }: { callId: string; onDone: () => void }) {
  const [file, setFile] = useState<File | null>(null);
  const [report, setReport] = useState<OutcomeFile | null>(null);
  const [stopped, setStopped] = useState(false);
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);
  const send = async (commit: boolean): Promise<void> => {
    if (file === null) return;
    const { signal } = (running.current = new AbortController());
    setStopped(false);
    try {
      const path = `/calls/${callId}/outcomes/file`;
      const seen = await api.post<OutcomeFile>(path, file, { query: { commit }, signal });
      setReport(seen);
      if (!seen.committed) return;
      announce(words.done(seen.changes));
    } catch (error) {
      if (!isAbort(error)) throw error;
      setReport(null);
      setStopped(true);
    }
    onDone();
  };
  const check = useForm(() => send(false));
  const commit = useForm(() => send(true));
  return (
    <section class="card stack-small" aria-labelledby="outcome-file">
      <h2 id="outcome-file">{words.file}</h2>
      <Field label={words.choose} hint={words.fileHint} name="file">
        {(wiring) => (
          <input
            {...wiring}
            type="file"
            accept=".csv,text/csv"
            onChange={(event) => {
              setFile(event.currentTarget.files?.[0] ?? null);
              setReport(null);
            }}
          />
        )}
      </Field>
      {[check, commit].map(({ error }, at) => error !== null && <Failure key={at} error={error} />)}
      {(check.busy || commit.busy) && (
        <RunningTask
          label={words.running}
          progress={progressByTask.value.get(`outcomes:${callId}`)}
          words={words.progress}
          stop={words.stop}
          onStop={() => running.current?.abort()}
        />
      )}
      {stopped && <p role="status">{words.stopped}</p>}
      <div class="actions">
        <Button disabled={file === null} busy={check.busy} onClick={() => void check.submit()}>
          {words.check}
        </Button>
        {report !== null && !report.committed && report.issues.length === 0 && report.changes > 0 && (
          <Button kind="primary" busy={commit.busy} onClick={() => void commit.submit()}>
            {words.commit(report.changes)}
          </Button>
        )}
        <ButtonLink href={apiUrl('/outcomes/template.csv')} download kind="quiet">
          {words.template}
        </ButtonLink>
      </div>
      {report !== null && <Report report={report} />}
    </section>
  );
}

function Report({ report }: { report: OutcomeFile }) {
  return (
    <div role="status" class="stack-small">
      <p>
        {report.committed
          ? words.done(report.changes)
          : words.summary(report.rows, report.changes, report.unchanged, report.issues.length)}
      </p>
      {report.issues.length > 0 && (
        <div class="funnel-groups" tabIndex={0} role="group" aria-label={words.file}>
          <table class="figure-table">
            <thead>
              <tr>
                <th scope="col">{words.line}</th>
                <th scope="col">{words.column}</th>
                <th scope="col">{words.problem}</th>
                <th scope="col">{words.allowed}</th>
              </tr>
            </thead>
            <tbody>
              {report.issues.map((issue, at) => (
                <tr key={at}>
                  <td class="number">{issue.line}</td>
                  <td>{issue.column}</td>
                  <td>
                    {issue.reason}
                    {issue.value !== null && issue.value !== '' && ` (${issue.value})`}
                  </td>
                  <td>{issue.allowed}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </div>
  );
}
