import { Worker } from 'node:worker_threads';
import type { FlatTables } from '../../matching/search/flat.ts';
import type { Block, BlockFound, Helpers, Scope, SharedSearch } from '../../matching/search/together.ts';
import { BLOCK, claimBlock, CONTROL, CONTROL_NUMBERS, slotsOf, type RowsJob } from './rows-job.ts';
import { inSharedMemory } from './shared-tables.ts';

/** What of a helping thread is used here; tests may give another one. */
export type Helper = Pick<Worker, 'postMessage' | 'terminate' | 'on'>;

export interface CrewOptions {
  /** Threads that help the one that searches. */
  readonly helpers: number;
  /** Smallest pool for which they are started: below it, loading their code costs more than they save. */
  readonly leastSlots?: number;
  readonly spawn?: () => Helper;
  /** How long a claimed block may take before it is done again by the one who began the search. */
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
 * Threads that help the engine's thread to search rows. They read the tables in shared memory, claim blocks of slots one by one, and write
 * what they find into shared memory too. The search never depends on them: what one of them leaves undone is done by the one who began it.
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

  begin(scope: Scope, lists: number, length: number): SharedSearch | null {
    if (!this.#pays(scope.tables) || this.#helpers.size === 0) return null;
    const job = jobOf(inSharedMemory(scope), lists, length, this.#helpers.size + 1);
    for (const helper of this.#helpers) helper.postMessage(job);
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

function jobOf(scope: Scope, lists: number, length: number, threads: number): RowsJob {
  const { size } = scope.tables;
  const blockSize = Math.max(1, Math.min(BLOCK_MOST, Math.ceil(size / (threads * BLOCKS_EACH))));
  return {
    scope,
    lists,
    length,
    blockSize,
    control: sharedNumbers(CONTROL_NUMBERS),
    blocks: sharedNumbers(Math.ceil(size / blockSize)),
    found: {
      positions: sharedNumbers(size * length),
      scores: sharedNumbers(size * length),
      counts: sharedNumbers(size),
    },
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

  claim(): Block | null {
    const next = claimBlock(this.#job);
    if (next >= 0 && this.#take(next)) {
      // Others are waited for only once there is nothing left to do oneself.
      this.#seenAt = performance.now();
      return slotsOf(this.#job, next);
    }
    return this.#hasLostPatience() ? this.#claimLeft() : null;
  }

  isPending(): boolean {
    const { blocks } = this.#job;
    return (
      blocks.some((_, block) => Atomics.load(blocks, block) === BLOCK.open) || this.#uncollected().length > 0
    );
  }

  collect(): readonly BlockFound[] {
    const { control } = this.#job;
    let found = this.#uncollected();
    if (found.length === 0) {
      Atomics.wait(control, CONTROL.done, this.#seenDone, WAIT_MS);
      found = this.#uncollected();
    }
    const done = Atomics.load(control, CONTROL.done);
    if (done !== this.#seenDone) this.#seenAt = performance.now();
    this.#seenDone = done;
    return found.map((block) => {
      this.#collected.add(block);
      return this.#foundIn(block);
    });
  }

  end(): void {
    Atomics.store(this.#job.control, CONTROL.over, 1);
  }

  #take(block: number): boolean {
    return Atomics.compareExchange(this.#job.blocks, block, BLOCK.open, BLOCK.own) === BLOCK.open;
  }

  /** A block that was claimed by somebody who is gone, or too slow. */
  #claimLeft(): Block | null {
    const { blocks } = this.#job;
    for (let block = 0; block < blocks.length; block += 1) {
      if (this.#take(block)) return slotsOf(this.#job, block);
    }
    return null;
  }

  #hasLostPatience(): boolean {
    return this.#isDeserted() || performance.now() - this.#seenAt > this.#patienceMs;
  }

  #uncollected(): number[] {
    const { blocks } = this.#job;
    return [...blocks.keys()].filter(
      (block) => Atomics.load(blocks, block) === BLOCK.helped && !this.#collected.has(block),
    );
  }

  #foundIn(block: number): BlockFound {
    const { length } = this.#job;
    const { positions, scores, counts } = this.#job.found;
    const { from, to } = slotsOf(this.#job, block);
    const [first, end] = [from * length, to * length];
    return {
      from,
      to,
      found: {
        positions: positions.subarray(first, end),
        scores: scores.subarray(first, end),
        counts: counts.subarray(from, to),
      },
    };
  }
}
