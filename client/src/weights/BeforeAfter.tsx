import { t } from '../strings/text.ts';

/** Two counts as bars and in figures, with the difference. `most` is the largest count of the table. */
export function BeforeAfter({ before, after, most }: { before: number; after: number; most: number }) {
  const length = (count: number) => ({ inlineSize: `${(count / most) * 100}%` });
  const change = after - before;
  return (
    <div class="before-after">
      <div class="before-after-bars" aria-hidden="true">
        <span class="before-bar" style={length(before)} />
        <span class="after-bar" style={length(after)} />
      </div>
      <span class="number">
        {t.weights.preview.beforeAfter(before, after)}
        {change !== 0 && <span class="fine"> ({change > 0 ? `+${change}` : `−${-change}`})</span>}
      </span>
    </div>
  );
}
