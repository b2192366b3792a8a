import { batched } from './batched.ts';

/** What was read a moment ago. */
export interface Remembered<T> {
  /** By key; what is not there is left out. */
  read(keys: readonly string[]): Promise<Map<string, T>>;
  /** This process changed these: they are read anew, also where a read of them is on its way. */
  forget(keys: readonly string[]): void;
}

/** More than so many are not kept at once. */
const KEPT_MOST = 20_000;

/**
 * Keeps what was read for a short time, for when hundreds of windows are sent the same rows at once. What this process changes it forgets at
 * once; what another process changed is seen when the time is over. Only for what is shown: nothing is decided by it.
 */
export function remembered<T>(options: {
  readonly read: (keys: readonly string[]) => Promise<ReadonlyMap<string, T>>;
  /** Milliseconds. */
  readonly forMs: number;
  /** Milliseconds that only grow; injected in tests. */
  readonly now?: () => number;
}): Remembered<T> {
  const { forMs, now = () => performance.now() } = options;
  const kept = new Map<string, { value: T; until: number }>();
  let forgotten = 0;

  const fetch = batched(async (keys) => {
    const before = forgotten;
    const found = await options.read(keys);
    if (before !== forgotten) return found;
    if (kept.size + found.size > KEPT_MOST) kept.clear();
    const until = now() + forMs;
    for (const [key, value] of found) kept.set(key, { value, until });
    return found;
  });

  return {
    async read(keys) {
      const time = now();
      const fresh = (key: string): boolean => (kept.get(key)?.until ?? -Infinity) > time;
      const missing = keys.filter((key) => !fresh(key));
      // Taken out before others are waited for, as they may be forgotten meanwhile.
      const values = new Map(
        keys.flatMap((key) => {
          const entry = kept.get(key);
          return entry && entry.until > time ? [[key, entry.value] as const] : [];
        }),
      );
      for (const [key, value] of await fetch(missing)) values.set(key, value);
      return values;
    },
    forget(keys) {
      forgotten += 1;
      for (const key of keys) kept.delete(key);
    },
  };
}
