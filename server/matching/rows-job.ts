import type { Block, Scope, Task } from '../../matching/search/together.ts';
import type { FoundLists } from '../../matching/topk.ts';

/** A search that is offered to the threads that help. All of its arrays stand in shared memory. */
export interface RowsJob extends Task {
  readonly scope: Scope;
  /** What each helper has found, as whole lists. */
  readonly found: readonly FoundLists[];
  /** State of each helper: see `STATE`. */
  readonly states: Int32Array;
  /** Rows of one block; the last may have fewer. */
  readonly blockSize: number;
  /** What all who take part write to: see `CONTROL`. */
  readonly control: Int32Array;
  /** Who has claimed each block: NOBODY, BEGINNER, or `claimant` of a helper. */
  readonly blocks: Int32Array;
}

/** The same as one of the helpers gets it, with its number. */
export interface HelperJob extends RowsJob {
  readonly helper: number;
}

/** Places in `control`: the next block that nobody has claimed, a count that grows with all that helpers do, and 1 once the search is over. */
export const CONTROL = { next: 0, done: 1, over: 2 } as const;
export const CONTROL_NUMBERS = 3;

/** Nobody has claimed it; the one who began the search has. */
export const NOBODY = 0;
export const BEGINNER = 1;
/** Stands for a helper by its number. */
export const claimant = (helper: number): number => helper + 2;

/** What a helper is at: not begun, at work, done with its lists written out, or left out as it took too long. */
export const STATE = { idle: 0, working: 1, done: 2, dropped: 3 } as const;

/** Claims the next block for whoever asks first; -1 where all are claimed. */
export function claimBlock({ control, blocks }: RowsJob, who: number): number {
  for (;;) {
    const block = Atomics.add(control, CONTROL.next, 1);
    if (block >= blocks.length) return -1;
    if (Atomics.compareExchange(blocks, block, NOBODY, who) === NOBODY) return block;
  }
}

/** Rows of a block: the first, and the one after the last. */
export function slotsOf({ scope, blockSize }: RowsJob, block: number): Block {
  return { from: block * blockSize, to: Math.min(scope.tables.size, (block + 1) * blockSize) };
}
