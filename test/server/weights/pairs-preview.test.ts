import { expect } from 'chai';
import type { Page } from '../../../server/http/schema.ts';
import type { PairingSummary, PairView } from '../../../server/pairs/schema.ts';
import type { RunDetail } from '../../../server/runs/schema.ts';
import type { SmeCard } from '../../../server/smes/schema.ts';
import type { WeightsPairsPreview } from '../../../server/weights/schema.ts';
import { startTestApp, type SignedIn, type TestApp } from '../../support/app.ts';
import { registerSmes } from '../../support/matchmaking.ts';
import { until } from '../../support/until.ts';

/** Weights that ask for other pairs than the defaults. */
const OTHERS = [
  { capability: 0, text: 0, trl: 0, domain: 0, challenge: 0, reach: 100, practical: 0 },
  { capability: 0, text: 100, trl: 0, domain: 0, challenge: 0, reach: 0, practical: 1 },
  { capability: 0, text: 0, trl: 100, domain: 0, challenge: 0, reach: 0, practical: 0 },
];
const REACH = { capability: 0, text: 1, trl: 0, domain: 0, challenge: 0, reach: 100, practical: 0 };
const PATH = '/api/v1/weights/preview/pairs';

describe('the preview of pairs under other weights', () => {
  let app: TestApp;
  let staff: SignedIn;

  before(async () => {
    app = await startTestApp();
    staff = await app.signInAs('staff');
    await registerSmes(app, staff, 19);
  });
  after(() => app.stop());

  const read = async <T>(path: string): Promise<T> =>
    (await staff.agent.get(`/api/v1${path}`).expect(200)).body as T;
  const pairsNow = async (): Promise<readonly PairView[]> =>
    (await read<Page<PairView>>('/pairs?limit=100')).items;
  const aloneNow = async (): Promise<readonly SmeCard[]> =>
    (await read<Page<SmeCard>>('/pairs/alone?limit=100')).items;
  const keyOf = ({ a, b }: PairView): string => `${a.id} ${b.id}`;
  const idsOf = (cards: readonly SmeCard[]): string[] => cards.map(({ id }) => id).toSorted();

  it('is recorded as a run of its own, which comes out the same when it is done again', async () => {
    const values = REACH;
    const preview = (await staff.agent.post(PATH).send({ values }).expect(200)).body as WeightsPairsPreview;
    const run = await read<RunDetail>(`/runs/${preview.runId}`);
    expect(run).to.deep.include({ of: 'preview', weights: values, weightsVersion: null, status: 'optimal' });
    const again = await staff.agent.post(`/api/v1/runs/${preview.runId}/replay`).send({}).expect(200);
    expect(again.body).to.deep.include({ same: true, resultHash: run.resultHash });
  });

  it('is to the byte what publishing them then does, and changes nothing itself', async () => {
    const [before, aloneBefore] = [await pairsNow(), await aloneNow()];
    const previews: WeightsPairsPreview[] = [];
    for (const values of OTHERS) {
      const reply = await staff.agent.post(PATH).send({ values }).expect(200);
      previews.push(reply.body as WeightsPairsPreview);
    }
    expect(await pairsNow()).to.deep.equal(before);
    const preview = previews.find(({ gained }) => gained.count > 0);
    if (!preview) throw new Error('None of these weights asks for other pairs.');

    const { values } = preview;
    await staff.agent.post('/api/v1/weights').send({ baseVersion: 1, values }).expect(201);
    const { matcher } = app.tandem.services.matchmaking;
    await until(() => matcher.status().weightsVersion === 2 && !matcher.status().busy);
    const [after, aloneAfter] = [await pairsNow(), await aloneNow()];
    const summary = await read<PairingSummary>('/pairs/summary');

    const [oldKeys, newKeys] = [new Set(before.map(keyOf)), new Set(after.map(keyOf))];
    const gained = after.filter((pair) => !oldKeys.has(keyOf(pair)));
    const lost = before.filter((pair) => !newKeys.has(keyOf(pair)));
    expect(JSON.stringify(preview.gained)).to.equal(JSON.stringify({ count: gained.length, pairs: gained }));
    expect(JSON.stringify(preview.lost)).to.equal(JSON.stringify({ count: lost.length, pairs: lost }));
    expect(preview.kept).to.equal(after.length - gained.length);
    expect(preview.totals.after).to.equal(summary.total);

    const [was, is] = [idsOf(aloneBefore), idsOf(aloneAfter)];
    expect(preview.alone).to.include({ before: was.length, after: is.length });
    expect(idsOf(preview.alone.newly)).to.deep.equal(is.filter((id) => !was.includes(id)));
    expect(idsOf(preview.alone.noLonger)).to.deep.equal(was.filter((id) => !is.includes(id)));

    const paired = (country: string): number =>
      after.flatMap(({ a, b }) => [a, b]).filter((sme) => sme.country === country).length;
    for (const row of preview.groups.country) expect(row.pairedAfter, row.key).to.equal(paired(row.key));
    expect(preview.groups.country.reduce((sum, { smes }) => sum + smes, 0)).to.equal(19);
    expect(preview.groups.cluster.map(({ name }) => name)).to.not.include(null);
  });

  it('takes the aim and the minimum score of the pairs page', async () => {
    const body = { values: REACH, aim: 'stable', minScore: 1 };
    const reply = await staff.agent.post(PATH).send(body).expect(200);
    expect(reply.body).to.deep.include({ kept: 0, gained: { count: 0, pairs: [] } });
    await staff.agent
      .post(PATH)
      .send({ ...body, aim: 'best' })
      .expect(400);
    await staff.agent
      .post(PATH)
      .send({ values: { ...REACH, reach: -1 } })
      .expect(400);
  });

  it('is for staff only', async () => {
    const demand = await app.signInAs('demand');
    await demand.agent.post(PATH).send({ values: REACH }).expect(403);
  });
});
