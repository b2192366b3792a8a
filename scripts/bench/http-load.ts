import { setTimeout as after } from 'node:timers/promises';

/** Something to ask, as whom. */
export interface Ask {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** One answer. */
export interface Answer {
  /** From when it should have been asked to its last byte. */
  readonly seconds: number;
  /** As sent without compression. */
  readonly bytes: number;
  readonly ok: boolean;
}

/** What takes longer is given up and counts as a failure, so that a measurement ends however slow a page is. */
const PATIENCE_MS = 15_000;

/** Asks once, now. */
export async function askOnce({ url, headers }: Ask, due = performance.now()): Promise<Answer> {
  const seconds = (): number => (performance.now() - due) / 1_000;
  try {
    const response = await fetch(url, { headers, signal: AbortSignal.timeout(PATIENCE_MS) });
    const body = await response.arrayBuffer();
    return { seconds: seconds(), bytes: body.byteLength, ok: response.ok };
  } catch (error) {
    if (error instanceof DOMException && error.name === 'TimeoutError')
      return { seconds: seconds(), bytes: 0, ok: false };
    throw error;
  }
}

/**
 * Asks one after the other at a steady pace, whatever the answers take: an answer that is late does not hold the next question back, and
 * waiting counts from when the question was due (no coordinated omission, Tene 2013). The answers come in the order of the questions.
 */
export async function askSteadily(questions: readonly Ask[], perSecond: number): Promise<Answer[]> {
  const began = performance.now();
  const asked: Promise<Answer>[] = [];
  for (const [number, question] of questions.entries()) {
    const due = began + (number * 1_000) / perSecond;
    const wait = due - performance.now();
    if (wait > 0) await after(wait);
    asked.push(askOnce(question, due));
  }
  return Promise.all(asked);
}
