import type { RunView } from '../../../server/runs/schema.ts';
import { t } from '../strings/text.ts';

const words = t.runs;
const format = new Intl.NumberFormat('en', { minimumFractionDigits: 2, maximumFractionDigits: 6 });

const moments = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium' });

/** When a run was, to the second: there may be several in a minute. */
export const momentOf = (iso: string): string => moments.format(new Date(iso));

/** A sum of scores to its last place. */
export const decimals = (value: number): string => format.format(value);

/** What was asked of a run, in one line. */
export function askedOf(run: Pick<RunView, 'aim' | 'over' | 'minScore' | 'pinned' | 'forbidden'>): string {
  const { aim, over, minScore, pinned, forbidden } = run;
  return [
    t.pairs.asked.aims[aim],
    words.over[over],
    ...(minScore > 0 ? [words.minScore(Math.round(minScore * 100))] : []),
    ...(pinned + forbidden > 0 ? [words.setBeforehand(pinned, forbidden)] : []),
  ].join(', ');
}
