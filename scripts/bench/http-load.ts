import { setTimeout as after } from 'node:timers/promises';

/** What came of asking the same thing at a steady pace. */
export interface Load {
  /** Of each answer, from when it should have been asked to its last byte. */
  readonly seconds: readonly number[];
  /** Bytes of an answer, as sent without compression. */
  readonly bytes: number;
  readonly failures: number;
}

/**
 * Asks at a steady pace, whatever the answers take: an answer that is late does not hold the next question back, and waiting counts
 * from when the question was due (no coordinated omission, Tene 2013).
 */
export async function askSteadily(
  url: string,
  headers: Readonly<Record<string, string>>,
  pace: { readonly perSecond: number; readonly times: number },
): Promise<Load> {
  const seconds: number[] = [];
  let bytes = 0;
  let failures = 0;
  const began = performance.now();
  const ask = async (due: number): Promise<void> => {
    const response = await fetch(url, { headers });
    const body = await response.arrayBuffer();
    seconds.push((performance.now() - due) / 1_000);
    bytes = Math.max(bytes, body.byteLength);
    if (!response.ok) failures += 1;
  };
  const asked: Promise<void>[] = [];
  for (let number = 0; number < pace.times; number++) {
    const due = began + (number * 1_000) / pace.perSecond;
    const wait = due - performance.now();
    if (wait > 0) await after(wait);
    asked.push(ask(due));
  }
  await Promise.all(asked);
  return { seconds, bytes, failures };
}
