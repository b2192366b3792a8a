import { useState } from 'preact/hooks';
import type { z } from 'zod';
import type { openSessionSchema, openSessionsSchema } from '../../../server/accounts/schema.ts';
import { api } from '../api/request.ts';
import { useLoad } from '../api/useLoad.ts';
import { announce } from '../components/announce.tsx';
import { Button } from '../components/Button.tsx';
import { Failure, Show } from '../components/feedback.tsx';
import { formatMoment, formatSpan } from '../components/format.ts';
import { Badge } from '../components/marks.tsx';
import { t } from '../strings/text.ts';
import { deviceOf } from './device.ts';

type OpenSession = z.infer<typeof openSessionSchema>;
const words = t.accounts.sessions;

function SessionRow(props: { session: OpenSession; onEnd: () => void; busy: boolean }) {
  const { session } = props;
  return (
    <li class="row">
      <div>
        <p class="row-title">
          {deviceOf(session.userAgent)} {session.current && <Badge kind="good">{words.thisOne}</Badge>}
        </p>
        <p class="fine">{words.since(formatMoment(session.startedAt), formatSpan(session.lastSeenAt))}</p>
      </div>
      {!session.current && (
        <Button
          small
          onClick={props.onEnd}
          busy={props.busy}
          label={words.endOf(deviceOf(session.userAgent))}
        >
          {words.end}
        </Button>
      )}
    </li>
  );
}

/** Where this account is signed in; each of the others can be ended. */
export function Sessions() {
  const open = useLoad<z.infer<typeof openSessionsSchema>>('/account/sessions');
  const [busy, setBusy] = useState<string | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  const end = async (id: string | null) => {
    setBusy(id ?? 'all');
    setFailure(null);
    try {
      await api.remove(id === null ? '/account/sessions' : `/account/sessions/${encodeURIComponent(id)}`);
      announce(id === null ? words.endedAll : words.ended);
      open.reload();
    } catch (error) {
      setFailure(error);
    } finally {
      setBusy(null);
    }
  };
  return (
    <section class="card" aria-labelledby="account-sessions">
      <h2 id="account-sessions">{words.title}</h2>
      {failure !== null && <Failure error={failure} />}
      <Show of={open}>
        {({ items }) => (
          <>
            <ul class="rows">
              {items.map((session) => (
                <SessionRow
                  key={session.id}
                  session={session}
                  busy={busy === session.id}
                  onEnd={() => void end(session.id)}
                />
              ))}
            </ul>
            {items.some((session) => !session.current) && (
              <div class="actions">
                <Button onClick={() => void end(null)} busy={busy === 'all'}>
                  {words.endAll}
                </Button>
              </div>
            )}
          </>
        )}
      </Show>
    </section>
  );
}
