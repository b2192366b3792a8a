import type { Shares } from '../model.ts';
import type { TopLists } from '../topk.ts';
import type { FlatTables } from './flat.ts';
import type { ListSearch, RowsFound } from './lists.ts';
import { searchPairs } from './each-pair-once.ts';

/*
 * One search on several threads: every slot is claimed by one of those who take part, and whoever is done claims the next ones. What a row
 * finds does not depend on who searches it, so the lists are those of one thread, to the byte.
 */

/** A range of slots: the first one, and the one after the last. */
export interface Block {
  readonly from: number;
  readonly to: number;
}

/** Lists that somebody else has found. */
export interface BlockFound extends Block {
  readonly found: RowsFound;
}

/** A search that others take part in, as it is seen by the one who began it. */
export interface SharedSearch {
  /** Claims the next slots for the caller, also those that others have left undone; null where there are none. */
  claim(): Block | null;
  /** Whether there is something that others have yet to find, or that was not collected. */
  isPending(): boolean;
  /** What others have found since the last call; may wait a moment where there is nothing yet. */
  collect(): readonly BlockFound[];
  /** The search is over, or given up: nobody goes on with it. */
  end(): void;
}

/** What is searched: all of it is only read. */
export interface Scope {
  readonly tables: FlatTables;
  readonly shares: readonly Shares[];
  /** Positions by slot, -1 for slots that are passed over. */
  readonly positions: Int32Array;
}

/** Others who search rows at the same time, on threads of their own. */
export interface Helpers {
  /** The same tables where all can read them. */
  share(tables: FlatTables): FlatTables;
  /** Offers a search for so many lists of this length to all of them; null where there is nobody, or it is too small for it to pay. */
  begin(scope: Scope, lists: number, length: number): SharedSearch | null;
}

/**
 * Fills the lists, by position, of all slots; those must be empty. Yields how many slots are done, so that the caller can pause, report, or
 * give up by not going on.
 */
export function* searchTogether(
  search: ListSearch,
  scope: Scope,
  lists: TopLists,
  helpers: Helpers | null,
): Generator<number, void, void> {
  const shared = helpers?.begin(scope, lists.counts.length, lists.length);
  if (!shared) {
    yield* searchPairs(search, scope, lists);
    return;
  }
  let done = 0;
  try {
    for (;;) {
      const block = shared.claim();
      if (block) {
        for (let slot = block.from; slot < block.to; slot += 1) {
          fillSlot(search, slot, scope, lists, block.to);
          done += 1;
          yield done;
        }
      } else if (shared.isPending()) {
        for (const found of shared.collect()) {
          enter(found, scope, lists);
          done += found.to - found.from;
        }
        yield done;
      } else return;
    }
  } finally {
    shared.end();
  }
}

/** Fills the list of one slot, unless it is passed over. `until`: those before this one are filled next. */
export function fillSlot(
  search: ListSearch,
  slot: number,
  { positions }: Scope,
  lists: TopLists,
  until: number,
): void {
  if (positions[slot] >= 0) search.fill(slot, lists, { positions, until });
}

function enter({ from, to, found }: BlockFound, { positions }: Scope, lists: TopLists): void {
  for (let slot = from; slot < to; slot += 1) {
    const first = (slot - from) * lists.length;
    const end = first + found.counts[slot - from];
    for (let at = first; at < end; at += 1) {
      lists.append(positions[slot], found.positions[at], found.scores[at]);
    }
  }
}

/** Copies the lists of a block out, to the places of its slots. */
export function writeOut({ from, to }: Block, { positions }: Scope, lists: TopLists, out: RowsFound): void {
  const { length } = lists;
  for (let slot = from; slot < to; slot += 1) {
    const own = positions[slot];
    if (own < 0) continue;
    const first = own * length;
    out.positions.set(lists.positions.subarray(first, first + length), slot * length);
    out.scores.set(lists.scores.subarray(first, first + length), slot * length);
    out.counts[slot] = lists.counts[own];
  }
}
