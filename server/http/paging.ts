import { trusted, type Model, type QueryFilter } from 'mongoose';
import { z } from 'zod';
import { invalidField } from './errors.ts';
import type { Page } from './schema.ts';

/** One field of a sort order. The last field of an order must be unique, so that each record has one place. */
export interface SortField<T> {
  readonly field: string;
  readonly direction: 1 | -1;
  readonly kind: 'text' | 'number' | 'date';
  readonly of: (record: T) => string | number | Date;
}
export type SortOrder<T> = readonly SortField<T>[];

const placeSchema = z.array(z.union([z.string().max(300), z.number()])).max(5);

/** A page of records, and the cursor under which the next one is found: a record's place in the order, so that inserts shift nothing. */
export async function findPage<T>(
  model: Model<T>,
  filter: QueryFilter<T>,
  order: SortOrder<T>,
  query: { cursor?: string | undefined; limit: number },
): Promise<Page<T>> {
  const after = query.cursor === undefined ? undefined : afterPlace(order, query.cursor);
  // The condition names only fields of the order, which is code, never input.
  const here = (after === undefined ? filter : { $and: [filter, after] }) as QueryFilter<T>;
  const [records, total] = await Promise.all([
    model
      .find(here)
      .sort(Object.fromEntries(order.map(({ field, direction }) => [field, direction])))
      .limit(query.limit + 1)
      .lean<T[]>()
      .exec(),
    model.countDocuments(filter).exec(),
  ]);
  const items = records.slice(0, query.limit);
  const last = items.at(-1);
  return { items, next: records.length > query.limit && last ? cursorOf(order, last) : null, total };
}

/** The place of a record in an order, as one opaque word. */
export function cursorOf<T>(order: SortOrder<T>, record: T): string {
  const place = order.map(({ of }) => {
    const value = of(record);
    return value instanceof Date ? value.toISOString() : value;
  });
  return Buffer.from(JSON.stringify(place)).toString('base64url');
}

/** Filter for what comes after a place: a later first field, or the same first field and a later second one, and so on. */
function afterPlace<T>(order: SortOrder<T>, cursor: string): Record<string, unknown> {
  const place = readPlace(order, cursor);
  const branches = order.map(({ field, direction }, index) => ({
    ...Object.fromEntries(order.slice(0, index).map((earlier, i) => [earlier.field, place[i]])),
    [field]: trusted(direction === 1 ? { $gt: place[index] } : { $lt: place[index] }),
  }));
  // The first field is bounded by itself too, so that an index is entered at the place and not read up to it.
  const [first] = order;
  if (!first) return { $or: branches };
  const bound = first.direction === 1 ? { $gte: place[0] } : { $lte: place[0] };
  return { $and: [{ [first.field]: trusted(bound) }, { $or: branches }] };
}

/** The place that a cursor of this order stands for; 400 where it is none. */
export function readPlace<T>(order: SortOrder<T>, cursor: string): (string | number | Date)[] {
  const place = placeSchema.safeParse(parseJson(Buffer.from(cursor, 'base64url').toString('utf8')));
  if (!place.success || place.data.length !== order.length) throw badCursor();
  return order.map(({ kind }, index) => readValue(kind, place.data[index]));
}

function readValue(
  kind: 'text' | 'number' | 'date',
  value: string | number | undefined,
): string | number | Date {
  if (kind === 'number' && typeof value === 'number') return value;
  if (kind === 'text' && typeof value === 'string') return value;
  const date = kind === 'date' && typeof value === 'string' ? new Date(value) : undefined;
  if (date && !Number.isNaN(date.getTime())) return date;
  throw badCursor();
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON: no place at all, which the caller refuses.
    return undefined;
  }
}

const badCursor = () => invalidField('cursor', 'must be the "next" of an earlier page of this list');

/** A page of what was found in memory in this order; under the same cursors as `findPage`. */
export function pageAfter<T>(
  sorted: readonly T[],
  order: SortOrder<T>,
  query: { cursor?: string | undefined; limit: number },
): Page<T> {
  const after = query.cursor === undefined ? null : readPlace(order, query.cursor);
  let from = 0;
  // Sorted, so the place is found by halves.
  for (let to = after === null ? 0 : sorted.length; after !== null && from < to;) {
    const middle = (from + to) >>> 1;
    const item = sorted[middle];
    if (item !== undefined && comparePlace(order, item, after) <= 0) from = middle + 1;
    else to = middle;
  }
  const items = sorted.slice(from, from + query.limit);
  const last = items.at(-1);
  const more = from + items.length < sorted.length;
  return { items, next: more && last !== undefined ? cursorOf(order, last) : null, total: sorted.length };
}

/** Where a record stands against a place of the same order: below 0 before it, 0 at it, above 0 after it. */
export function comparePlace<T>(
  order: SortOrder<T>,
  record: T,
  place: readonly (string | number | Date)[],
): number {
  for (const [index, { of, direction }] of order.entries()) {
    const [mine, theirs] = [of(record).valueOf(), place[index]?.valueOf() ?? ''];
    if (mine !== theirs) return mine < theirs ? -direction : direction;
  }
  return 0;
}

/** A page of what is computed as a whole: the cursor is the place to go on from. */
export function pageOfArray<T>(
  items: readonly T[],
  { cursor = '0', limit }: { cursor?: string | undefined; limit: number },
): Page<T> {
  if (!/^\d{1,9}$/.test(cursor)) throw badCursor();
  const from = Number(cursor);
  const end = from + limit;
  return {
    items: items.slice(from, end),
    next: end < items.length ? String(end) : null,
    total: items.length,
  };
}
