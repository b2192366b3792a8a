import {
  finish,
  MatchingIndex,
  type Geography,
  type PairingResult,
  type Progress,
  type RefreshResult,
} from '../../matching/index.ts';
import { canonicalJson } from '../../matching/canonical.ts';
import type { Explanation, SmeId, SuggestionList } from '../../matching/types.ts';
import { sha256 } from '../runs/hash.ts';
import { shownText } from '../suggestions/present.ts';
import { textBlock } from '../text/block.ts';
import { EventRooms, LastRoom, patchIn, planIn, type RoundsQuestion } from './event-rooms.ts';
import { KeptInputs } from './kept-inputs.ts';
import type {
  CallMessage,
  CallName,
  Calls,
  FromWorker,
  MadePairing,
  MadeRounds,
  MadeWhatIf,
  Recomputed,
  ShownList,
  ToWorker,
  WhatIfQuestion,
} from './messages.ts';
import type { Crew } from './crew.ts';
import type { Pulse } from './pulse.ts';
import { runSliced } from './slices.ts';
import { Turns } from './turns.ts';

/** `memory` goes over as it is instead of being copied. */
type SendAnswer = (message: FromWorker, memory?: readonly ArrayBuffer[]) => void;

type Handlers = {
  readonly [K in CallName]: (ask: Calls[K]['ask'], task: number) => Promise<Calls[K]['answer']>;
};

/** Work aside gives way to changes this often; then the changes wait for it, so that a busy day cannot starve it. */
const YIELDS = 3;

/**
 * The worker's side: holds the index and answers messages. Long work runs in slices, so that questions and cancellations are
 * heard meanwhile; whatever touches the standing index for longer than one step takes turns.
 */
export class IndexHost {
  readonly #send: SendAnswer;
  readonly #pulse: Pulse;
  readonly #crew: Crew;
  readonly #turns = new Turns();
  readonly #cancelled = new Set<number>();
  readonly #running = new Set<number>();
  readonly #inputs = new KeptInputs();
  readonly #rooms = new EventRooms();
  readonly #lastRoom = new LastRoom();
  readonly #outbox = new Map<number, SuggestionList[]>();
  #standing: MatchingIndex | null = null;
  #opening: MatchingIndex | null = null;
  #changesWaiting = 0;
  /** Grows with each finished recompute: what was read of the index before may be old. */
  #revision = 0;

  constructor(send: SendAnswer, pulse: Pulse, crew: Crew) {
    this.#send = send;
    this.#pulse = pulse;
    this.#crew = crew;
  }

  /** Takes one message; the answer goes out by `send`, always exactly one for each call. */
  async receive(message: ToWorker): Promise<void> {
    if (message.kind === 'cancel') {
      if (this.#running.has(message.id)) this.#cancelled.add(message.id);
      this.#outbox.delete(message.id);
      return;
    }
    this.#running.add(message.id);
    this.#pulse.beat(message.id);
    try {
      const answer = await this.#handle(message);
      this.#send({ id: message.id, kind: 'answer', answer }, memoryOf(answer));
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
      this.#opening = new MatchingIndex({ ...ask, helpers: this.#crew });
      return Promise.resolve(null);
    },
    fill: ({ profiles }) => {
      const index = this.#opened();
      index.upsert(profiles);
      this.#crew.expect(index.size);
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
        if (ask.call) index.setCall(ask.call);
        index.remove(ask.remove);
        index.upsert(ask.upsert);
        this.#crew.expect(index.size);
        return this.#recompute(index, task);
      });
    },
    preview: async ({ weights }, task) => {
      const lists = await this.#aside(task, (index) => index.preview(weights));
      return { changed: this.#setOut(task, lists) };
    },
    take: ({ task, limit }) => {
      const rest = this.#outbox.get(task) ?? [];
      const piece = rest.splice(0, limit);
      if (rest.length === 0) this.#outbox.delete(task);
      return Promise.resolve(piece);
    },
    list: ({ sme }) => Promise.resolve(this.#stands().list(sme) ?? null),
    lists: (_ask, task) => Promise.resolve({ changed: this.#setOut(task, [...this.#stands().lists()]) }),
    pairs: ({ options, geography, limitMs }, task) =>
      this.#within(limitMs, task, (index, isLate) =>
        this.#noted(index, index.pairing(options, isLate), geography),
      ),
    whatIf: ({ settings, geography, options, limitMs }, task) =>
      this.#within(limitMs, task, (index, isLate) =>
        unlessLate(this.#compared(index, { settings, geography, options }), isLate),
      ),
    needAnswers: ({ need, asked }, task) => this.#aside(task, (index) => index.needAnswers(need, asked)),
    supply: ({ wanted }, task) => this.#aside(task, (index) => index.supply(wanted)),
    planRounds: (ask, task) => this.#aside(task, (index) => planIn(index, ask)),
    // What takes milliseconds reads the standing index between two slices of whatever runs: somebody at the event waits for it.
    draftRounds: (ask, task) => this.#aside(task, (index) => this.#drafted(index, ask)),
    repairRounds: async (ask, task) =>
      patchIn(this.#stands(), ask) ??
      (await this.#aside(task, (index) => planIn(index, ask, this.#lastRoom))).plan.rounds,
    foreseeEvent: (ask) => Promise.resolve(this.#rooms.foresee(this.#stands(), this.#revision, ask)),
    eventLists: async (ask, task) =>
      this.#rooms.asForeseen(this.#stands(), ask) ??
      (this.#rooms.isSmall(this.#stands(), this.#revision, ask)
        ? finish(this.#rooms.lists(this.#stands(), this.#revision, ask))
        : this.#aside(task, (index) => this.#rooms.lists(index, this.#revision, ask))),
    eventBriefs: (asked) =>
      Promise.resolve(asked.map(({ event, sme }) => this.#rooms.briefs(this.#stands(), event, sme))),
    eventTexts: (asked) => Promise.resolve(this.#rooms.texts(this.#stands(), asked)),
    closeEvent: ({ event }) => {
      this.#rooms.close(event);
      return Promise.resolve(null);
    },
    inputTexts: ({ hashes }) => Promise.resolve(this.#inputs.texts(hashes)),
    explain: ({ sme, partners }) => Promise.resolve(explainAll(this.#stands(), sme, partners)),
    briefs: (lists) =>
      Promise.resolve(
        lists.map(({ sme, partners }) =>
          partners.flatMap((partner) => this.#stands().brief(sme, partner) ?? []),
        ),
      ),
    briefTexts: async (lists, task) => {
      const texts: (string | null)[] = [];
      await runSliced(this.#textsOf(lists, texts), {
        beforeStep: () => {
          this.#pulse.beat(task);
        },
      });
      return textBlock(texts);
    },
  };

  /** Puts the texts of these lists one behind the other; a list for each step. */
  *#textsOf(lists: readonly ShownList[], texts: (string | null)[]): Generator<undefined, void, void> {
    for (const { sme, partners } of lists) {
      for (const partner of partners) texts.push(this.#briefText(sme, partner));
      yield;
    }
  }

  /** What a list shows of a pair as text. */
  #briefText(sme: SmeId, partner: SmeId): string | null {
    const brief = this.#stands().brief(sme, partner);
    if (brief) this.#rooms.note(brief);
    return brief && shownText(brief);
  }

  async #recompute(index: MatchingIndex, task: number): Promise<Recomputed> {
    const began = performance.now();
    const outcome = await runSliced<Progress, RefreshResult>(index.refresh(), {
      beforeStep: () => {
        this.#pulse.beat(task);
      },
      onSlice: this.#progressOf(task),
    });
    if (!outcome.finished) throw new Error('A recompute is never stopped.');
    const { changed, removed } = outcome.value;
    this.#revision += 1;
    this.#rooms.recomputed();
    return {
      changed: this.#setOut(task, changed),
      removed: [...removed],
      size: index.size,
      tookMs: performance.now() - began,
    };
  }

  /** `#aside` for work that can be told when its time is over. */
  #within<R>(
    limitMs: number | null,
    task: number,
    begin: (index: MatchingIndex, isLate: () => boolean) => Generator<Progress, R, void>,
  ): Promise<R> {
    let end: number | undefined;
    const isLate = (): boolean => end !== undefined && performance.now() > end;
    return this.#aside(task, (index) => {
      // Time spent waiting for its turn is not the run's own.
      end ??= performance.now() + (limitMs ?? Infinity);
      return begin(index, isLate);
    });
  }

  /** A set of pairs with what it was made from and for whom it is good: the index does not change before the run has ended. */
  *#noted<P>(
    index: MatchingIndex,
    work: Generator<P, PairingResult, void>,
    geography: Geography,
  ): Generator<P, MadePairing, void> {
    const result = yield* work;
    return {
      result,
      manifest: this.#inputs.note(index.inputs(), result.asked),
      exposure: index.exposure(result.pairs, geography),
    };
  }

  /** What other settings would change, with what the set of pairs under them is made from. */
  *#compared(
    index: MatchingIndex,
    { settings, geography, options }: WhatIfQuestion,
  ): Generator<Progress, MadeWhatIf, void> {
    const { whatIf, result, inputs, exposure } = yield* index.compared(settings, geography, options);
    return { whatIf, after: { result, exposure, manifest: this.#inputs.note(inputs, result.asked) } };
  }

  /** A plan for rounds with what it is made from. */
  *#drafted(index: MatchingIndex, question: RoundsQuestion): Generator<Progress, MadeRounds, void> {
    const replan = yield* planIn(index, question, this.#lastRoom);
    const manifest = this.#inputs.noteIndex(index.inputs());
    return { replan, manifest, resultHash: sha256(canonicalJson(replan)) };
  }

  /**
   * Runs long work that changes nothing, in turn with what changes the standing index. A few times it gives way to changes and begins
   * anew; it stops when its call is cancelled.
   */
  async #aside<R>(task: number, begin: (index: MatchingIndex) => Generator<Progress, R, void>): Promise<R> {
    const isCancelled = (): boolean => this.#cancelled.has(task);
    for (let attempt = 0; ; attempt += 1) {
      const outcome = await this.#turns.take(() => {
        if (isCancelled()) return Promise.resolve({ finished: false as const });
        return runSliced<Progress, R>(begin(this.#stands()), {
          stop: () => isCancelled() || (attempt < YIELDS && this.#changesWaiting > 0),
          beforeStep: () => {
            this.#pulse.beat(task);
          },
          onSlice: this.#progressOf(task),
        });
      });
      if (isCancelled()) throw new DOMException('The call was cancelled.', 'AbortError');
      if (outcome.finished) return outcome.value;
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

/** The memory of the texts in an answer. */
function memoryOf(answer: Calls[CallName]['answer']): readonly ArrayBuffer[] {
  if (answer === null || typeof answer !== 'object') return [];
  if ('bytes' in answer) return [answer.bytes.buffer];
  if ('block' in answer) return [answer.block.bytes.buffer];
  return 'texts' in answer && answer.texts !== null ? [answer.texts.block.bytes.buffer] : [];
}

/** The same work, given up with a `TimeoutError` once it is late. */
function* unlessLate<P, R>(work: Generator<P, R, void>, isLate: () => boolean): Generator<P, R, void> {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
    if (isLate()) throw new DOMException('The time limit has passed.', 'TimeoutError');
    yield step.value;
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
