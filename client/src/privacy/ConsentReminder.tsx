import { useEffect } from 'preact/hooks';
import { place } from '../app/router.ts';
import { Button, ButtonLink } from '../components/Button.tsx';
import { t } from '../strings/text.ts';
import { askConsents, consentsAnswered, consentsDue } from './due.ts';
import './privacy.css';

const words = t.privacy.reminder;

/** At the first sign-in, and when a text has changed: asks for the answers, without standing in the way. */
export function ConsentReminder({ accountId }: { accountId: string }) {
  useEffect(() => {
    // Without an answer there is no reminder; the page My data says what is wrong.
    askConsents(accountId).catch(() => undefined);
  }, [accountId]);
  if (!consentsDue(accountId) || place.value.path === '/my-data') return null;
  return (
    <aside class="consent-reminder" aria-label={t.shell.pages.myData}>
      <p>{words.body}</p>
      <div class="actions">
        <ButtonLink small kind="primary" href="/my-data">
          {words.action}
        </ButtonLink>
        <Button small kind="quiet" onClick={consentsAnswered}>
          {words.later}
        </Button>
      </div>
    </aside>
  );
}
