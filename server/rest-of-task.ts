/**
 * Resolves when all is done that the present task of the event loop sets off without waiting for anything: what is asked for meanwhile can be
 * joined. That is sooner than the next turn, which comes behind everything else that has arrived.
 */
export const restOfTask = (): Promise<void> =>
  new Promise((resolve) => {
    // Ticks that a microtask asks for come when there is no microtask left.
    queueMicrotask(() => {
      process.nextTick(resolve);
    });
  });
