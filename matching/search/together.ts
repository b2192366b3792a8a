import type { Shares } from '../model.ts';
import type { TopLists } from '../topk.ts';
import type { FlatTables } from './flat.ts';
import { ListSearch, type RowsFound } from './lists.ts';

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

/** Others who search rows at the same time, on threads of their own. */
export interface Helpers {
  /** The same tables where all can read them. */
  share(tables: FlatTables): FlatTables;
  /** Offers a search to all of them; null where there is nobody, or the search is too small for it to pay. */
  begin(tables: FlatTables, shares: readonly Shares[], length: number): SharedSearch | null;
}

/** Nobody helps. */
function alone(size: number): SharedSearch {
  let isClaimed = false;
  return {
    claim() {
      if (isClaimed) return null;
      isClaimed = true;
      return { from: 0, to: size };
    },
    isPending: () => false,
    collect: () => [],
    end: () => undefined,
  };
}

/**
 * Fills the lists, by position, of all slots; those must be empty. Yields how many are filled, so that the caller can pause, report, or give
 * up by not going on.
 */
export function* searchTogether(
  tables: FlatTables,
  shares: readonly Shares[],
  lists: TopLists,
  helpers: Helpers | null,
): Generator<number, void, void> {
  const shared = helpers?.begin(tables, shares, lists.length) ?? alone(tables.size);
  const search = new ListSearch(tables, shares);
  let done = 0;
  try {
    for (;;) {
      const block = shared.claim();
      if (block) {
        for (let slot = block.from; slot < block.to; slot += 1) {
          search.fill(slot, lists);
          done += 1;
          yield done;
        }
      } else if (shared.isPending()) {
        for (const found of shared.collect()) {
          enter(found, tables, lists);
          done += found.to - found.from;
        }
        yield done;
      } else return;
    }
  } finally {
    shared.end();
  }
}

function enter({ from, to, found }: BlockFound, { columns }: FlatTables, lists: TopLists): void {
  for (let slot = from; slot < to; slot += 1) {
    const first = (slot - from) * lists.length;
    const end = first + found.counts[slot - from];
    const own = columns.position[slot];
    for (let at = first; at < end; at += 1) lists.append(own, found.positions[at], found.scores[at]);
  }
}

/** Copies the lists of a block out, to the places of its slots. */
export function writeOut(
  { from, to }: Block,
  { columns }: FlatTables,
  lists: TopLists,
  out: RowsFound,
): void {
  const { length } = lists;
  for (let slot = from; slot < to; slot += 1) {
    const own = columns.position[slot];
    const first = own * length;
    out.positions.set(lists.positions.subarray(first, first + length), slot * length);
    out.scores.set(lists.scores.subarray(first, first + length), slot * length);
    out.counts[slot] = lists.counts[own];
  }
}
