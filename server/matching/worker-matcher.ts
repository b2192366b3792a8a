import { availableParallelism } from 'node:os';
import type { Logger } from 'pino';
import { TextRow } from '../text/block.ts';
import type {
  AnswersAsked,
  Exposure,
  NeedAnswers,
  PairingOptions,
  PairingResult,
  PartSupply,
  PlannedRound,
  Replan,
  WantedTerm,
  WhatIf,
} from '../../matching/index.ts';
import type { RunManifest } from '../../matching/run-log.ts';
import type {
  Brief,
  Country,
  Explanation,
  Need,
  SmeId,
  SuggestionList,
  Weights,
} from '../../matching/types.ts';
import type { Cause, Progress } from '../live/protocol.ts';
import { askedTogether } from '../asked-together.ts';
import { VERSION } from '../version.ts';
import { EngineDriver } from './engine-driver.ts';
import type {
  EventBriefs,
  EventChanges,
  EventRoom,
  EventTexts,
  Foreseen,
  RoundsQuestion,
} from './event-rooms.ts';
import { HangError, Hangs } from './hangs.ts';
import type { InputText } from './kept-inputs.ts';
import type { DraftedRounds, ListChanges, Matcher, PairingControl } from './matcher.ts';
import type { CallName, ShownList, WhatIfQuestion } from './messages.ts';
import { PendingWork } from './pending-work.ts';
import { SharedRuns, type RunControl } from './shared-runs.ts';
import type { ProfileSource } from './source.ts';
import { matcherUnavailable, spawnEngine, WorkerClient, type SpawnWorker } from './worker-client.ts';

export interface MatcherOptions {
  readonly source: ProfileSource;
  readonly log: Logger;
  readonly clock: () => Date;
  readonly spawn?: SpawnWorker;
  /** Requests within this time are joined. */
  readonly joinMs?: number;
  /** How often to look for changes made by other processes; 0: never. */
  readonly pollMs?: number;
  /** First wait before a failed engine is started again; doubles up to 64 times that. */
  readonly backoffMs?: number;
  /** A thread that has work to do and gives no sign of life for this long is ended and started again. */
  readonly hangMs?: number;
  /** Time for one search for the best pairs, in milliseconds, unless asked for another. [no limit] */
  readonly limitMs?: number | null;
  /** Threads that search large pools together. [as many as there are cores, four at most] */
  readonly threads?: number;
  /** Widening countries, by which exposure is told. [none] */
  readonly widening?: ReadonlySet<Country>;
}

/** Times in a row that bringing the lists up to date may hang; then the engine waits until something changes or staff rebuild. */
const HANGS_MOST = 3;

/** Threads that search together unless told otherwise, however many cores there are. */
const THREADS_MOST = 4;

/** The calls that bring the lists up to date. */
const WORK: ReadonlySet<CallName> = new Set(['open', 'fill', 'finish', 'change', 'take']);

/** Clocks of several machines may differ by this much when changes of other processes are looked for. */
const CLOCK_SKEW_MS = 60_000;

/**
 * The matcher on a worker thread. There is one way out of every trouble (a thread that died or hung, a database that was away, a listener that
 * failed): throw the index away and rebuild it from the database, with growing pauses between the attempts.
 */
class WorkerMatcher implements Matcher {
  readonly #options: Required<MatcherOptions>;
  readonly #hangs = new Hangs();
  readonly #pairings = new SharedRuns<PairingResult>();
  readonly #needAnswers = new SharedRuns<NeedAnswers>();
  readonly #supplies = new SharedRuns<readonly PartSupply[]>();
  readonly #made = new WeakMap<PairingResult, { manifest: RunManifest; exposure: Exposure }>();
  readonly #pairsUnder = new WeakMap<WhatIf, PairingResult>();
  readonly #restarts = { died: 0, hung: 0 };
  // Hundreds of lists may be shown at once: a message for each would cost more than the list.
  readonly #briefs = askedTogether((lists: readonly ShownList[]) =>
    this.#engine().client.call('briefs', lists),
  );
  readonly #briefTexts = askedTogether(async (lists: readonly ShownList[]) => {
    const block = await this.#engine().client.call('briefTexts', lists);
    let first = 0;
    return lists.map(({ partners }) => {
      const row = new TextRow(block, first);
      first += partners.length;
      return row;
    });
  });
  readonly #eventBriefs = askedTogether((asked: readonly { event: string; sme: SmeId }[]) =>
    this.#engine().client.call('eventBriefs', asked),
  );
  readonly #eventTexts = askedTogether(async (asked: readonly { event: string; sme: SmeId }[]) => {
    const { block, lists } = await this.#engine().client.call('eventTexts', asked);
    return lists.map((list): EventTexts => ({ block, lists: [list] }));
  });
  #driver: EngineDriver | null = null;
  #listener: (changes: ListChanges) => Promise<void> = () => Promise.resolve();
  #pending: PendingWork | null = null;
  #loop: Promise<void> | null = null;
  #timers = new Set<NodeJS.Timeout>();
  #ready = false;
  #stopped = false;
  #failures = 0;
  #hangsInARow = 0;
  #pollingSince: Date;

  constructor(options: MatcherOptions) {
    this.#options = {
      spawn: spawnEngine,
      joinMs: 10,
      pollMs: 3_000,
      backoffMs: 250,
      hangMs: 60_000,
      limitMs: null,
      threads: Math.min(availableParallelism(), THREADS_MOST),
      widening: new Set(),
      ...options,
    };
    this.#pollingSince = options.clock();
  }

  async start(): Promise<void> {
    await this.rebuild();
    this.#poll();
  }

  profilesChanged(smeIds: readonly SmeId[], cause: Cause): Promise<void> {
    if (smeIds.length === 0) return Promise.resolve();
    return this.#request((work) => {
      work.addProfiles(smeIds, cause);
    });
  }

  weightsChanged(): Promise<void> {
    return this.#request((work) => {
      work.weights = true;
    });
  }

  callChanged(): Promise<void> {
    return this.#request((work) => {
      work.call = true;
    });
  }

  rebuild(onProgress?: (progress: Progress) => void): Promise<void> {
    this.#hangs.forget();
    this.#hangsInARow = 0;
    return this.#request((work) => {
      work.rebuild = true;
      if (onProgress) work.progressListeners.push(onProgress);
    });
  }

  async list(smeId: SmeId): Promise<SuggestionList | null> {
    return await this.#engine().client.call('list', { sme: smeId });
  }

  async explain(smeId: SmeId, partners: readonly SmeId[]): Promise<readonly Explanation[]> {
    return await this.#engine().client.call('explain', { sme: smeId, partners });
  }

  async briefs(sme: SmeId, partners: readonly SmeId[]): Promise<readonly Brief[]> {
    return await this.#briefs({ sme, partners });
  }

  async briefTexts(sme: SmeId, partners: readonly SmeId[]): Promise<TextRow> {
    return await this.#briefTexts({ sme, partners });
  }

  pairs(
    options: PairingOptions = {},
    { limitMs = this.#options.limitMs, ...control }: PairingControl = {},
  ): Promise<PairingResult> {
    const { widening } = this.#options;
    const start = async (run: RunControl): Promise<PairingResult> => {
      const ask = { options, geography: { widening }, limitMs };
      const { result, manifest, exposure } = await this.#engine().client.call('pairs', ask, run);
      this.#made.set(result, { manifest: { ...manifest, engine: VERSION }, exposure });
      return result;
    };
    return this.#pairings.ask(JSON.stringify({ options, limitMs }), start, control);
  }

  madeFrom(result: PairingResult): RunManifest {
    return this.#madeOf(result).manifest;
  }

  exposure(result: PairingResult): Exposure {
    return this.#madeOf(result).exposure;
  }

  async inputTexts(hashes: readonly string[]): Promise<readonly InputText[]> {
    return await this.#engine().client.call('inputTexts', { hashes });
  }

  async whatIf(
    question: WhatIfQuestion,
    { limitMs = this.#options.limitMs, ...run }: PairingControl = {},
  ): Promise<WhatIf> {
    const { whatIf, after } = await this.#engine().client.call('whatIf', { ...question, limitMs }, run);
    const { result, manifest, exposure } = after;
    this.#made.set(result, { manifest: { ...manifest, engine: VERSION }, exposure });
    this.#pairsUnder.set(whatIf, result);
    return whatIf;
  }

  pairsUnder(whatIf: WhatIf): PairingResult {
    const result = this.#pairsUnder.get(whatIf);
    if (!result) throw new Error('This comparison is not an answer of this matcher.');
    return result;
  }

  needAnswers(need: Need, asked: AnswersAsked = {}, control: RunControl = {}): Promise<NeedAnswers> {
    const ask = { need, asked };
    const start = (run: RunControl): Promise<NeedAnswers> =>
      this.#engine().client.call('needAnswers', ask, run);
    return this.#needAnswers.ask(JSON.stringify(ask), start, control);
  }

  supply(wanted: readonly WantedTerm[], control: RunControl = {}): Promise<readonly PartSupply[]> {
    const start = (run: RunControl): Promise<readonly PartSupply[]> =>
      this.#engine().client.call('supply', { wanted }, run);
    return this.#supplies.ask(JSON.stringify(wanted), start, control);
  }

  async planRounds(question: RoundsQuestion, control: RunControl = {}): Promise<Replan> {
    return await this.#engine().client.call('planRounds', question, control);
  }

  async draftRounds(question: RoundsQuestion, control: RunControl = {}): Promise<DraftedRounds> {
    const { manifest, ...made } = await this.#engine().client.call('draftRounds', question, control);
    return { ...made, manifest: { ...manifest, engine: VERSION } };
  }

  async repairRounds(question: RoundsQuestion): Promise<readonly PlannedRound[]> {
    return await this.#engine().client.call('repairRounds', question);
  }

  async foreseeEvent(room: EventRoom): Promise<Foreseen> {
    return await this.#engine().client.call('foreseeEvent', room);
  }

  async eventLists(room: EventRoom): Promise<EventChanges> {
    return await this.#engine().client.call('eventLists', room);
  }

  async eventBriefs(event: string, sme: SmeId): Promise<EventBriefs | null> {
    return await this.#eventBriefs({ event, sme });
  }

  async eventTexts(event: string, sme: SmeId): Promise<EventTexts> {
    return await this.#eventTexts({ event, sme });
  }

  async closeEvent(event: string): Promise<void> {
    await this.#engine().client.call('closeEvent', { event });
  }

  async preview(weights: Weights, control: RunControl = {}): Promise<readonly SuggestionList[]> {
    const lists: SuggestionList[] = [];
    const add = (piece: readonly SuggestionList[]): void => void lists.push(...piece);
    await this.#engine().client.callForLists('preview', { weights }, add, control);
    return lists;
  }

  async lists(): Promise<readonly SuggestionList[]> {
    const lists: SuggestionList[] = [];
    const add = (piece: readonly SuggestionList[]): void => void lists.push(...piece);
    await this.#engine().client.callForLists('lists', null, add);
    return lists;
  }

  onChange(listener: (changes: ListChanges) => Promise<void>): void {
    this.#listener = listener;
  }

  status(): ReturnType<Matcher['status']> {
    return {
      ready: this.#ready,
      smes: this.#driver?.size ?? 0,
      busy: this.#loop !== null,
      weightsVersion: this.#driver?.weightsVersion ?? 0,
      lastRefreshMs: this.#driver?.lastRefreshMs ?? null,
      restarts: { ...this.#restarts },
    };
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#ready = false;
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
    await this.#driver?.client.stop();
    await this.#loop;
    this.#pending?.reject(matcherUnavailable('The server is stopping.'));
    this.#pending = null;
  }

  #madeOf(result: PairingResult): { manifest: RunManifest; exposure: Exposure } {
    const made = this.#made.get(result);
    if (!made) throw new Error('These pairs are not an answer of this matcher.');
    return made;
  }

  #engine(): EngineDriver {
    if (this.#ready && this.#driver) return this.#driver;
    throw matcherUnavailable('The matching engine is starting. Try again in a moment.');
  }

  #request(add: (work: PendingWork) => void): Promise<void> {
    if (this.#stopped) return Promise.reject(matcherUnavailable('The server is stopping.'));
    const work = (this.#pending ??= new PendingWork());
    add(work);
    this.#later(this.#options.joinMs, () => {
      this.#work();
    });
    return new Promise((resolve, reject) => work.waiters.push({ resolve, reject }));
  }

  #work(): void {
    this.#loop ??= this.#workOff().finally(() => {
      this.#loop = null;
    });
  }

  async #workOff(): Promise<void> {
    while (this.#pending && !this.#stopped) {
      const work = this.#pending;
      this.#pending = null;
      try {
        await this.#doWork(work);
        this.#failures = 0;
        work.resolve();
      } catch (error) {
        this.#recover(work, error instanceof Error ? error : new Error(String(error)));
        return;
      }
    }
  }

  async #doWork(work: PendingWork): Promise<void> {
    const report = (progress: Progress): void => {
      for (const listener of work.progressListeners) listener(progress);
    };
    const standing = this.#driver;
    if (!standing || work.rebuild) {
      const driver = standing ?? this.#spawnDriver();
      await driver.rebuild(report);
      this.#hangsInARow = 0;
      this.#ready = this.#driver === driver;
      return;
    }
    if (work.call) await standing.refreshCall();
    if (work.weights) await standing.refreshWeights();
    if (work.profiles.size > 0) await standing.refreshProfiles(work.profiles, work.cause);
  }

  /** What was worked out of the index as it was before is out of date. */
  #forgetRuns(): void {
    this.#pairings.forget();
    this.#needAnswers.forget();
    this.#supplies.forget();
  }

  #spawnDriver(): EngineDriver {
    const { spawn, hangMs, threads, source } = this.#options;
    const client = new WorkerClient({ spawn, helpers: threads - 1, hangMs, hangs: this.#hangs });
    const driver = new EngineDriver(client, source, {
      deliver: (changes) => this.#listener(changes),
      indexChanged: () => {
        this.#forgetRuns();
      },
    });
    this.#driver = driver;
    void client.ended.then((fault) => {
      if (this.#driver !== driver) return;
      this.#driver = null;
      this.#ready = false;
      this.#forgetRuns();
      if (!fault) return;
      this.#restarts[fault instanceof HangError ? 'hung' : 'died'] += 1;
      if (this.#loop) (this.#pending ??= new PendingWork()).rebuild = true;
      else this.#recover(new PendingWork(), fault);
    });
    return driver;
  }

  /** Those who wait are told; the index is rebuilt after a pause, unless the server stops or the rebuild itself hangs. */
  #recover(failed: PendingWork, error: Error): void {
    failed.reject(error);
    if (this.#stopped) return;
    this.#failures += 1;
    if (hungAtWork(error)) this.#hangsInARow += 1;
    if (this.#hangsInARow >= HANGS_MOST) {
      this.#options.log.error(
        { err: error },
        'matching hangs again and again; it waits for a change or a rebuild',
      );
      this.#pending?.reject(error);
      this.#pending = null;
      return;
    }
    const pauseMs = this.#options.backoffMs * 2 ** Math.min(this.#failures - 1, 6);
    this.#options.log.error({ err: error, pauseMs }, 'matching failed; the index is rebuilt');
    const work = (this.#pending ??= new PendingWork());
    work.rebuild = true;
    this.#later(pauseMs, () => {
      this.#work();
    });
  }

  #poll(): void {
    if (this.#options.pollMs > 0 && !this.#stopped) {
      this.#later(this.#options.pollMs, () => {
        void this.#lookForForeignChanges().finally(() => {
          this.#poll();
        });
      });
    }
  }

  async #lookForForeignChanges(): Promise<void> {
    const driver = this.#driver;
    // While there is work to do the stamps are about to change anyway.
    if (!this.#ready || !driver || this.#loop || this.#pending) return;
    const lookedAt = this.#options.clock();
    try {
      const behind = await driver.behindBy(new Date(this.#pollingSince.getTime() - CLOCK_SKEW_MS));
      const jobs = [this.profilesChanged(behind.profiles, 'pool')];
      if (behind.weights) jobs.push(this.weightsChanged());
      if (behind.call) jobs.push(this.callChanged());
      await Promise.all(jobs);
      this.#pollingSince = lookedAt;
    } catch (error) {
      if (!this.#stopped) this.#options.log.warn({ err: error }, 'looking for foreign changes failed');
    }
  }

  #later(delayMs: number, run: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      run();
    }, delayMs);
    this.#timers.add(timer);
  }
}

/** Whether the thread hung while it brought the lists up to date, not in somebody's question. */
function hungAtWork({ cause }: Error): boolean {
  return cause instanceof HangError && (cause.kind === null || WORK.has(cause.kind));
}

/** Makes the matcher; it does nothing until `start`. */
export function createMatcher(options: MatcherOptions): Matcher {
  return new WorkerMatcher(options);
}
