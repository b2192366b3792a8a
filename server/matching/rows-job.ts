import type { RowsFound } from '../../matching/search/lists.ts';
import type { Block, Scope } from '../../matching/search/together.ts';

/** A search that is offered to the threads that help. All of its arrays stand in shared memory. */
export interface RowsJob {
  readonly scope: Scope;
  /** What helpers have found, by slot. */
  readonly found: RowsFound;
  /** Number of SMEs in the pool. */
  readonly lists: number;
  /** Length of a list, K. */
  readonly length: number;
  /** Slots of one block; the last may have fewer. */
  readonly blockSize: number;
  /** What all who take part write to: see `CONTROL`. */
  readonly control: Int32Array;
  /** What became of each block: see `BLOCK`. */
  readonly blocks: Int32Array;
}

/** Places in `control`: the next block that nobody has claimed, how many blocks helpers have done, and 1 once the search is over. */
export const CONTROL = { next: 0, done: 1, over: 2 } as const;
export const CONTROL_NUMBERS = 3;

/** States of a block: not done (claimed or not), done by a helper, taken by the one who began the search. */
export const BLOCK = { open: 0, helped: 1, own: 2 } as const;

/** Claims the next block for whoever asks first; -1 where all are claimed. */
export function claimBlock({ control, blocks }: RowsJob): number {
  const block = Atomics.add(control, CONTROL.next, 1);
  return block < blocks.length ? block : -1;
}

/** Slots of a block: the first, and the one after the last. */
export function slotsOf({ scope, blockSize }: RowsJob, block: number): Block {
  return { from: block * blockSize, to: Math.min(scope.tables.size, (block + 1) * blockSize) };
}
