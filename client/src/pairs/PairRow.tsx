import type { PairView } from '../../../server/pairs/schema.ts';
import type { SmeCard } from '../../../server/smes/schema.ts';
import { Badge, CompanyLine, DemoMark } from '../components/marks.tsx';
import { ScoreRing } from '../partners/ScoreRing.tsx';
import { t } from '../strings/text.ts';

/** Names a pair whatever way round. */
export const keyOf = ({ a, b }: PairView): string => `${a.id} ${b.id}`;

function Side({ sme }: { sme: SmeCard }) {
  return (
    <div class="pair-side">
      <h2>
        <a href={`/smes/${sme.id}`}>{sme.name}</a>
      </h2>
      <CompanyLine sme={sme} />
      {sme.headline !== '' && <p class="clamp fine">{sme.headline}</p>}
      <DemoMark when={sme.demoAnswers.length > 0} />
    </div>
  );
}

/** Two companies, their score between them, and the way to the reasons. */
export function PairRow({ pair, fresh }: { pair: PairView; fresh: boolean }) {
  const { a, b } = pair;
  return (
    <li class={fresh ? 'card pair pair-fresh' : 'card pair'}>
      <Side sme={a} />
      <div class="pair-middle">
        <ScoreRing points={Math.round(pair.score * 100)} />
        {fresh && <Badge kind="accent">{t.pairs.fresh}</Badge>}
        <a
          class="pair-why"
          href={`/smes/${a.id}/partners/${b.id}`}
          aria-label={t.pairs.whyOf(a.name, b.name)}
        >
          {t.pairs.why}
        </a>
      </div>
      <Side sme={b} />
    </li>
  );
}
