import { expect } from 'chai';
import { request } from 'node:http';
import { DEFAULT_WEIGHTS } from '../../../matching/weights.ts';
import type { PartnersView } from '../../../server/suggestions/schema.ts';
import type { WeightsPreview, WeightsView } from '../../../server/weights/schema.ts';
import { startTestApp, type SignedIn, type TestApp } from '../../support/app.ts';
import { cookieOf, registerSmes } from '../../support/matchmaking.ts';
import { until } from '../../support/until.ts';

const WORDS = { capability: 0, text: 100, trl: 0, domain: 0, challenge: 0, reach: 0, practical: 1 };

describe('weights', () => {
  let app: TestApp;
  let staff: SignedIn;
  let other: SignedIn;
  let ids: string[];
  const matcher = () => app.tandem.services.matchmaking.matcher;
  const current = async (): Promise<WeightsView> =>
    (await staff.agent.get('/api/v1/weights').expect(200)).body as WeightsView;

  before(async () => {
    app = await startTestApp();
    staff = await app.signInAs('staff', { name: 'Anna' });
    other = await app.signInAs('staff', { name: 'Bruno' });
    ids = await registerSmes(app, staff, 16);
  });
  after(() => app.stop());

  it('start with the defaults of the software, as version 1', async () => {
    expect(await current()).to.deep.include({ version: 1, values: DEFAULT_WEIGHTS, by: null, undoOf: null });
  });

  it('previewed: what is shown is exactly what saving then does, and previewing changes nothing', async () => {
    const before = await matcher().lists();
    const reply = await staff.agent.post('/api/v1/weights/preview').send({ values: WORDS }).expect(200);
    const preview = reply.body as WeightsPreview;
    expect(await matcher().lists()).to.deep.equal(before);
    expect((await current()).version).to.equal(1);
    expect(preview.listsTotal).to.equal(16);
    expect(preview.examples).not.to.be.empty;
    const suggested = before.reduce((sum, { suggestions }) => sum + suggestions.length, 0);
    expect(preview.byCountry.reduce((sum, row) => sum + row.suggestedBefore, 0)).to.equal(suggested);

    await staff.agent
      .post('/api/v1/weights')
      .send({ baseVersion: 1, values: WORDS, note: 'words only' })
      .expect(201);
    await until(() => matcher().status().weightsVersion === 2 && !matcher().status().busy);
    for (const { sme, after } of preview.examples) {
      const list = (await staff.agent.get(`/api/v1/smes/${sme.id}/partners`).expect(200))
        .body as PartnersView;
      expect(list.partners.map(({ partner, score }) => [partner.id, score])).to.deep.equal(
        after.map(({ id, score }) => [id, score]),
      );
    }
    const idsBefore = new Map(before.map((list) => [list.sme, list.suggestions.map((one) => one.partner)]));
    const moved = (await matcher().lists()).filter(
      (list) =>
        JSON.stringify(list.suggestions.map((one) => one.partner)) !==
        JSON.stringify(idsBefore.get(list.sme)),
    );
    expect(preview.listsChanged + preview.listsReordered).to.equal(moved.length);
  });

  it('saved by two at once on the same version: one gets 201, the other 409 with the name of who was faster', async () => {
    const { version } = await current();
    const save = (person: SignedIn, reach: number) =>
      person.agent
        .post('/api/v1/weights')
        .send({ baseVersion: version, values: { ...DEFAULT_WEIGHTS, reach } });
    const replies = await Promise.all([save(staff, 11), save(other, 12)]);
    expect(replies.map(({ status }) => status).toSorted()).to.deep.equal([201, 409]);
    const winner = await current();
    expect(winner.version).to.equal(version + 1);
    const loser = replies.find(({ status }) => status === 409);
    expect((loser?.body as { detail: string }).detail).to.include(winner.by);
  });

  it('undone: the values of the version before come back as a new version; history keeps all', async () => {
    const { version, values } = await current();
    const undo = await other.agent.post('/api/v1/weights/undo').send({ baseVersion: version }).expect(201);
    expect(undo.body).to.deep.include({
      version: version + 1,
      values: WORDS,
      by: 'Bruno',
      undoOf: version - 1,
    });
    const again = await staff.agent
      .post('/api/v1/weights/undo')
      .send({ baseVersion: version + 1 })
      .expect(201);
    expect((again.body as WeightsView).values).to.deep.equal(values);
    await staff.agent.post('/api/v1/weights/undo').send({ baseVersion: version }).expect(409);
    const history = await staff.agent.get('/api/v1/weights/history?limit=2').expect(200);
    const { items, total, next } = history.body as { items: WeightsView[]; total: number; next: string };
    expect(items.map((item) => item.version)).to.deep.equal([version + 2, version + 1]);
    expect(total).to.equal(version + 2);
    const rest = await staff.agent.get(`/api/v1/weights/history?cursor=${next}`).expect(200);
    expect((rest.body as { items: WeightsView[] }).items.at(-1)?.version).to.equal(1);
  });

  it('are refused where they are not whole numbers from 0 to 100, or all 0', async () => {
    const { version } = await current();
    for (const wrong of [{ reach: -1 }, { reach: 101 }, { reach: 1.5 }, { reach: '7' }, { luck: 1 }]) {
      const values = { ...DEFAULT_WEIGHTS, ...wrong };
      await staff.agent.post('/api/v1/weights').send({ baseVersion: version, values }).expect(400);
      await staff.agent.post('/api/v1/weights/preview').send({ values }).expect(400);
    }
    const zero = Object.fromEntries(Object.keys(DEFAULT_WEIGHTS).map((factor) => [factor, 0]));
    await staff.agent.post('/api/v1/weights').send({ baseVersion: version, values: zero }).expect(400);
    expect((await current()).version).to.equal(version);
  });

  it('are seen by everybody signed in and changed by staff only', async () => {
    const { agent } = await app.signInAs('sme', { smeId: ids[0] ?? '' });
    await agent.get('/api/v1/weights').expect(200);
    await agent.get('/api/v1/weights/history').expect(403);
    await agent.post('/api/v1/weights').send({ baseVersion: 1, values: WORDS }).expect(403);
    await agent.post('/api/v1/weights/preview').send({ values: WORDS }).expect(403);
  });

  it('stop a preview whose client went away, or that a newer one replaces', async () => {
    const cookie = await cookieOf(staff, app);
    const body = JSON.stringify({ values: WORDS });
    const headers = { cookie, 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' };
    const gone = request(`${app.url}/api/v1/weights/preview`, { method: 'POST', headers });
    const closed = new Promise((resolve) => gone.once('close', resolve));
    gone.on('error', () => undefined);
    gone.end(body, () => gone.destroy());
    await closed;
    const replies = await Promise.all([
      staff.agent.post('/api/v1/weights/preview').send({ values: WORDS }),
      staff.agent.post('/api/v1/weights/preview').send({ values: DEFAULT_WEIGHTS }),
    ]);
    expect(replies.map(({ status }) => status).every((status) => status === 200 || status === 409)).to.equal(
      true,
    );
    expect(replies.some(({ status }) => status === 200)).to.equal(true);
    await matcher().profilesChanged([ids[0] ?? ''], 'pool');
    await until(() => !matcher().status().busy);
  });
});
