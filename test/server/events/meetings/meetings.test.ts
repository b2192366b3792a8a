import { expect } from 'chai';
import { startTestApp, type SignedIn, type TestApp } from '../../../support/app.ts';
import { connectLive } from '../../../support/matchmaking.ts';
import { companies, StaffDesk, type Company } from '../../../support/event.ts';
import { until } from '../../../support/until.ts';

describe('rounds and meetings', () => {
  let app: TestApp;
  let staff: SignedIn;
  let people: Company[];
  const at = (index: number): Company => people[index] as Company; // made in before()

  const meetingId = async (desk: StaffDesk, who: Company, round: number): Promise<string> =>
    (await desk.mine(who)).rounds[round - 1]?.meeting?.id ?? '';
  const feedback = (desk: StaffDesk, who: Company, id: string, answer: string) =>
    who.agent.post(`${desk.path}/meetings/${id}/feedback`).send({ answer });

  before(async function () {
    this.timeout(60_000);
    app = await startTestApp();
    staff = await app.signInAs('staff');
    people = await companies(app, staff, 6);
  });
  after(() => app.stop());

  it('begin by hand, in order, one at a time, and only while the event is open', async () => {
    const desk = await StaffDesk.open(app, staff);
    const start = (round: number) => staff.agent.post(`${desk.path}/rounds/${round}/start`).send({});
    await start(1).expect(409);
    await desk.agree(at(0), at(1), 1);
    await desk.agree(at(0), at(2), 2);
    await start(2).expect(409);
    await desk.act('pause');
    await start(1).expect(409);
    await desk.act('resume');
    const view = await desk.startRound(1);
    expect(view.runningRound).to.equal(1);
    await start(2).expect(409);
    await start(9).expect(404);
    expect((await desk.mine(at(0))).rounds[0]?.meeting?.state).to.equal('running');
  });

  it('end by the clock at the minute that was told', async () => {
    const desk = await StaffDesk.open(app, staff);
    await desk.agree(at(0), at(1), 1);
    const { rounds } = await desk.startRound(1);
    const endsAt = Date.parse(rounds[0]?.endsAt ?? '');
    expect(endsAt - app.clock().getTime()).to.equal(20 * 60_000);
    app.clock.advance(19 * 60_000);
    await app.tandem.services.events.look();
    expect((await desk.view()).runningRound).to.equal(1);
    app.clock.advance(60_000);
    await app.tandem.services.events.look();
    const over = await desk.view();
    expect(over.runningRound).to.equal(null);
    expect(over.rounds[0]).to.include({ state: 'done', endsAt: new Date(endsAt).toISOString() });
  });

  it('end with the event', async () => {
    const desk = await StaffDesk.open(app, staff);
    await desk.agree(at(0), at(1), 1);
    await desk.startRound(1);
    await desk.act('end');
    await desk.settled();
    expect((await desk.view()).rounds[0]?.state).to.equal('done');
  });

  it('can be moved by either side to a round that has not begun, keeping their name', async () => {
    const desk = await StaffDesk.open(app, staff);
    await desk.agree(at(0), at(1), 1);
    const phone = await connectLive(app, at(1));
    const id = await meetingId(desk, at(0), 1);
    const move = (who: Company, round: number) =>
      who.agent.post(`${desk.path}/meetings/${id}/reschedule`).send({ round });
    await move(at(2), 3).expect(403);
    const moved = await move(at(0), 3).expect(200);
    expect(moved.body).to.include({ id, round: 3 });
    expect(await meetingId(desk, at(1), 3)).to.equal(id);
    expect(await meetingId(desk, at(1), 1)).to.equal('');
    await until(() => Promise.resolve(phone.events.filter(({ kind }) => kind === 'meeting').length === 2));
    const sentences = phone.events.flatMap((event) => (event.kind === 'meeting' ? event.sentence : []));
    expect(sentences).to.deep.equal([
      'Your meeting with Company 0 in round 1 is off, as Company 0 asked for it.',
      'In round 3 you meet Company 0 at table 1, as Company 0 asked for it.',
    ]);
    await desk.agree(at(1), at(2), 2);
    await move(at(0), 2).expect(409);
    phone.close();
  });

  it('are answered once they have begun, by the two who meet', async () => {
    const desk = await StaffDesk.open(app, staff);
    await desk.agree(at(0), at(1), 1);
    const id = await meetingId(desk, at(0), 1);
    await feedback(desk, at(0), id, 'interesting').expect(409);
    await desk.startRound(1);
    await feedback(desk, at(2), id, 'interesting').expect(403);
    const reply = await feedback(desk, at(0), id, 'interesting').expect(200);
    expect(reply.body).to.include({ myFeedback: 'interesting' });
    const other = (await desk.mine(at(1))).rounds[0]?.meeting;
    expect(other).to.have.property('myFeedback', null);
  });

  it('begin a consortium when both want to go on', async () => {
    const desk = await StaffDesk.open(app, staff);
    await desk.agree(at(0), at(1), 1);
    const id = await meetingId(desk, at(0), 1);
    await desk.startRound(1);
    const first = await feedback(desk, at(0), id, 'we-want-this').expect(200);
    expect(first.body).to.have.property('consortiumId', null);
    const second = await feedback(desk, at(1), id, 'we-want-this').expect(200);
    expect(second.body).to.have.property('consortiumId').that.is.a('string');
  });

  it('are off when the other one does not come', async () => {
    const desk = await StaffDesk.open(app, staff);
    await desk.agree(at(0), at(1), 1);
    const id = await meetingId(desk, at(0), 1);
    const report = (who: SignedIn, body: object = {}) =>
      who.agent.post(`${desk.path}/meetings/${id}/no-show`).send(body);
    await report(at(0)).expect(409);
    await desk.startRound(1);
    await report(at(2)).expect(403);
    await report(staff).expect(400);
    await report(at(0)).expect(204);
    await report(at(0)).expect(409);
    expect((await desk.mine(at(0))).rounds[0]?.meeting?.state).to.equal('broken');
  });

  it('show the contact of the partner once both agreed, at events that say so, and to nobody else', async () => {
    const sealed = await StaffDesk.open(app, staff);
    await sealed.agree(at(0), at(1), 1);
    const contact = (desk: StaffDesk, who: Company, id: string) =>
      who.agent.get(`${desk.path}/meetings/${id}/contact`);
    await contact(sealed, at(0), await meetingId(sealed, at(0), 1)).expect(409);
    const open = await StaffDesk.open(app, staff, { contactsAt: 'agreed-meeting' });
    await open.agree(at(0), at(1), 1);
    const id = await meetingId(open, at(0), 1);
    const reply = await contact(open, at(0), id).expect(200);
    expect(reply.body).to.have.keys('name', 'email', 'phone');
    await contact(open, at(2), id).expect(403);
  });

  it('take wishes, a bounded number of which must be met, private to the SME and staff', async () => {
    const desk = await StaffDesk.open(app, staff);
    const path = `${desk.path}/wishes`;
    await at(0)
      .agent.put(path)
      .send({ partnerId: at(1).smeId, wish: 'must-meet' })
      .expect(200);
    await at(0)
      .agent.put(path)
      .send({ partnerId: at(1).smeId, wish: 'would-like' })
      .expect(200);
    const { wishes } = await desk.mine(at(0));
    expect(wishes.map(({ partner, wish }) => [partner.id, wish])).to.deep.equal([
      [at(1).smeId, 'would-like'],
    ]);
    await at(1)
      .agent.get(`${path}?smeId=${at(0).smeId}`)
      .expect(403);
    await staff.agent.get(`${path}?smeId=${at(0).smeId}`).expect(200);
    await staff.agent.get(path).expect(400);
    await at(0)
      .agent.delete(`${path}/${at(1).smeId}`)
      .expect(204);
    await at(0)
      .agent.delete(`${path}/${at(1).smeId}`)
      .expect(404);
  });
});
