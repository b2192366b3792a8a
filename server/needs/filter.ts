import type { QueryFilter } from 'mongoose';
import type { Viewer } from '../accounts/viewer.ts';
import type { SortOrder } from '../http/paging.ts';
import { searchPattern } from '../smes/search-name.ts';
import type { NeedRecord } from './model.ts';
import type { NeedFilter, NeedQuery } from './schema.ts';

const byId = { field: '_id', direction: 1, kind: 'text', of: (need: NeedRecord) => need._id } as const;
const byTitle = {
  field: 'searchTitle',
  direction: 1,
  kind: 'text',
  of: (need: NeedRecord) => need.searchTitle,
} as const;

/** `fit` is ranked in memory (`ranking.ts`). */
export const ORDERS: Readonly<Record<Exclude<NeedQuery['sort'], 'fit'>, SortOrder<NeedRecord>>> = {
  newest: [{ field: 'listedAt', direction: -1, kind: 'date', of: (need) => need.listedAt }, byId],
  'needed-by': [{ field: 'dueKey', direction: 1, kind: 'text', of: (need) => need.dueKey }, byId],
  title: [byTitle, byId],
  country: [{ field: 'country', direction: 1, kind: 'text', of: (need) => need.country }, byTitle, byId],
};

/** What of all needs this reader sees: their own in any state, of others what is published, or closed where that is asked for. */
function scopeOf(viewer: Viewer, { state, mine }: NeedFilter): QueryFilter<NeedRecord> {
  const own = viewer.role === 'demand' ? { ownerId: viewer.id } : null;
  const asked = state === undefined ? {} : { state };
  // Staff state needs for organisations without an account.
  if (viewer.role === 'staff') return mine === true ? { ...asked, ownerId: null } : asked;
  if (own !== null && mine === true) return { ...asked, ...own };
  const shown = { state: state === 'closed' ? ('closed' as const) : ('published' as const) };
  if (state === undefined || state === shown.state) return shown;
  // Another state than others may see: one's own only.
  return own === null ? { _id: '' } : { ...asked, ...own };
}

/** The condition of a list, from what is asked and who asks. */
export function filterOf(viewer: Viewer, asked: NeedFilter): QueryFilter<NeedRecord> {
  const conditions: QueryFilter<NeedRecord>[] = [scopeOf(viewer, asked)];
  const { q, field, capability, technology, sector, country, organisationKind, demonstrator } = asked;
  if (q) conditions.push({ searchTitle: searchPattern(q) });
  if (field) conditions.push({ fields: field });
  if (capability) conditions.push({ capabilities: capability });
  if (technology) conditions.push({ technologies: technology });
  if (sector) conditions.push({ sectors: sector });
  if (country) conditions.push({ country });
  if (organisationKind) conditions.push({ organisationKind });
  if (demonstrator !== undefined) conditions.push({ hasDemonstrator: demonstrator });
  const [only, ...more] = conditions;
  return more.length === 0 && only ? only : { $and: conditions };
}
