import { conflict } from '../http/errors.ts';

/**
 * Long looks of which each account has one at a time: a newer one takes the place of the older, and so does the end of its request.
 *
 * @returns runs one; rejects with a 409 problem where it was stopped
 */
export function newestOnly(): <T>(
  account: string,
  signal: AbortSignal,
  run: (signal: AbortSignal) => Promise<T>,
) => Promise<T> {
  const running = new Map<string, AbortController>();
  return async (account, signal, run) => {
    running.get(account)?.abort();
    const newer = new AbortController();
    running.set(account, newer);
    const stop = AbortSignal.any([signal, newer.signal]);
    try {
      return await run(stop);
    } catch (error) {
      if (!stop.aborted) throw error;
      throw conflict(
        'preview-stopped',
        'The preview was stopped: a newer one began, or nobody waited for it.',
      );
    } finally {
      if (running.get(account) === newer) running.delete(account);
    }
  };
}
