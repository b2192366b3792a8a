import { useState } from 'preact/hooks';
import type { PersonalDataView } from '../../../server/privacy/schema.ts';
import { PasswordField } from '../accounts/PasswordField.tsx';
import { api } from '../api/request.ts';
import { navigate } from '../app/router.ts';
import { currentUser, sessionEnded } from '../app/session.ts';
import { announce } from '../components/announce.tsx';
import { Button } from '../components/Button.tsx';
import { Dialog } from '../components/Dialog.tsx';
import { Form, useForm } from '../components/form.tsx';
import { t } from '../strings/text.ts';

const words = t.privacy.myData;
type What = 'account' | 'sme';

/** Erasing oneself, or the company: asked for in a dialog that says what stays, with the password. */
export function EraseMe({ sections }: PersonalDataView) {
  const [asked, setAsked] = useState<What | null>(null);
  const isSme = currentUser().role === 'sme';
  return (
    <section class="card" aria-labelledby="my-data-erase">
      <h2 id="my-data-erase">{words.erase}</h2>
      <p>{words.eraseAccountBody}</p>
      <div class="actions">
        <Button
          kind="danger"
          onClick={() => {
            setAsked('account');
          }}
        >
          {words.eraseAccount}
        </Button>
      </div>
      {isSme && (
        <>
          <p>{words.eraseSmeBody}</p>
          <div class="actions">
            <Button
              kind="danger"
              onClick={() => {
                setAsked('sme');
              }}
            >
              {words.eraseSme}
            </Button>
          </div>
        </>
      )}
      {asked !== null && (
        <EraseDialog
          what={asked}
          stays={sections.flatMap(({ of, stays }) => (of === asked || asked === 'sme' ? (stays ?? []) : []))}
          onClose={() => {
            setAsked(null);
          }}
        />
      )}
    </section>
  );
}

function EraseDialog(props: { what: What; stays: readonly string[]; onClose: () => void }) {
  const { what } = props;
  const [password, setPassword] = useState('');
  const form = useForm(async () => {
    await api.post('/privacy/erasure', { what, password });
    announce(words.erased);
    sessionEnded();
    await navigate('/sign-in', { replace: true });
  });
  return (
    <Dialog title={words.eraseQuestion[what]} onClose={props.onClose}>
      <p>{words.forGood}</p>
      {props.stays.length > 0 && (
        <>
          <p>{words.eraseWhatStays}</p>
          <ul class="fine">
            {[...new Set(props.stays)].map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        </>
      )}
      <Form state={form} label={words.eraseQuestion[what]}>
        <PasswordField
          label={words.password}
          name="password"
          value={password}
          onInput={setPassword}
          error={form.errors.password}
        />
        <div class="actions actions-end">
          <Button onClick={props.onClose}>{t.common.cancel}</Button>
          <Button kind="danger" type="submit" busy={form.busy}>
            {what === 'sme' ? words.eraseSme : words.eraseAccount}
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}
