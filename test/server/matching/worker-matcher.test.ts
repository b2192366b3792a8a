import { expect } from 'chai';
import type { Worker } from 'node:worker_threads';
import { MatchingIndex } from '../../../matching/index.ts';
import type { SuggestionList } from '../../../matching/types.ts';
import { HttpProblem } from '../../../server/http/errors.ts';
import type { ListChanges, Matcher } from '../../../server/matching/matcher.ts';
import { spawnEngine, type SpawnWorker } from '../../../server/matching/worker-client.ts';
import { createMatcher, type MatcherOptions } from '../../../server/matching/worker-matcher.ts';
import { fakeSource, profileOf, silentLog, until, type FakeSource } from './support.ts';

const REACH = { capability: 0, text: 0, trl: 0, domain: 50, challenge: 0, reach: 100, practical: 3 };

describe('the matcher on its worker thread', () => {
  let matcher: Matcher;
  let source: FakeSource;
  let heard: ListChanges[];
  let workers: Worker[];

  async function startWith(size: number, options: Partial<MatcherOptions> = {}): Promise<void> {
    source = fakeSource(...Array.from({ length: size }, (_, number) => profileOf(number)));
    heard = [];
    workers = [];
    const spawn: SpawnWorker = (data) => {
      const worker = spawnEngine(data);
      workers.push(worker);
      return worker;
    };
    const clock = (): Date => new Date();
    matcher = createMatcher({ source, log: silentLog, clock, pollMs: 0, backoffMs: 5, spawn, ...options });
    matcher.onChange((changes) => {
      heard.push(changes);
      return Promise.resolve();
    });
    await matcher.start();
  }

  /** The engine itself with the same profiles, without thread or pieces. */
  async function engine(weights = source.current.values): Promise<MatchingIndex> {
    const index = new MatchingIndex({
      taxonomy: await source.taxonomy(),
      call: await source.call(),
      weights,
      listLength: 10,
    });
    index.upsert([...source.profiles.values()]);
    const steps = index.refresh();
    while (!steps.next().done);
    return index;
  }

  /** The lists that it gives. */
  async function expected(): Promise<Map<string, SuggestionList>> {
    return byId([...(await engine()).lists()]);
  }

  const byId = (lists: readonly SuggestionList[]): Map<string, SuggestionList> =>
    new Map(lists.map((list) => [list.sme, list]));

  afterEach(() => matcher.stop());

  it('computes the same lists as the engine in one piece, and hands all of them over', async () => {
    await startWith(250);
    expect(byId(await matcher.lists())).to.deep.equal(await expected());
    expect(byId(heard.flatMap(({ changed }) => changed))).to.deep.equal(await expected());
    expect(heard.at(-1)?.pool?.size).to.equal(250);
    expect(matcher.status()).to.include({ ready: true, smes: 250, weightsVersion: 1 });
  });

  it('hands over only the lists that a changed profile touches', async () => {
    await startWith(40);
    const before = await expected();
    heard.length = 0;
    source.put(profileOf(3, { country: 'PL', languages: ['pl'] }));
    await matcher.profilesChanged(['sme00003'], 'profile');
    const after = await expected();
    const differing = [...after.values()].filter(
      (list) => JSON.stringify(list) !== JSON.stringify(before.get(list.sme)),
    );
    expect(byId(heard.flatMap(({ changed }) => changed))).to.deep.equal(byId(differing));
    expect(differing.length).to.be.greaterThan(0);
    expect(new Set(heard.map(({ cause }) => cause))).to.deep.equal(new Set(['profile']));
  });

  it('takes a removed SME out of the pool and of the lists of others', async () => {
    await startWith(30);
    heard.length = 0;
    source.profiles.delete('sme00004');
    await matcher.profilesChanged(['sme00004'], 'profile');
    expect(heard.flatMap(({ removed }) => removed)).to.deep.equal(['sme00004']);
    expect(byId(await matcher.lists())).to.deep.equal(await expected());
    expect(await matcher.list('sme00004')).to.equal(null);
  });

  it('joins changes in quick succession into one recompute', async () => {
    await startWith(20);
    heard.length = 0;
    source.put(profileOf(1, { country: 'NL' }), profileOf(2, { country: 'NL' }));
    await Promise.all([
      matcher.profilesChanged(['sme00001'], 'profile'),
      matcher.profilesChanged(['sme00002'], 'answer'),
    ]);
    expect(heard).to.have.length(1);
    expect(heard[0]?.cause).to.equal('pool');
    expect(byId(await matcher.lists())).to.deep.equal(await expected());
  });

  it('pairs everybody at most once, in eligible pairs only', async () => {
    await startWith(30);
    const { pairs, alone } = await matcher.pairs();
    const paired = pairs.flatMap(({ a, b }) => [a, b]);
    expect(new Set([...paired, ...alone]).size).to.equal(30);
    expect(paired.length + alone.length).to.equal(30);
    for (const { a, b } of pairs) {
      expect((await matcher.explain(a, [b]))[0]).to.include({ eligible: true });
    }
  });

  it('pairs as it is asked to, and as the engine itself does', async () => {
    await startWith(40);
    const options = { aim: 'stable', over: 'lists', minScore: 300_000 } as const;
    expect(await matcher.pairs(options)).to.deep.equal((await engine()).pairs(options));
  });

  it('tells for whom the pairs are good, of the very pool that they were made from', async () => {
    const widening = new Set(['PL']);
    await startWith(40, { widening });
    const result = await matcher.pairs();
    const index = await engine();
    source.profiles.delete('sme00004');
    await matcher.profilesChanged(['sme00004'], 'profile');
    expect(matcher.exposure(result)).to.deep.equal(index.exposure(result.pairs, { widening }));
    expect(matcher.exposure(result).groups.widening.map(({ key }) => key)).to.include('widening');
  });

  it('works out the same pairs once while the pool stays as it is, and anew after a change', async () => {
    await startWith(40);
    const [one, other] = await Promise.all([matcher.pairs(), matcher.pairs()]);
    expect(one).to.equal(other);
    expect(await matcher.pairs()).to.equal(one);
    expect(await matcher.pairs({ aim: 'stable' })).not.to.equal(one);
    source.profiles.delete(one.pairs[0]?.a ?? '');
    await matcher.profilesChanged([one.pairs[0]?.a ?? ''], 'profile');
    const after = await matcher.pairs();
    expect(after).not.to.equal(one);
    expect(after).to.deep.equal((await engine()).pairs());
  });

  it('stops pairing when nobody waits for it any more, and says how far it is', async () => {
    await startWith(1_500);
    const aborter = new AbortController();
    let reports = 0;
    const onProgress = (): void => {
      reports += 1;
      aborter.abort();
    };
    const stopped = matcher
      .pairs({}, { signal: aborter.signal, onProgress })
      .catch((error: unknown) => error);
    expect(await stopped).to.have.property('name', 'AbortError');
    expect(reports).to.equal(1);
    expect((await matcher.pairs({ over: 'lists' })).status).to.equal('optimal');
  });

  it('lets a change go first that comes while it pairs', async () => {
    await startWith(300);
    const order: string[] = [];
    let change: Promise<unknown> = Promise.resolve();
    const onProgress = (): void => {
      if (order.length > 0) return;
      order.push('pairing');
      source.put(profileOf(3, { country: 'PL' }));
      change = matcher.profilesChanged(['sme00003'], 'profile').then(() => order.push('changed'));
    };
    const { pairs } = await matcher.pairs({}, { onProgress }).finally(() => order.push('paired'));
    await change;
    expect(order).to.deep.equal(['pairing', 'changed', 'paired']);
    expect(pairs).not.to.be.empty;
  });

  it('keeps a time limit: the best pairs found so far with their gap, whatever the aim', async () => {
    await startWith(300);
    const late = await matcher.pairs({}, { limitMs: 0 });
    const best = await matcher.pairs();
    expect(late).to.include({ status: 'feasible' });
    expect(late.total).to.be.at.most(best.total);
    expect(late.bound).to.be.at.least(best.total);
    expect((await engine()).verify(late)).to.deep.equal([]);
    const strongest = await matcher.pairs({ aim: 'minimum' }, { limitMs: 0 });
    expect(strongest).to.include({ status: 'feasible', stopped: true, floor: null });
    expect((await engine()).verify(strongest)).to.deep.equal([]);
  });

  it('tells options that the engine refuses apart from a fault', async () => {
    await startWith(10);
    const refused = matcher.pairs({ pinned: [['sme00001', 'sme00001']] }).catch((error: unknown) => error);
    expect(await refused).to.be.instanceOf(RangeError);
    expect(matcher.status()).to.deep.include({ ready: true, restarts: { died: 0, hung: 0 } });
  });

  it('previews other weights without changing anything, and saving them gives exactly the previewed lists', async () => {
    await startWith(60);
    const standing = byId(await matcher.lists());
    const previewed = await matcher.preview(REACH, { signal: new AbortController().signal });
    expect(byId(await matcher.lists())).to.deep.equal(standing);

    heard.length = 0;
    source.current = { version: 2, values: REACH };
    await matcher.weightsChanged();
    expect(byId(heard.flatMap(({ changed }) => changed))).to.deep.equal(byId(previewed));
    expect(previewed.length).to.be.greaterThan(0);
    expect(matcher.status().weightsVersion).to.equal(2);
  });

  it('stops a preview that is aborted and is idle afterwards', async () => {
    await startWith(1_500);
    const aborter = new AbortController();
    const previews = [1, 2].map((reach) =>
      matcher.preview({ ...REACH, reach }, { signal: aborter.signal }).catch((error: unknown) => error),
    );
    aborter.abort();
    for (const preview of previews) expect(await preview).to.have.property('name', 'AbortError');
    // A change is next in turn: it would have to wait for a preview that still ran.
    source.put(profileOf(3, { country: 'PL' }));
    await matcher.profilesChanged(['sme00003'], 'profile');
    await until('the matcher is idle', () => !matcher.status().busy);
  });

  it('answers questions while it computes', async () => {
    await startWith(1_500);
    const order: string[] = [];
    const preview = matcher
      .preview(REACH, { signal: new AbortController().signal })
      .then(() => order.push('preview'));
    const list = matcher.list('sme00001').then(() => order.push('list'));
    const explained = matcher.explain('sme00001', ['sme00002']).then(() => order.push('explain'));
    await Promise.all([preview, list, explained]);
    expect(order).to.deep.equal(['list', 'explain', 'preview']);
  });

  it('leaves the event loop of the server free while it recomputes', async () => {
    await startWith(1_500);
    let turns = 0;
    let running = true;
    const count = (): void => {
      turns += 1;
      if (running) setImmediate(count);
    };
    setImmediate(count);
    await matcher.rebuild();
    running = false;
    // Lists come over in pieces of 100: the loop turned at least once between any two of them, and many times while waiting.
    expect(turns).to.be.greaterThan(15);
  });

  it('fails open calls with a 503 when the thread dies, then comes back with the same lists', async () => {
    await startWith(1_500);
    const preview = matcher
      .preview(REACH, { signal: new AbortController().signal })
      .catch((error: unknown) => error);
    await workers[0]?.terminate();
    const failure = await preview;
    expect(failure).to.be.instanceOf(HttpProblem);
    expect(failure).to.include({ status: 503, code: 'matching-unavailable' });
    expect(await matcher.list('sme00001').catch((error: unknown) => error)).to.include({ status: 503 });

    await until('the engine is back', () => matcher.status().ready);
    expect(workers).to.have.length(2);
    expect(byId(await matcher.lists())).to.deep.equal(await expected());
  });

  it('tries again when the database is away', async () => {
    await startWith(20);
    source.fault = new Error('the database is away');
    const failure = await matcher.rebuild().catch((error: unknown) => error);
    expect(failure).to.have.property('message', 'the database is away');
    source.put(profileOf(1, { country: 'NL' }));
    await matcher.profilesChanged(['sme00001'], 'profile');
    expect(byId(await matcher.lists())).to.deep.equal(await expected());
  });

  it('rebuilds when a listener failed, so that no changed list is lost', async () => {
    await startWith(20);
    const got: ListChanges[] = [];
    let failures = 1;
    matcher.onChange((changes) => {
      if (failures-- > 0) return Promise.reject(new Error('not now'));
      got.push(changes);
      return Promise.resolve();
    });
    source.put(profileOf(1, { country: 'NL' }));
    await matcher.profilesChanged(['sme00001'], 'profile').catch(() => 'told');
    await until('all lists were handed over', () => got.at(-1)?.pool !== undefined);
    expect(byId(got.flatMap(({ changed }) => changed))).to.deep.equal(await expected());
  });

  it('notices what another process wrote', async () => {
    await startWith(20, { pollMs: 10 });
    source.put(profileOf(50));
    await until('the new SME has a list', async () => (await matcher.list('sme00050')) !== null);
    source.current = { version: 7, values: REACH };
    await until('the lists are by the new weights', () => {
      const { weightsVersion, busy } = matcher.status();
      return weightsVersion === 7 && !busy;
    });
    expect(byId(await matcher.lists())).to.deep.equal(await expected());
  });
});
