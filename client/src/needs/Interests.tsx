import { useState } from 'preact/hooks';
import type { InterestView } from '../../../server/interests/schema.ts';
import { api } from '../api/request.ts';
import { useLoad } from '../api/useLoad.ts';
import { currentUser } from '../app/session.ts';
import { announce } from '../components/announce.tsx';
import { Button } from '../components/Button.tsx';
import { askConfirm } from '../components/confirm.tsx';
import { Failure } from '../components/feedback.tsx';
import { formatSpan } from '../components/format.ts';
import { Badge, CompanyLine } from '../components/marks.tsx';
import { ContactLines } from '../consortia/ContactLines.tsx';
import { t } from '../strings/text.ts';
import { OrganisationLine } from './NeedMarks.tsx';
import { ReasonDialog } from './ReasonDialog.tsx';

const words = t.needs.interest;
const KINDS = {
  open: 'accent',
  accepted: 'good',
  declined: 'plain',
  withdrawn: 'plain',
  lapsed: 'plain',
} as const;

const joined = (names: readonly string[]): string => {
  const [one = '', other] = names;
  return other === undefined ? one : words.and(one, other);
};

/** Name of a side: a company, the organisation, or the reader. */
function sideName(side: string | null, { smes, need }: InterestView): string {
  if (side !== null && side === currentUser().smeId) return words.you;
  const sme = smes.find(({ id }) => id === side);
  return sme?.name ?? need.organisation ?? words.organisation;
}

/** Contacts are only in the answer for one interest. */
function Contacts({ interest }: { interest: InterestView }) {
  const full = useLoad<InterestView>(`/interests/${interest.id}`);
  return (
    <>
      {(full.data?.contacts ?? []).map(({ of, contact }) => (
        <div key={of} class="notice notice-good">
          <div>
            <p class="notice-title">{words.contactOf(sideName(of, interest))}</p>
            <ContactLines contact={contact} />
          </div>
        </div>
      ))}
    </>
  );
}

function Standing({ interest }: { interest: InterestView }) {
  const { state, waitsFor, myTurn } = interest;
  if (state === 'open') {
    if (myTurn) {
      return (
        <p class="badges">
          <Badge kind="warning">{words.yourTurn}</Badge>
        </p>
      );
    }
    const companies = waitsFor.filter((side) => side !== 'demand');
    const names = (companies.length > 0 ? companies : waitsFor).map((side) => sideName(side, interest));
    return <p class="fine">{words.waitsFor(joined(names))}</p>;
  }
  if (interest.reason === '') return null;
  return (
    <p class="fine">
      {interest.endedBy !== null && words.endedBy(sideName(interest.endedBy, interest))} {interest.reason}
    </p>
  );
}

function Actions({ interest, onChanged }: { interest: InterestView; onChanged: () => void }) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [declining, setDeclining] = useState(false);
  const reply = async (answer: 'accept' | 'decline' | 'withdraw', reason: string): Promise<InterestView> =>
    api.post<InterestView>(`/interests/${interest.id}/reply`, {
      reply: answer,
      version: interest.version,
      reason,
    });
  const send = async (answer: 'accept' | 'withdraw'): Promise<void> => {
    if (
      answer === 'accept' &&
      !(await askConfirm({
        title: words.acceptAsk,
        body: words.acceptBody,
        action: words.accept,
        danger: false,
      }))
    )
      return;
    setBusy(true);
    setError(null);
    try {
      const after = await reply(answer, '');
      const agreed = after.state === 'accepted' ? words.acceptedAll : words.accepted;
      announce(answer === 'accept' ? agreed : words.withdrawn);
      onChanged();
    } catch (failure) {
      setError(failure);
    }
    setBusy(false);
  };
  if (!interest.myTurn && !interest.mayWithdraw) return null;
  return (
    <>
      {error !== null && <Failure error={error} retry={onChanged} />}
      <div class="actions">
        {interest.myTurn && (
          <>
            <Button kind="primary" icon="check" busy={busy} onClick={() => void send('accept')}>
              {words.accept}
            </Button>
            <Button
              onClick={() => {
                setDeclining(true);
              }}
            >
              {words.decline}
            </Button>
          </>
        )}
        {interest.mayWithdraw && (
          <Button kind="quiet" busy={busy} onClick={() => void send('withdraw')}>
            {words.withdraw}
          </Button>
        )}
      </div>
      {declining && (
        <ReasonDialog
          title={words.declineTitle}
          label={words.declineLabel}
          hint={words.declineHint}
          action={words.decline.replace(' …', '')}
          send={async (reason) => {
            await reply('decline', reason);
            announce(words.declined);
            onChanged();
          }}
          onClose={() => {
            setDeclining(false);
          }}
        />
      )}
    </>
  );
}

/** One interest: who, in what, how it stands, and what the reader may do. */
export function InterestCard(props: { interest: InterestView; showNeed: boolean; onChanged: () => void }) {
  const { interest, showNeed } = props;
  const names = joined(interest.smes.map(({ name }) => name));
  // On the page of a need the cards stand below a heading of their own.
  const Title = showNeed ? 'h2' : 'h3';
  return (
    <li class="card">
      <div class="card-head">
        <Title class="card-title">
          {showNeed ? (
            <a href={`/needs/${interest.need.id}`}>{interest.need.title}</a>
          ) : (
            words.titles[interest.startedBy]
          )}
        </Title>
        <Badge kind={KINDS[interest.state]}>{words.states[interest.state]}</Badge>
      </div>
      {showNeed && <OrganisationLine need={interest.need} />}
      <p>
        {interest.startedBy === 'demand' ? words.byDemand(names) : words.byCompany(names)}{' '}
        <span class="fine">{formatSpan(interest.createdAt)}</span>
      </p>
      {interest.message !== '' && <p class="own-words">{interest.message}</p>}
      {interest.smes.map((sme) => (
        <div key={sme.id}>
          <a href={`/smes/${sme.id}`}>{sme.name}</a>
          <CompanyLine sme={sme} />
        </div>
      ))}
      <Standing interest={interest} />
      {interest.state === 'accepted' && <Contacts interest={interest} />}
      <Actions interest={interest} onChanged={props.onChanged} />
    </li>
  );
}
