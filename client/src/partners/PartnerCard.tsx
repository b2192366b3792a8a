import { useId } from 'preact/hooks';
import type { PartnerCard as Card } from '../../../server/suggestions/schema.ts';
import type { SmeCard } from '../../../server/smes/schema.ts';
import { eligibilityHref } from '../calls/eligibilityHref.ts';
import { Button, ButtonLink } from '../components/Button.tsx';
import { Badge, CompanyLine, TrlMark } from '../components/marks.tsx';
import { t } from '../strings/text.ts';
import { Brings } from './Brings.tsx';
import { CARD_ATTRIBUTE } from './reader.ts';
import { barsOf, pointsOf } from './score.ts';
import { ScoreRing } from './ScoreRing.tsx';
import { ScoreRows, ScoreStack } from './ScoreBars.tsx';

/** On wide screens the parts of the score stand open beside the words; on phones they unfold. */
const wide = matchMedia('(min-width: 56rem)');

export interface CardContext {
  smeId: string;
  /** Name of the SME whose list this is, where the reader is not that SME. */
  smeName: string | undefined;
  /** Null where the reader may not answer for the SME. */
  onDecline: ((partner: SmeCard) => void) | null;
}

/** One suggestion: who, how well, why, and what each side brings. */
export function PartnerCard(props: { card: Card; fresh: boolean; context: CardContext }) {
  const { card, context } = props;
  const { partner } = card;
  const id = useId();
  const points = pointsOf(card.score);
  return (
    <article
      class={props.fresh ? 'card partner partner-fresh' : 'card partner'}
      aria-labelledby={id}
      {...{ [CARD_ATTRIBUTE]: partner.id }}
    >
      <div class="partner-head">
        <ScoreRing points={points} />
        <div class="partner-who">
          <h2 id={id}>
            <a href={`/smes/${partner.id}`}>{partner.name}</a>
          </h2>
          <CompanyLine sme={partner} />
          {partner.clusterName !== null && <p class="fine">{partner.clusterName}</p>}
        </div>
        <p class="partner-rank">
          {props.fresh && <Badge kind="accent">{t.partners.fresh}</Badge>}
          <span class="fine number">{t.partners.rank(card.rank)}</span>
        </p>
      </div>
      <div class="partner-body">
        <div class="partner-words">
          {partner.headline !== '' && <p class="partner-headline clamp">{partner.headline}</p>}
          <div class="badges">
            <TrlMark level={partner.trl} demo={partner.demoAnswers.includes('solutions.trl')} />
            <OtherDemoAnswers sme={partner} />
          </div>
          <p class="partner-summary">{card.summary}</p>
          <Brings
            mine={card.youBring}
            theirs={card.theyBring}
            myName={context.smeName}
            theirName={context.smeName === undefined ? undefined : partner.name}
          />
        </div>
        <Parts card={card} points={points} />
      </div>
      <div class="actions partner-actions">
        <ButtonLink href={`/smes/${context.smeId}/partners/${partner.id}`} icon="info" small>
          {t.partners.why}
          <span class="visually-hidden"> {partner.name}</span>
        </ButtonLink>
        <ButtonLink
          href={eligibilityHref({ smeId: context.smeId, partnerId: partner.id })}
          kind="quiet"
          icon="check"
          small
        >
          {t.calls.eligibility.together}
          <span class="visually-hidden"> {partner.name}</span>
        </ButtonLink>
        {context.onDecline !== null && (
          <Button
            kind="quiet"
            icon="close"
            small
            label={t.partners.notForMeOf(partner.name)}
            onClick={() => context.onDecline?.(partner)}
          >
            {t.partners.notForMe}
          </Button>
        )}
      </div>
    </article>
  );
}

/** The stacked bar, and the rows that say how it adds up. */
function Parts({ card, points }: { card: Card; points: number }) {
  return (
    <div class="partner-parts">
      <ScoreStack bars={barsOf(card.factors, card.score)} />
      <details open={wide.matches}>
        <summary>{t.partners.parts(points)}</summary>
        <ScoreRows factors={card.factors} score={card.score} />
      </details>
    </div>
  );
}

function OtherDemoAnswers({ sme }: { sme: SmeCard }) {
  const fields = sme.demoAnswers.filter((field) => field !== 'solutions.trl');
  if (fields.length === 0) return null;
  return (
    <Badge kind="demo" hint={t.common.demoAnswerHint}>
      {t.partners.demo(fields.map((field) => t.partners.demoFields[field]))}
    </Badge>
  );
}
