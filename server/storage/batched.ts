import { setImmediate as nextTurn } from 'node:timers/promises';

/**
 * Joins what is asked for within one turn of the event loop into one read, as when a thousand lists are presented at once. `read` gives
 * what it finds by key; each who asks gets the part that it asked for. Nobody is answered from a read that began before the question.
 *
 * @param joining how long questions are joined [one turn]
 */
export function batched<T>(
  read: (keys: readonly string[]) => Promise<ReadonlyMap<string, T>>,
  joining: () => Promise<void> = nextTurn,
): (keys: readonly string[]) => Promise<Map<string, T>> {
  let joined: { keys: Set<string>; found: Promise<ReadonlyMap<string, T>> } | null = null;

  function begin(): NonNullable<typeof joined> {
    const keys = new Set<string>();
    const found = joining().then(() => {
      joined = null;
      return read([...keys]);
    });
    return { keys, found };
  }

  return async (keys) => {
    if (keys.length === 0) return new Map();
    joined ??= begin();
    const mine = joined;
    for (const key of keys) mine.keys.add(key);
    const found = await mine.found;
    return new Map(
      keys.flatMap((key) => {
        const value = found.get(key);
        return value === undefined ? [] : [[key, value] as const];
      }),
    );
  };
}
