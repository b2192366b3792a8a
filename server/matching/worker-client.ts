import { Worker } from 'node:worker_threads';
import type { SuggestionList } from '../../matching/types.ts';
import { HttpProblem } from '../http/errors.ts';
import type { CallName, Calls, FromWorker, ToWorker } from './messages.ts';

/** What of a worker thread is used here; tests may give another one. */
export type SpawnWorker = () => Worker;

/** Starts the engine's thread. */
export const spawnEngine: SpawnWorker = () =>
  new Worker(new URL('./worker-loader.mjs', import.meta.url), { execArgv: [] });

export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

interface Waiting {
  resolve: (answer: Calls[CallName]['answer']) => void;
  reject: (error: Error) => void;
  onProgress: CallOptions['onProgress'];
}

/** 503: the engine is starting, or died and is being started again. */
export function matcherUnavailable(detail: string, cause?: unknown): HttpProblem {
  return new HttpProblem({
    status: 503,
    code: 'matching-unavailable',
    detail,
    headers: { 'Retry-After': '2' },
    cause,
  });
}

/** Lists fetched from the worker at a time: small enough that receiving them does not hold up the event loop. */
const PIECE = 100;

/** One worker thread and the calls that are open with it. When it dies, all of them fail; it is not started again here. */
export class WorkerClient {
  /** Resolves once the thread has ended, with the reason where it died by itself. */
  readonly ended: Promise<Error | null>;
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  #lastId = 0;
  #stopping = false;
  #dead: Error | null = null;

  constructor(spawn: SpawnWorker) {
    this.#worker = spawn();
    this.#worker.on('message', (message: FromWorker) => {
      this.#receive(message);
    });
    let fault: Error | null = null;
    this.#worker.on('error', (error: Error) => (fault = error));
    this.ended = new Promise((resolve) => {
      this.#worker.once('exit', (code) => {
        const reason = this.#stopping
          ? null
          : (fault ?? new Error(`The engine's thread ended with ${code}.`));
        this.#fail(reason ?? new Error('The engine was stopped.'));
        resolve(reason);
      });
    });
  }

  /** Asks the worker; rejects with a 503 problem when it dies before it answers. */
  call<K extends CallName>(
    kind: K,
    ask: Calls[K]['ask'],
    options: CallOptions = {},
  ): Promise<Calls[K]['answer']> {
    return this.#call(kind, ask, options).answer;
  }

  /** Makes a call whose answer is a set of lists, and hands these over piece by piece; the next piece is fetched after `onPiece`. */
  async callForLists<K extends 'finish' | 'change' | 'preview' | 'lists'>(
    kind: K,
    ask: Calls[K]['ask'],
    onPiece: (lists: readonly SuggestionList[]) => Promise<void> | void,
    options: CallOptions = {},
  ): Promise<Calls[K]['answer']> {
    const { id, answer } = this.#call(kind, ask, options);
    const summary = await answer;
    for (let left = summary.changed; left > 0;) {
      options.signal?.throwIfAborted();
      const piece = await this.call('take', { task: id, limit: PIECE });
      if (piece.length === 0) break;
      left -= piece.length;
      await onPiece(piece);
    }
    return summary;
  }

  /** Ends the thread; open calls fail. */
  async stop(): Promise<void> {
    this.#stopping = true;
    await this.#worker.terminate();
    await this.ended;
  }

  #call<K extends CallName>(
    kind: K,
    ask: Calls[K]['ask'],
    { signal, onProgress }: CallOptions,
  ): { id: number; answer: Promise<Calls[K]['answer']> } {
    const id = (this.#lastId += 1);
    const answer = new Promise<Calls[CallName]['answer']>((resolve, reject) => {
      if (signal?.aborted) {
        reject(new DOMException('Cancelled.', 'AbortError'));
        return;
      }
      if (this.#dead) {
        reject(unavailable(this.#dead));
        return;
      }
      const cancel = (): void => {
        this.#post({ id, kind: 'cancel' });
      };
      signal?.addEventListener('abort', cancel, { once: true });
      const settle = (): void => {
        signal?.removeEventListener('abort', cancel);
      };
      this.#waiting.set(id, {
        resolve: (value) => {
          settle();
          resolve(value);
        },
        reject: (error) => {
          settle();
          reject(error);
        },
        onProgress,
      });
      this.#post({ id, kind, ask });
    });
    // The worker answers each call with the answer of its kind (messages.ts).
    return { id, answer: answer };
  }

  #post(message: ToWorker): void {
    this.#worker.postMessage(message);
  }

  #receive(message: FromWorker): void {
    const waiting = this.#waiting.get(message.id);
    if (!waiting) return;
    if (message.kind === 'progress') {
      waiting.onProgress?.(message.done, message.total);
      return;
    }
    this.#waiting.delete(message.id);
    if (message.kind === 'answer') {
      waiting.resolve(message.answer);
      return;
    }
    const { name, message: text } = message.error;
    waiting.reject(name === 'AbortError' ? new DOMException(text, name) : new Error(`${name}: ${text}`));
  }

  #fail(error: Error): void {
    this.#dead = error;
    for (const waiting of this.#waiting.values()) waiting.reject(unavailable(error));
    this.#waiting.clear();
  }
}

function unavailable(cause: Error): HttpProblem {
  return matcherUnavailable('The matching engine was interrupted and is starting again. Try again.', cause);
}
