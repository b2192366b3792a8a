import { t } from '../strings/text.ts';

const RADIUS = 26;
const LENGTH = 2 * Math.PI * RADIUS;

/** The score as a number out of 100 in a ring that is as full as the score is high. */
export function ScoreRing({ points, large = false }: { points: number; large?: boolean }) {
  return (
    <div class={large ? 'score score-large' : 'score'}>
      <svg viewBox="0 0 64 64" aria-hidden="true" focusable="false">
        <circle class="score-track" cx="32" cy="32" r={RADIUS} />
        <circle
          class="score-fill"
          cx="32"
          cy="32"
          r={RADIUS}
          stroke-dasharray={`${(LENGTH * points) / 100} ${LENGTH}`}
          transform="rotate(-90 32 32)"
        />
      </svg>
      <span class="score-number" aria-hidden="true">
        {points}
      </span>
      <span class="visually-hidden">{t.partners.score(points)}</span>
    </div>
  );
}
