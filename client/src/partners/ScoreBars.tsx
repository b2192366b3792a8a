import type { FactorView } from '../../../server/suggestions/schema.ts';
import { t } from '../strings/text.ts';
import { barsOf, pointsOf } from './score.ts';
import type { FactorBar } from './score.ts';

/** The parts of the score end to end: as long together as the score is high. For the eye only: the rows below say it in words. */
export function ScoreStack({ bars }: { bars: readonly FactorBar[] }) {
  return (
    <div class="stack-bar" aria-hidden="true">
      {bars
        .filter((bar) => bar.points > 0)
        .map((bar) => (
          <span
            key={bar.factor}
            class={`stack-part factor-${bar.factor}${bar.known ? '' : ' factor-unknown'}`}
            style={{ flexBasis: `${bar.points}%` }}
            title={t.partners.part(bar.label, bar.points)}
          />
        ))}
    </div>
  );
}

/** One row for each factor: what it adds, out of what it could add; one point is as long in every row. */
export function ScoreRows({ factors, score }: { factors: readonly FactorView[]; score: number }) {
  const bars = barsOf(factors, score);
  const longest = Math.max(1, ...bars.map((bar) => bar.possible));
  return (
    <dl class="score-rows">
      {bars.map((bar) => (
        <div key={bar.factor} class={`score-row factor-${bar.factor}${bar.known ? '' : ' factor-unknown'}`}>
          <dt>
            <span class="swatch" aria-hidden="true" />
            <span>
              {bar.label}
              {!bar.known && <span class="score-unknown">{t.partners.unknown}</span>}
            </span>
          </dt>
          <dd>
            <span
              class="score-possible"
              aria-hidden="true"
              style={{ inlineSize: share(bar.possible, longest) }}
            >
              <span
                class="score-reached"
                style={{ inlineSize: share(bar.points, Math.max(bar.possible, bar.points)) }}
              />
            </span>
            <span class="score-figure number" aria-hidden="true">
              {t.partners.partOf(bar.points, Math.round(bar.possible))}
            </span>
            <span class="visually-hidden">{t.partners.partSpoken(bar.points, Math.round(bar.possible))}</span>
          </dd>
        </div>
      ))}
      <div class="score-row score-sum">
        <dt>{t.partners.total}</dt>
        <dd>
          <span class="score-figure number">{t.partners.points(pointsOf(score))}</span>
        </dd>
      </div>
    </dl>
  );
}

function share(part: number, whole: number): string {
  return whole === 0 ? '0%' : `${Math.min(100, (part / whole) * 100)}%`;
}
