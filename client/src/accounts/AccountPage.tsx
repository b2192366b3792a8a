import type { PageProps } from '../app/page.ts';
import { currentUser } from '../app/session.ts';
import { PageHeading } from '../components/Heading.tsx';
import { t } from '../strings/text.ts';
import { CloseAccount } from './CloseAccount.tsx';
import { MailChoicesCard } from './MailChoices.tsx';
import { PasswordChange } from './PasswordChange.tsx';
import { Sessions } from './Sessions.tsx';

export function AccountPage(_props: PageProps) {
  const user = currentUser();
  const words = t.accounts.account;
  return (
    <>
      <PageHeading title={words.title} lead={words.lead} />
      <div class="stack narrow">
        <section class="card" aria-labelledby="account-who">
          <h2 id="account-who">{user.name}</h2>
          <dl class="facts">
            <div>
              <dt>{t.accounts.email}</dt>
              <dd>{user.email}</dd>
            </div>
            <div>
              <dt>{words.kind}</dt>
              <dd>{t.shell.roles[user.role]}</dd>
            </div>
            {user.organisation !== null && (
              <div>
                <dt>{words.organisation}</dt>
                <dd>{user.organisation}</dd>
              </div>
            )}
          </dl>
        </section>
        <MailChoicesCard />
        <Sessions />
        <PasswordChange />
        <CloseAccount />
      </div>
    </>
  );
}
