import { useEffect, useState } from 'preact/hooks';
import type { EventPartnersView, EventPartnerView as Card, MyEvent } from '../../../server/events/schema.ts';
import type { SmeCard } from '../../../server/smes/schema.ts';
import { useLoad } from '../api/useLoad.ts';
import { currentUser } from '../app/session.ts';
import { Button } from '../components/Button.tsx';
import { Empty, Notice, Show } from '../components/feedback.tsx';
import { CompanyLine, TrlMark } from '../components/marks.tsx';
import { onEvent } from '../live/live.ts';
import '../partners/partners.css';
import { DeclineDialog } from '../partners/DeclineDialog.tsx';
import { pointsOf } from '../partners/score.ts';
import { ScoreRing } from '../partners/ScoreRing.tsx';
import { t } from '../strings/text.ts';
import { AskDialog } from './AskDialog.tsx';
import { AskButton, WishButtons } from './PartnerActions.tsx';
import type { MyEventState } from './useMyEvent.ts';

/** The best partners at the event: those who are here, then those who are still expected. */
export function EventPartners(props: { view: MyEvent; act: MyEventState['act']; onAsked: () => void }) {
  const { event, smeId } = props.view;
  const user = currentUser();
  // Wishes and answers are between an SME and staff; a cluster looks on.
  const mayAnswer = user.role !== 'cluster';
  const partners = useLoad<EventPartnersView>(`/events/${event.id}/partners`, { smeId });
  const [asking, setAsking] = useState<SmeCard | null>(null);
  const [declining, setDeclining] = useState<SmeCard | null>(null);
  const [declined, setDeclined] = useState<readonly SmeCard[]>([]);
  const isDeclined = (partner: SmeCard): boolean => declined.some(({ id }) => id === partner.id);
  useEffect(
    () =>
      onEvent('event-partners', (news) => {
        if (news.eventId === event.id && news.smeId === smeId && news.partners !== null) {
          partners.set(news.partners);
        }
      }),
    [event.id, smeId, partners.set],
  );
  const takeBack = (partner: SmeCard): Promise<void> => {
    setDeclined(declined.filter(({ id }) => id !== partner.id));
    const path = `/smes/${smeId}/answers/${partner.id}`;
    return props.act({ method: 'DELETE', path, about: `answer ${partner.id}` }, t.event.declineUndone);
  };
  const group = (title: string, all: readonly Card[]) => {
    const cards = all.filter(({ partner }) => !isDeclined(partner));
    if (cards.length === 0) return null;
    return (
      <>
        <h3>{title}</h3>
        <ul class="event-partners">
          {cards.map((card) => (
            <li key={card.partner.id} class="card">
              <PartnerLine card={card} smeId={smeId} />
              {mayAnswer && <WishButtons view={props.view} partner={card.partner} act={props.act} />}
              <div class="actions">
                {user.smeId === smeId && (
                  <AskButton view={props.view} partner={card.partner} onAsk={setAsking} />
                )}
                {mayAnswer && (
                  <Button
                    kind="quiet"
                    icon="close"
                    small
                    label={t.partners.notForMeOf(card.partner.name)}
                    onClick={() => {
                      setDeclining(card.partner);
                    }}
                  >
                    {t.partners.notForMe}
                  </Button>
                )}
              </div>
            </li>
          ))}
        </ul>
      </>
    );
  };
  return (
    <section class="stack-small" aria-labelledby="event-partners">
      <h2 id="event-partners">{t.event.partners}</h2>
      <Show of={partners}>
        {({ here, expected, advice }) => (
          <>
            {here.length + expected.length === 0 ? (
              <Empty icon="partners" title={t.event.noPartners}>
                <p>
                  {props.view.inConsortium ? t.event.inConsortiumWhat : (advice ?? t.event.noPartnersWhat)}
                </p>
              </Empty>
            ) : (
              advice !== null && (
                <Notice>
                  <p>{advice}</p>
                </Notice>
              )
            )}
            {declined.map((partner) => (
              <Notice key={partner.id}>
                <p>{t.partners.decline.done(partner.name)}</p>
                <Button small onClick={() => void takeBack(partner)}>
                  {t.partners.decline.undo}
                  <span class="visually-hidden">: {partner.name}</span>
                </Button>
              </Notice>
            ))}
            {group(t.event.here, here)}
            {group(t.event.expectedOnes, expected)}
            {user.smeId === smeId && !props.view.inConsortium && (
              <p>
                {t.event.somebodyElse} <a href="/companies">{t.shell.pages.companies}</a>
              </p>
            )}
          </>
        )}
      </Show>
      {declining !== null && (
        <DeclineDialog
          smeId={smeId}
          partner={declining}
          send={(answer) =>
            props.act(
              {
                method: 'POST',
                path: `/smes/${smeId}/answers`,
                body: answer,
                about: `answer ${declining.id}`,
              },
              t.partners.decline.done(declining.name),
            )
          }
          onClose={() => {
            setDeclining(null);
          }}
          onDone={() => {
            setDeclined([...declined, declining]);
            setDeclining(null);
          }}
        />
      )}
      {asking !== null && (
        <AskDialog
          view={props.view}
          partner={asking}
          act={props.act}
          onClose={() => {
            setAsking(null);
          }}
          onDone={() => {
            setAsking(null);
            props.onAsked();
          }}
        />
      )}
    </section>
  );
}

function PartnerLine({ card, smeId }: { card: Card; smeId: string }) {
  const { partner } = card;
  return (
    <>
      <div class="partner-head">
        <ScoreRing points={pointsOf(card.score)} />
        <div class="partner-who">
          <h4>
            <a href={`/smes/${smeId}/partners/${partner.id}`}>{partner.name}</a>
          </h4>
          <CompanyLine sme={partner} />
          <TrlMark level={partner.trl} demo={partner.demoAnswers.includes('solutions.trl')} />
        </div>
      </div>
      <p class="clamp">{card.summary}</p>
    </>
  );
}
