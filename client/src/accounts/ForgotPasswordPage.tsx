import { useState } from 'preact/hooks';
import { api } from '../api/request.ts';
import type { PageProps } from '../app/page.ts';
import { Button, ButtonLink } from '../components/Button.tsx';
import { Notice } from '../components/feedback.tsx';
import { Form, useForm } from '../components/form.tsx';
import { TextField } from '../components/fields.tsx';
import { PageHeading } from '../components/Heading.tsx';
import { t } from '../strings/text.ts';

export function ForgotPasswordPage(_props: PageProps) {
  const words = t.accounts.forgot;
  const [email, setEmail] = useState('');
  const [sent, setSent] = useState(false);
  const form = useForm(async () => {
    await api.post('/password-resets', { email });
    setSent(true);
  });
  return (
    <>
      <PageHeading title={words.title} lead={words.lead} />
      {sent ? (
        <div role="status">
          <Notice kind="good" title={words.sent}>
            <p>{words.sentBody(email)}</p>
          </Notice>
        </div>
      ) : (
        <Form state={form} label={words.title}>
          <TextField
            label={t.accounts.email}
            name="email"
            type="email"
            inputMode="email"
            autoComplete="username"
            required
            value={email}
            onInput={setEmail}
            error={form.errors.email}
          />
          <Button kind="primary" type="submit" busy={form.busy}>
            {words.action}
          </Button>
        </Form>
      )}
      <ButtonLink href="/sign-in" kind="quiet">
        {t.accounts.toSignIn}
      </ButtonLink>
    </>
  );
}
