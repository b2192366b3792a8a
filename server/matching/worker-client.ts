import { Worker } from 'node:worker_threads';
import type { SuggestionList } from '../../matching/types.ts';
import { HttpProblem } from '../http/errors.ts';
import { HangError, type Hangs } from './hangs.ts';
import type { CallMessage, CallName, Calls, FromWorker, ToWorker } from './messages.ts';
import { Pulse } from './pulse.ts';
import type { OnProgress, RunControl } from './shared-runs.ts';
import { watchOver } from './watchdog.ts';

/** What a new engine thread is given. */
export interface EngineWorkerData {
  /** Memory of its pulse. */
  readonly pulse: SharedArrayBuffer;
  /** Further threads that help it with large pools. */
  readonly helpers: number;
}

/** Starts a thread; tests may start another one. */
export type SpawnWorker = (data: EngineWorkerData) => Worker;

/** Starts the engine's thread. */
export const spawnEngine: SpawnWorker = (data) =>
  new Worker(new URL('./worker-loader.mjs', import.meta.url), {
    execArgv: [],
    workerData: { ...data, entry: './worker.ts' },
  });

export interface WorkerClientOptions {
  readonly spawn: SpawnWorker;
  /** Further threads that help this one with large pools. [0] */
  readonly helpers?: number;
  /** A thread that has work to do and gives no sign of life for this long is ended. */
  readonly hangMs: number;
  /** Shared by all clients of one matcher, so that it outlives each. */
  readonly hangs: Hangs;
}

/** Calls whose lists are fetched in pieces. */
type ListsCall = 'finish' | 'change' | 'preview' | 'lists';

interface ListsControl<K extends ListsCall> extends RunControl {
  /** Told what the worker answered, before the first piece is fetched. */
  readonly onAnswer?: (answer: Calls[K]['answer']) => void;
}

interface Waiting {
  readonly message: CallMessage;
  readonly resolve: (answer: Calls[CallName]['answer']) => void;
  readonly reject: (error: Error) => void;
  readonly onProgress: OnProgress | undefined;
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

/** One worker thread and the calls that are open with it. When it dies or hangs, all of them fail; it is not started again here. */
export class WorkerClient {
  /** Resolves once the thread has ended, with the reason where it died by itself. */
  readonly ended: Promise<Error | null>;
  readonly #worker: Worker;
  readonly #hangs: Hangs;
  readonly #waiting = new Map<number, Waiting>();
  #lastId = 0;
  #stopping = false;
  #dead: Error | null = null;

  constructor({ spawn, helpers = 0, hangMs, hangs }: WorkerClientOptions) {
    const pulse = new Pulse();
    this.#hangs = hangs;
    this.#worker = spawn({ pulse: pulse.memory, helpers });
    this.#worker.on('message', (message: FromWorker) => {
      this.#receive(message);
    });
    let fault: Error | null = null;
    this.#worker.on('error', (error: Error) => (fault = error));
    const endWatch = watchOver({
      pulse,
      hangMs,
      isAwaited: () => this.#waiting.size > 0,
      onHang: () => {
        fault = this.#hung(pulse.call, hangMs);
        void this.#worker.terminate();
      },
    });
    this.ended = new Promise((resolve) => {
      this.#worker.once('exit', (code) => {
        endWatch();
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
    options: RunControl = {},
  ): Promise<Calls[K]['answer']> {
    return this.#call(kind, ask, options).answer;
  }

  /**
   * Makes a call whose answer is a set of lists, and hands these over piece by piece, one after the other. The next piece is on its way while
   * `onPiece` works on one.
   */
  async callForLists<K extends ListsCall>(
    kind: K,
    ask: Calls[K]['ask'],
    onPiece: (lists: readonly SuggestionList[], isLast: boolean) => Promise<void> | void,
    options: ListsControl<K> = {},
  ): Promise<Calls[K]['answer']> {
    const { id, answer } = this.#call(kind, ask, options);
    const summary = await answer;
    options.onAnswer?.(summary);
    const take = (): Promise<readonly SuggestionList[]> => {
      const asked = this.call('take', { task: id, limit: PIECE });
      // Heard of when it is awaited; until then another failure may have ended this.
      asked.catch(() => undefined);
      return asked;
    };
    let left = summary.changed;
    let next = left > 0 ? take() : null;
    while (next) {
      options.signal?.throwIfAborted();
      const piece = await next;
      left -= piece.length;
      const isLast = left <= 0 || piece.length === 0;
      next = isLast ? null : take();
      if (piece.length > 0) await onPiece(piece, isLast);
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
    { signal, onProgress }: RunControl,
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
      if (this.#hangs.refuses(kind, ask)) {
        reject(
          matcherUnavailable(
            'This made the matching engine hang. It is not tried again until staff rebuild the suggestions.',
          ),
        );
        return;
      }
      const cancel = (): void => {
        this.#post({ id, kind: 'cancel' });
      };
      signal?.addEventListener('abort', cancel, { once: true });
      const settle = (): void => {
        signal?.removeEventListener('abort', cancel);
      };
      const message = { id, kind, ask };
      this.#waiting.set(id, {
        message,
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
      this.#post(message);
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
    waiting.reject(errorOf(name, text));
  }

  /** Notes which call the thread hangs in. */
  #hung(call: number, hangMs: number): HangError {
    const stuck = this.#waiting.get(call)?.message;
    if (stuck) this.#hangs.note(stuck.kind, stuck.ask);
    return new HangError(stuck?.kind ?? null, hangMs);
  }

  #fail(error: Error): void {
    this.#dead = error;
    for (const waiting of this.#waiting.values()) waiting.reject(unavailable(error));
    this.#waiting.clear();
  }
}

/** An error of the thread as one of this side; those that callers tell apart keep their kind. */
function errorOf(name: string, text: string): Error {
  if (name === 'AbortError' || name === 'TimeoutError') return new DOMException(text, name);
  return name === 'RangeError' ? new RangeError(text) : new Error(`${name}: ${text}`);
}

function unavailable(cause: Error): HttpProblem {
  return matcherUnavailable('The matching engine was interrupted and is starting again. Try again.', cause);
}
