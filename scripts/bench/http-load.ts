import { Agent, request } from 'node:http';
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
  /** As they were sent: compressed, as browsers ask for it. */
  readonly bytes: number;
  readonly ok: boolean;
}

/** What takes longer is given up and counts as a failure, so that a measurement ends however slow a page is. */
const PATIENCE_MS = 15_000;
/** Connections stay open, as those of browsers do. */
const agent = new Agent({ keepAlive: true });

/** Asks once, now, by the plain client of Node: of all clients it takes the least from the machine that is measured. */
export function askOnce({ url, headers }: Ask, due = performance.now()): Promise<Answer> {
  return new Promise((resolve, reject) => {
    let bytes = 0;
    const end = (ok: boolean): void => {
      clearTimeout(patience);
      resolve({ seconds: (performance.now() - due) / 1_000, bytes, ok });
    };
    const asked = request(url, { agent, headers: { 'accept-encoding': 'gzip', ...headers } }, (response) => {
      response.on('data', (chunk: Buffer) => (bytes += chunk.length));
      response.on('end', () => {
        end(response.statusCode === 200);
      });
    });
    const patience = setTimeout(() => {
      end(false);
      asked.destroy();
    }, PATIENCE_MS);
    asked.on('error', (error: NodeJS.ErrnoException) => {
      clearTimeout(patience);
      // The server closed an idle connection at the moment when it was used again.
      if (asked.reusedSocket && error.code === 'ECONNRESET')
        askOnce({ url, headers }, due).then(resolve, reject);
      else reject(error);
    });
    asked.end();
  });
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
