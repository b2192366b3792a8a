import { Worker } from 'node:worker_threads';
import type { FlatTables } from '../../matching/search/flat.ts';
import type {
  Block,
  Helpers,
  OthersFound,
  Scope,
  SharedSearch,
  Task,
} from '../../matching/search/together.ts';
import {
  BEGINNER,
  claimant,
  claimBlock,
  CONTROL,
  CONTROL_NUMBERS,
  NOBODY,
  slotsOf,
  STATE,
  type HelperJob,
  type RowsJob,
} from './rows-job.ts';
import { inSharedMemory } from './shared-tables.ts';

/** What of a helping thread is used here; tests may give another one. */
export type Helper = Pick<Worker, 'postMessage' | 'terminate' | 'on'>;

export interface CrewOptions {
  /** Threads that help the one that searches. */
  readonly helpers: number;
  /** Smallest pool for which they are started: below it, loading their code costs more than they save. */
  readonly leastSlots?: number;
  readonly spawn?: () => Helper;
  /** How long nothing may be heard of helpers before their rows are done again by the one who began the search. */
  readonly patienceMs?: number;
}

/** Measured in docs/performance.md. */
const LEAST_SLOTS = 5_000;
const PATIENCE_MS = 5_000;
/** Blocks for each of those who take part, so that nobody waits long for the last one. */
const BLOCKS_EACH = 32;
const BLOCK_MOST = 128;
/** Longest wait for others in one step. */
const WAIT_MS = 5;

const spawnHelper = (): Helper =>
  new Worker(new URL('./worker-loader.mjs', import.meta.url), {
    execArgv: [],
    workerData: { entry: './helper.ts' },
  });

/**
 * Threads that help the engine's thread to search rows. They read the tables in shared memory, claim blocks of rows one by one, and write
 * the lists that they find into shared memory in the end. The search never depends on them: the rows of one that does not get there are done
 * by the one who began it.
 */
export class Crew implements Helpers {
  readonly #options: Required<CrewOptions>;
  readonly #helpers = new Set<Helper>();
  #isStarted = false;

  constructor(options: CrewOptions) {
    this.#options = { leastSlots: LEAST_SLOTS, spawn: spawnHelper, patienceMs: PATIENCE_MS, ...options };
  }

  /** Hears how large the pool is going to be: helpers for it load their code meanwhile. */
  expect(slots: number): void {
    if (this.#isStarted || slots < this.#options.leastSlots) return;
    this.#isStarted = true;
    for (let count = 0; count < this.#options.helpers; count += 1) {
      const helper = this.#options.spawn();
      this.#helpers.add(helper);
      const gone = (): void => void this.#helpers.delete(helper);
      helper.on('error', gone);
      helper.on('exit', gone);
    }
  }

  share(tables: FlatTables): FlatTables {
    return this.#pays(tables) ? inSharedMemory(tables) : tables;
  }

  begin(scope: Scope, task: Task): SharedSearch | null {
    if (!this.#pays(scope.tables) || this.#helpers.size === 0) return null;
    const job = jobOf(inSharedMemory(scope), task, this.#helpers.size);
    for (const [number, helper] of [...this.#helpers].entries()) {
      helper.postMessage({ ...job, helper: number } satisfies HelperJob);
    }
    return new OfferedSearch(job, () => this.#helpers.size === 0, this.#options.patienceMs);
  }

  /** Ends all helpers. */
  async stop(): Promise<void> {
    await Promise.all([...this.#helpers].map((helper) => helper.terminate()));
  }

  #pays({ size }: FlatTables): boolean {
    return this.#options.helpers > 0 && size >= this.#options.leastSlots;
  }
}

const sharedNumbers = (count: number): Int32Array =>
  new Int32Array(new SharedArrayBuffer(count * Int32Array.BYTES_PER_ELEMENT));

function jobOf(scope: Scope, { floors, lists, length }: Task, helpers: number): RowsJob {
  const { size } = scope.tables;
  const blockSize = Math.max(1, Math.min(BLOCK_MOST, Math.ceil(size / ((helpers + 1) * BLOCKS_EACH))));
  const shared = sharedNumbers(size);
  shared.set(floors);
  return {
    scope,
    floors: shared,
    lists,
    length,
    blockSize,
    control: sharedNumbers(CONTROL_NUMBERS),
    blocks: sharedNumbers(Math.ceil(size / blockSize)),
    states: sharedNumbers(helpers),
    found: Array.from({ length: helpers }, () => ({
      positions: sharedNumbers(lists * length),
      scores: sharedNumbers(lists * length),
      counts: sharedNumbers(lists),
    })),
  };
}

/** One search as the one who began it sees it. */
class OfferedSearch implements SharedSearch {
  readonly #job: RowsJob;
  readonly #isDeserted: () => boolean;
  readonly #patienceMs: number;
  readonly #collected = new Set<number>();
  #seenDone = 0;
  #seenAt = performance.now();

  constructor(job: RowsJob, isDeserted: () => boolean, patienceMs: number) {
    this.#job = job;
    this.#isDeserted = isDeserted;
    this.#patienceMs = patienceMs;
  }

  get floors(): Int32Array {
    return this.#job.floors;
  }

  claim(): Block | null {
    const next = claimBlock(this.#job, BEGINNER);
    if (next >= 0) {
      // Others are waited for only once there is nothing left to do oneself.
      this.#seenAt = performance.now();
      return slotsOf(this.#job, next);
    }
    // nobody is waited for who has not begun by now
    this.#drop(STATE.idle);
    if (this.#hasLostPatience()) this.#drop(STATE.working);
    return this.#claimLeft();
  }

  isPending(): boolean {
    return this.#helpersIn(STATE.working).length > 0 || this.#uncollected().length > 0;
  }

  collect(): readonly OthersFound[] {
    const { control, found } = this.#job;
    if (this.#uncollected().length === 0) Atomics.wait(control, CONTROL.done, this.#seenDone, WAIT_MS);
    const done = Atomics.load(control, CONTROL.done);
    if (done !== this.#seenDone) this.#seenAt = performance.now();
    this.#seenDone = done;
    return this.#uncollected().flatMap((helper) => {
      this.#collected.add(helper);
      const lists = found[helper];
      return lists ? [{ lists, rows: this.#rowsOf(helper) }] : [];
    });
  }

  end(): void {
    Atomics.store(this.#job.control, CONTROL.over, 1);
  }

  #helpersIn(state: number): number[] {
    const { states } = this.#job;
    return [...states.keys()].filter((helper) => Atomics.load(states, helper) === state);
  }

  #uncollected(): number[] {
    return this.#helpersIn(STATE.done).filter((helper) => !this.#collected.has(helper));
  }

  #drop(state: number): void {
    const { states } = this.#job;
    for (const helper of this.#helpersIn(state)) {
      Atomics.compareExchange(states, helper, state, STATE.dropped);
    }
  }

  /** A block that nobody got, or somebody who was dropped. */
  #claimLeft(): Block | null {
    const { blocks } = this.#job;
    const left = new Set([NOBODY, ...this.#helpersIn(STATE.dropped).map(claimant)]);
    for (let block = 0; block < blocks.length; block += 1) {
      const who = Atomics.load(blocks, block);
      if (left.has(who) && Atomics.compareExchange(blocks, block, who, BEGINNER) === who) {
        return slotsOf(this.#job, block);
      }
    }
    return null;
  }

  #hasLostPatience(): boolean {
    return this.#isDeserted() || performance.now() - this.#seenAt > this.#patienceMs;
  }

  /** How many rows a helper has done. */
  #rowsOf(helper: number): number {
    const { blocks } = this.#job;
    let rows = 0;
    for (let block = 0; block < blocks.length; block += 1) {
      const { from, to } = slotsOf(this.#job, block);
      if (Atomics.load(blocks, block) === claimant(helper)) rows += to - from;
    }
    return rows;
  }
}
