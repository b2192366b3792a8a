import { useState } from 'preact/hooks';
import type { CheckedInView } from '../../../server/events/schema.ts';
import { api } from '../api/request.ts';
import type { PageProps } from '../app/page.ts';
import { Button, ButtonLink } from '../components/Button.tsx';
import { Failure, Notice } from '../components/feedback.tsx';
import { PageHeading } from '../components/Heading.tsx';
import { t } from '../strings/text.ts';

/** What the code on a badge opens: one tap checks the company in, without signing in. The token is in the fragment, which no server logs. */
export function CheckInPage(_props: PageProps) {
  const token = location.hash.slice(1);
  const [done, setDone] = useState<CheckedInView | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const checkIn = async (): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      setDone(await api.post<CheckedInView>('/check-ins', { token }));
    } catch (failure) {
      setError(failure);
    }
    setBusy(false);
  };
  return (
    <div class="stack">
      <PageHeading title={t.event.checkInTitle} />
      {error !== null && <Failure error={error} />}
      {token === '' && (
        <Notice kind="warning">
          <p>{t.event.checkInNoToken}</p>
        </Notice>
      )}
      {done === null && token !== '' && (
        <>
          <p>{t.event.checkInAsk}</p>
          <Button kind="primary" icon="check" busy={busy} onClick={() => void checkIn()}>
            {t.event.checkInButton}
          </Button>
        </>
      )}
      {done !== null && (
        <>
          <Notice kind="good">
            <p>{t.event.checkedIn(done.smeName, done.eventName)}</p>
          </Notice>
          <p>{t.event.checkedInWhat}</p>
          <ButtonLink kind="primary" href={`/events/${done.eventId}`}>
            {t.shell.signIn}
          </ButtonLink>
        </>
      )}
    </div>
  );
}
