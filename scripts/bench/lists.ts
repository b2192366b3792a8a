import { refusals } from '../../matching/rules.ts';
import { MatchingIndex } from '../../matching/index.ts';
import { buildModel, type Model } from '../../matching/model.ts';
import { buildPool, type Pool } from '../../matching/pool.ts';
import { prepare } from '../../matching/prepare.ts';
import { scorePair } from '../../matching/score.ts';
import { buildTaxonomy } from '../../matching/taxonomy.ts';
import { Vocabulary } from '../../matching/text/vocabulary.ts';
import { TopLists } from '../../matching/topk.ts';
import type { Call, Profile } from '../../matching/types.ts';
import { DEFAULT_WEIGHTS } from '../../matching/weights.ts';
import { syntheticPool, type PoolSource } from './pool.ts';
import type { BenchResult, BenchRow } from './result.ts';

/** What to measure the lists on. */
export interface ListsOptions extends PoolSource {
  readonly call: Call;
  /** Sizes of the synthetic pools beside the real one. [5000, 20000] */
  readonly sizes?: readonly number[];
  /** Pairs that the plain loop scores at most; beyond it is measured on some rows, then scaled. [400,000] */
  readonly mostPairs?: number;
}

const LENGTH = 10;
const MOST_PAIRS = 400_000;

interface Timed<Result> {
  readonly result: Result;
  /** Seconds of processor time: what else the machine does does not count. */
  readonly seconds: number;
  readonly wallSeconds: number;
  /** Longest time between two pauses. */
  readonly longestMs: number;
  readonly memoryBytes: number;
}

const cpuSeconds = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};

/** Runs a generator to its end and watches it. */
function timed<Result>(work: Generator<unknown, Result, void>): Timed<Result> {
  const began = performance.now();
  const beganCpu = cpuSeconds();
  let [longestMs, memoryBytes, last, steps] = [0, 0, began, 0];
  for (;;) {
    const step = work.next();
    const now = performance.now();
    longestMs = Math.max(longestMs, now - last);
    last = now;
    steps += 1;
    if (steps % 256 === 0 || step.done === true) {
      memoryBytes = Math.max(memoryBytes, process.memoryUsage.rss());
    }
    if (step.done !== true) continue;
    const seconds = cpuSeconds() - beganCpu;
    return { result: step.value, seconds, wallSeconds: (now - began) / 1000, longestMs, memoryBytes };
  }
}

interface Loop {
  /** Lists of the first rows: as far as the loop went. */
  readonly lists: readonly (readonly string[])[];
  /** Seconds for all rows. */
  readonly seconds: number;
  readonly whole: boolean;
}

function finish<Result>(work: Generator<unknown, Result, void>): Result {
  let step = work.next();
  while (step.done !== true) step = work.next();
  return step.value;
}

function readAll(
  profiles: readonly Profile[],
  { taxonomy, call }: ListsOptions,
): { pool: Pool; model: Model } {
  const vocabulary = new Vocabulary();
  const model = buildModel(buildTaxonomy(taxonomy), call, DEFAULT_WEIGHTS);
  const prepared = profiles.map((profile) => prepare(profile, model.taxonomy, vocabulary));
  return { pool: finish(buildPool(prepared, model, vocabulary.size)), model };
}

/** Every SME against every other by the same `scorePair`, nothing reused. */
function allPairs(profiles: readonly Profile[], options: ListsOptions): Loop {
  const began = cpuSeconds();
  const { pool, model } = readAll(profiles, options);
  const { features } = pool;
  const reading = cpuSeconds() - began;
  const size = features.length;
  const most = options.mostPairs ?? MOST_PAIRS;
  // whole: each pair once, offered to both; otherwise some rows in full, of which all would be half the work
  const whole = (size * (size - 1)) / 2 <= most;
  const rows = whole ? size : Math.max(1, Math.floor(most / size));
  const tops = new TopLists(rows, LENGTH);
  const loopBegan = cpuSeconds();
  for (const [own, one] of features.slice(0, rows).entries()) {
    for (const [other, two] of features.entries()) {
      if (whole && other <= own) continue;
      if (refusals(one.prepared.profile, two.prepared.profile, model.call).length > 0) continue;
      const { score } = scorePair(one, two, model);
      tops.offer(own, other, score);
      if (whole) tops.offer(other, own, score);
    }
  }
  const looping = cpuSeconds() - loopBegan;
  const lists = Array.from({ length: rows }, (_, own) =>
    [...tops.of(own)].map((at) => features[at]?.prepared.profile.id ?? ''),
  );
  return { lists, seconds: reading + (whole ? looping : (looping * size) / rows / 2), whole };
}

function measure(what: string, profiles: readonly Profile[], options: ListsOptions): BenchRow {
  const { taxonomy, call } = options;
  const index = new MatchingIndex({ taxonomy, call, weights: DEFAULT_WEIGHTS, listLength: LENGTH });
  index.upsert(profiles);
  const ours = timed(index.refresh());
  const weights = timed(index.preview({ ...DEFAULT_WEIGHTS, reach: 40 }));
  const changes = editsOf(profiles).map((profile) => {
    index.upsert([profile]);
    return timed(index.refresh());
  });
  const milliseconds = changes.map(({ seconds }) => seconds * 1000).sort((one, other) => one - other);
  // the loop is compared on the pool as it was
  index.upsert(profiles);
  finish(index.refresh());
  const peer = allPairs(profiles, options);
  const lists = [...index.lists()].slice(0, peer.lists.length);
  const sameResult = lists.every(
    ({ suggestions }, i) => suggestions.map(({ partner }) => partner).join() === peer.lists[i]?.join(),
  );
  return {
    what,
    oursSeconds: ours.seconds,
    peerSeconds: peer.seconds,
    peerIs: peer.whole ? 'measured' : 'extrapolated',
    sameResult,
    figures: {
      wallSeconds: ours.wallSeconds,
      longestStepMs: ours.longestMs,
      peakMemoryBytes: ours.memoryBytes,
      weightsSeconds: weights.seconds,
      changeMedianMs: milliseconds[Math.floor(milliseconds.length / 2)] ?? 0,
      changeMaxMs: milliseconds.at(-1) ?? 0,
    },
  };
}

/** Ten edits: comings and goings, and texts. */
const editsOf = (profiles: readonly Profile[]): Profile[] =>
  Array.from({ length: 10 }, (_, number) => profiles[(number * 131 + 7) % profiles.length])
    .filter((one) => one !== undefined)
    .map((one, number) =>
      number % 2 === 0
        ? { ...one, available: !one.available }
        : {
            ...one,
            solutions: one.solutions.map((solution) => ({ ...solution, offer: `${solution.offer} radar` })),
          },
    );

/**
 * Exact top-10 for everybody from a cold start, against scoring all pairs plainly: the real companies, then synthetic pools. Both read the
 * texts; both are checked against each other on the rows that the loop reached.
 */
export function benchLists(options: ListsOptions): Promise<BenchResult> {
  const { companies, sizes = [5_000, 20_000] } = options;
  const rows = [
    measure(`${companies.length} real companies`, companies, options),
    ...sizes.map((size) => measure(`${size} synthetic SMEs`, [...syntheticPool(options, size)], options)),
  ];
  return Promise.resolve({
    name: 'lists',
    peer: 'a plain loop that scores every pair once with scorePair, nothing reused',
    rows,
    notes: [
      'Seconds are processor time of this process, with its garbage collection; wallSeconds beside them.',
      'Cold: texts read, inverted lists built, lists found and written. weightsSeconds: all lists under other weights, no text read.',
      'Where the loop is extrapolated it scored as many rows as fit its limit, and the results are compared on these.',
    ],
  });
}
