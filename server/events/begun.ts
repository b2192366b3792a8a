/**
 * Begins at once what is asked for later, so that it is made while something else is waited for. Whoever asks hears of its failure; it may not
 * come to that.
 */
export function begun<T>(task: () => Promise<T>): () => Promise<T> {
  const running = task();
  running.catch(() => undefined);
  return () => running;
}
