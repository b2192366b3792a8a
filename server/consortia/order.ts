import type { SortOrder } from '../http/paging.ts';
import type { ConsortiumRecord } from './model.ts';
import type { ConsortiumSort } from './schema.ts';

/** Consortia by the time they were proposed. */
export function byCreation(sort: ConsortiumSort): SortOrder<ConsortiumRecord> {
  const direction = sort === 'newest' ? -1 : 1;
  return [
    { field: 'createdAt', direction, kind: 'date', of: (one) => one.createdAt },
    { field: '_id', direction: direction === 1 ? -1 : 1, kind: 'text', of: (one) => one._id },
  ];
}
