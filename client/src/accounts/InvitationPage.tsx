import { useEffect, useState } from 'preact/hooks';
import type { z } from 'zod';
import type { invitationOfferSchema, SessionView } from '../../../server/accounts/schema.ts';
import { ApiProblem, isAbort } from '../api/problem.ts';
import { api } from '../api/request.ts';
import { navigate } from '../app/router.ts';
import { enter, session } from '../app/session.ts';
import type { PageProps } from '../app/page.ts';
import { Button } from '../components/Button.tsx';
import { Failure, Loading, Notice } from '../components/feedback.tsx';
import { Form, useForm } from '../components/form.tsx';
import { TextField } from '../components/fields.tsx';
import { formatDay } from '../components/format.ts';
import { PageHeading } from '../components/Heading.tsx';
import { t } from '../strings/text.ts';
import { DeadLink } from './DeadLink.tsx';
import { useLinkToken } from './linkToken.ts';
import { PasswordField } from './PasswordField.tsx';

type Offer = z.infer<typeof invitationOfferSchema>;
const words = t.accounts.invitation;

/** Asks the server what the link offers. */
function useOffer(token: string) {
  const [offer, setOffer] = useState<Offer | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [round, setRound] = useState(0);
  useEffect(() => {
    if (token === '') return undefined;
    const controller = new AbortController();
    setError(null);
    api
      .post<Offer>('/invitations/look-up', { token }, { signal: controller.signal })
      .then(setOffer, (failure: unknown) => {
        if (!isAbort(failure)) setError(failure);
      });
    return () => {
      controller.abort();
    };
  }, [token, round]);
  const retry = () => {
    setRound(round + 1);
  };
  return { offer, error, retry };
}

function OfferFacts({ offer }: { offer: Offer }) {
  return (
    <dl class="facts">
      <div>
        <dt>{words.role}</dt>
        <dd>
          {t.shell.roles[offer.role]}: {words.purposes[offer.role]}
        </dd>
      </div>
      {offer.organisation !== null && (
        <div>
          <dt>{words.organisation}</dt>
          <dd>{offer.organisation}</dd>
        </div>
      )}
      <div>
        <dt>{t.accounts.email}</dt>
        <dd>{offer.email}</dd>
      </div>
      <div>
        <dt>{words.until}</dt>
        <dd>{formatDay(offer.expiresAt)}</dd>
      </div>
    </dl>
  );
}

function AcceptForm({ token, offer }: { token: string; offer: Offer }) {
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const form = useForm(async () => {
    enter(await api.post<SessionView>('/invitations/accept', { token, name, password }));
    await navigate('/', { replace: true });
  });
  return (
    <Form state={form} label={words.title}>
      {/* Lets password managers keep the address together with the new password. */}
      <input type="hidden" name="username" autocomplete="username" value={offer.email} />
      <TextField
        label={t.accounts.name}
        name="name"
        autoComplete="name"
        required
        value={name}
        onInput={setName}
        error={form.errors.name}
      />
      <PasswordField
        label={t.accounts.password.choose}
        name="password"
        fresh
        value={password}
        onInput={setPassword}
        error={form.errors.password}
      />
      <Button kind="primary" type="submit" busy={form.busy}>
        {words.action}
      </Button>
    </Form>
  );
}

export function InvitationPage(_props: PageProps) {
  const token = useLinkToken();
  const { offer, error, retry } = useOffer(token);
  if (token === '') return <DeadLink title={words.title} body={words.noToken} />;
  if (error instanceof ApiProblem && error.status < 500) {
    return <DeadLink title={words.title} body={`${error.message} ${words.askAgain}`} />;
  }
  if (error !== null) return <Failure error={error} retry={retry} />;
  if (offer === null) return <Loading />;
  return (
    <>
      <PageHeading title={words.title} lead={words.lead(offer.invitedBy)} />
      {session.value.state === 'in' && (
        <Notice kind="warning">
          <p>{words.signedInAs(session.value.user.name)}</p>
        </Notice>
      )}
      <OfferFacts offer={offer} />
      <AcceptForm token={token} offer={offer} />
    </>
  );
}
