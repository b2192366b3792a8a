import type { SessionView } from '../../../server/accounts/schema.ts';
import { enter, resuming, session, sessionEnded } from '../app/session.ts';
import { Dialog } from '../components/Dialog.tsx';
import { t } from '../strings/text.ts';
import { SignInForm } from './SignInForm.tsx';

/** Asks to sign in again over a page with unsaved changes, so that nothing typed is lost. */
export function ResumeDialog() {
  const current = session.value;
  if (!resuming.value || current.state !== 'in') return null;
  const { user } = current;
  const resume = (view: SessionView) => {
    // Somebody else's sign-in must not find this page's content.
    if (view.user?.id === user.id) enter(view);
    else location.assign('/');
  };
  return (
    <Dialog title={t.accounts.resume.title} onClose={sessionEnded}>
      <p>{t.accounts.resume.body}</p>
      <SignInForm email={user.email} onSession={resume} />
    </Dialog>
  );
}
