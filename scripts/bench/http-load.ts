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

/** Asks once, now. */
export async function askOnce({ url, headers }: Ask, due = performance.now()): Promise<Answer> {
  const response = await fetch(url, { headers });
  const body = await response.arrayBuffer();
  return { seconds: (performance.now() - due) / 1_000, bytes: body.byteLength, ok: response.ok };
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
