import { expect } from 'chai';
import type { Forcing, PairingSummary, PairView } from '../../../server/pairs/schema.ts';
import { countCountryPairs } from '../../../server/pairs/service.ts';
import type { Page } from '../../../server/http/schema.ts';
import type { SmeCard } from '../../../server/smes/schema.ts';
import { startTestApp, type SignedIn, type TestApp } from '../../support/app.ts';
import { registerSmes } from '../../support/matchmaking.ts';
import { until } from '../../support/until.ts';

describe('pairs', () => {
  let app: TestApp;
  let staff: SignedIn;
  let ids: string[];
  const summary = async (query = ''): Promise<PairingSummary> =>
    (await staff.agent.get(`/api/v1/pairs/summary${query}`).expect(200)).body as PairingSummary;
  const pairs = async (query = ''): Promise<Page<PairView>> =>
    (await staff.agent.get(`/api/v1/pairs${query}`).expect(200)).body as Page<PairView>;
  const alone = async (): Promise<Page<SmeCard>> =>
    (await staff.agent.get('/api/v1/pairs/alone').expect(200)).body as Page<SmeCard>;

  before(async () => {
    app = await startTestApp();
    staff = await app.signInAs('staff');
    ids = await registerSmes(app, staff, 9);
  });
  after(() => app.stop());

  it('hold each SME at most once, never two of one country, and leave out nobody silently', async () => {
    const { items } = await pairs();
    const paired = items.flatMap(({ a, b }) => [a.id, b.id]);
    const without = (await alone()).items.map(({ id }) => id);
    expect(items).not.to.be.empty;
    expect(items.every(({ a, b }) => a.country !== b.country)).to.equal(true);
    expect([...paired, ...without].toSorted()).to.deep.equal(ids.toSorted());
  });

  it('come with figures that add up, and with the proof that no set is better', async () => {
    const { items } = await pairs();
    const figures = await summary();
    const sum = items.reduce((total, { score }) => total + score, 0);
    expect(figures).to.include({ pairs: items.length, ineligiblePairs: 0, status: 'optimal' });
    expect(figures.total).to.be.closeTo(sum, 1e-9);
    expect(figures.bound).to.equal(figures.total);
    expect(figures.countryPairs.reduce((count, entry) => count + entry.pairs, 0)).to.equal(items.length);
  });

  it('can have another aim, whose price is told, and a minimum score', async () => {
    const best = await summary();
    const stable = await summary('?aim=stable');
    expect(stable).to.include({ aim: 'stable', minScore: 0, over: 'all-pairs' });
    expect(stable.price).to.be.closeTo(best.total - stable.total, 1e-9);
    expect(best.price).to.equal(0);
    const everybody = await summary('?aim=everybody');
    expect(everybody.pairs).to.be.at.least(best.pairs);

    const scores = (await pairs()).items.map(({ score }) => score);
    const minScore = scores.at(-1) ?? 0;
    const above = (await pairs(`?minScore=${minScore + 0.000_001}`)).items;
    expect(above.every(({ score }) => score > minScore)).to.equal(true);
    expect((await summary('?minScore=1')).pairs).to.equal(0);
  });

  it('refuse another aim and a score beyond 0 to 1, with the name of the field', async () => {
    for (const [query, field] of [
      ['aim=best', 'aim'],
      ['minScore=1.5', 'minScore'],
      ['minScore=NaN', 'minScore'],
      ['over=none', 'over'],
      ['luck=1', 'query'],
    ]) {
      const reply = await staff.agent.get(`/api/v1/pairs/summary?${query ?? ''}`).expect(400);
      expect(reply.body, query).to.have.nested.property('errors[0].field', field);
    }
  });

  it('tell what forcing a pair costs: the best set with it against the best set there is', async () => {
    const { items } = await pairs();
    const best = await summary();
    const forced = async (query: string) =>
      (await staff.agent.get(`/api/v1/pairs/forcing?${query}`).expect(200)).body as Forcing;
    const standing = items[0];
    const inSet = await forced(`a=${standing?.b.id ?? ''}&b=${standing?.a.id ?? ''}`);
    expect(inSet).to.deep.include({ isInSet: true, cost: 0, share: 0, lost: { count: 0, pairs: [] } });
    expect(inSet.score).to.equal(standing?.score);

    const total = (found: readonly PairView[]): number => found.reduce((sum, { score }) => sum + score, 0);
    const costs: number[] = [];
    for (const { a } of items.slice(1)) {
      if (a.country === standing?.a.country) continue;
      const { isInSet, isExact, cost, share, lost, gained, score } = await forced(
        `a=${standing?.a.id ?? ''}&b=${a.id}`,
      );
      expect({ isInSet, isExact }).to.deep.equal({ isInSet: false, isExact: true });
      expect(share).to.be.closeTo(cost / best.total, 1e-9);
      expect(total(lost.pairs) - total(gained.pairs) - score).to.be.closeTo(cost, 1e-9);
      costs.push(cost);
    }
    expect(Math.min(...costs)).to.be.at.least(0);
    expect(Math.max(...costs)).to.be.greaterThan(0);
  });

  it('refuse to force what a rule forbids, with the reason, and who is not there', async () => {
    const everybody = (await staff.agent.get('/api/v1/smes?limit=100').expect(200)).body as Page<SmeCard>;
    const [one, other] = everybody.items.filter(({ country }) => country === 'FR');
    const path = `/api/v1/pairs/forcing?a=${one?.id ?? ''}`;
    const refused = await staff.agent.get(`${path}&b=${other?.id ?? ''}`).expect(409);
    expect(refused.body).to.have.property('code', 'not-eligible');
    expect(refused.body).to.have.property('detail').that.includes('France');
    await staff.agent.get(`${path}&b=000000000000000000000000`).expect(404);
    await staff.agent.get(`${path}&b=${one?.id ?? ''}`).expect(400);
  });

  it('page by cursor without loss or double, and can be those of one country', async () => {
    const all = (await pairs()).items;
    const first = await pairs('?limit=1');
    const second = await pairs(`?limit=100&cursor=${first.next ?? ''}`);
    expect([...first.items, ...second.items]).to.deep.equal(all);
    const french = (await pairs('?country=FR')).items;
    expect(french).to.deep.equal(all.filter(({ a, b }) => a.country === 'FR' || b.country === 'FR'));
  });

  it('refuse a cursor that is none with the name of the field', async () => {
    const reply = await staff.agent.get('/api/v1/pairs?cursor=abc').expect(400);
    expect(reply.body).to.have.nested.property('errors[0].field', 'cursor');
  });

  it('follow a change: who leaves is in no pair any more', async () => {
    const gone = (await pairs()).items[0]?.a.id ?? '';
    const profile = (await staff.agent.get(`/api/v1/smes/${gone}`).expect(200)).body as { name: string };
    await staff.agent.delete(`/api/v1/smes/${gone}`).expect(204);
    await until(async () =>
      (await pairs()).items.every(({ a, b }) => a.name !== profile.name && b.name !== profile.name),
    );
  });

  it('are for staff only', async () => {
    const sme = await app.signInAs('sme', { smeId: ids[1] ?? '' });
    for (const path of ['', '/summary', '/alone', '/forcing'])
      await sme.agent.get(`/api/v1/pairs${path}`).expect(403);
  });
});

describe('country combinations', () => {
  it('count both ways round as one, most frequent first', () => {
    const sme = (country: string): SmeCard => ({ country }) as SmeCard; // only the country is read
    const pair = (a: string, b: string): PairView => ({ a: sme(a), b: sme(b), score: 0.5 });
    expect(countCountryPairs([pair('FR', 'DE'), pair('IT', 'FR'), pair('DE', 'FR')])).to.deep.equal([
      { a: 'DE', b: 'FR', pairs: 2 },
      { a: 'FR', b: 'IT', pairs: 1 },
    ]);
  });
});
