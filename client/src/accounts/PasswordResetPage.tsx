import { useState } from 'preact/hooks';
import { api } from '../api/request.ts';
import type { PageProps } from '../app/page.ts';
import { Button, ButtonLink } from '../components/Button.tsx';
import { Notice } from '../components/feedback.tsx';
import { Form, useForm } from '../components/form.tsx';
import { PageHeading } from '../components/Heading.tsx';
import { t } from '../strings/text.ts';
import { DeadLink } from './DeadLink.tsx';
import { useLinkToken } from './linkToken.ts';
import { PasswordField } from './PasswordField.tsx';

export function PasswordResetPage(_props: PageProps) {
  const words = t.accounts.reset;
  const token = useLinkToken();
  const [password, setPassword] = useState('');
  const [done, setDone] = useState(false);
  const form = useForm(async () => {
    await api.post('/password-resets/use', { token, password });
    setDone(true);
  });
  if (token === '') return <DeadLink title={words.title} body={words.noToken} />;
  if (done) {
    return (
      <>
        <PageHeading title={words.doneTitle} />
        <Notice kind="good">
          <p>{words.done}</p>
        </Notice>
        <ButtonLink href="/sign-in" kind="primary">
          {t.accounts.toSignIn}
        </ButtonLink>
      </>
    );
  }
  return (
    <>
      <PageHeading title={words.title} lead={words.lead} />
      <Form state={form} label={words.title}>
        <PasswordField
          label={t.accounts.password.chooseNew}
          name="password"
          fresh
          value={password}
          onInput={setPassword}
          error={form.errors.password ?? form.errors.token}
        />
        <Button kind="primary" type="submit" busy={form.busy}>
          {words.action}
        </Button>
      </Form>
      <a class="tap" href="/forgot-password">
        {words.again}
      </a>
    </>
  );
}
