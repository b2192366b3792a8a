import type { Shares } from '../model.ts';
import type { FoundLists, TopLists } from '../topk.ts';
import { PairSearch } from './each-pair-once.ts';
import type { FlatTables } from './flat.ts';
import type { ListSearch } from './lists.ts';
import { inGroups } from './sums.ts';

/*
 * One search on several threads: every row is claimed by one of those who take part, and whoever is done claims the next ones. Each offers
 * the pairs of its rows to lists of its own, which are put together in the end; so the lists are those of one thread, to the byte.
 */

/** A range of slots: the first one, and the one after the last. */
export interface Block {
  readonly from: number;
  readonly to: number;
}

/** Lists that somebody else has found, and the number of rows that they come from. */
export interface OthersFound {
  readonly lists: FoundLists;
  readonly rows: number;
}

/** A search that others take part in, as it is seen by the one who began it. */
export interface SharedSearch {
  /** Scores by slot that all who take part know to be reached by the slot's list, or guess so. */
  readonly floors: Int32Array;
  /** Claims the next rows for the caller, also those that others have left undone; null where there are none. */
  claim(): Block | null;
  /** Whether there is something that others have yet to find, or that was not collected. */
  isPending(): boolean;
  /** What others have found since the last call; may wait a moment where there is nothing yet. */
  collect(): readonly OthersFound[];
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

/** What others need to know beside the scope. */
export interface Task {
  /** Scores by slot that its list is known to reach, or thought to. */
  readonly floors: Int32Array;
  /** Number of lists, and the length of each. */
  readonly lists: number;
  readonly length: number;
}

/** Others who search rows at the same time, on threads of their own. */
export interface Helpers {
  /** The same tables where all can read them. */
  share(tables: FlatTables): FlatTables;
  /** Offers a search to all of them; null where there is nobody, or it is too small for it to pay. */
  begin(scope: Scope, task: Task): SharedSearch | null;
}

/** Nobody helps. */
function alone(size: number, floors: Int32Array): SharedSearch {
  let isClaimed = false;
  return {
    floors,
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

/** The slots of a block. */
export function* inBlock({ from, to }: Block): Generator<number, void, void> {
  for (let slot = from; slot < to; slot += 1) yield slot;
}

/**
 * Fills the lists, by position, of all slots; those must be empty. Yields how many rows are done, so that the caller can pause, report, or
 * give up by not going on. `known`: scores by slot that its list is known to reach, -1 for none.
 */
export function* searchTogether(
  search: ListSearch,
  scope: Scope,
  lists: TopLists,
  helpers: Helpers | null,
  known?: Int32Array,
): Generator<number, void, void> {
  const work = new PairSearch(search, scope, lists, known);
  for (const slots of inGroups(work.sample())) {
    for (const slot of slots) {
      work.measure(slot, slots);
      yield 0;
    }
  }
  const floors = work.guesses();
  const task = { floors, lists: lists.counts.length, length: lists.length };
  const shared = helpers?.begin(scope, task) ?? alone(scope.tables.size, floors);
  let done = 0;
  try {
    for (let block = shared.claim(); block || shared.isPending(); block = shared.claim()) {
      if (block) {
        work.exchange(shared.floors);
        for (const slots of inGroups(inBlock(block))) {
          for (const slot of slots) {
            work.search(slot, slots);
            done += 1;
            yield done;
          }
        }
      } else {
        for (const found of shared.collect()) {
          lists.offerAll(found.lists);
          done += found.rows;
        }
        yield done;
      }
    }
  } finally {
    shared.end();
    work.end();
  }
  for (const slots of inGroups(work.short())) {
    for (const slot of slots) {
      work.searchAnew(slot, slots);
      yield done;
    }
  }
}
