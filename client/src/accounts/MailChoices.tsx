import type { MailChoices, MailKind } from '../../../server/mail/schema.ts';
import type { Role } from '../../../server/accounts/schema.ts';
import { api } from '../api/request.ts';
import { useLoad } from '../api/useLoad.ts';
import { currentUser } from '../app/session.ts';
import { Failure, Show } from '../components/feedback.tsx';
import { CheckField } from '../components/fields.tsx';
import { useAction } from '../components/useAction.ts';
import { t } from '../strings/text.ts';

const words = t.programme.mail;

/** What each kind of account can get by mail. */
const KINDS: Readonly<Record<Role, readonly MailKind[]>> = {
  sme: ['suggestions', 'news', 'questions'],
  cluster: ['news', 'questions', 'reports'],
  demand: ['needs', 'news', 'questions'],
  staff: ['news'],
};

/** Which mail the account gets; each tick is stored at once. */
export function MailChoicesCard() {
  const loaded = useLoad<MailChoices>('/account/mail');
  const { failure, run } = useAction();
  return (
    <section class="card" aria-labelledby="account-mail">
      <h2 id="account-mail">{words.title}</h2>
      <p>{words.lead}</p>
      {failure !== null && <Failure error={failure} />}
      <Show of={loaded} lines={1}>
        {(choices) => (
          <div>
            {KINDS[currentUser().role].map((kind) => (
              <CheckField
                key={kind}
                name={kind}
                label={words.kinds[kind]}
                checked={choices[kind]}
                onChange={(checked) =>
                  void run(async () => {
                    loaded.set(await api.put<MailChoices>('/account/mail', { ...choices, [kind]: checked }));
                  }, words.saved)
                }
              />
            ))}
          </div>
        )}
      </Show>
    </section>
  );
}
