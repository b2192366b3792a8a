import type { RunView } from '../../../server/runs/schema.ts';
import { t } from '../strings/text.ts';

const words = t.runs;
const format = new Intl.NumberFormat('en', { minimumFractionDigits: 2, maximumFractionDigits: 6 });

/** A sum of scores to its last place. */
export const decimals = (value: number): string => format.format(value);

/** What was asked of a run, in one line. */
export function askedOf(run: Pick<RunView, 'aim' | 'over' | 'minScore' | 'pinned' | 'forbidden'>): string {
  const { aim, over, minScore, pinned, forbidden } = run;
  return [
    words.aims[aim],
    words.over[over],
    ...(minScore > 0 ? [words.minScore(Math.round(minScore * 100))] : []),
    ...(pinned + forbidden > 0 ? [words.setBeforehand(pinned, forbidden)] : []),
  ].join(', ');
}
