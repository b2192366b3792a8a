import type { SmeCard } from '../../../server/smes/schema.ts';
import type { ExplanationView } from '../../../server/suggestions/schema.ts';
import { useEffect } from 'preact/hooks';
import { useLoad } from '../api/useLoad.ts';
import type { PageProps } from '../app/page.ts';
import { currentUser } from '../app/session.ts';
import { eligibilityHref } from '../calls/eligibilityHref.ts';
import { ButtonLink } from '../components/Button.tsx';
import { Notice, Show } from '../components/feedback.tsx';
import { AtEvents } from '../event/AtEvents.tsx';
import { PageHeading } from '../components/Heading.tsx';
import { CompanyLine, TrlMark } from '../components/marks.tsx';
import { onEvent, onReload } from '../live/live.ts';
import { useTaxonomy } from '../profile/taxonomy.ts';
import { t } from '../strings/text.ts';
import { Brings } from './Brings.tsx';
import { FactorPart } from './FactorPart.tsx';
import { barsOf, pointsOf, tenthsOf } from './score.ts';
import { ScoreRing } from './ScoreRing.tsx';
import { ScoreStack } from './ScoreBars.tsx';
import './partners.css';

/** Why two SMEs are (or are not) suggested to each other: every part of the score with what it was worked out from. */
export function ExplanationPage({ params }: PageProps) {
  const { smeId = '', partnerId = '' } = params;
  const own = currentUser().smeId === smeId;
  const explanation = useLoad<ExplanationView>(`/smes/${smeId}/partners/${partnerId}`);
  const taxonomy = useTaxonomy();
  useEffect(() => {
    const stops = [
      onEvent('suggestions', explanation.reload),
      onEvent('weights', explanation.reload),
      onReload(explanation.reload),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, [explanation.reload]);
  const labels = new Map((taxonomy.data?.terms ?? []).map((term) => [term.id, term.label]));
  const { data } = explanation;
  const title = data === null ? t.shell.pages.explanation : titleOf(data, own);
  const backHref = own ? '/partners' : `/smes/${smeId}/partners`;
  return (
    <>
      <PageHeading
        title={title}
        above={<a href={backHref}>{t.partners.explanation.back}</a>}
        actions={
          <ButtonLink href={eligibilityHref({ smeId, partnerId })} icon="check">
            {t.calls.eligibility.together}
          </ButtonLink>
        }
      />
      <div class="stack">
        <Show of={explanation}>
          {(view) => <Explained view={view} own={own} labelOf={(id) => labels.get(id) ?? id} />}
        </Show>
      </div>
    </>
  );
}

function titleOf(view: ExplanationView, own: boolean): string {
  return own
    ? t.partners.whyOf(view.partner.name)
    : t.partners.explanation.title(view.sme.name, view.partner.name);
}

function Explained(props: { view: ExplanationView; own: boolean; labelOf: (term: string) => string }) {
  const { view, own } = props;
  const words = t.partners.explanation;
  const bars = barsOf(view.factors, view.score);
  const tenths = tenthsOf(view.factors, view.score);
  const names = own
    ? { you: words.fieldOf.you, them: view.partner.name }
    : { you: view.sme.name, them: view.partner.name };
  return (
    <>
      <section class="card explained-head">
        {view.eligible && <ScoreRing points={pointsOf(view.score)} large />}
        <div class="stack-small">
          {view.eligible && <p class="lead">{view.summary}</p>}
          <div class="explained-pair">
            <Who sme={view.sme} />
            <Who sme={view.partner} />
          </div>
        </div>
      </section>
      {!view.eligible && (
        <Notice kind="warning" title={words.refusedTitle}>
          <ul>
            {view.refusals.map((refusal) => (
              <li key={refusal.code}>{refusal.sentence}</li>
            ))}
          </ul>
        </Notice>
      )}
      {own && view.eligible && <AtEvents partner={view.partner} />}
      {view.factors.length > 0 && (
        <section class="stack-small" aria-labelledby="sum-title">
          <h2 id="sum-title">{words.sum}</h2>
          <p class="fine">{words.sumHint}</p>
          <ScoreStack bars={bars} />
          <ol class="factor-parts">
            {view.factors.map((factor, place) => (
              <FactorPart
                key={factor.factor}
                factor={factor}
                points={tenths.parts[place] ?? 0}
                names={names}
                labelOf={props.labelOf}
              />
            ))}
          </ol>
          <p class="factor-total number">
            {t.partners.total}: <strong>{t.partners.score(tenths.sum)}</strong>
          </p>
        </section>
      )}
      <section class="stack-small" aria-labelledby="brings-title">
        <h2 id="brings-title">{words.brings}</h2>
        <Brings
          mine={view.youBring}
          theirs={view.theyBring}
          myName={own ? undefined : view.sme.name}
          theirName={view.partner.name}
        />
      </section>
      {view.eligible && <Blockers sentences={view.consortiumBlockers} />}
    </>
  );
}

function Who({ sme }: { sme: SmeCard }) {
  return (
    <div>
      <p class="label">
        <a href={`/smes/${sme.id}`}>{sme.name}</a>
      </p>
      <CompanyLine sme={sme} />
      <TrlMark level={sme.trl} demo={sme.demoAnswers.includes('solutions.trl')} />
    </div>
  );
}

function Blockers({ sentences }: { sentences: readonly string[] }) {
  const words = t.partners.explanation;
  if (sentences.length === 0) {
    return (
      <Notice kind="good">
        <p>{words.ready}</p>
      </Notice>
    );
  }
  return (
    <Notice kind="warning" title={words.blockers}>
      <ul>
        {sentences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      <p class="fine">{words.blockersHint}</p>
    </Notice>
  );
}
