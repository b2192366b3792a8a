import { expect } from 'chai';
import type TestAgent from 'supertest/lib/agent.js';
import type { SolutionPageView } from '../../../server/mapping/schema.ts';
import type { SmeView } from '../../../server/smes/schema.ts';
import type { UseCaseView } from '../../../server/use-cases/schema.ts';
import { startTestApp, type SignedIn, type TestApp } from '../../support/app.ts';

describe('use case routes', () => {
  let app: TestApp;
  let staff: SignedIn;
  let teller: SignedIn;
  let stranger: SignedIn;
  let guestSme: SignedIn;
  let member: SmeView;
  let guest: SmeView;
  let told = 0;

  async function register(clusterId: string, name: string): Promise<SmeView> {
    const profile = { name, country: 'DK', solutions: [{ title: `${name} radar` }] };
    return (await staff.agent.post('/api/v1/smes').send({ clusterId, profile }).expect(201)).body as SmeView;
  }
  const refOf = (sme: SmeView) => ({ smeId: sme.id, solutionId: sme.solutions[0]?.id ?? '' });
  const input = (overrides: Record<string, unknown> = {}) => ({
    title: `Harbour ${++told}`,
    problem: 'Drones over the quay.',
    done: 'Radar was put up.',
    result: 'No drone unseen.',
    field: 'protection_public_spaces',
    solutions: [refOf(member), refOf(guest)],
    ...overrides,
  });
  async function tell(overrides: Record<string, unknown> = {}): Promise<UseCaseView> {
    return (await teller.agent.post('/api/v1/use-cases').send(input(overrides)).expect(201))
      .body as UseCaseView;
  }
  const read = async (agent: TestAgent, id: string): Promise<UseCaseView> =>
    (await agent.get(`/api/v1/use-cases/${id}`).expect(200)).body as UseCaseView;
  const companies = ({ solutions }: UseCaseView): string[] => solutions.map(({ company }) => company);

  before(async () => {
    app = await startTestApp();
    staff = await app.signInAs('staff');
    teller = await app.signInAs('cluster', { clusterId: 'censec' });
    stranger = await app.signInAs('cluster', { clusterId: 'lsec' });
    member = await register('censec', 'Member ApS');
    guest = await register('lsec', 'Guest NV');
    guestSme = await app.signInAs('sme', { smeId: guest.id });
  });
  after(() => app.stop());

  it('name the members of the cluster at once, and others only after they agreed', async () => {
    const { id } = await tell();
    expect(companies(await read(stranger.agent, id))).to.deep.equal(['Member ApS']);
    const mail = (await app.mails()).findLast(({ to }) => to === guestSme.email);
    expect(mail?.text).to.contain(`/use-cases/${id}`);
    const asked = (await read(guestSme.agent, id)).asked;
    expect(asked?.map(({ consent }) => consent)).to.deep.equal(['asked']);
    const list = await guestSme.agent.get('/api/v1/use-cases?show=asked').expect(200);
    expect((list.body as { total: number }).total).to.equal(1);

    const answer = { ...refOf(guest), answer: 'given' };
    await guestSme.agent.post(`/api/v1/use-cases/${id}/consent`).send(answer).expect(200);
    expect(companies(await read(stranger.agent, id))).to.deep.equal(['Member ApS', 'Guest NV']);
    const { smeId, solutionId } = refOf(guest);
    const page = await staff.agent.get(`/api/v1/mapping/solutions/${smeId}/${solutionId}`).expect(200);
    expect((page.body as SolutionPageView).shownBy.map((one) => one.id)).to.deep.equal([id]);

    await guestSme.agent
      .post(`/api/v1/use-cases/${id}/consent`)
      .send({ ...answer, answer: 'refused' })
      .expect(200);
    expect(companies(await read(stranger.agent, id))).to.deep.equal(['Member ApS']);
  });

  it('take an answer from the company itself only', async () => {
    const { id } = await tell();
    const other = await app.signInAs('sme', { smeId: member.id });
    const answer = { ...refOf(guest), answer: 'given' };
    await other.agent.post(`/api/v1/use-cases/${id}/consent`).send(answer).expect(403);
    await teller.agent.post(`/api/v1/use-cases/${id}/consent`).send(answer).expect(403);
  });

  it('are changed by their cluster and staff, on the version that was read', async () => {
    const { id } = await tell();
    const change = { version: 1, useCase: input() };
    await stranger.agent.put(`/api/v1/use-cases/${id}`).send(change).expect(403);
    const both = await Promise.all([
      teller.agent.put(`/api/v1/use-cases/${id}`).send(change),
      staff.agent.put(`/api/v1/use-cases/${id}`).send(change),
    ]);
    expect(both.map(({ status }) => status).sort()).to.deep.equal([200, 412]);
  });

  it('make no second one of a second click', async () => {
    const body = input({ solutions: [] });
    const replies = await Promise.all([0, 1].map(() => teller.agent.post('/api/v1/use-cases').send(body)));
    expect(replies.map(({ status }) => status).sort()).to.deep.equal([201, 409]);
  });

  it('are taken down with a reason; what staff took down only staff put up again', async () => {
    const { id } = await tell();
    await staff.agent
      .post(`/api/v1/use-cases/${id}/withdrawal`)
      .send({ version: 1, reason: 'Names a customer.' })
      .expect(200);
    await stranger.agent.get(`/api/v1/use-cases/${id}`).expect(404);
    expect((await read(teller.agent, id)).reason).to.equal('Names a customer.');
    await teller.agent.post(`/api/v1/use-cases/${id}/publication`).send({ version: 2 }).expect(403);
    await staff.agent.post(`/api/v1/use-cases/${id}/publication`).send({ version: 2 }).expect(200);
    expect((await read(stranger.agent, id)).state).to.equal('published');
  });

  it('refuse what is no solution and no field, by name', async () => {
    const wrong = [
      { solutions: [{ smeId: 'nobody', solutionId: 'x' }] },
      { field: 'energy' },
      { link: 'javascript:alert(1)' },
    ];
    for (const fault of wrong) await teller.agent.post('/api/v1/use-cases').send(input(fault)).expect(400);
    await guestSme.agent.post('/api/v1/use-cases').send(input()).expect(403);
    await stranger.agent.get('/api/v1/use-cases?show=withdrawn').expect(403);
  });

  it('forget an SME that withdraws, and the audit log says the same as the database', async () => {
    const leaving = await register('lsec', 'Leaving NV');
    const { id } = await tell({ solutions: [refOf(leaving), refOf(member)] });
    await staff.agent.delete(`/api/v1/smes/${leaving.id}`).expect(204);
    expect((await read(teller.agent, id)).own?.named.map(({ company }) => company)).to.deep.equal([
      'Member ApS',
    ]);

    const source = app.tandem.services.audited.find(({ kind }) => kind === 'use-case');
    const states = await source?.states();
    const last = await app.storage.storage.connection
      .collection<{ _id: string; thingId: string; after: string }>('audit')
      .find({ kind: 'use-case' })
      .sort({ seq: 1 })
      .toArray();
    const logged = new Map(last.map(({ thingId, after }) => [thingId, JSON.parse(after) as unknown]));
    expect(logged.size).to.be.greaterThan(3);
    expect(Object.fromEntries(states ?? [])).to.deep.equal(Object.fromEntries(logged));
  });
});
