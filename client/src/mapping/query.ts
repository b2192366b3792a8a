import { place, setQuery } from '../app/router.ts';
import type { Query } from '../api/request.ts';

/** Lists of the search; several values of one stand in the address bar joined with `;`. */
export const LISTS = ['capabilities', 'technologies', 'fields', 'sectors', 'countries', 'phases'] as const;
export type ListName = (typeof LISTS)[number];
const PARTS = ['q', ...LISTS, 'trlMin', 'trlMax'] as const;

export const views = ['list', 'map', 'matrix', 'use-cases'] as const;
export type View = (typeof views)[number];

/** The view that the address bar names. */
export function currentView(): View {
  const named = place.value.query.get('view');
  return views.find((view) => view === named) ?? 'list';
}

/** The search that stands in the address bar, as the API takes it. */
export function searchQuery(): Query {
  return Object.fromEntries(PARTS.map((part) => [part, place.value.query.get(part) ?? '']));
}

export function chosen(list: ListName): string[] {
  return (place.value.query.get(list) ?? '').split(';').filter((value) => value !== '');
}

/** Adds a value to a list, or takes it out. */
export function toggle(list: ListName, value: string): void {
  const values = chosen(list);
  const next = values.includes(value) ? values.filter((other) => other !== value) : [...values, value];
  setQuery({ [list]: next.join(';') });
}

/** How many choices are made, the words aside. */
export function choiceCount(): number {
  const lists = LISTS.reduce((sum, list) => sum + chosen(list).length, 0);
  return lists + ['trlMin', 'trlMax'].filter((limit) => place.value.query.has(limit)).length;
}

export function clearChoices(): void {
  setQuery(Object.fromEntries(PARTS.map((part) => [part, null])));
}

/** Address of a view with the same search. */
export function viewHref(view: View): string {
  const query = new URLSearchParams(place.value.query);
  query.delete('domain');
  if (view === 'list') query.delete('view');
  else query.set('view', view);
  const text = query.toString();
  return `/mapping${text ? `?${text}` : ''}`;
}

export const solutionHref = (ref: { smeId: string; id: string }): string =>
  `/mapping/solutions/${encodeURIComponent(ref.smeId)}/${encodeURIComponent(ref.id)}`;
