import { useState } from 'preact/hooks';
import type { SessionView } from '../../../server/accounts/schema.ts';
import { api } from '../api/request.ts';
import { navigate } from '../app/router.ts';
import { enter } from '../app/session.ts';
import type { PageProps } from '../app/page.ts';
import { Button } from '../components/Button.tsx';
import { Form, useForm } from '../components/form.tsx';
import { TextField } from '../components/fields.tsx';
import { PageHeading } from '../components/Heading.tsx';
import { t } from '../strings/text.ts';
import { DeadLink } from './DeadLink.tsx';
import { useLinkToken } from './linkToken.ts';
import { PasswordField } from './PasswordField.tsx';

/** Makes the first staff account from the link that the server prints at its first start. */
export function SetUpPage(_props: PageProps) {
  const words = t.accounts.setUp;
  const token = useLinkToken();
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const form = useForm(async () => {
    enter(await api.post<SessionView>('/setup', { token, name, email, password }));
    await navigate('/', { replace: true });
  });
  if (token === '') return <DeadLink title={words.title} body={words.noToken} />;
  return (
    <>
      <PageHeading title={words.title} lead={words.lead} />
      <Form state={form} label={words.title}>
        <TextField
          label={t.accounts.name}
          name="name"
          autoComplete="name"
          required
          value={name}
          onInput={setName}
          error={form.errors.name}
        />
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
        <PasswordField
          label={t.accounts.password.choose}
          name="password"
          fresh
          value={password}
          onInput={setPassword}
          error={form.errors.password}
        />
        {form.errors.token && <p class="field-error">{form.errors.token}</p>}
        <Button kind="primary" type="submit" busy={form.busy}>
          {words.action}
        </Button>
      </Form>
    </>
  );
}
