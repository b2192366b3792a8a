/** People act at the same time in a room; so many of them at once. */
const AT_ONCE = 8;

/** Lets everybody do something, a few at a time; resolves when all have, in no particular order. */
export async function together<T>(
  people: readonly T[],
  act: (person: T, at: number) => Promise<void>,
): Promise<void> {
  const waiting = [...people.entries()].toReversed();
  const actOn = async (): Promise<void> => {
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const [at, person] = next;
      await act(person, at);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, actOn));
}
