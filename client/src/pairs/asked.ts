import type { PairingSummary } from '../../../server/pairs/schema.ts';
import type { Query } from '../api/request.ts';
import { place } from '../app/router.ts';
import { filterValue } from '../directory/filters.tsx';

export type Aim = PairingSummary['aim'];
/** In the order from the room as a whole to each pair by itself. */
export const AIMS: readonly Aim[] = ['total', 'everybody', 'proportional', 'minimum', 'stable'];
/** Minimum scores that can be chosen, in points out of 100. */
export const LEAST_POINTS: readonly number[] = [10, 20, 30, 40, 50, 60, 70, 80, 90];

/** The aim in the address bar. */
export function askedAim(): Aim {
  const named = filterValue('aim');
  return AIMS.find((aim) => aim === named) ?? 'total';
}

/** The minimum score in the address bar, in points; null: none. */
export function askedPoints(): number | null {
  return LEAST_POINTS.find((points) => String(points) === filterValue('least')) ?? null;
}

/** What is asked of the set of pairs, as the API takes it; the defaults are left out. */
export function askedQuery(): Query {
  const [aim, points] = [askedAim(), askedPoints()];
  return { aim: aim === 'total' ? null : aim, minScore: points === null ? null : points / 100 };
}

/** What the page shows of the pairs. */
export type View = 'pairs' | 'alone' | 'fair';

/** The view in the address bar. */
export function askedView(): View {
  const named = place.value.query.get('view');
  return named === 'alone' || named === 'fair' ? named : 'pairs';
}

/** This page with another of its views, asking for the same pairs. */
export function hrefOfView(view: View): string {
  const query = new URLSearchParams(place.value.query);
  query.delete('reason');
  query.delete('sort');
  if (view === 'pairs') query.delete('view');
  else query.set('view', view);
  const text = query.toString();
  return `/pairs${text === '' ? '' : `?${text}`}`;
}
