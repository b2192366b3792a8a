import { dayRange } from '../../http/by-time.ts';
import { pageOfArray } from '../../http/paging.ts';
import { hasWords } from '../../smes/search-name.ts';
import type { HistoryEntry } from '../model.ts';
import { presentLine } from './present.ts';
import type { HistoryQuery } from './schema.ts';

/** A page of the lines of an event's history, and of its plan's. @throws HttpProblem 400 */
export function historyPage(
  lines: Readonly<Record<'event' | 'plan', readonly HistoryEntry[]>>,
  { of, q, sort, from, to, ...page }: HistoryQuery,
) {
  const { begin, end } = dayRange({ from, to });
  const wanted = [...(of === 'plan' ? [] : lines.event), ...(of === 'event' ? [] : lines.plan)]
    .toSorted((one, other) => one.at.getTime() - other.at.getTime())
    .filter(({ at }) => (begin === null || at >= begin) && (end === null || at < end))
    .map(presentLine)
    .filter(({ by, what, note }) => hasWords(q, `${by} ${what} ${note}`));
  // Turned around as a whole, so that of two lines of one moment the later one comes first too.
  return pageOfArray(sort === 'newest' ? wanted.toReversed() : wanted, page);
}
