import { expect } from 'chai';
import type { EventView, MyEvent } from '../../../server/events/schema.ts';
import { createTestClock, startTestApp, type SignedIn } from '../../support/app.ts';
import { connectLive } from '../../support/matchmaking.ts';
import { companies, StaffDesk, type Company } from '../../support/event.ts';
import { startTestStorage, type TestStorage } from '../../support/storage.ts';

/** Two servers, one after the other, on one database: what the first one leaves, the second one finishes. */
describe('an event over a restart', () => {
  let storage: TestStorage;
  beforeEach(async () => {
    storage = await startTestStorage();
  });
  afterEach(() => storage.stop());

  const collection = (name: string) => storage.storage.connection.collection<{ _id: string }>(name);

  it('ends a round whose time was over while no server ran', async function () {
    this.timeout(60_000);
    const clock = createTestClock();
    const first = await startTestApp({ storage, clock });
    const staff = await first.signInAs('staff');
    const [one, other] = (await companies(first, staff, 2)) as [Company, Company];
    const desk = await StaffDesk.open(first, staff);
    await desk.agree(one, other, 1);
    const { rounds } = await desk.startRound(1);
    await first.stop();
    clock.advance(25 * 60_000);
    const second = await startTestApp({ storage, clock });
    const again = await second.signInAs('staff');
    await second.tandem.services.events.look();
    const view = (await again.agent.get(desk.path).expect(200)).body as EventView;
    expect(view.rounds[0]).to.include({ state: 'done', endsAt: rounds[0]?.endsAt });
    await second.stop();
  });

  it('tells what was written but not told, once, and finishes an acceptance that was cut off', async function () {
    this.timeout(60_000);
    const clock = createTestClock();
    const first = await startTestApp({ storage, clock });
    const staff = await first.signInAs('staff');
    const [one, other] = (await companies(first, staff, 2)) as [Company, Company];
    const desk = await StaffDesk.open(first, staff);
    const reply = await one.agent.post(`${desk.path}/requests`).send({ partnerId: other.smeId }).expect(201);
    const { id } = reply.body as { id: string };
    await desk.settled();
    await first.stop();
    // As a process leaves it that was killed after it accepted and before it wrote the meeting or told anybody.
    await collection('eventRequests').updateOne(
      { _id: id },
      {
        $set: {
          state: 'accepted',
          settled: false,
          meetingId: 'claimed',
          openKey: id,
          version: 2,
          untold: true,
        },
      },
    );
    await collection('matchmakingEvents').updateOne({ _id: desk.id }, { $set: { told: 0 } });
    await collection('events').deleteMany({});
    const second = await startTestApp({ storage, clock });
    const phone: SignedIn = await second.signInAs('sme', { smeId: one.smeId });
    const mine = (await phone.agent.get(`${desk.path}/mine`).expect(200)).body as MyEvent;
    expect(mine.rounds[0]?.meeting).to.include({ id: 'claimed', state: 'planned', origin: 'agreed' });
    expect(mine.requests[0]?.state).to.equal('accepted');
    await second.stop();
    const third = await startTestApp({ storage, clock });
    const kinds = await collection('events').find({}).toArray();
    const told = kinds.map((event) => JSON.stringify(event));
    const keys = told.map((text) => /"key":"([^"]+)"/.exec(text)?.[1] ?? '');
    const about = (prefix: string): number => keys.filter((key) => key.startsWith(prefix)).length;
    // To the account of the one, to that of the other; and the event to both and to staff.
    expect(about(`request:${id}:2`)).to.equal(2);
    expect(about(`event:${desk.id}:`)).to.equal(3);
    await third.stop();
  });

  it('goes on with the lists and plans of an event that is open', async function () {
    this.timeout(60_000);
    const clock = createTestClock();
    const first = await startTestApp({ storage, clock });
    const staff = await first.signInAs('staff');
    const people = await companies(first, staff, 4);
    const desk = await StaffDesk.open(first, staff);
    for (const company of people) await desk.checkIn(company);
    await desk.settled();
    await first.stop();
    const second = await startTestApp({ storage, clock });
    const phone = await second.signInAs('sme', { smeId: people[0]?.smeId ?? '' });
    const live = await connectLive(second, phone);
    const reply = await phone.agent.get(`${desk.path}/partners`).expect(200);
    expect((reply.body as { here: unknown[] }).here).to.have.length(3);
    live.close();
    await second.stop();
  });
});
