import { expect } from 'chai';
import type { EventView } from '../../../server/events/schema.ts';
import type { Page } from '../../../server/http/schema.ts';
import { startTestApp, type SignedIn, type TestApp } from '../../support/app.ts';
import { connectLive } from '../../support/matchmaking.ts';
import { companies, eventInput, StaffDesk, type Company } from '../../support/event.ts';
import { until } from '../../support/until.ts';

describe('events', () => {
  let app: TestApp;
  let staff: SignedIn;
  let people: Company[];
  const at = (index: number): Company => people[index] as Company; // made in before()

  before(async function () {
    this.timeout(60_000);
    app = await startTestApp();
    staff = await app.signInAs('staff', { name: 'Olga Staff' });
    people = await companies(app, staff, 4);
  });
  after(() => app.stop());

  it('go from a draft to the end by the actions that each state allows, and by no other', async () => {
    const desk = await StaffDesk.open(app, staff, {}, []);
    expect((await desk.view()).actions).to.deep.equal(['publish', 'cancel']);
    const refused = await staff.agent.post(`${desk.path}/actions`).send({ action: 'open' }).expect(409);
    expect(refused.body).to.have.property('detail').that.includes('publish, cancel');
    for (const [action, state] of [
      ['publish', 'published'],
      ['open', 'open'],
      ['pause', 'paused'],
      ['resume', 'open'],
      ['end', 'ended'],
    ] as const) {
      expect((await desk.act(action)).state).to.equal(state);
    }
    expect((await desk.view()).actions).to.deep.equal([]);
    await staff.agent.post(`${desk.path}/broadcast`).send({ text: 'Hello' }).expect(409);
  });

  it('record who did what', async () => {
    const desk = await StaffDesk.open(app, staff);
    await staff.agent.post(`${desk.path}/delay`).send({ minutes: 10 }).expect(200);
    const history = await staff.agent.get(`${desk.path}/history`).expect(200);
    const { items } = history.body as Page<{ what: string; by: string }>;
    expect(items.map(({ what }) => what)).to.have.members([
      'Created',
      'Published: draft → published',
      'Doors opened: published → open',
      'Delay in minutes: 0 → 10',
    ]);
    expect(items.every(({ by }) => by === 'Olga Staff')).to.equal(true);
  });

  it('are seen by those who are invited, drafts by staff alone, and who is invited by staff alone', async () => {
    const invited = { all: false, clusterIds: [], countries: [], smeIds: [at(0).smeId] };
    const desk = await StaffDesk.open(app, staff, { invited }, []);
    await at(0).agent.get(desk.path).expect(404);
    await desk.act('publish');
    const seen = (await at(0).agent.get(desk.path).expect(200)).body as EventView;
    expect(seen.invited.smeIds).to.deep.equal([]);
    expect(seen.actions).to.deep.equal([]);
    await at(1).agent.get(desk.path).expect(404);
    const list = (await at(1).agent.get('/api/v1/events').expect(200)).body as Page<EventView>;
    expect(list.items.map(({ id }) => id)).not.to.include(desk.id);
    const of = async (smeId: string): Promise<string[]> => {
      const reply = await at(0).agent.get('/api/v1/events').query({ smeId }).expect(200);
      return (reply.body as Page<EventView>).items.map(({ id }) => id);
    };
    expect(await of(at(0).smeId)).to.include(desk.id);
    expect(await of(at(1).smeId), 'events that both are invited to').not.to.include(desk.id);
  });

  it('refuse a definition that speaks of what is not there, field by field', async () => {
    const input = eventInput(app.clock(), {
      invited: { all: false, clusterIds: ['nowhere'], countries: ['XX'], smeIds: ['nobody'] },
    });
    const reply = await staff.agent.post('/api/v1/events').send(input).expect(400);
    const { errors } = reply.body as { errors: { field: string }[] };
    expect(errors.map(({ field }) => field)).to.deep.equal([
      'invited.clusterIds.0',
      'invited.countries.0',
      'invited.smeIds.0',
    ]);
    await staff.agent
      .post('/api/v1/events')
      .send({ ...input, timeZone: 'Mars/Olympus' })
      .expect(400);
  });

  it('keep a change off that was made on an older version', async () => {
    const desk = await StaffDesk.open(app, staff, {}, []);
    const { version } = await desk.view();
    const event = eventInput(app.clock(), { name: 'Another name' });
    await staff.agent.put(desk.path).send({ version, event }).expect(200);
    await staff.agent.put(desk.path).send({ version, event }).expect(409);
    expect((await desk.view()).name).to.equal('Another name');
  });

  it('shift everything that is still to come by the delay', async () => {
    const desk = await StaffDesk.open(app, staff);
    const before = await desk.view();
    await staff.agent.post(`${desk.path}/delay`).send({ minutes: 7 }).expect(200);
    const after = await desk.view();
    for (const [index, round] of after.rounds.entries()) {
      const earlier = Date.parse(before.rounds[index]?.startsAt ?? '');
      expect(Date.parse(round.startsAt) - earlier).to.equal(7 * 60_000);
    }
  });

  it('tell a broadcast to the invited and to staff, each once', async () => {
    const desk = await StaffDesk.open(app, staff);
    const clients = await Promise.all([at(0), at(1), staff].map((person) => connectLive(app, person)));
    await staff.agent.post(`${desk.path}/broadcast`).send({ text: 'Lunch is served.' }).expect(200);
    await desk.settled();
    const texts = (index: number): string[] =>
      (clients[index]?.events ?? []).flatMap((event) =>
        event.kind === 'event' && event.change === 'broadcast' ? (event.text ?? []) : [],
      );
    await until(() => Promise.resolve([0, 1, 2].every((index) => texts(index).length > 0)));
    for (const index of [0, 1, 2]) expect(texts(index)).to.deep.equal(['Lunch is served.']);
    for (const client of clients) client.close();
  });
});
