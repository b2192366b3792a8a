import { expect } from 'chai';
import type { DraftView, MeetingView, MyEvent, RoomView } from '../../../../server/events/schema.ts';
import type { Page } from '../../../../server/http/schema.ts';
import { startTestApp, type SignedIn, type TestApp } from '../../../support/app.ts';
import { connectLive } from '../../../support/matchmaking.ts';
import { companies, StaffDesk, type Company } from '../../../support/event.ts';
import { until } from '../../../support/until.ts';

const SMES = 12;

describe('the plan of an event', () => {
  let app: TestApp;
  let staff: SignedIn;
  let people: Company[];
  const at = (index: number): Company => people[index] as Company; // made in before()

  const make = async (desk: StaffDesk, body: object = {}): Promise<DraftView> =>
    (await staff.agent.post(`${desk.path}/plan`).send(body).expect(200)).body as DraftView;
  const edit = (desk: StaffDesk, body: object) => staff.agent.post(`${desk.path}/plan/edits`).send(body);
  const publish = (desk: StaffDesk, version: number) =>
    staff.agent.post(`${desk.path}/plan/publish`).send({ version });
  const meetings = async (desk: StaffDesk, query = ''): Promise<MeetingView[]> =>
    ((await staff.agent.get(`${desk.path}/meetings?limit=100${query}`).expect(200)).body as Page<MeetingView>)
      .items;
  const standing = async (desk: StaffDesk): Promise<MeetingView[]> =>
    (await meetings(desk)).filter(({ state }) => state !== 'broken');
  const pairOf = ({ a, b }: MeetingView): string => [a.id, b.id].toSorted().join();

  /** What must hold of every plan. */
  function expectSound(all: readonly MeetingView[]): void {
    for (const round of new Set(all.map((meeting) => meeting.round))) {
      const own = all.filter((meeting) => meeting.round === round);
      const seats = own.flatMap(({ a, b }) => [a.id, b.id]);
      expect(new Set(seats).size, `seats of round ${round}`).to.equal(seats.length);
      expect(new Set(own.map(({ table }) => table)).size).to.equal(own.length);
    }
    expect(new Set(all.map(pairOf)).size, 'pairs').to.equal(all.length);
    expect(all.every(({ a, b }) => a.country !== b.country)).to.equal(true);
  }

  async function published(desk: StaffDesk, body: object = {}): Promise<MeetingView[]> {
    const draft = await make(desk, body);
    await publish(desk, draft.version).expect(200);
    await desk.settled();
    return standing(desk);
  }

  async function allHere(desk: StaffDesk, which: readonly Company[] = people): Promise<void> {
    await Promise.all(which.map((company) => desk.checkIn(company)));
    await desk.settled();
  }

  before(async function () {
    this.timeout(60_000);
    app = await startTestApp();
    staff = await app.signInAs('staff');
    people = await companies(app, staff, SMES);
  });
  after(() => app.stop());

  it('gives everybody a meeting in each round, nobody the same partner twice, and says how good it is', async () => {
    const desk = await StaffDesk.open(app, staff);
    const draft = await make(desk);
    expect(draft).to.include({ meetings: (SMES / 2) * 3, version: 1 });
    expect(draft.total).to.be.within(0, draft.bound);
    expect(draft.alone).to.deep.equal([]);
    expect(draft.changes).to.deep.equal({ kept: 0, lost: 0, gained: draft.meetings });
    expect(draft.byCountry.reduce((sum, { smes }) => sum + smes, 0)).to.equal(SMES);
    expect(await meetings(desk)).to.deep.equal([]);
    expectSound(await meetings(desk, '&draft=true'));
    expect((await desk.mine(at(0))).rounds.every(({ meeting }) => meeting === null)).to.equal(true);
  });

  it('is everybody’s once it is published, and everybody is told once', async () => {
    const desk = await StaffDesk.open(app, staff);
    const phone = await connectLive(app, at(0));
    const plan = await published(desk);
    expectSound(plan);
    expect((await desk.view()).rounds.every((round) => round.published)).to.equal(true);
    expect((await desk.mine(at(0))).rounds.every(({ meeting }) => meeting !== null)).to.equal(true);
    await until(() =>
      Promise.resolve(phone.events.some((event) => event.kind === 'event' && event.change === 'plan')),
    );
    expect(phone.events.filter((event) => event.kind === 'event' && event.change === 'plan')).to.have.length(
      1,
    );
    await staff.agent.get(`${desk.path}/plan`).expect(404);
    phone.close();
  });

  it('is published as it was looked at, or not at all', async () => {
    const desk = await StaffDesk.open(app, staff);
    const draft = await make(desk);
    await make(desk);
    await publish(desk, draft.version).expect(409);
    await staff.agent.delete(`${desk.path}/plan`).expect(204);
    await publish(desk, draft.version + 1).expect(404);
  });

  it('puts wishes first that must be met', async () => {
    const desk = await StaffDesk.open(app, staff);
    await at(0)
      .agent.put(`${desk.path}/wishes`)
      .send({ partnerId: at(1).smeId, wish: 'must-meet' })
      .expect(200);
    const draft = await make(desk);
    expect(draft.wishes).to.deep.equal({ met: 1, notMet: [] });
    const pairs = (await meetings(desk, '&draft=true')).map(pairOf);
    expect(pairs).to.include([at(0).smeId, at(1).smeId].toSorted().join());
  });

  it('can be changed by hand: a pair pinned, moved and ruled out, and the rest planned around it', async () => {
    const desk = await StaffDesk.open(app, staff);
    await published(desk);
    const [a, b] = [at(0).smeId, at(1).smeId];
    await edit(desk, { edit: 'pin', round: 2, a, b }).expect(200);
    const pinned = (await meetings(desk, '&draft=true')).filter(
      (meeting) => pairOf(meeting) === [a, b].toSorted().join(),
    );
    expect(pinned).to.have.length(1);
    expect(pinned[0]).to.include({ round: 2, pinned: true });
    await edit(desk, { edit: 'move', meetingId: pinned[0]?.id, toRound: 3 }).expect(200);
    const moved = (await meetings(desk, '&draft=true')).find(({ id }) => id === pinned[0]?.id);
    expect(moved).to.include({ round: 3, pinned: true });
    expectSound(await meetings(desk, '&draft=true'));
    const draft = (await edit(desk, { edit: 'forbid', a, b }).expect(200)).body as DraftView;
    await publish(desk, draft.version).expect(200);
    await desk.settled();
    const after = await standing(desk);
    expectSound(after);
    expect(after.map(pairOf)).not.to.include([a, b].toSorted().join());
  });

  it('refuses by name what no rule allows', async () => {
    const desk = await StaffDesk.open(app, staff);
    const same = await edit(desk, { edit: 'pin', round: 1, a: at(0).smeId, b: at(6).smeId }).expect(409);
    expect(same.body).to.have.property('code', 'cannot-plan');
    await edit(desk, { edit: 'pin', round: 9, a: at(0).smeId, b: at(1).smeId }).expect(409);
    await edit(desk, { edit: 'pin', round: 1, a: at(0).smeId, b: at(0).smeId }).expect(409);
    await edit(desk, { edit: 'unpin', meetingId: 'nobody' }).expect(404);
    await staff.agent
      .post(`${desk.path}/plan`)
      .send({ rounds: [7] })
      .expect(400);
  });

  it('stands around what was agreed on since the draft was made', async () => {
    const desk = await StaffDesk.open(app, staff);
    const draft = await make(desk);
    const round = await desk.agree(at(2), at(3), 1);
    await publish(desk, draft.version).expect(200);
    await desk.settled();
    const after = await standing(desk);
    expectSound(after);
    const agreed = after.find((meeting) => pairOf(meeting) === [at(2).smeId, at(3).smeId].toSorted().join());
    expect(agreed).to.include({ round, origin: 'agreed', pinned: true });
  });

  it('is repaired when somebody leaves: few others change, and both sides hear why', async () => {
    const desk = await StaffDesk.open(app, staff);
    await allHere(desk);
    const before = await published(desk);
    const gone = before[0]?.a.id ?? '';
    const left = people.find(({ smeId }) => smeId === gone) as Company;
    const partners = before.filter(({ a, b }) => a.id === gone || b.id === gone);
    const partner = partners[0]?.b.id ?? '';
    const phone = await connectLive(app, people.find(({ smeId }) => smeId === partner) as Company);
    await left.agent.put(`${desk.path}/participants/${gone}`).send({ state: 'left' }).expect(200);
    await desk.settled();
    const after = await standing(desk);
    expectSound(after);
    expect(after.some(({ a, b }) => a.id === gone || b.id === gone)).to.equal(false);
    const kept = new Set(after.map(({ id, round }) => `${id} ${round}`));
    const lost = before.filter(({ id, round }) => !kept.has(`${id} ${round}`));
    expect(lost.length - partners.length).to.be.at.most(partners.length * 2);
    await until(() => Promise.resolve(phone.events.some(({ kind }) => kind === 'meeting')));
    const sentences = phone.events.flatMap((event) => (event.kind === 'meeting' ? event.sentence : []));
    expect(sentences.every((sentence) => /, as Company \d+ has left\.$/.test(sentence))).to.equal(true);
    phone.close();
  });

  it('is repaired also when somebody leaves who was never heard of before', async () => {
    const desk = await StaffDesk.open(app, staff);
    const before = await published(desk);
    const gone = people.find(({ smeId }) => smeId === before[0]?.a.id) as Company;
    await gone.agent.put(`${desk.path}/participants/${gone.smeId}`).send({ state: 'left' }).expect(200);
    await desk.settled();
    const after = await standing(desk);
    expectSound(after);
    expect(after.some(({ a, b }) => a.id === gone.smeId || b.id === gone.smeId)).to.equal(false);
  });

  it('drops a pair that a rule forbids by now, and tells nobody whose doing it was', async () => {
    const desk = await StaffDesk.open(app, staff);
    await allHere(desk);
    const before = await published(desk);
    const last = before.find(({ round }) => round === 3);
    const who = people.find(({ smeId }) => smeId === last?.a.id) as Company;
    const partner = people.find(({ smeId }) => smeId === last?.b.id) as Company;
    const phone = await connectLive(app, partner);
    const answers = `/api/v1/smes/${who.smeId}/answers`;
    await who.agent
      .post(answers)
      .send({ partnerId: partner.smeId, answer: 'not-for-me', reason: 'competitor' })
      .expect(201);
    await until(async () => !(await standing(desk)).some(({ id }) => id === last?.id));
    expectSound(await standing(desk));
    await until(() => Promise.resolve(phone.events.some(({ kind }) => kind === 'meeting')));
    const sentences = phone.events.flatMap((event) => (event.kind === 'meeting' ? event.sentence : []));
    expect(sentences.every((sentence) => sentence.endsWith(', as the plan was repaired.'))).to.equal(true);
    await who.agent.delete(`${answers}/${partner.smeId}`).expect(204);
    phone.close();
  });

  it('takes in who arrives late, from the next round on, and touches no running meeting', async () => {
    const desk = await StaffDesk.open(app, staff);
    const early = people.slice(0, SMES - 1);
    await allHere(desk, early);
    await published(desk, { who: 'here' });
    await desk.startRound(1);
    const running = (await standing(desk)).filter(({ round }) => round === 1);
    const late = at(SMES - 1);
    await desk.checkIn(late);
    await desk.settled();
    const after = await standing(desk);
    expectSound(after);
    const still = after.filter(({ round }) => round === 1).map(({ id }) => id);
    expect(still).to.include.members(running.map(({ id }) => id));
    const mine: MyEvent = await desk.mine(late);
    expect(mine.rounds.slice(1).every(({ meeting }) => meeting !== null)).to.equal(true);
    // Somebody sat out, as eleven is odd: the two meet now.
    expect(mine.rounds[0]?.meeting?.state).to.equal('running');
  });

  it('finds another partner for whoever sits alone because the other did not come', async () => {
    const desk = await StaffDesk.open(app, staff);
    await allHere(desk);
    await published(desk);
    await desk.startRound(1);
    const first = (await standing(desk)).filter(({ round }) => round === 1);
    const [one, two] = [first[0], first[1]];
    for (const meeting of [one, two]) {
      await staff.agent
        .post(`${desk.path}/meetings/${meeting?.id ?? ''}/no-show`)
        .send({ absentSmeId: meeting?.b.id })
        .expect(204);
    }
    await desk.settled();
    const after = (await standing(desk)).filter(({ round }) => round === 1);
    expectSound(await standing(desk));
    const waiting = [one?.a.id ?? '', two?.a.id ?? ''];
    const countries = [one?.a.country, two?.a.country];
    const seated = after.flatMap(({ a, b }) => [a.id, b.id]);
    if (countries[0] !== countries[1]) expect(seated).to.include.members(waiting);
    expect(seated).not.to.include.members([one?.b.id ?? '', two?.b.id ?? '']);
  });

  it('stays sound whatever comes at once', async function () {
    this.timeout(60_000);
    const desk = await StaffDesk.open(app, staff);
    await allHere(desk);
    await published(desk);
    const leave = (company: Company) =>
      company.agent.put(`${desk.path}/participants/${company.smeId}`).send({ state: 'left' });
    const ask = async (from: Company, to: Company): Promise<void> => {
      const asked = await from.agent.post(`${desk.path}/requests`).send({ partnerId: to.smeId, round: null });
      if (asked.status !== 201) return;
      const { id } = asked.body as { id: string };
      await to.agent.post(`${desk.path}/requests/${id}/answer`).send({ answer: 'accept' });
    };
    await Promise.all([
      leave(at(0)),
      leave(at(1)),
      ask(at(2), at(3)),
      ask(at(3), at(4)),
      ask(at(4), at(5)),
      desk.startRound(1),
      make(desk).then(({ version }) => publish(desk, version)),
      ask(at(6), at(7)),
      ask(at(8), at(3)),
    ]);
    await desk.settled();
    await desk.settled();
    const after = await standing(desk);
    expectSound(after);
    const ahead = after.filter(({ round }) => round > 1).flatMap(({ a, b }) => [a.id, b.id]);
    expect(ahead).not.to.include.members([at(0).smeId]);
    expect(ahead).not.to.include.members([at(1).smeId]);
  });

  it('shows each SME its best partners among those who are there, and follows arrivals', async () => {
    const desk = await StaffDesk.open(app, staff);
    const partners = async (who: Company) =>
      (await who.agent.get(`${desk.path}/partners`).expect(200)).body as {
        here: { partner: { id: string }; score: number }[];
        expected: { partner: { id: string } }[];
        advice: string | null;
      };
    expect((await partners(at(0))).advice).to.be.a('string');
    await desk.checkIn(at(0));
    await at(3)
      .agent.put(`${desk.path}/participants/${at(3).smeId}`)
      .send({ state: 'expected' })
      .expect(200);
    await desk.settled();
    const phone = await connectLive(app, at(0));
    await desk.checkIn(at(1));
    await until(() =>
      Promise.resolve(
        phone.events.some(
          (event) =>
            event.kind === 'event-partners' &&
            event.partners?.here.some(({ partner }) => partner.id === at(1).smeId),
        ),
      ),
    );
    const mine = await partners(at(0));
    expect(mine.here.map(({ partner }) => partner.id)).to.deep.equal([at(1).smeId]);
    expect(mine.expected.map(({ partner }) => partner.id)).to.deep.equal([at(3).smeId]);
    phone.close();
  });

  it('is on the projector: names and pairs, for a link that can be withdrawn', async () => {
    const desk = await StaffDesk.open(app, staff);
    await allHere(desk);
    await published(desk);
    const link = await staff.agent.post(`${desk.path}/displays`).send({ label: 'Hall 3' }).expect(201);
    const { id, url } = link.body as { id: string; url: string };
    const token = url.split('#')[1] ?? '';
    const visitor = app.agent();
    await visitor.get(`${desk.path}/room`).expect(401);
    await visitor.get(`${desk.path}/room?token=${'x'.repeat(43)}`).expect(404);
    await at(0).agent.get(`${desk.path}/room`).expect(404);
    const room = (await visitor.get(`${desk.path}/room?token=${token}`).expect(200)).body as RoomView;
    expect(room.counters).to.include({ here: SMES, countries: 6, meetings: 0 });
    expect(room.tables).to.have.length(SMES / 2);
    expect(Object.keys(room.tables[0]?.a ?? {})).to.deep.equal(['name', 'country']);
    for (const { smeId } of people) expect(JSON.stringify(room)).not.to.include(smeId);
    const list = await staff.agent.get(`${desk.path}/displays`).expect(200);
    expect(JSON.stringify(list.body)).not.to.include(token);
    await staff.agent.delete(`${desk.path}/displays/${id}`).expect(204);
    await visitor.get(`${desk.path}/room?token=${token}`).expect(404);
  });
});
