import { setImmediate as nextTurn } from 'node:timers/promises';
import { refusals } from '../../matching/rules.ts';
import { MatchingIndex } from '../../matching/index.ts';
import { buildModel, type Model } from '../../matching/model.ts';
import { flatten } from '../../matching/search/flat.ts';
import { ListSearch } from '../../matching/search/lists.ts';
import { searchTogether, type Helpers } from '../../matching/search/together.ts';
import { buildPool, type Pool } from '../../matching/pool.ts';
import { prepare } from '../../matching/prepare.ts';
import { scorePair } from '../../matching/score.ts';
import { finish } from '../../matching/steps.ts';
import { buildTaxonomy } from '../../matching/taxonomy.ts';
import { Vocabulary } from '../../matching/text/vocabulary.ts';
import { TopLists } from '../../matching/topk.ts';
import type { Call, Profile } from '../../matching/types.ts';
import { DEFAULT_WEIGHTS } from '../../matching/weights.ts';
import { Crew } from '../../server/matching/crew.ts';
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

/** Profiles as the engine reads them, all at once. */
export function readAll(
  profiles: readonly Profile[],
  { taxonomy, call }: Pick<SuggestionsOptions, 'taxonomy' | 'call'>,
): { pool: Pool; model: Model; vocabulary: Vocabulary } {
  const vocabulary = new Vocabulary();
  const model = buildModel(buildTaxonomy(taxonomy), call, DEFAULT_WEIGHTS);
  const prepared = profiles.map((profile) => prepare(profile, model.taxonomy, vocabulary));
  return { pool: finish(buildPool(prepared, model, vocabulary.size)), model, vocabulary };
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

/** Smaller pools are searched by one thread. */
const LEAST_FOR_THREADS = 5_000;
const OTHER_WEIGHTS = { ...DEFAULT_WEIGHTS, reach: 40 };
/** Larger pools are searched once, by two threads. */
const ONE_THREAD_UP_TO = 20_000;

const at = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;

/** An index with all lists of a pool, and how long each step took. */
function fill(profiles: readonly Profile[], { taxonomy, call }: SuggestionsOptions) {
  const index = new MatchingIndex({ taxonomy, call, weights: DEFAULT_WEIGHTS, listLength: LENGTH });
  index.upsert(profiles);
  return { index, cold: timed(index.refresh()) };
}

/** Whether the lists are those of the plain loop, as far as that went. */
const sameAs = (lists: Iterable<readonly string[]>, peer: Loop): boolean => {
  let place = 0;
  for (const partners of lists) {
    if (place === peer.lists.length) break;
    if (partners.join() !== peer.lists[place]?.join()) return false;
    place += 1;
  }
  return true;
};

const partnersIn = function* (index: MatchingIndex): Generator<string[], void, void> {
  for (const { suggestions } of index.lists()) yield suggestions.map(({ partner }) => partner);
};

/** What a cold start consists of, one after the other, as the index does it. */
function inParts(profiles: readonly Profile[], options: SuggestionsOptions, helpers: Helpers | null) {
  const reading = timed(single(() => readAll(profiles, options)));
  const { pool, model } = reading.result;
  const tables = timed(
    then(flatten(pool, model), (flat) => ({
      tables: helpers?.share(flat) ?? flat,
      lists: new TopLists(flat.positions, LENGTH),
    })),
  );
  const { tables: flat, lists } = tables.result;
  const scope = { tables: flat, shares: model.shares, positions: flat.columns.position };
  const searching = timed(
    deferred(() => searchTogether(new ListSearch(flat, model.shares), scope, lists, helpers)),
  );
  const id = (position: number): string => pool.features[position]?.prepared.profile.id ?? '';
  const parts = [reading, tables, searching];
  const sum = (of: (part: Timed<unknown>) => number): number =>
    parts.reduce((total, part) => total + of(part), 0);
  return {
    partners: profiles.map((_, own) => [...lists.of(own)].map(id)),
    seconds: sum(({ seconds }) => seconds),
    wallSeconds: sum(({ wallSeconds }) => wallSeconds),
    longestMs: Math.max(tables.longestMs, searching.longestMs),
    memoryBytes: Math.max(...parts.map(({ memoryBytes }) => memoryBytes)),
    figures: {
      readingSeconds: reading.seconds,
      tablesSeconds: tables.seconds,
      searchSeconds: searching.seconds,
      searchWallSeconds: searching.wallSeconds,
    },
  };
}

/** Work in one step. */
function* single<Result>(work: () => Result): Generator<undefined, Result, void> {
  yield;
  return work();
}

/** Work, and what comes after it. */
function* then<First, Result>(
  work: Generator<unknown, First, void>,
  after: (first: First) => Result,
): Generator<unknown, Result, void> {
  return after(yield* work);
}

/** Work that is set up only when it is started. */
function* deferred(work: () => Generator<unknown, void, void>): Generator<unknown, void, void> {
  yield* work();
}

function measure(
  what: string,
  profiles: readonly Profile[],
  options: SuggestionsOptions,
  crew: Crew,
): BenchRow {
  const { index, cold } = fill(profiles, options);
  const writing = timed(written(index));
  const peer = allPairs(profiles, options);
  const sameResult = sameAs(partnersIn(index), peer);
  const changes = editsOf(profiles).map((profile) => {
    index.upsert([profile]);
    return timed(index.refresh()).seconds * 1000;
  });
  const milliseconds = changes.sort((one, other) => one - other);
  const parts = inParts(profiles, options, null);
  return {
    what,
    oursSeconds: cold.seconds,
    peerSeconds: peer.seconds,
    peerIs: peer.whole ? 'measured' : 'extrapolated',
    sameResult: sameResult && sameAs(parts.partners, peer),
    figures: {
      wallSeconds: cold.wallSeconds,
      ...parts.figures,
      ...onTwoThreads(profiles, options, crew),
      longestStepMs: cold.longestMs,
      peakMemoryBytes: cold.memoryBytes,
      writtenSeconds: writing.seconds,
      changeP50Ms: at(milliseconds, 0.5),
      changeP95Ms: at(milliseconds, 0.95),
    },
  };
}

/** The same on two threads, where the server would use them. */
function onTwoThreads(
  profiles: readonly Profile[],
  options: SuggestionsOptions,
  crew: Crew,
): Readonly<Record<string, number>> {
  if (profiles.length < LEAST_FOR_THREADS) return {};
  crew.expect(profiles.length);
  // the first one starts the second thread and waits for its code
  inParts(profiles, options, crew);
  const parts = inParts(profiles, options, crew);
  return {
    twoThreadsWallSeconds: parts.wallSeconds,
    twoThreadsSearchWallSeconds: parts.figures.searchWallSeconds,
  };
}

/** A pool that is searched once, by two threads. */
function measureLarge(
  what: string,
  profiles: readonly Profile[],
  options: SuggestionsOptions,
  crew: Crew,
): BenchRow {
  crew.expect(profiles.length);
  const parts = inParts(profiles, options, crew);
  const peer = allPairs(profiles, options);
  return {
    what: `${what}, two threads`,
    oursSeconds: parts.seconds,
    peerSeconds: peer.seconds,
    peerIs: 'extrapolated',
    sameResult: sameAs(parts.partners, peer),
    figures: {
      wallSeconds: parts.wallSeconds,
      ...parts.figures,
      longestStepMs: parts.longestMs,
      peakMemoryBytes: parts.memoryBytes,
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

/** How many edits are measured. */
const EDITS = 200;

/** Edits: comings and goings, and texts. */
const editsOf = (profiles: readonly Profile[]): Profile[] =>
  Array.from({ length: EDITS }, (_, number) => profiles[(number * 131 + 7) % profiles.length])
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
export async function benchSuggestions(options: SuggestionsOptions): Promise<BenchResult> {
  const { companies, sizes = [1_000, 10_000, 100_000] } = options;
  const crew = new Crew({ helpers: 1 });
  const rows = [measure(`${companies.length} real companies`, companies, options, crew)];
  for (const size of sizes) {
    const run = size > ONE_THREAD_UP_TO ? measureLarge : measure;
    rows.push(run(`${size} synthetic SMEs`, [...syntheticPool(options, size)], options, crew));
    // the second thread gets on with what it was sent
    await nextTurn();
  }
  await crew.stop();
  return {
    name: 'suggestions',
    peer: 'a plain loop that scores every pair once with scorePair, nothing reused',
    rows,
    notes: [
      'Seconds are processor time of this process, with its garbage collection; wallSeconds beside them.',
      'Cold: texts read, tables built, lists found. writtenSeconds: every list with the terms of each score, which is done when it is read.',
      `A change: one profile edited, until every list that it touches is there and it is known which differ; ${EDITS} one after the other.`,
      'Where the loop is extrapolated it scored as many rows as fit its limit, and the results are compared on these.',
      'The texts of the real companies are abstracts of projects; those of the synthetic ones have the length of a form (scripts/bench/pool.ts).',
      'On two threads the seconds are those of both; wallSeconds tell how long it takes where each has a core.',
    ],
  };
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
