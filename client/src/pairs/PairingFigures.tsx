import type { PairingSummary } from '../../../server/pairs/schema.ts';
import { Notice } from '../components/feedback.tsx';
import { Figure, Figures } from '../components/Figures.tsx';
import {
  countryName,
  formatFineShare,
  formatMoment,
  formatNumber,
  formatShare,
} from '../components/format.ts';
import { t } from '../strings/text.ts';

/** Combinations shown; the whole list is in the pairs themselves. */
const BUSIEST = 8;

/** A share that is never told as more than it is. */
const atLeast = (share: number): string =>
  share === 1 ? formatShare(share) : formatFineShare(Math.floor(share * 1000) / 1000);

/** What is certain about this set. */
function proofOf({ aim, status, stopped }: PairingSummary, share: number): string {
  if (stopped && aim !== 'stable') {
    const leftOpen = aim === 'total' ? '' : t.pairs.aimLeftOpen;
    return `${t.pairs.stoppedEarly} ${t.pairs.atLeast(atLeast(share))} ${leftOpen}`;
  }
  if (aim === 'stable') return t.pairs.stable;
  return status === 'optimal' ? t.pairs.proven[aim] : t.pairs.atLeast(atLeast(share));
}

/** What the aim costs, where it is not the largest total itself. */
function priceOf({ aim, total, price, stopped }: PairingSummary): string {
  // of a search that was ended, the share of the best possible sum is all that is known
  if (aim === 'total' || stopped) return '';
  return price === 0 ? t.pairs.noPrice : t.pairs.price(formatFineShare(price / (total + price)));
}

/** How many pairs, how good they are, and which countries they join. */
export function PairingFigures({ summary }: { summary: PairingSummary }) {
  // the bound of another aim may be below the largest total
  const largest = Math.max(summary.bound, summary.total + summary.price);
  const share = largest === 0 ? 1 : summary.total / largest;
  return (
    <section class="stack-small" aria-label={t.pairs.figures}>
      {summary.ineligiblePairs > 0 && (
        <Notice kind="bad" alert>
          <p>{t.pairs.broken(summary.ineligiblePairs)}</p>
        </Notice>
      )}
      <Figures>
        <Figure value={formatNumber(summary.pairs)} label={t.pairs.pairsMade} />
        <Figure value={formatNumber(summary.alone)} label={t.pairs.alone} />
        <Figure value={formatNumber(summary.countryPairs.length)} label={t.pairs.combinations} />
        <Figure value={atLeast(share)} label={t.pairs.ofBound} />
      </Figures>
      <p class="fine">
        {proofOf(summary, share)} {priceOf(summary)} {t.pairs.updated(formatMoment(summary.computedAt))}
      </p>
      {summary.countryPairs.length > 0 && (
        <ul class="badges combinations" aria-label={t.pairs.busiest}>
          {summary.countryPairs.slice(0, BUSIEST).map(({ a, b, pairs }) => (
            <li key={`${a} ${b}`} class="combination">
              <span class="visually-hidden">
                {t.pairs.combination(countryName(a), countryName(b), pairs)}
              </span>
              <span aria-hidden="true" title={t.pairs.combination(countryName(a), countryName(b), pairs)}>
                <span class="country-code">{a}</span> <span class="country-code">{b}</span> {pairs}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
