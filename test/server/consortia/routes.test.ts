import { expect } from 'chai';
import { loadCall } from '../../../server/calls/calls.ts';
import type { ConsortiumView } from '../../../server/consortia/schema.ts';
import type { Problem } from '../../../server/http/schema.ts';
import type { SmeView } from '../../../server/smes/schema.ts';
import type { PartnersView } from '../../../server/suggestions/schema.ts';
import { startTestApp, type SignedIn, type TestApp } from '../../support/app.ts';
import { connectLive, profileInput } from '../../support/matchmaking.ts';
import { until } from '../../support/until.ts';

describe('consortia over the API', () => {
  let app: TestApp;
  let staff: SignedIn;
  before(async () => {
    app = await startTestApp();
    staff = await app.signInAs('staff');
  });
  after(() => app.stop());

  async function register(number: number): Promise<SmeView> {
    const profile = profileInput(number, {
      declaration: { headcount: 9, turnoverEur: 1e6, balanceSheetEur: 1e6, links: [], date: '2026-01-01' },
    });
    const response = await staff.agent.post('/api/v1/smes').send({ clusterId: 'lsec', profile }).expect(201);
    return response.body as SmeView;
  }

  const listOf = async (smeId: string): Promise<PartnersView> =>
    (await staff.agent.get(`/api/v1/smes/${smeId}/partners`).expect(200)).body as PartnersView;
  const partnersOf = async (smeId: string): Promise<string[]> =>
    (await listOf(smeId)).partners.map(({ partner }) => partner.id);

  it('takes both out of the suggestions of everybody else, and tells all who are concerned', async () => {
    const smes = [];
    for (let number = 0; number < 4; number += 1) smes.push(await register(number));
    const [first, second, third] = smes;
    if (!first || !second || !third) throw new Error('There are four.');
    await until(async () => (await partnersOf(third.id)).includes(second.id));
    const [one, other] = [
      await app.signInAs('sme', { smeId: first.id }),
      await app.signInAs('sme', { smeId: second.id }),
    ];
    const cluster = await app.signInAs('cluster', { clusterId: 'lsec' });
    const live = await connectLive(app, cluster);

    const added = await staff.agent.post('/api/v1/consortia').send({ a: first.id, b: second.id }).expect(201);
    const proposed = added.body as ConsortiumView;
    const sideOf = (id: string): SmeView => (id === first.id ? first : second);
    const details = {
      instrumentId: loadCall().instruments[0]?.id,
      title: 'Infrared guards',
      solutionA: sideOf(proposed.a.id).solutions[0]?.id,
      solutionB: sideOf(proposed.b.id).solutions[0]?.id,
      leadSmeId: first.id,
    };
    const path = `/api/v1/consortia/${proposed.id}`;
    const changed = await one.agent.put(path).send({ version: proposed.version, details }).expect(200);
    const { version } = changed.body as ConsortiumView;
    await one.agent.post(`${path}/confirm`).send({ version }).expect(200);
    const last = await other.agent.post(`${path}/confirm`).send({ version }).expect(200);
    expect((last.body as ConsortiumView).state).to.equal('formed');

    await until(async () => !(await partnersOf(third.id)).includes(second.id));
    await until(async () => (await listOf(first.id)).inConsortium);
    expect((await listOf(first.id)).advice).to.match(/^You are in a consortium of /);
    expect(await listOf(third.id)).to.include({ inConsortium: false });
    await until(() => live.events.some((event) => event.kind === 'consortium' && event.state === 'formed'));
    live.close();

    const refused = await staff.agent
      .post('/api/v1/consortia')
      .send({ a: first.id, b: third.id })
      .expect(201);
    expect((refused.body as ConsortiumView).blockers.join(' ')).to.include(
      'already in a consortium of this call',
    );

    await one.agent.post(`${path}/leave`).send({ reason: 'Another plan' }).expect(200);
    await until(async () => (await partnersOf(third.id)).includes(second.id));
    await until(async () => !(await listOf(first.id)).inConsortium);
  });

  it('refuses what names nobody, with the field', async () => {
    const response = await staff.agent
      .post('/api/v1/consortia')
      .send({ a: 'nobody', b: 'noone' })
      .expect(400);
    expect((response.body as Problem).errors?.[0]?.field).to.equal('a');
    await staff.agent.get('/api/v1/consortia/nothing').expect(404);
  });
});
