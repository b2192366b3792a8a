import { useState } from 'preact/hooks';
import type { ApplicationForm } from '../../../server/ambassadors/schema.ts';
import { ApiProblem } from '../api/problem.ts';
import { api } from '../api/request.ts';
import { useLoad } from '../api/useLoad.ts';
import type { PageProps } from '../app/page.ts';
import { Button } from '../components/Button.tsx';
import { Notice, Show } from '../components/feedback.tsx';
import { CheckField } from '../components/fields.tsx';
import { Form, useForm } from '../components/form.tsx';
import { PageHeading } from '../components/Heading.tsx';
import { t } from '../strings/text.ts';
import { ApplicationFields } from './ApplicationFields.tsx';
import { emptyDraft, inputOf } from './draft.ts';
import './ambassadors.css';

const words = t.ambassadors.form;

/** The public form. */
export function ApplyPage(_props: PageProps) {
  const opened = useLoad<ApplicationForm>('/ambassador-applications/form');
  const [mailedTo, setMailedTo] = useState<string | null>(null);
  if (mailedTo !== null) return <Sent mailedTo={mailedTo} />;
  return (
    <>
      <PageHeading
        title={words.title}
        lead={words.lead}
        above={<a href="/ambassadors">{t.ambassadors.about.title}</a>}
      />
      <Show of={opened}>
        {(form) => <ApplyForm opened={form} onSent={setMailedTo} onFormOver={opened.set} />}
      </Show>
    </>
  );
}

function ApplyForm(props: {
  opened: ApplicationForm;
  onSent: (mailedTo: string) => void;
  onFormOver: (form: ApplicationForm) => void;
}) {
  const { opened } = props;
  const [draft, setDraft] = useState(emptyDraft);
  const [agreed, setAgreed] = useState(false);
  const [nickname, setNickname] = useState('');
  const form = useForm(async () => {
    const { consent } = opened;
    try {
      const sent = await api.post<{ mailedTo: string }>('/ambassador-applications', {
        form: opened.form,
        consentVersion: consent.version,
        nickname,
        application: inputOf(draft),
      });
      props.onSent(sent.mailedTo);
    } catch (error) {
      // A form that was open for too long is fetched anew; what was typed stays.
      if (error instanceof ApiProblem && (error.code === 'form-over' || error.code === 'consent-changed'))
        props.onFormOver(await api.get<ApplicationForm>('/ambassador-applications/form'));
      throw error;
    }
  });
  return (
    <Form
      state={form}
      label={words.title}
      class="form narrow"
      onSubmit={() => {
        if (agreed) void form.submit();
        else form.refuse({ consent: words.agreeFirst });
      }}
    >
      <ApplicationFields
        draft={draft}
        onChange={setDraft}
        errors={form.errors}
        countries={opened.countries}
        emailFixed={false}
      />
      {/* A trap for programs: people neither see nor reach it. */}
      <div class="visually-hidden" aria-hidden="true">
        <label>
          {words.nickname}
          <input
            name="nickname"
            tabIndex={-1}
            autocomplete="off"
            value={nickname}
            onInput={(event) => {
              setNickname(event.currentTarget.value);
            }}
          />
        </label>
      </div>
      <fieldset class="stack-small" aria-invalid={form.errors['consent'] ? true : undefined}>
        <legend class="form-legend">{words.consent}</legend>
        <p>{opened.consent.text}</p>
        <CheckField name="consent" label={words.agree} checked={agreed} onChange={setAgreed} />
        {form.errors['consent'] !== undefined && <p class="field-error">{form.errors['consent']}</p>}
      </fieldset>
      <div class="actions">
        <Button kind="primary" type="submit" busy={form.busy}>
          {words.send}
        </Button>
      </div>
    </Form>
  );
}

function Sent({ mailedTo }: { mailedTo: string }) {
  return (
    <>
      <PageHeading title={words.sent} />
      <div class="stack narrow">
        <Notice kind="good">
          <p>{words.sentBody(mailedTo)}</p>
        </Notice>
        <p>
          <a href="/ambassadors/application">{words.noMail}</a>
        </p>
      </div>
    </>
  );
}
