import { useEffect } from 'preact/hooks';
import { homeOf } from '../app/navigation.ts';
import { navigate, place } from '../app/router.ts';
import { enter, session } from '../app/session.ts';
import type { PageProps } from '../app/page.ts';
import { Notice } from '../components/feedback.tsx';
import { PageHeading } from '../components/Heading.tsx';
import { t } from '../strings/text.ts';
import { nextPath } from './nextPath.ts';
import { SignInForm } from './SignInForm.tsx';

export function SignInPage(_props: PageProps) {
  const words = t.accounts.signIn;
  const current = session.value;
  useEffect(() => {
    if (current.state !== 'in') return;
    void navigate(nextPath(place.value.query.get('next')) ?? homeOf(current.user.role), { replace: true });
  }, [current]);
  return (
    <>
      <PageHeading title={words.title} />
      {current.state === 'out' && current.lost && <Notice>{words.lost}</Notice>}
      <SignInForm onSession={enter} />
      <p>
        <a class="tap" href="/forgot-password">
          {words.forgot}
        </a>
      </p>
      <p class="fine">{words.byInvitation}</p>
      <p class="fine">
        {t.ambassadors.about.onSignIn} <a href="/ambassadors">{t.ambassadors.about.title}</a>
      </p>
    </>
  );
}
