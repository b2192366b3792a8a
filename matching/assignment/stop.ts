/** Whether a solution is to be given up: the best that has been found by then is the result. */
export type Stop = () => boolean;

/** Goes on to the end. */
export const never: Stop = () => false;

/** Says yes for ever once it has. */
export function lasting(stop: Stop): Stop {
  let isOver = false;
  return () => {
    isOver ||= stop();
    return isOver;
  };
}
