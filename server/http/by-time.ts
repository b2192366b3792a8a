import { trusted, type QueryFilter } from 'mongoose';
import { invalidField } from './errors.ts';
import type { SortOrder } from './paging.ts';
import type { Days, TimeSort } from './schema.ts';

const DAY_MS = 86_400_000;

/** Records by a time of theirs, either way; both ways read one index, `{ [field]: -1, _id: 1 }`. */
export function byTime<T extends { _id: string }>(
  field: string,
  of: (record: T) => Date,
): Readonly<Record<TimeSort, SortOrder<T>>> {
  const order = (direction: 1 | -1): SortOrder<T> => [
    { field, direction, kind: 'date', of },
    { field: '_id', direction: direction === 1 ? -1 : 1, kind: 'text', of: (record) => record._id },
  ];
  return { newest: order(-1), oldest: order(1) };
}

/** The same by a number that only grows, such as that of a version. */
export function byNumber<T>(
  field: string,
  of: (record: T) => number,
): Readonly<Record<TimeSort, SortOrder<T>>> {
  const order = (direction: 1 | -1): SortOrder<T> => [{ field, direction, kind: 'number', of }];
  return { newest: order(-1), oldest: order(1) };
}

/** The moments between which these days lie; null where that side is open. @throws HttpProblem 400 */
export function dayRange({ from, to }: Days): { begin: Date | null; end: Date | null } {
  if (from !== undefined && to !== undefined && from > to) {
    throw invalidField('from', 'must not be after the last day');
  }
  return {
    begin: from === undefined ? null : new Date(from),
    end: to === undefined ? null : new Date(new Date(to).getTime() + DAY_MS),
  };
}

/** Condition that a time lies within these days, both included; none where there is no day. @throws HttpProblem 400 */
export function withinDays<T>(field: string, days: Days): QueryFilter<T> {
  const { begin, end } = dayRange(days);
  if (begin === null && end === null) return {};
  const at = { ...(begin && { $gte: begin }), ...(end && { $lt: end }) };
  // The field is code, never input.
  return { [field]: trusted(at) };
}
