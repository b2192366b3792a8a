import { EventEmitter } from 'node:events';
import { expect } from 'chai';
import { MatchingIndex } from '../../../matching/index.ts';
import { flatten } from '../../../matching/search/flat.ts';
import { ListSearch } from '../../../matching/search/lists.ts';
import { searchTogether, type Helpers, type Scope } from '../../../matching/search/together.ts';
import { TopLists } from '../../../matching/topk.ts';
import type { SuggestionList } from '../../../matching/types.ts';
import { DEFAULT_WEIGHTS } from '../../../matching/weights.ts';
import { Crew, type CrewOptions, type Helper } from '../../../server/matching/crew.ts';
import { help } from '../../../server/matching/help.ts';
import type { HelperJob } from '../../../server/matching/rows-job.ts';
import { inSharedMemory } from '../../../server/matching/shared-tables.ts';
import { finish, read } from '../../matching/support/oracle.ts';
import { buildCall, buildProfile, buildSolution, TAXONOMY } from '../../matching/support/pool.ts';
import { until } from './support.ts';

const profiles = Array.from({ length: 300 }, (_, number) =>
  buildProfile({
    id: `p${String(number).padStart(3, '0')}`,
    country: ['FR', 'IT', 'FI'][number % 3] ?? 'FR',
    solutions: [
      buildSolution({
        offer: `sensor radar${number % 7} drone${number % 11} word${number}`,
        capabilities: number % 2 ? ['intrusion'] : ['ai'],
      }),
    ],
  }),
);

describe('threads that help to search', () => {
  const { pool, model } = read(profiles);
  const tables = finish(flatten(pool, model));
  const crews: Crew[] = [];

  function crewOf(options: Partial<CrewOptions>): Crew {
    const crew = new Crew({ helpers: 2, leastSlots: 100, ...options });
    crews.push(crew);
    crew.expect(profiles.length);
    return crew;
  }

  function scopeOf(helpers: Helpers | null): Scope {
    const shared = helpers?.share(tables) ?? tables;
    return { tables: shared, shares: model.shares, positions: shared.columns.position };
  }

  /** All lists, as flat arrays. */
  function search(helpers: Helpers | null): TopLists {
    const lists = new TopLists(tables.positions, 10);
    const scope = scopeOf(helpers);
    const work = searchTogether(new ListSearch(scope.tables, scope.shares), scope, lists, helpers);
    let done = 0;
    for (let step = work.next(); step.done !== true; step = work.next()) done = step.value;
    expect(done).to.equal(tables.size);
    return lists;
  }

  /** A helper in this thread, which does what the test says with each job. */
  function pretended(onJob: (job: HelperJob, events: EventEmitter) => void): Helper & EventEmitter {
    const events = new EventEmitter();
    // Only what Crew uses of a thread.
    return Object.assign(events, {
      postMessage: (job: HelperJob) => {
        onJob(job, events);
      },
      terminate: () => Promise.resolve(0),
    }) as unknown as Helper & EventEmitter;
  }

  afterEach(async () => {
    for (const crew of crews.splice(0)) await crew.stop();
  });

  it('find the same lists as one thread, to the byte', async () => {
    const one = search(null);
    const crew = crewOf({});
    let shared = 0;
    // Threads take a while to load their code: meanwhile the search is finished without them, and as exactly.
    await until('another thread took part', () => {
      const lists = search({
        share: (all) => crew.share(all),
        begin: (...job) => {
          const begun = crew.begin(...job);
          return begun && { ...bound(begun), collect: () => counted(begun.collect()) };
        },
      });
      expect(lists).to.deep.equal(one);
      return shared > 0;
    });
    function counted<T>(found: readonly T[]): readonly T[] {
      shared += found.length;
      return found;
    }
  });

  it('give the index the same lists through arrivals, departures and new weights', () => {
    const quick = pretended((job) => {
      help(job);
    });
    const crew = crewOf({ helpers: 1, spawn: () => quick });
    const indexes = [crew, null].map(
      (helpers) =>
        new MatchingIndex({ taxonomy: TAXONOMY, call: buildCall(), weights: DEFAULT_WEIGHTS, helpers }),
    );
    const listsAfter = (change: (index: MatchingIndex) => void): SuggestionList[][] =>
      indexes.map((index) => {
        change(index);
        finish(index.refresh());
        return [...index.lists()];
      });
    for (const change of [
      (index: MatchingIndex) => {
        index.upsert(profiles.slice(0, 250));
      },
      (index: MatchingIndex) => {
        index.remove(profiles.slice(10, 30).map(({ id }) => id));
        index.upsert(profiles.slice(250, 254));
      },
      (index: MatchingIndex) => {
        index.setWeights({ ...DEFAULT_WEIGHTS, reach: 90 });
      },
    ]) {
      const [together, alone] = listsAfter(change);
      expect(together).to.deep.equal(alone);
    }
  });

  it('are not needed: what one of them leaves undone is done by whoever began the search', () => {
    const one = search(null);
    const dies = pretended((_job, events) => events.emit('exit', 1));
    expect(search(crewOf({ helpers: 1, spawn: () => dies }))).to.deep.equal(one);
    const claimsAndHangs = pretended(({ control }) => Atomics.add(control, 0, 3));
    expect(search(crewOf({ helpers: 1, spawn: () => claimsAndHangs, patienceMs: 20 }))).to.deep.equal(one);
  });

  it('may come too late, or do all of it', () => {
    const one = search(null);
    const jobs: HelperJob[] = [];
    const late = pretended((job) => jobs.push(job));
    expect(search(crewOf({ helpers: 1, spawn: () => late }))).to.deep.equal(one);
    for (const job of jobs) help(job);
    const quick = pretended((job) => {
      help(job);
    });
    expect(search(crewOf({ helpers: 1, spawn: () => quick }))).to.deep.equal(one);
  });

  it('stop when the search is given up', () => {
    const jobs: HelperJob[] = [];
    const crew = crewOf({ helpers: 1, spawn: () => pretended((job) => jobs.push(job)) });
    const scope = scopeOf(crew);
    const lists = new TopLists(tables.positions, 10);
    const work = searchTogether(new ListSearch(scope.tables, scope.shares), scope, lists, crew);
    work.next();
    work.return();
    const [job] = jobs;
    if (job) help(job);
    expect(job?.found[0]?.counts.every((count) => count === 0)).to.equal(true);
  });

  it('are not started for a pool that is too small for them to pay', () => {
    let started = 0;
    const spawn = (): Helper => {
      started += 1;
      return pretended(() => undefined);
    };
    const crew = crewOf({ leastSlots: 1_000, spawn });
    expect(
      crew.begin(scopeOf(null), { floors: new Int32Array(tables.size), lists: tables.positions, length: 10 }),
    ).to.equal(null);
    expect(crew.share(tables)).to.equal(tables);
    crew.expect(1_000);
    crew.expect(2_000);
    expect(started).to.equal(2);
  });
});

describe('shared memory', () => {
  it('holds the same numbers, and what stands there already is not copied', () => {
    const data = {
      list: [new Int16Array([1, -2]), new Uint8Array([3])],
      deep: { floats: new Float64Array([0.5]), nothing: null, number: 7 },
      part: new Int32Array([1, 2, 3]).subarray(1),
    };
    const shared = inSharedMemory(data);
    expect(shared).to.deep.equal(data);
    expect(shared.part.buffer).to.be.instanceOf(SharedArrayBuffer);
    expect(inSharedMemory(shared).part).to.equal(shared.part);
  });
});

/** The methods of a search as plain functions, so that one can be replaced. */
function bound(search: NonNullable<ReturnType<Crew['begin']>>) {
  return {
    floors: search.floors,
    claim: () => search.claim(),
    isPending: () => search.isPending(),
    collect: () => search.collect(),
    end: () => {
      search.end();
    },
  };
}
