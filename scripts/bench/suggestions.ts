import { refusals } from '../../matching/rules.ts';
import { MatchingIndex } from '../../matching/index.ts';
import { buildModel, type Model } from '../../matching/model.ts';
import { flatten } from '../../matching/search/flat.ts';
import { ListSearch } from '../../matching/search/lists.ts';
import { buildPool, type Pool } from '../../matching/pool.ts';
import { prepare } from '../../matching/prepare.ts';
import { scorePair } from '../../matching/score.ts';
import { buildTaxonomy } from '../../matching/taxonomy.ts';
import { Vocabulary } from '../../matching/text/vocabulary.ts';
import { TopLists } from '../../matching/topk.ts';
import type { Call, Profile, SuggestionList } from '../../matching/types.ts';
import { DEFAULT_WEIGHTS } from '../../matching/weights.ts';
import { syntheticPool, type PoolSource } from './pool.ts';
import type { BenchResult, BenchRow } from './result.ts';

/** What to measure the lists on. */
export interface SuggestionsOptions extends PoolSource {
  readonly call: Call;
  /** Sizes of the synthetic pools beside the real one. [1000, 10000, 100000] */
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
  { taxonomy, call }: SuggestionsOptions,
): { pool: Pool; model: Model } {
  const vocabulary = new Vocabulary();
  const model = buildModel(buildTaxonomy(taxonomy), call, DEFAULT_WEIGHTS);
  const prepared = profiles.map((profile) => prepare(profile, model.taxonomy, vocabulary));
  return { pool: finish(buildPool(prepared, model, vocabulary.size)), model };
}

/** Every SME against every other by the same `scorePair`, nothing reused. */
function allPairs(profiles: readonly Profile[], options: SuggestionsOptions): Loop {
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

const OTHER_WEIGHTS = { ...DEFAULT_WEIGHTS, reach: 40 };
/** Larger pools are searched in part: reading and tables in full, then so many rows, evenly spread. */
const WHOLE_UP_TO = 20_000;
const ROWS_OF_A_PART = 400;

const at = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;

/** An index with all lists of a pool, and how long each step took. */
function fill(profiles: readonly Profile[], { taxonomy, call }: SuggestionsOptions) {
  const index = new MatchingIndex({ taxonomy, call, weights: DEFAULT_WEIGHTS, listLength: LENGTH });
  index.upsert(profiles);
  return { index, cold: timed(index.refresh()) };
}

/** Whether the lists are those of the plain loop, as far as that went. */
const sameAs = (lists: Iterable<SuggestionList>, peer: Loop): boolean => {
  let place = 0;
  for (const { suggestions } of lists) {
    if (place === peer.lists.length) break;
    if (suggestions.map(({ partner }) => partner).join() !== peer.lists[place]?.join()) return false;
    place += 1;
  }
  return true;
};

function measure(what: string, profiles: readonly Profile[], options: SuggestionsOptions): BenchRow {
  const { index, cold } = fill(profiles, options);
  const writing = timed(written(index));
  const peer = allPairs(profiles, options);
  const sameResult = sameAs(index.lists(), peer);
  const changes = editsOf(profiles).map((profile) => {
    index.upsert([profile]);
    return timed(index.refresh()).seconds * 1000;
  });
  const milliseconds = changes.sort((one, other) => one - other);
  return {
    what,
    oursSeconds: cold.seconds,
    peerSeconds: peer.seconds,
    peerIs: peer.whole ? 'measured' : 'extrapolated',
    sameResult,
    figures: {
      wallSeconds: cold.wallSeconds,
      longestStepMs: cold.longestMs,
      peakMemoryBytes: cold.memoryBytes,
      writtenSeconds: writing.seconds,
      changeP50Ms: at(milliseconds, 0.5),
      changeP95Ms: at(milliseconds, 0.95),
    },
  };
}

/** Writes every list in words. */
function* written(index: MatchingIndex): Generator<undefined, number, void> {
  let suggestions = 0;
  for (const list of index.lists()) {
    suggestions += list.suggestions.length;
    yield;
  }
  return suggestions;
}

/** A pool of which only some rows are searched; the time of all is worked out from these. */
function measurePart(what: string, profiles: readonly Profile[], options: SuggestionsOptions): BenchRow {
  const began = cpuSeconds();
  const { pool, model } = readAll(profiles, options);
  const reading = cpuSeconds() - began;
  const flat = timed(flatten(pool, model));
  const tables = flat.result;
  const search = new ListSearch(tables, model.shares);
  const lists = new TopLists(tables.positions, LENGTH);
  const step = Math.max(1, Math.floor(tables.size / ROWS_OF_A_PART));
  const searchBegan = cpuSeconds();
  let rows = 0;
  for (let slot = 0; slot < tables.size; slot += step) {
    search.fill(slot, lists);
    rows += 1;
  }
  const searching = ((cpuSeconds() - searchBegan) * tables.size) / rows;
  const memoryBytes = process.memoryUsage.rss();
  const peer = allPairs(profiles, options);
  for (let own = 0; own < peer.lists.length; own += 1) {
    const slot = tables.slots[own] ?? -1;
    lists.clear(own);
    if (slot >= 0) search.fill(slot, lists);
  }
  const id = (position: number): string => pool.features[position]?.prepared.profile.id ?? '';
  const sameResult = peer.lists.every((list, own) => list.join() === [...lists.of(own)].map(id).join());
  return {
    what: `${what}, ours worked out from ${rows} rows`,
    oursSeconds: reading + flat.seconds + searching,
    peerSeconds: peer.seconds,
    peerIs: 'extrapolated',
    sameResult,
    figures: {
      readingSeconds: reading,
      tablesSeconds: flat.seconds,
      searchSeconds: searching,
      longestStepMs: flat.longestMs,
      peakMemoryBytes: memoryBytes,
    },
  };
}

/** Twenty edits: comings and goings, and texts. */
const editsOf = (profiles: readonly Profile[]): Profile[] =>
  Array.from({ length: 20 }, (_, number) => profiles[(number * 131 + 7) % profiles.length])
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
export function benchSuggestions(options: SuggestionsOptions): Promise<BenchResult> {
  const { companies, sizes = [1_000, 10_000, 100_000] } = options;
  const rows = [
    measure(`${companies.length} real companies`, companies, options),
    ...sizes.map((size) => {
      const run = size > WHOLE_UP_TO ? measurePart : measure;
      return run(`${size} synthetic SMEs`, [...syntheticPool(options, size)], options);
    }),
  ];
  return Promise.resolve({
    name: 'suggestions',
    peer: 'a plain loop that scores every pair once with scorePair, nothing reused',
    rows,
    notes: [
      'Seconds are processor time of this process, with its garbage collection; wallSeconds beside them.',
      'Cold: texts read, tables built, lists found. writtenSeconds: every list with the terms of each score, which is done when it is read.',
      'A change: one profile edited, until every list that it touches is there and it is known which differ.',
      'Where the loop is extrapolated it scored as many rows as fit its limit, and the results are compared on these.',
      'The texts of the real companies are abstracts of projects; those of the synthetic ones have the length of a form (scripts/bench/pool.ts).',
    ],
  });
}

/** All lists under other weights, against those from a cold start. */
export function benchWeights(options: SuggestionsOptions): Promise<BenchResult> {
  const rows = (options.sizes ?? [1_000, 10_000]).map((size): BenchRow => {
    const profiles = [...syntheticPool(options, size)];
    const { index, cold } = fill(profiles, options);
    index.setWeights(OTHER_WEIGHTS);
    const again = timed(index.refresh());
    const fresh = new MatchingIndex({ ...options, weights: OTHER_WEIGHTS, listLength: LENGTH });
    fresh.upsert(profiles);
    finish(fresh.refresh());
    const partnersOf = (one: MatchingIndex): string =>
      [...one.lists()].map(({ suggestions }) => suggestions.map(({ partner }) => partner).join()).join(';');
    return {
      what: `${size} synthetic SMEs, new weights`,
      oursSeconds: again.seconds,
      peerSeconds: cold.seconds,
      peerIs: 'measured',
      sameResult: partnersOf(index) === partnersOf(fresh),
      figures: { longestStepMs: again.longestMs },
    };
  });
  return Promise.resolve({
    name: 'weights',
    peer: 'the same lists from a cold start',
    rows,
    notes: ['No text is read again; the result is compared with a new index under the new weights.'],
  });
}
