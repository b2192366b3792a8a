import { comparePlace, cursorOf, readPlace, type SortField, type SortOrder } from '../http/paging.ts';
import type { Page } from '../http/schema.ts';
import type { Entry } from './catalogue.ts';
import type { SolutionSort } from './schema.ts';

/** A solution that was found, with its relevance (0 where nothing was typed). */
export interface Hit {
  readonly entry: Entry;
  readonly relevance: number;
}

const text = (field: string, of: (entry: Entry) => string): SortField<Hit> => ({
  field,
  direction: 1,
  kind: 'text',
  of: ({ entry }) => of(entry),
});
const byTitle = text('title', ({ titleKey }) => titleKey);
/** The pair is unique, so each solution has one place. */
const byId = [text('smeId', ({ smeId }) => smeId), text('id', ({ solutionId }) => solutionId)];

/** What somebody can sort by; relevance counts where words were typed. */
export const ORDERS: Readonly<Record<SolutionSort, SortOrder<Hit>>> = {
  relevance: [
    { field: 'relevance', direction: -1, kind: 'number', of: ({ relevance }) => relevance },
    byTitle,
    ...byId,
  ],
  title: [byTitle, ...byId],
  company: [text('company', ({ companyKey }) => companyKey), ...byId],
  country: [text('country', ({ country }) => country), byTitle, ...byId],
  trl: [{ field: 'trl', direction: -1, kind: 'number', of: ({ entry }) => entry.trl }, byTitle, ...byId],
  updated: [
    { field: 'updatedAt', direction: -1, kind: 'date', of: ({ entry }) => entry.updatedAt },
    byTitle,
    ...byId,
  ],
};

function compareHits(order: SortOrder<Hit>, one: Hit, other: Hit): number {
  for (const { of, direction } of order) {
    const [mine, theirs] = [of(one).valueOf(), of(other).valueOf()];
    if (mine !== theirs) return mine < theirs ? -direction : direction;
  }
  return 0;
}

/** Sorts everything, for exports. */
export function sortHits(hits: readonly Hit[], order: SortOrder<Hit>): Hit[] {
  return [...hits].sort((one, other) => compareHits(order, one, other));
}

/** A page of the hits after a cursor. Only the page is sorted: the best ones are kept in order while all are looked at once. */
export function pageOfHits(
  hits: readonly Hit[],
  order: SortOrder<Hit>,
  query: { cursor?: string | undefined; limit: number },
): Page<Hit> {
  const after = query.cursor === undefined ? null : readPlace(order, query.cursor);
  const best: Hit[] = [];
  for (const hit of hits) {
    if (after !== null && comparePlace(order, hit, after) <= 0) continue;
    const worst = best.at(-1);
    const full = best.length > query.limit;
    if (full && worst !== undefined && compareHits(order, hit, worst) >= 0) continue;
    insert(best, hit, order);
    if (full) best.pop();
  }
  const items = best.slice(0, query.limit);
  const last = items.at(-1);
  return {
    items,
    next: best.length > query.limit && last ? cursorOf(order, last) : null,
    total: hits.length,
  };
}

function insert(sorted: Hit[], hit: Hit, order: SortOrder<Hit>): void {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const there = sorted[middle];
    if (there && compareHits(order, there, hit) < 0) low = middle + 1;
    else high = middle;
  }
  sorted.splice(low, 0, hit);
}
