import { SCALE } from '../types.ts';

/** How well a pair does on one factor. */
export interface Fit {
  /** Integer in [0, SCALE]. */
  readonly value: number;
  /** False where nothing was declared on it, so that `value` is the neutral one. */
  readonly known: boolean;
}

/** Half way: what stands for 'not declared' where the good and the bad answer are equally far. */
export const HALF = SCALE / 2;
