import { useState } from 'preact/hooks';
import type { MailKind, Unsubscribed } from '../../../server/mail/schema.ts';
import { api } from '../api/request.ts';
import type { PageProps } from '../app/page.ts';
import { Button, ButtonLink } from '../components/Button.tsx';
import { Failure, Notice } from '../components/feedback.tsx';
import { PageHeading } from '../components/Heading.tsx';
import { useAction } from '../components/useAction.ts';
import { t } from '../strings/text.ts';

const words = t.programme.mail.unsubscribe;
const kinds = t.programme.mail.kinds;
const isKind = (kind: string): kind is MailKind => kind in kinds;

/** Where the link in a mail leads: asks first, as mail programs and their scanners open links by themselves. */
export function UnsubscribePage({ params: { kind = '', accountId = '', token = '' } }: PageProps) {
  const [done, setDone] = useState(false);
  const { busy, failure, run } = useAction();
  const stop = () =>
    run(async () => {
      await api.post<Unsubscribed>(`/unsubscribe/${kind}/${accountId}/${token}`);
      setDone(true);
    }, words.done);
  return (
    <>
      <PageHeading
        title={t.shell.pages.unsubscribe}
        {...(isKind(kind) && !done ? { lead: words.lead(kinds[kind]) } : {})}
      />
      {failure !== null && (
        <>
          <Failure error={failure} />
          <p>{words.dead}</p>
        </>
      )}
      {!isKind(kind) && <p>{words.dead}</p>}
      {done ? (
        <Notice kind="good" title={words.done}>
          <p>{words.doneBody}</p>
        </Notice>
      ) : (
        isKind(kind) && (
          <Button kind="primary" busy={busy} onClick={() => void stop()}>
            {words.action}
          </Button>
        )
      )}
      <ButtonLink href="/account" kind="quiet">
        {t.shell.pages.account}
      </ButtonLink>
    </>
  );
}
