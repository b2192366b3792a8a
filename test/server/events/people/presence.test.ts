import { expect } from 'chai';
import type { ParticipantView } from '../../../../server/events/schema.ts';
import type { Page } from '../../../../server/http/schema.ts';
import type { PresenceNews } from '../../../../server/live/protocol.ts';
import { startTestApp, type SignedIn, type TestApp } from '../../../support/app.ts';
import { connectLive } from '../../../support/matchmaking.ts';
import { companies, StaffDesk, type Company } from '../../../support/event.ts';
import { until } from '../../../support/until.ts';

describe('presence at an event', () => {
  let app: TestApp;
  let staff: SignedIn;
  let people: Company[];
  const at = (index: number): Company => people[index] as Company; // made in before()

  const put = (who: SignedIn, desk: StaffDesk, smeId: string, state: string) =>
    who.agent.put(`${desk.path}/participants/${smeId}`).send({ state });
  const participants = async (who: SignedIn, desk: StaffDesk, query = ''): Promise<ParticipantView[]> =>
    ((await who.agent.get(`${desk.path}/participants${query}`).expect(200)).body as Page<ParticipantView>)
      .items;
  const tokenOf = (url: string): string => url.split('#')[1] ?? '';
  const badges = async (desk: StaffDesk) =>
    (await staff.agent.get(`${desk.path}/badges`).expect(200)).body as Page<{
      sme: { id: string };
      checkInUrl: string;
      qrSvg: string;
    }>;

  before(async function () {
    this.timeout(60_000);
    app = await startTestApp();
    staff = await app.signInAs('staff');
    people = await companies(app, staff, 4);
  });
  after(() => app.stop());

  it('is said by the SME itself, and counted', async () => {
    const desk = await StaffDesk.open(app, staff);
    await put(at(0), desk, at(0).smeId, 'expected').expect(200);
    await put(at(1), desk, at(1).smeId, 'here').expect(200);
    await put(at(1), desk, at(1).smeId, 'here').expect(200);
    expect((await desk.view()).presence).to.deep.equal({ expected: 1, here: 1, left: 0 });
    const here = await participants(staff, desk, '?state=here');
    expect(here.map(({ sme }) => sme.id)).to.deep.equal([at(1).smeId]);
  });

  it('waits for the doors: nobody is here before they open', async () => {
    const desk = await StaffDesk.open(app, staff, {}, ['publish']);
    await put(at(0), desk, at(0).smeId, 'here').expect(409);
    await put(at(0), desk, at(0).smeId, 'expected').expect(200);
  });

  it('is nobody else’s to say: not another SME’s, not another cluster’s', async () => {
    const desk = await StaffDesk.open(app, staff);
    await put(at(0), desk, at(1).smeId, 'here').expect(403);
    const stranger = await app.signInAs('cluster', { clusterId: 'another-cluster' });
    await put(stranger, desk, at(1).smeId, 'expected').expect(403);
    expect(await participants(stranger, desk)).to.deep.equal([]);
  });

  it('may be said by the cluster for its members, but checking in is for those who are there', async () => {
    const card = (await staff.agent.get(`/api/v1/smes/${at(0).smeId}`).expect(200)).body as {
      clusterId: string;
    };
    const manager = await app.signInAs('cluster', { clusterId: card.clusterId });
    const desk = await StaffDesk.open(app, staff);
    await put(manager, desk, at(0).smeId, 'expected').expect(200);
    await put(manager, desk, at(0).smeId, 'here').expect(403);
    expect((await participants(manager, desk, '?state=expected')).map(({ sme }) => sme.id)).to.deep.equal([
      at(0).smeId,
    ]);
  });

  it('lets staff bring in somebody who was not invited', async () => {
    const invited = { all: false, clusterIds: [], countries: [], smeIds: [at(0).smeId] };
    const desk = await StaffDesk.open(app, staff, { invited });
    await put(at(1), desk, at(1).smeId, 'here').expect(404);
    await put(staff, desk, at(1).smeId, 'here').expect(200);
    await at(1).agent.get(desk.path).expect(200);
  });

  it('comes by badge, without signing in, as often as the badge is shown', async () => {
    const desk = await StaffDesk.open(app, staff);
    const [badge] = (await badges(desk)).items;
    const visitor = app.agent();
    const token = tokenOf(badge?.checkInUrl ?? '');
    for (let time = 0; time < 2; time += 1) {
      const reply = await visitor.post('/api/v1/check-ins').send({ token }).expect(200);
      expect(reply.body).to.include({ eventId: desk.id, eventName: 'Matchmaking in Brno' });
    }
    const here = await participants(staff, desk, '?state=here');
    expect(here.map(({ sme }) => sme.id)).to.deep.equal([badge?.sme.id]);
    await visitor
      .post('/api/v1/check-ins')
      .send({ token: 'x'.repeat(43) })
      .expect(410);
  });

  it('prints the same badges again, and each with a code of its own', async () => {
    const desk = await StaffDesk.open(app, staff);
    const first = (await badges(desk)).items;
    expect((await badges(desk)).items).to.deep.equal(first);
    expect(new Set(first.map(({ checkInUrl }) => checkInUrl)).size).to.equal(people.length);
    expect(first.every(({ qrSvg }) => qrSvg.startsWith('<svg '))).to.equal(true);
    const stored = await app.storage.storage.connection.collection('eventBadges').find().toArray();
    expect(JSON.stringify(stored)).not.to.include(tokenOf(first[0]?.checkInUrl ?? ''));
  });

  it('is told to staff, and to nobody else', async () => {
    const desk = await StaffDesk.open(app, staff);
    const [desktop, phone] = await Promise.all([connectLive(app, staff), connectLive(app, at(3))]);
    const news: PresenceNews[] = [];
    let leaked = 0;
    desktop.socket.on('presence', (item) => news.push(item));
    phone.socket.on('presence', () => (leaked += 1));
    await Promise.all([0, 1, 2].map((index) => desk.checkIn(at(index))));
    await until(() => Promise.resolve(news.at(-1)?.presence.here === 3));
    expect(new Set(news.flatMap(({ changed }) => changed))).to.have.all.keys(
      [0, 1, 2].map((index) => at(index).smeId),
    );
    expect(leaked).to.equal(0);
    desktop.close();
    phone.close();
  });
});
