import { MatchingIndex, type Progress, type RefreshResult } from '../../matching/index.ts';
import type { Explanation, SmeId, SuggestionList } from '../../matching/types.ts';
import type { CallMessage, CallName, Calls, FromWorker, Recomputed, ToWorker } from './messages.ts';
import { runSliced } from './slices.ts';
import { Turns } from './turns.ts';

type Handlers = {
  readonly [K in CallName]: (ask: Calls[K]['ask'], task: number) => Promise<Calls[K]['answer']>;
};

/** A preview gives way to changes this often; then the changes wait for it, so that a busy day cannot starve it. */
const YIELDS = 3;

/**
 * The worker's side: holds the index and answers messages. Long work runs in slices, so that questions and cancellations are
 * heard meanwhile; whatever touches the standing index for longer than one step takes turns.
 */
export class IndexHost {
  readonly #send: (message: FromWorker) => void;
  readonly #turns = new Turns();
  readonly #cancelled = new Set<number>();
  readonly #running = new Set<number>();
  readonly #outbox = new Map<number, SuggestionList[]>();
  #standing: MatchingIndex | null = null;
  #opening: MatchingIndex | null = null;
  #changesWaiting = 0;

  constructor(send: (message: FromWorker) => void) {
    this.#send = send;
  }

  /** Takes one message; the answer goes out by `send`, always exactly one for each call. */
  async receive(message: ToWorker): Promise<void> {
    if (message.kind === 'cancel') {
      if (this.#running.has(message.id)) this.#cancelled.add(message.id);
      this.#outbox.delete(message.id);
      return;
    }
    this.#running.add(message.id);
    try {
      this.#send({ id: message.id, kind: 'answer', answer: await this.#handle(message) });
    } catch (error) {
      const { name, message: text } = error instanceof Error ? error : new Error(String(error));
      this.#send({ id: message.id, kind: 'failure', error: { name, message: text } });
    } finally {
      this.#running.delete(message.id);
      this.#cancelled.delete(message.id);
    }
  }

  #handle<K extends CallName>(message: CallMessage<K>): Promise<Calls[K]['answer']> {
    return this.#handlers[message.kind](message.ask, message.id);
  }

  readonly #handlers: Handlers = {
    open: (ask) => {
      this.#opening = new MatchingIndex(ask);
      return Promise.resolve(null);
    },
    fill: ({ profiles }) => {
      this.#opened().upsert(profiles);
      return Promise.resolve(null);
    },
    finish: async (_ask, task) => {
      const index = this.#opened();
      const recomputed = await this.#recompute(index, task);
      this.#standing = index;
      this.#opening = null;
      return recomputed;
    },
    change: async (ask, task) => {
      this.#changesWaiting += 1;
      return this.#turns.take(async () => {
        this.#changesWaiting -= 1;
        const index = this.#stands();
        if (ask.weights) index.setWeights(ask.weights);
        index.remove(ask.remove);
        index.upsert(ask.upsert);
        return this.#recompute(index, task);
      });
    },
    preview: (ask, task) => this.#preview(ask, task),
    take: ({ task, limit }) => {
      const rest = this.#outbox.get(task) ?? [];
      const piece = rest.splice(0, limit);
      if (rest.length === 0) this.#outbox.delete(task);
      return Promise.resolve(piece);
    },
    list: ({ sme }) => Promise.resolve(this.#stands().list(sme) ?? null),
    lists: (_ask, task) => Promise.resolve({ changed: this.#setOut(task, [...this.#stands().lists()]) }),
    pairs: () => this.#turns.take(() => Promise.resolve(this.#stands().pairs())),
    explain: ({ sme, partners }) => Promise.resolve(explainAll(this.#stands(), sme, partners)),
  };

  async #recompute(index: MatchingIndex, task: number): Promise<Recomputed> {
    const began = performance.now();
    const outcome = await runSliced<Progress, RefreshResult>(index.refresh(), {
      onSlice: this.#progressOf(task),
    });
    if (!outcome.finished) throw new Error('A recompute is never stopped.');
    const { changed, removed } = outcome.value;
    return {
      changed: this.#setOut(task, changed),
      removed: [...removed],
      size: index.size,
      tookMs: performance.now() - began,
    };
  }

  async #preview({ weights }: Calls['preview']['ask'], task: number): Promise<{ changed: number }> {
    for (let attempt = 0; ; attempt += 1) {
      const outcome = await this.#turns.take(() => {
        const stop = (): boolean =>
          this.#cancelled.has(task) || (attempt < YIELDS && this.#changesWaiting > 0);
        if (this.#cancelled.has(task)) return Promise.resolve({ finished: false as const });
        return runSliced<Progress, SuggestionList[]>(this.#stands().preview(weights), {
          stop,
          onSlice: this.#progressOf(task),
        });
      });
      if (this.#cancelled.has(task)) throw new DOMException('The preview was cancelled.', 'AbortError');
      if (!outcome.finished) continue;
      return { changed: this.#setOut(task, outcome.value) };
    }
  }

  /** Keeps lists until they are fetched with `take`; says how many. */
  #setOut(task: number, lists: SuggestionList[]): number {
    const count = lists.length;
    if (count > 0) this.#outbox.set(task, lists);
    return count;
  }

  #progressOf(task: number): (progress: Progress) => void {
    return ({ done, total }) => {
      this.#send({ id: task, kind: 'progress', done, total });
    };
  }

  #stands(): MatchingIndex {
    if (!this.#standing) throw new Error('No index stands yet.');
    return this.#standing;
  }

  #opened(): MatchingIndex {
    if (!this.#opening) throw new Error('No index is being filled.');
    return this.#opening;
  }
}

/** Pairs of which one is no longer in the pool are left out: the reader's list may be a moment older than the index. */
function explainAll(index: MatchingIndex, sme: SmeId, partners: readonly SmeId[]): Explanation[] {
  return partners.flatMap((partner) => {
    try {
      return [index.explain(sme, partner)];
    } catch (error) {
      if (error instanceof RangeError) return [];
      throw error;
    }
  });
}
