import { barredBy, refusesTheSame } from './barred.ts';
import type { Features } from './features.ts';
import type { Model } from './model.ts';
import { positionsBefore, type Pool } from './pool.ts';
import type { Books } from './search/classes.ts';
import type { Side } from './search/side.ts';
import type { FlatTables } from './search/flat.ts';
import type { ListSearch } from './search/lists.ts';

/*
 * How long the tables of a pool serve while its SMEs change: those that changed since are guests, until there are so many that new tables
 * are cheaper.
 */

/** Number, and share of the pool, of guests from which new tables are cheaper. */
const GUESTS_LEAST = 32;
const GUESTS_SHARE = 1 / 64;

/** Tables with what they were made of; and how long they serve. */
export interface Base {
  readonly pool: Pool;
  readonly model: Model;
  readonly tables: FlatTables;
  readonly books: Books;
}

/** What a scorer is made from. */
export interface Parts {
  readonly pool: Pool;
  readonly model: Model;
  readonly base: Base;
  readonly search: ListSearch;
  /** Positions in the pool by slot, -1 for those that left or changed; and slots by position, -1 for guests. */
  readonly positions: Int32Array;
  readonly slots: Int32Array;
  /** Positions of the guests that may take part. */
  readonly guests: readonly number[];
  readonly barred: ReadonlyMap<number, readonly number[]>;
  /** What was read of guests, as long as tables and weights are the same. */
  readonly sides: WeakMap<Features, Side>;
}

/** How the tables of an earlier scorer serve a pool; undefined where so much changed that new ones are cheaper. */
export function followed(
  parts: Parts,
  pool: Pool,
  whole: boolean,
): Pick<Parts, 'positions' | 'slots' | 'guests'> | undefined {
  const most = whole ? 0 : GUESTS_LEAST + pool.features.length * GUESTS_SHARE;
  const follows = pool.positions === parts.pool.positions ? edited(parts, pool) : compared(parts, pool);
  return follows.guests.length > most ? undefined : follows;
}

/** The same SMEs as before: only those who changed since are looked at. */
function edited(before: Parts, { features }: Pool): Pick<Parts, 'positions' | 'slots' | 'guests'> {
  const old = before.pool.features;
  const slots = before.slots.slice();
  const positions = before.positions.slice();
  const guests = before.guests.filter((guest) => old[guest] === features[guest]);
  for (let position = 0; position < features.length; position += 1) {
    if (old[position] === features[position]) continue;
    if (slots[position] >= 0) positions[slots[position]] = -1;
    slots[position] = -1;
    if (features[position].mayTakePart) guests.push(position);
  }
  return { positions, slots, guests };
}

function compared({ base }: Parts, pool: Pool): Pick<Parts, 'positions' | 'slots' | 'guests'> {
  const { tables, pool: old } = base;
  const slots = new Int32Array(pool.features.length).fill(-1);
  const positions = new Int32Array(tables.size).fill(-1);
  const before = positionsBefore(pool, old);
  const guests: number[] = [];
  for (let position = 0; position < before.length; position += 1) {
    const was = before[position];
    const one = pool.features[position];
    if (!one.mayTakePart) continue;
    if (was >= 0 && old.features[was] === one) {
      slots[position] = tables.slots[was];
      positions[tables.slots[was]] = position;
    } else guests.push(position);
  }
  return { positions, slots, guests };
}

/** Who refuses whom; that of an earlier scorer where nobody who changed since says otherwise. */
export function barredAfter(pool: Pool, before: Parts | undefined): Parts['barred'] {
  if (before?.pool.positions !== pool.positions) return barredBy(pool);
  const old = before.pool.features;
  for (let position = 0; position < old.length; position += 1) {
    const [was, is] = [old[position], pool.features[position]];
    if (was !== is && !refusesTheSame(was.prepared.profile, is.prepared.profile)) return barredBy(pool);
  }
  return before.barred;
}
