import { expect } from 'chai';
import type { MeetingView, RequestView } from '../../../../server/events/schema.ts';
import type { Page } from '../../../../server/http/schema.ts';
import { startTestApp, type SignedIn, type TestApp } from '../../../support/app.ts';
import { connectLive } from '../../../support/matchmaking.ts';
import { companies, StaffDesk, type Company } from '../../../support/event.ts';
import { until } from '../../../support/until.ts';

describe('requests to meet', () => {
  let app: TestApp;
  let staff: SignedIn;
  let people: Company[];
  const at = (index: number): Company => people[index] as Company; // made in before()

  const ask = (desk: StaffDesk, from: Company, to: Company, round: number | null = null) =>
    from.agent.post(`${desk.path}/requests`).send({ partnerId: to.smeId, round });
  const answer = (desk: StaffDesk, who: Company, id: string, body: object) =>
    who.agent.post(`${desk.path}/requests/${id}/answer`).send(body);
  const asked = async (desk: StaffDesk, from: Company, to: Company, round: number | null = null) =>
    (await ask(desk, from, to, round).expect(201)).body as RequestView;

  before(async function () {
    this.timeout(60_000);
    app = await startTestApp();
    staff = await app.signInAs('staff');
    people = await companies(app, staff, 6);
  });
  after(() => app.stop());

  it('become a meeting of both in one round when accepted', async () => {
    const desk = await StaffDesk.open(app, staff);
    const round = await desk.agree(at(0), at(1));
    expect(round).to.equal(1);
    const [one, other] = [await desk.mine(at(0)), await desk.mine(at(1))];
    expect(one.rounds[0]?.meeting?.partner.id).to.equal(at(1).smeId);
    expect(other.rounds[0]?.meeting?.partner.id).to.equal(at(0).smeId);
    expect(one.rounds[0]?.meeting).to.include({ origin: 'agreed', state: 'planned', table: 1 });
    // What one may ask the other about, the other may tell.
    const asked = one.rounds[0]?.meeting?.talk.find((sentence) => sentence.startsWith('Ask '));
    const about = asked?.slice(asked.indexOf(' about '), asked.indexOf(':')) ?? 'nothing';
    const told = other.rounds[0]?.meeting?.talk.find((sentence) => sentence.startsWith('Tell '));
    expect(asked).to.include(`Ask ${one.rounds[0]?.meeting?.partner.name} about`);
    expect(told).to.include(about);
  });

  it('block nothing while they are pending', async () => {
    const desk = await StaffDesk.open(app, staff);
    await asked(desk, at(0), at(1), 1);
    expect(await desk.agree(at(1), at(2), 1)).to.equal(1);
  });

  it('are refused where the round is taken by then, and stay open', async () => {
    const desk = await StaffDesk.open(app, staff);
    const { id } = await asked(desk, at(0), at(1), 1);
    await desk.agree(at(1), at(2), 1);
    const reply = await answer(desk, at(1), id, { answer: 'accept' }).expect(409);
    expect(reply.body).to.have.property('code', 'slot-gone');
    expect((await desk.mine(at(0))).requests[0]?.state).to.equal('pending');
  });

  it('are pending once for a pair, whoever asks', async () => {
    const desk = await StaffDesk.open(app, staff);
    await asked(desk, at(0), at(1));
    await ask(desk, at(0), at(1)).expect(409);
    await ask(desk, at(1), at(0)).expect(409);
  });

  it('are answered by who was asked, withdrawn by who asked, once', async () => {
    const desk = await StaffDesk.open(app, staff);
    const { id } = await asked(desk, at(0), at(1));
    await answer(desk, at(0), id, { answer: 'accept' }).expect(403);
    await answer(desk, at(1), id, { answer: 'withdraw' }).expect(403);
    await answer(desk, at(2), id, { answer: 'accept' }).expect(403);
    await answer(desk, at(1), id, { answer: 'decline', reason: 'no-time' }).expect(200);
    await answer(desk, at(0), id, { answer: 'withdraw' }).expect(409);
    expect((await desk.mine(at(0))).requests[0]).to.include({ state: 'declined', reason: 'no-time' });
  });

  it('expire by the clock, and both sides hear of it once', async () => {
    const desk = await StaffDesk.open(app, staff, { requestMinutes: 10 });
    const phones = await Promise.all([at(2), at(3)].map((person) => connectLive(app, person)));
    const { id } = await asked(desk, at(2), at(3));
    await until(() =>
      Promise.resolve(phones.every(({ events }) => events.some(({ kind }) => kind === 'request'))),
    );
    app.clock.advance(11 * 60_000);
    await answer(desk, at(3), id, { answer: 'accept' }).expect(409);
    await app.tandem.services.events.look();
    await desk.settled();
    const states = (index: number): string[] =>
      (phones[index]?.events ?? []).flatMap((event) =>
        event.kind === 'request' && event.request?.id === id ? event.request.state : [],
      );
    await until(() => Promise.resolve([0, 1].every((index) => states(index).at(-1) === 'expired')));
    for (const index of [0, 1])
      expect(states(index).filter((state) => state === 'expired')).to.have.length(1);
    await ask(desk, at(3), at(2)).expect(201);
    for (const phone of phones) phone.close();
  });

  it('go only between those who take part, and not against a rule', async () => {
    const invited = { all: false, clusterIds: [], countries: [], smeIds: [at(0).smeId, at(1).smeId] };
    const desk = await StaffDesk.open(app, staff, { invited });
    await ask(desk, at(0), at(2)).expect(409);
    await ask(desk, at(0), at(0)).expect(400);
    const all = await StaffDesk.open(app, staff);
    await at(4)
      .agent.post(`/api/v1/smes/${at(4).smeId}/answers`)
      .send({ partnerId: at(5).smeId, answer: 'not-for-me', reason: 'competitor' })
      .expect(201);
    await until(async () => (await ask(all, at(5), at(4))).status === 409);
    const reply = await ask(all, at(5), at(4)).expect(409);
    expect(JSON.stringify(reply.body)).not.to.include('competitor');
  });

  it('that overlap and are accepted at once never put an SME into two meetings of a round', async function () {
    this.timeout(60_000);
    for (let time = 0; time < 5; time += 1) {
      const desk = await StaffDesk.open(app, staff);
      const pairs = [0, 1, 2, 3].flatMap((one) =>
        [0, 1, 2, 3].filter((other) => one < other).map((other) => [at(one), at(other)] as const),
      );
      const open = await Promise.all(
        pairs.map(async ([one, other]) => ({ other, id: (await asked(desk, one, other, 1)).id })),
      );
      const replies = await Promise.all(
        open.map(({ other, id }) => answer(desk, other, id, { answer: 'accept' })),
      );
      const accepted = replies.filter(({ status }) => status === 200).length;
      expect(accepted).to.be.within(1, 2);
      expect(replies.every(({ status }) => status === 200 || status === 409)).to.equal(true);
      const list = await staff.agent.get(`${desk.path}/meetings?limit=100`).expect(200);
      const meetings = (list.body as Page<MeetingView>).items.filter(({ state }) => state !== 'broken');
      const seated = meetings.flatMap(({ a, b }) => [a.id, b.id]);
      expect(new Set(seated).size).to.equal(seated.length);
      expect(meetings).to.have.length(accepted);
      expect(new Set(meetings.map(({ table }) => table)).size).to.equal(meetings.length);
    }
  });
});
