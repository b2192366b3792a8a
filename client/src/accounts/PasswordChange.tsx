import { useState } from 'preact/hooks';
import { api } from '../api/request.ts';
import { announce } from '../components/announce.tsx';
import { Button } from '../components/Button.tsx';
import { Form, useForm } from '../components/form.tsx';
import { t } from '../strings/text.ts';
import { PasswordField } from './PasswordField.tsx';

export function PasswordChange() {
  const words = t.accounts.passwordChange;
  const [currentPassword, setCurrent] = useState('');
  const [newPassword, setNew] = useState('');
  const form = useForm(async () => {
    await api.put('/account/password', { currentPassword, newPassword });
    setCurrent('');
    setNew('');
    announce(words.done);
  });
  return (
    <section class="card" aria-labelledby="account-password">
      <h2 id="account-password">{words.title}</h2>
      <p class="fine">{words.lead}</p>
      <Form state={form} label={words.title}>
        <PasswordField
          label={words.current}
          name="currentPassword"
          value={currentPassword}
          onInput={setCurrent}
          error={form.errors.currentPassword}
        />
        <PasswordField
          label={t.accounts.password.chooseNew}
          name="newPassword"
          fresh
          value={newPassword}
          onInput={setNew}
          error={form.errors.newPassword}
        />
        <div class="actions">
          <Button kind="primary" type="submit" busy={form.busy}>
            {words.action}
          </Button>
        </div>
      </Form>
    </section>
  );
}
