import { expect } from 'chai';
import type { Page } from '../../../server/http/schema.ts';
import type {
  ExposureGroups,
  ExposureRowView,
  ExposureView,
  UnsuggestedView,
} from '../../../server/exposure/schema.ts';
import type { PairView } from '../../../server/pairs/schema.ts';
import { runModel, runPartsModel } from '../../../server/runs/model.ts';
import type { RunDetail, RunView } from '../../../server/runs/schema.ts';
import type { SmeCard } from '../../../server/smes/schema.ts';
import { loadCountries } from '../../../server/taxonomy/places.ts';
import { startTestApp, type SignedIn, type TestApp } from '../../support/app.ts';
import { profileInput, settled } from '../../support/matchmaking.ts';
import { until } from '../../support/until.ts';

/** More than twice as many as a list is long, so that some are among the best of nobody. */
const COUNT = 26;

describe('exposure', function () {
  this.timeout(60_000);
  let app: TestApp;
  let staff: SignedIn;
  let cards: Map<string, SmeCard>;
  const get = async <T>(path: string): Promise<T> =>
    (await staff.agent.get(`/api/v1${path}`).expect(200)).body as T;
  const unsuggested = async (query = ''): Promise<Page<UnsuggestedView>> =>
    get(`/pairs/unsuggested?limit=100${query}`);

  async function register(overrides: Parameters<typeof profileInput>[1][]): Promise<string[]> {
    const { items } = await get<Page<{ id: string }>>('/clusters?limit=3');
    const ids: string[] = [];
    for (const [number, override] of overrides.entries()) {
      const clusterId = items[number % items.length]?.id;
      const reply = await staff.agent
        .post('/api/v1/smes')
        .send({ clusterId, profile: profileInput(number, override) })
        .expect(201);
      ids.push((reply.body as { id: string }).id);
    }
    await settled(app, ids);
    return ids;
  }

  before(async () => {
    app = await startTestApp();
    staff = await app.signInAs('staff');
    const overrides = Array.from({ length: COUNT }, (_, number) =>
      number === 3 ? { available: false } : number > 20 ? { needs: [], country: 'PL' } : {},
    );
    await register(overrides);
    const { items } = await get<Page<SmeCard>>('/smes?limit=100');
    cards = new Map(items.map((card) => [card.id, card]));
  });
  after(() => app.stop());

  /** Everybody's place in a group, read from the cards; which countries are widening, from the shipped list. */
  function groupOf(): Record<keyof ExposureGroups, (card: SmeCard) => string> {
    const widening = new Set(
      loadCountries()
        .filter((one) => one.widening)
        .map(({ code }) => code),
    );
    return {
      country: ({ country }) => country,
      cluster: ({ clusterId }) => clusterId ?? 'none',
      sizeClass: ({ sizeClass }) => sizeClass,
      widening: ({ country }) => (widening.has(country) ? 'widening' : 'not-widening'),
    };
  }

  it('is what the lists and the pairs say when they are counted one by one', async () => {
    const exposure = await get<ExposureView>('/pairs/exposure');
    const lists = await app.tandem.services.matchmaking.matcher.lists();
    const { items: pairs } = await get<Page<PairView>>('/pairs?limit=100');
    const places = lists.flatMap(({ suggestions }) => suggestions.map(({ partner }) => partner));
    const scoreOf = new Map(
      pairs.flatMap(({ a, b, score }) => [[a.id, score] as const, [b.id, score] as const]),
    );

    for (const [grouping, keyOf] of Object.entries(groupOf())) {
      const rows: readonly ExposureRowView[] = exposure.groups[grouping as keyof ExposureGroups]; // keys of groupOf
      const keys = new Set([...cards.values()].map(keyOf));
      expect(rows.map(({ key }) => key)).to.deep.equal([...keys].toSorted());
      for (const { name, poolShare, listShare, meanScore, ...row } of rows) {
        const members = [...cards.values()].filter((card) => keyOf(card) === row.key);
        const scores = members.flatMap(({ id }) => scoreOf.get(id) ?? []);
        const mine = new Set(members.map(({ id }) => id));
        expect(row, `${grouping} ${row.key}`).to.deep.equal({
          key: row.key,
          smes: members.length,
          suggested: places.filter((id) => mine.has(id)).length,
          unsuggested: members.filter(({ id }) => !places.includes(id)).length,
          paired: scores.length,
          alone: members.length - scores.length,
        });
        expect(poolShare).to.be.closeTo(row.smes / cards.size, 1e-6);
        expect(listShare).to.be.closeTo(row.suggested / places.length, 1e-6);
        const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
        if (meanScore === null) expect(scores).to.be.empty;
        else expect(meanScore).to.be.closeTo(mean, 1e-6);
        expect(name).to.equal(grouping === 'cluster' ? members[0]?.clusterName : null);
      }
    }
  });

  it('measures inequality by the Gini coefficient over those who may be suggested', async () => {
    const { gini, smes } = await get<ExposureView>('/pairs/exposure');
    const lists = await app.tandem.services.matchmaking.matcher.lists();
    const counts = lists
      .filter(({ suggestions }) => suggestions.length > 0)
      .map(
        ({ sme }) =>
          lists.filter(({ suggestions }) => suggestions.some(({ partner }) => partner === sme)).length,
      );
    const sum = counts.reduce((total, count) => total + count, 0);
    const differences = counts.flatMap((x) => counts.map((y) => Math.abs(x - y)));
    const exact = differences.reduce((total, one) => total + one, 0) / (2 * counts.length * sum);
    expect(gini).to.be.greaterThan(0).and.closeTo(exact, 0.01);
    expect(smes).to.equal(COUNT);
  });

  it('names who is on nobody’s list, why, and what would help', async () => {
    const lists = await app.tandem.services.matchmaking.matcher.lists();
    const seen = new Set(lists.flatMap(({ suggestions }) => suggestions.map(({ partner }) => partner)));
    const { items, total } = await unsuggested();
    const unseen = [...cards.values()].filter(({ id }) => !seen.has(id));
    expect(items.map(({ sme }) => sme.id).toSorted()).to.deep.equal(unseen.map(({ id }) => id).toSorted());
    expect(items.map(({ sme }) => sme.name)).to.deep.equal(items.map(({ sme }) => sme.name).toSorted());
    expect(total).to.equal((await get<ExposureView>('/pairs/exposure')).unsuggested);

    const away = items.find(({ sme }) => sme.name === 'Company 3');
    expect(away).to.deep.include({ reason: 'may-not-take-part', rules: ['unavailable'], help: null });
    const outdone = items.filter(({ reason }) => reason === 'never-among-the-best');
    expect(outdone).not.to.be.empty;
    for (const { rules, help } of outdone) {
      expect(rules).to.be.empty;
      expect(help).to.deep.equal({ field: 'solutions.capabilities', label: 'Capabilities you offer' });
    }
  });

  it('pages by cursor, and can be of one country or one reason', async () => {
    const all = (await unsuggested()).items;
    const first = await get<Page<UnsuggestedView>>('/pairs/unsuggested?limit=1');
    const rest = await unsuggested(`&cursor=${first.next ?? ''}`);
    expect([...first.items, ...rest.items]).to.deep.equal(all);
    const away = await unsuggested('&reason=may-not-take-part');
    expect(away.items).to.deep.equal(all.filter(({ reason }) => reason === 'may-not-take-part'));
    const polish = await unsuggested('&country=PL');
    expect(polish.items).to.deep.equal(all.filter(({ sme }) => sme.country === 'PL'));
  });

  it('is that of the pairs that were asked for', async () => {
    const some = await get<ExposureView>('/pairs/exposure?minScore=1');
    expect(some.groups.country.every(({ paired }) => paired === 0)).to.equal(true);
    expect(some.groups.country.every(({ meanScore }) => meanScore === null)).to.equal(true);
    const all = await get<ExposureView>('/pairs/exposure');
    expect(some.runId).not.to.equal(all.runId);
    expect(some.gini).to.equal(all.gini);
  });

  it('refuses what it does not know, by the name of the field, and is for staff only', async () => {
    for (const [path, field] of [
      ['exposure?aim=best', 'aim'],
      ['exposure?minScore=2', 'minScore'],
      ['exposure?country=FR', 'query'],
      ['unsuggested?reason=luck', 'reason'],
      ['unsuggested?cursor=abc', 'cursor'],
    ]) {
      const reply = await staff.agent.get(`/api/v1/pairs/${path ?? ''}`).expect(400);
      expect(reply.body, path).to.have.nested.property('errors[0].field', field);
    }
    const [id = ''] = cards.keys();
    const sme = await app.signInAs('sme', { smeId: id });
    for (const path of ['exposure', 'unsuggested']) await sme.agent.get(`/api/v1/pairs/${path}`).expect(403);
  });

  it('is kept with the run, and says what the run before it was', async () => {
    const { runId, gini, unsuggested: count, widening, groups } = await get<ExposureView>('/pairs/exposure');
    const kept = await get<RunDetail>(`/runs/${runId}`);
    expect(kept).to.deep.include({ groups, exposure: { gini, unsuggested: count, widening }, before: null });

    const [gone = ''] = cards.keys();
    app.clock.advance(60_000);
    await staff.agent.delete(`/api/v1/smes/${gone}`).expect(204);
    await until(async () => (await get<ExposureView>('/pairs/exposure')).smes === COUNT - 1);
    const later = await get<ExposureView>('/pairs/exposure');
    const next = await get<RunDetail>(`/runs/${later.runId}`);
    expect(next.before).to.deep.equal({ id: runId, at: kept.at, exposure: kept.exposure });
    // what is counted stays as it was, also where somebody was erased since
    expect((await get<RunDetail>(`/runs/${runId}`)).groups).to.deep.equal(groups);
    const { items } = await get<Page<RunView>>('/runs?limit=100');
    expect(items.find(({ id }) => id === runId)?.exposure).to.deep.equal(kept.exposure);
  });

  it('is null in runs from before it was kept', async () => {
    const { runId } = await get<ExposureView>('/pairs/exposure');
    const { connection } = app.storage.storage;
    await runModel(connection).updateOne({ _id: runId }, { $unset: { exposure: 1 } });
    await runPartsModel(connection).updateOne({ _id: runId }, { $unset: { groups: 1 } });
    expect(await get<RunDetail>(`/runs/${runId}`)).to.deep.include({ exposure: null, groups: null });
  });
});
