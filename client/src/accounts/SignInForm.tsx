import { useState } from 'preact/hooks';
import type { SessionView } from '../../../server/accounts/schema.ts';
import { api } from '../api/request.ts';
import { Button } from '../components/Button.tsx';
import { Form, useForm } from '../components/form.tsx';
import { TextField } from '../components/fields.tsx';
import { t } from '../strings/text.ts';
import { PasswordField } from './PasswordField.tsx';

/** E-mail and password; hands over the session that the server opened. */
export function SignInForm(props: { email?: string; onSession: (view: SessionView) => void }) {
  const words = t.accounts.signIn;
  const [email, setEmail] = useState(props.email ?? '');
  const [password, setPassword] = useState('');
  const form = useForm(async () => {
    props.onSession(await api.post<SessionView>('/session', { email, password }));
  });
  return (
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
      <PasswordField
        label={t.accounts.password.label}
        name="password"
        value={password}
        onInput={setPassword}
        error={form.errors.password}
      />
      <Button kind="primary" type="submit" busy={form.busy}>
        {words.action}
      </Button>
    </Form>
  );
}
