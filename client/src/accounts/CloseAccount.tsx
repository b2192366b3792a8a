import { useState } from 'preact/hooks';
import { api } from '../api/request.ts';
import { navigate } from '../app/router.ts';
import { sessionEnded } from '../app/session.ts';
import { announce } from '../components/announce.tsx';
import { Button } from '../components/Button.tsx';
import { Dialog } from '../components/Dialog.tsx';
import { Form, useForm } from '../components/form.tsx';
import { t } from '../strings/text.ts';
import { PasswordField } from './PasswordField.tsx';

/** Closing one's own account: asked for in a dialog, with the password. */
export function CloseAccount() {
  const words = t.accounts.close;
  const [open, setOpen] = useState(false);
  const [password, setPassword] = useState('');
  const form = useForm(async () => {
    await api.post('/account/close', { password });
    announce(words.done);
    sessionEnded();
    await navigate('/sign-in', { replace: true });
  });
  const close = () => {
    setOpen(false);
    setPassword('');
    form.clear();
  };
  return (
    <section class="card" aria-labelledby="account-close">
      <h2 id="account-close">{words.title}</h2>
      <p>{words.body}</p>
      <div class="actions">
        <Button
          kind="danger"
          onClick={() => {
            setOpen(true);
          }}
        >
          {words.action}
        </Button>
      </div>
      {open && (
        <Dialog title={words.question} onClose={close}>
          <p>{words.body}</p>
          <Form state={form} label={words.question}>
            <PasswordField
              label={words.password}
              name="password"
              value={password}
              onInput={setPassword}
              error={form.errors.password}
            />
            <div class="actions actions-end">
              <Button onClick={close}>{t.common.cancel}</Button>
              <Button kind="danger" type="submit" busy={form.busy}>
                {words.action}
              </Button>
            </div>
          </Form>
        </Dialog>
      )}
    </section>
  );
}
