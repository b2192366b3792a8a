import { useEffect, useState } from 'preact/hooks';
import type { ConsortiumView } from '../../../server/consortia/schema.ts';
import { api } from '../api/request.ts';
import { useLoad } from '../api/useLoad.ts';
import type { PageProps } from '../app/page.ts';
import { currentUser } from '../app/session.ts';
import { announce } from '../components/announce.tsx';
import { Button } from '../components/Button.tsx';
import { askConfirm } from '../components/confirm.tsx';
import { Failure, Notice, Show } from '../components/feedback.tsx';
import { formatMoment } from '../components/format.ts';
import { HistoryLink } from '../audit/HistoryLink.tsx';
import { PageHeading } from '../components/Heading.tsx';
import { Icon } from '../components/Icon.tsx';
import { CompanyLine } from '../components/marks.tsx';
import { onEvent, onReload } from '../live/live.ts';
import { t } from '../strings/text.ts';
import './consortia.css';
import { ContactLines } from './ContactLines.tsx';
import { DetailsForm } from './DetailsForm.tsx';
import { StateMark } from './StateMark.tsx';

/** One consortium, from proposed to formed, as both sides, their clusters and staff see it. */
export function ConsortiumPage({ params }: PageProps) {
  const { consortiumId = '' } = params;
  const of = useLoad<ConsortiumView>(`/consortia/${consortiumId}`);
  useEffect(() => {
    const stops = [
      onEvent('consortium', (event) => {
        if (event.consortiumId === consortiumId) of.reload();
      }),
      onEvent('profile', of.reload),
      onReload(of.reload),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, [consortiumId, of.reload]);
  const title =
    of.data === null ? t.shell.pages.consortium : t.consortia.title(of.data.a.name, of.data.b.name);
  return (
    <div class="stack">
      <PageHeading title={title} actions={<HistoryLink kind="consortium" id={consortiumId} />} />
      <Show of={of}>{(consortium) => <View consortium={consortium} onChanged={of.set} />}</Show>
    </div>
  );
}

interface ViewProps {
  consortium: ConsortiumView;
  onChanged: (consortium: ConsortiumView) => void;
}

function View({ consortium, onChanged }: ViewProps) {
  const [dirty, setDirty] = useState(false);
  const { role } = currentUser();
  const mayChange = role === 'sme' || role === 'staff';
  const { state } = consortium;
  return (
    <>
      <p class="badges">
        <StateMark state={state} />
        {consortium.formedAt !== null && state === 'formed' && (
          <span class="fine">{t.consortia.formedOn(formatMoment(consortium.formedAt))}</span>
        )}
      </p>
      {state === 'formed' && (
        <Notice kind="good">
          <p>{t.consortia.formedLead}</p>
        </Notice>
      )}
      {(state === 'withdrawn' || state === 'dissolved') && (
        <Notice>
          <p>{t.consortia.closedLead[state]}</p>
        </Notice>
      )}
      {consortium.outcome !== null && (
        <Notice>
          <p>
            {t.calls.outcome.own}: {t.calls.outcome.states[consortium.outcome.state]}
          </p>
        </Notice>
      )}
      <p>
        <a href={`/consortia/${consortium.id}/dossier`}>{t.calls.dossier.open}</a>
      </p>
      <div class="consortium-sides">
        <Side consortium={consortium} side="a" />
        <Side consortium={consortium} side="b" />
      </div>
      <Contact consortium={consortium} />
      {state === 'proposed' && (
        <>
          {mayChange && (
            <section class="card">
              <h2>{t.consortia.details}</h2>
              <DetailsForm consortium={consortium} onSaved={onChanged} onDirty={setDirty} />
            </section>
          )}
          <Confirm consortium={consortium} onChanged={onChanged} dirty={dirty} />
        </>
      )}
      {mayChange && (state === 'proposed' || state === 'formed') && (
        <Leave consortium={consortium} onChanged={onChanged} />
      )}
    </>
  );
}

function Side({ consortium, side }: { consortium: ConsortiumView; side: 'a' | 'b' }) {
  const sme = consortium[side];
  const confirmed = side === 'a' ? consortium.confirmedByA : consortium.confirmedByB;
  return (
    <div class="card">
      <h2>
        <a href={`/smes/${sme.id}`}>{sme.name}</a>
      </h2>
      <CompanyLine sme={sme} />
      {consortium.state === 'proposed' && (
        <p class={confirmed ? 'consortium-confirmed' : 'fine'}>
          {confirmed && <Icon name="check" />}
          {confirmed ? t.consortia.confirmedBy(sme.name) : t.consortia.waitsFor(sme.name)}
        </p>
      )}
    </div>
  );
}

/** How to reach the other side; there once both have formed the consortium. */
function Contact({ consortium }: { consortium: ConsortiumView }) {
  const { contact } = consortium;
  if (contact === null) return null;
  const other = currentUser().smeId === consortium.a.id ? consortium.b : consortium.a;
  return (
    <section class="card consortium-contact" aria-labelledby="contact">
      <h2 id="contact">{t.consortia.contact(other.name)}</h2>
      <ContactLines contact={contact} />
    </section>
  );
}

function Confirm({ consortium, onChanged, dirty }: ViewProps & { dirty: boolean }) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const user = currentUser();
  const mine = user.smeId === consortium.a.id ? consortium.confirmedByA : consortium.confirmedByB;
  const confirm = async (): Promise<void> => {
    const sure = await askConfirm({
      title: t.consortia.confirmAsk,
      body: t.consortia.confirmWhat,
      action: t.consortia.confirm,
      danger: false,
    });
    if (!sure) return;
    setBusy(true);
    setError(null);
    try {
      const after = await api.post<ConsortiumView>(`/consortia/${consortium.id}/confirm`, {
        version: consortium.version,
      });
      announce(after.state === 'formed' ? t.consortia.formedDone : t.consortia.confirmDone);
      onChanged(after);
    } catch (failure) {
      setError(failure);
    }
    setBusy(false);
  };
  return (
    <section class="stack-small" aria-label={t.consortia.confirm}>
      {consortium.blockers.length > 0 && (
        <Notice kind="warning" title={t.consortia.blockers}>
          <ul>
            {consortium.blockers.map((blocker) => (
              <li key={blocker}>{blocker}</li>
            ))}
          </ul>
        </Notice>
      )}
      {error !== null && <Failure error={error} />}
      {user.role === 'sme' && !mine && (
        <div class="actions">
          <Button
            kind="primary"
            icon="check"
            busy={busy}
            disabled={dirty || consortium.blockers.length > 0}
            onClick={() => void confirm()}
          >
            {t.consortia.confirm}
          </Button>
          {dirty && <p class="fine">{t.consortia.unsaved}</p>}
        </div>
      )}
    </section>
  );
}

function Leave({ consortium, onChanged }: ViewProps) {
  const [error, setError] = useState<unknown>(null);
  if (!consortium.mayLeave) return <p class="fine">{t.consortia.leaveHandedIn}</p>;
  const leave = async (): Promise<void> => {
    const body = consortium.state === 'formed' ? t.consortia.leaveFormed : t.consortia.leaveProposed;
    if (!(await askConfirm({ title: t.consortia.leaveAsk, body, action: t.consortia.leave }))) return;
    setError(null);
    try {
      onChanged(await api.post<ConsortiumView>(`/consortia/${consortium.id}/leave`, { reason: '' }));
      announce(t.consortia.leaveDone);
    } catch (failure) {
      setError(failure);
    }
  };
  return (
    <div class="stack-small">
      {error !== null && <Failure error={error} />}
      <div class="actions">
        <Button kind="quiet" onClick={() => void leave()}>
          {t.consortia.leave}
        </Button>
      </div>
    </div>
  );
}
