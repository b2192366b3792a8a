import { expect } from 'chai';
import type { PairingSummary } from '../../../server/pairs/schema.ts';
import { startTestApp } from '../../support/app.ts';
import { registerSmes } from '../../support/matchmaking.ts';
import type { Matcher } from '../../../server/matching/matcher.ts';
import { createMatcher } from '../../../server/matching/worker-matcher.ts';
import { HANGING_NAME, HANGING_SCORE, spawnHanging } from './hanging.ts';
import { fakeSource, profileOf, silentLog, until, type FakeSource } from './support.ts';

const failureOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  );

describe('an engine thread that hangs', () => {
  let matcher: Matcher;
  let source: FakeSource;

  beforeEach(async () => {
    source = fakeSource(...Array.from({ length: 20 }, (_, number) => profileOf(number)));
    matcher = createMatcher({
      source,
      log: silentLog,
      clock: () => new Date(),
      pollMs: 0,
      backoffMs: 5,
      hangMs: 400,
      spawn: spawnHanging,
    });
    await matcher.start();
  });
  afterEach(() => matcher.stop());

  const back = (): Promise<void> => until('the engine is back', () => matcher.status().ready);

  it('is ended; all open calls fail with a 503, and a new thread answers as the old one did', async () => {
    const lists = await matcher.lists();
    const stuck = failureOf(matcher.explain(HANGING_NAME, ['sme00001']));
    const behind = failureOf(matcher.list('sme00001'));
    for (const failure of [await stuck, await behind]) {
      expect(failure).to.include({ status: 503, code: 'matching-unavailable' });
    }
    await back();
    expect(matcher.status().restarts).to.deep.equal({ died: 0, hung: 1 });
    expect(await matcher.lists()).to.deep.equal(lists);
  });

  it('may be silent for as long as it likes while nobody waits for it', async () => {
    await new Promise((resolve) => setTimeout(resolve, 1_200));
    expect(matcher.status()).to.deep.include({ ready: true, restarts: { died: 0, hung: 0 } });
  });

  it('is not asked a third time what made it hang twice, until staff rebuild; other questions go on', async () => {
    for (let time = 0; time < 2; time += 1) {
      expect(await failureOf(matcher.pairs({ minScore: HANGING_SCORE }))).to.have.property('status', 503);
      await back();
    }
    expect(await failureOf(matcher.pairs({ minScore: HANGING_SCORE })))
      .to.have.property('message')
      .that.includes('not tried again');
    expect((await matcher.pairs({ minScore: 0 })).status).to.equal('optimal');
    expect(matcher.status().restarts).to.deep.equal({ died: 0, hung: 2 });

    await matcher.rebuild();
    expect(await failureOf(matcher.pairs({ minScore: HANGING_SCORE }))).to.have.property('status', 503);
    await back();
    expect(matcher.status().restarts.hung).to.equal(3);
  });

  it('is not started for ever where the profiles themselves make it hang, but comes back once they are put right', async () => {
    source.put(profileOf(3, { name: HANGING_NAME }));
    await failureOf(matcher.profilesChanged(['sme00003'], 'profile'));
    await until('it was given up', () => matcher.status().restarts.hung === 3 && !matcher.status().busy);
    expect(matcher.status().ready).to.equal(false);

    source.put(profileOf(3));
    await matcher.profilesChanged(['sme00003'], 'profile');
    expect(matcher.status()).to.deep.include({ ready: true, smes: 20, restarts: { died: 0, hung: 3 } });
  });
});

describe('a server whose engine hangs', () => {
  it('answers everything else meanwhile, and pairs again afterwards', async () => {
    const app = await startTestApp({ spawnEngine: spawnHanging, env: { MATCHING_HANG_SECONDS: '1' } });
    try {
      const staff = await app.signInAs('staff');
      const ids = await registerSmes(app, staff, 6);
      const before = (await staff.agent.get('/api/v1/pairs/summary').expect(200)).body as PairingSummary;
      const order: string[] = [];
      const stuck = staff.agent
        .get(`/api/v1/pairs/summary?minScore=${HANGING_SCORE / 1_000_000}`)
        .expect(503)
        .then(({ headers, body }) => {
          order.push('pairs');
          expect(headers).to.have.property('retry-after');
          expect(body).to.include({ code: 'matching-unavailable' });
        });
      // Sent while the thread hangs: from the database and the process itself, without the engine.
      await app.agent().get('/healthz').expect(200);
      await staff.agent.get(`/api/v1/smes/${ids[0] ?? ''}`).expect(200);
      await staff.agent.get(`/api/v1/smes/${ids[0] ?? ''}`).expect(200);
      order.push('others');
      await stuck;
      expect(order).to.deep.equal(['others', 'pairs']);

      const { matcher } = app.tandem.services.matchmaking;
      await until('the engine is back', () => matcher.status().ready);
      const after = (await staff.agent.get('/api/v1/pairs/summary').expect(200)).body as PairingSummary;
      expect(after).to.deep.equal({ ...before, computedAt: after.computedAt, runId: after.runId });
      const metrics = await app.agent().get('/metrics').expect(200);
      expect(metrics.text).to.include('matching_restarts{reason="hung"} 1');
      expect(metrics.text).to.include('matching_ready 1');
    } finally {
      await app.stop();
    }
  });
});
