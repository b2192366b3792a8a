import { useState } from 'preact/hooks';
import type { ApplicationView, Decide, Decided } from '../../../server/ambassadors/schema.ts';
import { api } from '../api/request.ts';
import { useLoad } from '../api/useLoad.ts';
import type { PageProps } from '../app/page.ts';
import { currentUser } from '../app/session.ts';
import { announce } from '../components/announce.tsx';
import { Button, ButtonLink } from '../components/Button.tsx';
import { Failure, Notice, Show } from '../components/feedback.tsx';
import { RadioGroup, TextArea } from '../components/fields.tsx';
import { Form, useForm } from '../components/form.tsx';
import { formatDay, formatNumber, webLink, webName } from '../components/format.ts';
import { PageHeading } from '../components/Heading.tsx';
import { CountryMark, Meter } from '../components/marks.tsx';
import { t } from '../strings/text.ts';
import { Messages } from './Messages.tsx';
import { StateBadge } from './QueuePage.tsx';
import './ambassadors.css';

const words = t.ambassadors.review;
const form = t.ambassadors.form;
const VERDICTS = ['accept', 'ask', 'reject'] as const;

/** One application, for the team: score with reasons, what it says, the decision. */
export function ReviewPage({ params }: PageProps) {
  const path = `/ambassador-applications/${encodeURIComponent(params['applicationId'] ?? '')}`;
  const loaded = useLoad<ApplicationView>(path);
  return (
    <>
      <PageHeading
        title={loaded.data?.name ?? t.shell.pages.application}
        above={<a href="/applications">{words.toQueue}</a>}
      />
      <Show of={loaded}>
        {(application) => (
          <Review path={path} application={application} onChanged={loaded.set} onStale={loaded.reload} />
        )}
      </Show>
    </>
  );
}

interface ReviewProps {
  path: string;
  application: ApplicationView;
  onChanged: (application: ApplicationView) => void;
  onStale: () => void;
}

function Review(props: ReviewProps) {
  const { application } = props;
  const open = application.state === 'submitted' || application.state === 'more-asked';
  return (
    <div class="review">
      <div class="stack">
        <Facts application={application} />
        <Messages messages={application.messages} applicant={application.contactName ?? words.erased} />
      </div>
      <div class="stack">
        <ScoreCard application={application} />
        <Alike application={application} />
        <Reviewer {...props} open={open} />
        {open ? <DecideCard {...props} /> : <DecisionCard application={application} />}
      </div>
    </div>
  );
}

function ScoreCard({ application }: { application: ApplicationView }) {
  const { score, scoreMax, parts } = application;
  return (
    <section class="card" aria-labelledby="score">
      <div class="card-head">
        <h2 id="score">{words.score}</h2>
        <strong class="number">{t.ambassadors.queue.points(score, scoreMax)}</strong>
      </div>
      <ul class="rows plain-list">
        {parts.map(({ criterion, points, max, reason }) => (
          <li key={criterion} class="row">
            <div class="stack-small">
              <p class="card-head">
                <strong>{t.ambassadors.criteria[criterion]}</strong>
                <span class="number">{t.ambassadors.queue.points(points, max)}</span>
              </p>
              <Meter share={points / max} label={t.ambassadors.queue.points(points, max)} />
              <p class="fine">{reason}</p>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Alike({ application }: { application: ApplicationView }) {
  if (application.alike.length === 0) return null;
  return (
    <Notice kind="warning" title={words.alike}>
      <ul>
        {application.alike.map(({ kind, id, name, why }) => (
          <li key={id}>
            <a href={`/${kind === 'cluster' ? 'clusters' : 'applications'}/${encodeURIComponent(id)}`}>
              {name}
            </a>{' '}
            ({words.why[kind]}: {why})
          </li>
        ))}
      </ul>
    </Notice>
  );
}

function Facts({ application }: { application: ApplicationView }) {
  const { contactName, contactEmail } = application;
  const rows: [string, preact.ComponentChildren][] = [
    [form.country, <CountryMark key="country" code={application.country} />],
    [form.region, application.region],
    [
      words.website,
      <a key="web" href={webLink(application.website)} rel="noopener noreferrer" target="_blank">
        {webName(application.website)}
      </a>,
    ],
    [words.contact, contactEmail === null ? words.erased : `${contactName ?? ''}, ${contactEmail}`],
    [form.members, formatNumber(application.members)],
    [form.audience, formatNumber(application.audience)],
    [form.eventsPerYear, formatNumber(application.eventsPerYear)],
    [form.outreach, application.outreach],
    [form.projectsPart, form.involvements[application.involvement]],
    [form.projects, application.projects],
    [form.motivation, application.motivation],
  ];
  return (
    <section class="card" aria-labelledby="facts">
      <div class="card-head">
        <h2 id="facts">{words.facts}</h2>
        <StateBadge state={application.state} />
      </div>
      <dl class="facts">
        {rows
          .filter(([, value]) => value !== null && value !== '')
          .map(([label, value]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd class="application-text">{value}</dd>
            </div>
          ))}
      </dl>
      <p class="fine">{words.consent(application.consent.version, formatDay(application.consent.at))}</p>
    </section>
  );
}

function Reviewer({ path, application, onChanged, open }: ReviewProps & { open: boolean }) {
  const [error, setError] = useState<unknown>(null);
  const user = currentUser();
  const mine = application.reviewer?.id === user.id;
  const assign = async (reviewerId: string | null): Promise<void> => {
    setError(null);
    try {
      onChanged(await api.put(`${path}/reviewer`, { version: application.version, reviewerId }));
      announce(reviewerId === null ? words.given : words.taken);
    } catch (failure) {
      setError(failure);
    }
  };
  return (
    <section class="card" aria-labelledby="reviewer">
      <h2 id="reviewer">{words.reviewer}</h2>
      <p>{application.reviewer?.name ?? t.ambassadors.queue.nobody}</p>
      {error !== null && <Failure error={error} />}
      {open && (
        <div class="actions">
          <Button small onClick={() => void assign(mine ? null : user.id)}>
            {mine ? words.giveBack : words.take}
          </Button>
        </div>
      )}
    </section>
  );
}

function DecideCard({ path, application, onChanged }: ReviewProps) {
  const [verdict, setVerdict] = useState<Decide['verdict']>('accept');
  const [reason, setReason] = useState('');
  const state = useForm(async () => {
    const { version } = application;
    const decided = await api.post<Decided>(`${path}/decision`, { version, verdict, reason });
    announce(
      decided.invitationProblem === null ? words.done[verdict] : words.notInvited(decided.invitationProblem),
    );
    onChanged(decided.application);
  });
  return (
    <section class="card" aria-labelledby="decide">
      <h2 id="decide">{words.decide}</h2>
      <Form state={state} label={words.decide}>
        <RadioGroup
          legend={words.decide}
          name="verdict"
          value={verdict}
          choices={VERDICTS.map((value) => ({
            value,
            label: words.verdicts[value],
            hint: words.verdictHints[value],
          }))}
          onChange={(value) => {
            setVerdict(VERDICTS.find((one) => one === value) ?? 'accept');
          }}
        />
        <TextArea
          label={words.reason}
          name="reason"
          hint={words.reasonHint}
          value={reason}
          onInput={setReason}
          error={state.errors['reason']}
        />
        <Button kind="primary" type="submit" busy={state.busy}>
          {words.send[verdict]}
        </Button>
      </Form>
    </section>
  );
}

function DecisionCard({ application }: { application: ApplicationView }) {
  const { decision, clusterId } = application;
  return (
    <>
      {decision !== null && (
        <Notice kind={decision.verdict === 'accept' ? 'good' : 'info'} title={formatDay(decision.at)}>
          <p class="application-text">{decision.reason}</p>
        </Notice>
      )}
      {clusterId !== null && (
        <ButtonLink href={`/clusters/${encodeURIComponent(clusterId)}`}>{words.toCluster}</ButtonLink>
      )}
    </>
  );
}
