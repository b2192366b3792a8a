import { changedLists } from './lists.ts';
import type { Snapshot } from './refresh.ts';
import type { SmeId, SuggestionList } from './types.ts';

/** What a finished refresh changed. */
export interface RefreshResult {
  /** SMEs whose list is new or differs from the last finished refresh; that of one that may not take part any more is empty. Sorted. */
  readonly changedIds: readonly SmeId[];
  /** The same lists. Written when they are first asked for, which takes longer than finding them: read some by `list` where time matters. */
  readonly changed: SuggestionList[];
  /** SMEs that were taken out. */
  readonly removed: SmeId[];
}

/** What differs between two snapshots, one of which comes after the other. */
export const difference = (before: Snapshot, after: Snapshot): RefreshResult => {
  const changedIds = changedLists(before, after);
  let written: SuggestionList[] | undefined;
  return {
    changedIds,
    get changed() {
      written ??= changedIds.flatMap((id) => after.lists.get(id) ?? []);
      return written;
    },
    removed:
      before.pool.positions === after.pool.positions
        ? []
        : [...before.lists.keys()].filter((id) => !after.lists.has(id)),
  };
};
