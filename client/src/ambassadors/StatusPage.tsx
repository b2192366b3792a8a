import { useEffect, useState } from 'preact/hooks';
import type { ApplicationForm, OwnApplication } from '../../../server/ambassadors/schema.ts';
import { useLinkToken } from '../accounts/linkToken.ts';
import { isAbort } from '../api/problem.ts';
import { api } from '../api/request.ts';
import { useLoad } from '../api/useLoad.ts';
import type { PageProps } from '../app/page.ts';
import { announce } from '../components/announce.tsx';
import { Button } from '../components/Button.tsx';
import { askConfirm } from '../components/confirm.tsx';
import { Failure, Loading, Notice } from '../components/feedback.tsx';
import { TextArea, TextField } from '../components/fields.tsx';
import { Form, useForm } from '../components/form.tsx';
import { PageHeading } from '../components/Heading.tsx';
import { Badge } from '../components/marks.tsx';
import { t } from '../strings/text.ts';
import { ApplicationFields } from './ApplicationFields.tsx';
import { draftOf, inputOf } from './draft.ts';
import { Messages } from './Messages.tsx';
import './ambassadors.css';

const words = t.ambassadors.status;
const OPEN: readonly OwnApplication['state'][] = ['unconfirmed', 'submitted', 'more-asked'];
const kinds = {
  unconfirmed: 'warning',
  submitted: 'plain',
  'more-asked': 'accent',
  accepted: 'good',
  rejected: 'plain',
  withdrawn: 'plain',
} as const;

/** An application as its applicant follows it, by the link in the mail. */
export function StatusPage(_props: PageProps) {
  const token = useLinkToken();
  const [own, setOwn] = useState<OwnApplication | null>(null);
  const [error, setError] = useState<unknown>(null);
  useEffect(() => {
    if (token === '') return undefined;
    const controller = new AbortController();
    setError(null);
    api
      .post<OwnApplication>('/ambassador-applications/look-up', { token }, { signal: controller.signal })
      .then(setOwn, (failure: unknown) => {
        if (!isAbort(failure)) setError(failure);
      });
    return () => {
      controller.abort();
    };
  }, [token]);
  if (token === '' || error !== null) return <AskForLink error={error} />;
  if (own === null) return <Loading />;
  return <Own token={token} own={own} onChanged={setOwn} />;
}

interface OwnProps {
  token: string;
  own: OwnApplication;
  onChanged: (own: OwnApplication) => void;
}

function Own({ token, own, onChanged }: OwnProps) {
  return (
    <>
      <PageHeading title={words.of(own.name)} lead={words.what[own.state]} />
      <div class="stack narrow">
        <p class="badges">
          <Badge kind={kinds[own.state]}>{words.states[own.state]}</Badge>
        </p>
        {own.decision !== null && (
          <Notice kind={own.decision.verdict === 'accept' ? 'good' : 'info'} title={words.reason}>
            <p>{own.decision.reason}</p>
          </Notice>
        )}
        {own.state === 'unconfirmed' && <Confirm token={token} own={own} onChanged={onChanged} />}
        <Messages messages={own.messages} applicant={words.applicant} />
        <section class="card" aria-labelledby="criteria">
          <h2 id="criteria">{words.criteria}</h2>
          <dl class="facts">
            {own.criteria.map(({ criterion, level, reason }) => (
              <div key={criterion}>
                <dt>
                  {t.ambassadors.criteria[criterion]}: {words.levels[level]}
                </dt>
                <dd>{reason}</dd>
              </div>
            ))}
          </dl>
        </section>
        {OPEN.includes(own.state) && (
          <>
            <Change key={own.version} token={token} own={own} onChanged={onChanged} />
            <Withdraw token={token} own={own} onChanged={onChanged} />
          </>
        )}
      </div>
    </>
  );
}

function Confirm({ token, onChanged }: OwnProps) {
  const form = useForm(async () => {
    onChanged(await api.post<OwnApplication>('/ambassador-applications/confirm', { token }));
    announce(words.confirmed);
  });
  return (
    <Form state={form} label={words.confirm}>
      <Button kind="primary" type="submit" icon="check" busy={form.busy}>
        {words.confirm}
      </Button>
    </Form>
  );
}

function Change({ token, own, onChanged }: OwnProps) {
  const opened = useLoad<ApplicationForm>('/ambassador-applications/form');
  const [draft, setDraft] = useState(() => draftOf(own));
  const [answer, setAnswer] = useState('');
  const asked = own.state === 'more-asked';
  const form = useForm(async () => {
    const { version } = own;
    const body = { token, version, application: inputOf(draft), answer };
    onChanged(await api.put<OwnApplication>('/ambassador-applications/own', body));
    announce(words.saved);
  });
  return (
    <Form state={form} label={words.change} class="form card">
      {asked && (
        <TextArea
          label={t.ambassadors.form.answer}
          name="answer"
          value={answer}
          onInput={setAnswer}
          error={form.errors['answer']}
        />
      )}
      <details open={own.state === 'unconfirmed'}>
        <summary>{words.change}</summary>
        <div class="stack-small">
          <ApplicationFields
            draft={draft}
            onChange={setDraft}
            errors={form.errors}
            countries={opened.data?.countries ?? [{ code: own.country, name: own.country }]}
            emailFixed
          />
        </div>
      </details>
      <div class="actions">
        <Button kind={asked ? 'primary' : 'secondary'} type="submit" busy={form.busy}>
          {asked ? t.ambassadors.form.sendAnswer : t.ambassadors.form.save}
        </Button>
      </div>
    </Form>
  );
}

function Withdraw({ token, own, onChanged }: OwnProps) {
  const [error, setError] = useState<unknown>(null);
  const withdraw = async (): Promise<void> => {
    const sure = await askConfirm({
      title: words.withdrawAsk,
      body: words.withdrawWhat,
      action: words.withdraw,
    });
    if (!sure) return;
    try {
      await api.post('/ambassador-applications/withdraw', { token });
      announce(words.withdrawn);
      onChanged({ ...own, state: 'withdrawn', contactName: '', contactEmail: '' });
    } catch (failure) {
      setError(failure);
    }
  };
  return (
    <div class="stack-small">
      {error !== null && <Failure error={error} />}
      <div class="actions">
        <Button kind="quiet" onClick={() => void withdraw()}>
          {words.withdraw}
        </Button>
      </div>
    </div>
  );
}

function AskForLink({ error }: { error: unknown }) {
  const [email, setEmail] = useState('');
  const [sent, setSent] = useState(false);
  const form = useForm(async () => {
    await api.post('/ambassador-applications/send-link', { email });
    setSent(true);
  });
  return (
    <>
      <PageHeading title={words.title} lead={error === null ? words.noToken : words.linkTitle} />
      <div class="stack narrow">
        {error !== null && <Failure error={error} />}
        {sent ? (
          <Notice kind="good">
            <p>{words.linkSent}</p>
          </Notice>
        ) : (
          <Form state={form} label={words.linkTitle}>
            <TextField
              label={words.email}
              name="email"
              type="email"
              autoComplete="email"
              required
              value={email}
              onInput={setEmail}
              error={form.errors['email']}
            />
            <Button kind="primary" type="submit" busy={form.busy}>
              {words.sendLink}
            </Button>
          </Form>
        )}
      </div>
    </>
  );
}
