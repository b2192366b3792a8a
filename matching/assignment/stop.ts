/** Whether a solution is to be given up: the best that has been found by then is the result. */
export type Stop = () => boolean;

/** Goes on to the end. */
export const never: Stop = () => false;

/** A limit that was kept an eye on. */
export interface Limit {
  /** Says yes for ever once it has. */
  readonly isOver: Stop;
  /** Whether it ever said yes to anybody. */
  readonly wasOver: () => boolean;
}

/** Remembers whether it was over for anybody who asked, which is what makes a result another one than without it. */
export function limitOf(stop: Stop): Limit {
  let over = false;
  return { isOver: () => (over ||= stop()), wasOver: () => over };
}

/** Says yes for ever once it has. */
export const lasting = (stop: Stop): Stop => limitOf(stop).isOver;
