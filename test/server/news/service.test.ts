import { expect } from 'chai';
import type { AnnouncementView, UnreadView } from '../../../server/news/schema.ts';
import { startTestApp, type SignedIn, type TestApp } from '../../support/app.ts';
import { aRun } from '../../support/job-run.ts';
import { connectLive } from '../../support/matchmaking.ts';
import { until } from '../../support/until.ts';

const MINUTE = 60_000;
const path = '/api/v1/announcements';

describe('announcements', () => {
  let app: TestApp;
  let staff: SignedIn;
  let cluster: SignedIn;
  let sme: SignedIn;
  let demand: SignedIn;
  before(async () => {
    app = await startTestApp();
    staff = await app.signInAs('staff');
    cluster = await app.signInAs('cluster', { clusterId: 'censec' });
    const made = await staff.agent
      .post('/api/v1/smes')
      .send({ clusterId: 'lsec', profile: { name: 'Quiet Sonar', country: 'BE' } })
      .expect(201);
    sme = await app.signInAs('sme', { smeId: (made.body as { id: string }).id });
    demand = await app.signInAs('demand', { organisation: 'City of Ghent' });
  });
  after(() => app.stop());

  const later = (minutes: number): string => new Date(app.clock().getTime() + minutes * MINUTE).toISOString();

  async function draft(fields: Record<string, unknown> = {}): Promise<AnnouncementView> {
    const announcement = { title: 'The call opens', words: 'Get ready.', target: {}, ...fields };
    const reply = await staff.agent.post(path).send({ announcement }).expect(201);
    return reply.body as AnnouncementView;
  }
  async function act(item: AnnouncementView, action: string, status = 200): Promise<AnnouncementView> {
    const reply = await staff.agent
      .post(`${path}/${item.id}/actions`)
      .send({ version: item.version, action })
      .expect(status);
    return reply.body as AnnouncementView;
  }
  async function publish(fields: Record<string, unknown> = {}): Promise<AnnouncementView> {
    return act(await draft(fields), 'publish');
  }
  /** What each of them sees of it: in the list, and by its address. */
  async function seenBy(person: SignedIn, id: string): Promise<boolean> {
    const list = await person.agent.get(`${path}?limit=100`).expect(200);
    const listed = (list.body as { items: AnnouncementView[] }).items.some((item) => item.id === id);
    const one = await person.agent.get(`${path}/${id}`);
    expect(one.status === 200, 'list and page agree').to.equal(listed);
    return listed;
  }
  const unread = async (person: SignedIn): Promise<number> =>
    ((await person.agent.get(`${path}/unread`).expect(200)).body as UnreadView).unread;
  const tellDue = () =>
    app.tandem.services.communication.tasks.find(({ name }) => name === 'announcements')?.run(aRun());

  it('hold the embargo: clusters from earlyAt, everybody else from publicAt, to the millisecond', async () => {
    const item = await publish({ earlyAt: later(1), publicAt: later(3) });
    expect(item.state).to.equal('scheduled');
    for (const reader of [cluster, sme, demand]) expect(await seenBy(reader, item.id)).to.equal(false);
    app.clock.advance(MINUTE - 1);
    expect(await seenBy(cluster, item.id)).to.equal(false);
    app.clock.advance(1);
    expect(await seenBy(cluster, item.id)).to.equal(true);
    for (const reader of [sme, demand]) expect(await seenBy(reader, item.id)).to.equal(false);
    const early = await cluster.agent.get(`${path}/${item.id}`).expect(200);
    expect((early.body as AnnouncementView).embargoUntil).to.equal(later(2));
    expect((early.body as AnnouncementView).staff).to.equal(null);

    app.clock.advance(2 * MINUTE - 1);
    expect(await seenBy(sme, item.id)).to.equal(false);
    app.clock.advance(1);
    for (const reader of [cluster, sme, demand]) expect(await seenBy(reader, item.id)).to.equal(true);
    const open = await cluster.agent.get(`${path}/${item.id}`).expect(200);
    expect((open.body as AnnouncementView).embargoUntil).to.equal(null);
  });

  it('cannot be marked as read by somebody who may not see them yet', async () => {
    const item = await publish({ publicAt: later(1) });
    await sme.agent.post(`${path}/${item.id}/read`).expect(404);
    await sme.agent.post(`${path}/read`).expect(204);
    app.clock.advance(MINUTE);
    const reply = await sme.agent.get(`${path}/${item.id}`).expect(200);
    expect((reply.body as AnnouncementView).read).to.equal(false);
  });

  it('are for whom they are meant: role, country and cluster all have to fit', async () => {
    const cases: [Record<string, unknown>, SignedIn[]][] = [
      [{ roles: ['cluster'] }, [cluster]],
      [{ countries: ['BE'] }, [sme]],
      [{ clusterIds: ['lsec'] }, [sme]],
      [{ clusterIds: ['censec'] }, [cluster]],
      [{ roles: ['cluster'], countries: ['BE'] }, []],
      [{ roles: ['sme', 'demand'] }, [sme, demand]],
    ];
    for (const [target, readers] of cases) {
      const { id } = await publish({ target });
      for (const person of [cluster, sme, demand]) {
        expect(await seenBy(person, id), JSON.stringify(target)).to.equal(readers.includes(person));
      }
    }
  });

  it('are told once per account, live and by mail, however often and by however many it is done', async () => {
    await Promise.all([tellDue(), tellDue()]);
    const line = await connectLive(app, cluster);
    const before = line.events.length;
    const mailed = (await app.mails()).length;
    const item = await publish({ earlyAt: later(1), publicAt: later(2), mail: true, title: 'Once only' });
    app.clock.advance(MINUTE);
    await Promise.all([tellDue(), tellDue(), tellDue()]);
    const toCluster = async () =>
      (await app.mails())
        .slice(mailed)
        .filter(({ to, subject }) => to === cluster.email && subject === 'Once only');
    expect(await toCluster()).to.have.length(1);
    expect((await toCluster())[0]?.text).to.contain('Under embargo until');
    expect((await app.mails()).slice(mailed).every(({ to }) => to === cluster.email)).to.equal(true);
    app.clock.advance(MINUTE);
    await Promise.all([tellDue(), tellDue()]);
    await tellDue();
    expect(await toCluster()).to.have.length(1);
    const toSme = (await app.mails()).slice(mailed).filter(({ to }) => to === sme.email);
    expect(toSme).to.have.length(1);
    await until(() => line.events.length > before);
    const { events } = await line.catchUp(0);
    const notices = events.filter(
      (event) => event.kind === 'announcement' && event.announcementId === item.id,
    );
    expect(notices).to.have.length(1);
    line.close();
  });

  it('are not mailed to those who turned that off', async () => {
    const quiet = await app.signInAs('cluster', { clusterId: 'l3ce' });
    await quiet.agent
      .put('/api/v1/account/mail')
      .send({ suggestions: true, news: false, questions: true, reports: true, needs: true })
      .expect(200);
    await publish({ mail: true, target: { clusterIds: ['l3ce'] } });
    expect((await app.mails()).filter(({ to }) => to === quiet.email)).to.deep.equal([]);
    expect(await unread(quiet)).to.be.greaterThan(0);
  });

  it('count as unread until they are read, for each account by itself', async () => {
    await sme.agent.post(`${path}/read`).expect(204);
    await cluster.agent.post(`${path}/read`).expect(204);
    const item = await publish();
    expect([await unread(sme), await unread(cluster)]).to.deep.equal([1, 1]);
    await sme.agent.post(`${path}/${item.id}/read`).expect(204);
    await sme.agent.post(`${path}/${item.id}/read`).expect(204);
    expect([await unread(sme), await unread(cluster)]).to.deep.equal([0, 1]);
    const view = await staff.agent.get(`${path}/${item.id}`).expect(200);
    expect((view.body as AnnouncementView).staff?.reads).to.equal(1);
    expect(await unread(staff)).to.be.greaterThan(0);
    await staff.agent.post(`${path}/read`).expect(204);
    expect(await unread(staff)).to.equal(0);
  });

  it('go back to a draft before their hour, and are withdrawn after it', async () => {
    const item = await publish({ publicAt: later(1) });
    const again = await act(item, 'unschedule');
    expect(again.state).to.equal('draft');
    const out = await act(await act({ ...again }, 'publish'), 'unschedule');
    app.clock.advance(MINUTE);
    const due = await act(out, 'publish');
    expect(due.state).to.equal('published');
    await act(due, 'unschedule', 409);
    expect(await seenBy(sme, item.id)).to.equal(true);
    expect((await act(due, 'withdraw')).state).to.equal('withdrawn');
    expect(await seenBy(sme, item.id)).to.equal(false);
    await staff.agent.delete(`${path}/${item.id}`).expect(409);
  });

  it('refuse an edit of an older version, and keep their hours once they were seen', async () => {
    const item = await publish();
    const announcement = {
      title: 'Changed',
      words: 'New words.',
      target: { roles: ['staff'] },
      publicAt: later(9),
    };
    const first = await staff.agent
      .put(`${path}/${item.id}`)
      .send({ version: item.version, announcement })
      .expect(200);
    const changed = first.body as AnnouncementView;
    expect(changed.changedAt).not.to.equal(null);
    expect(await seenBy(sme, item.id)).to.equal(true);
    await staff.agent.put(`${path}/${item.id}`).send({ version: item.version, announcement }).expect(412);
  });

  it('refuse an embargo that makes no sense, naming the field', async () => {
    const wrong: Record<string, unknown>[] = [
      { earlyAt: later(2), publicAt: later(1) },
      { earlyAt: later(2) },
      { earlyAt: later(1), publicAt: later(2), target: { roles: ['sme'] } },
    ];
    for (const fields of wrong) {
      const announcement = { title: 'No', words: 'No.', target: {}, ...fields };
      const reply = await staff.agent.post(path).send({ announcement }).expect(400);
      expect((reply.body as { errors: { field: string }[] }).errors[0]?.field).to.equal(
        'announcement.earlyAt',
      );
    }
    for (const url of ['http://example.eu', 'javascript:alert(1)', 'https://a.eu/"><script>']) {
      const announcement = { title: 'No', words: 'No.', target: {}, links: [{ label: 'x', url }] };
      await staff.agent.post(path).send({ announcement }).expect(400);
    }
  });

  it('are made once, though the request is sent twice', async () => {
    const body = {
      announcement: { title: 'Twice', words: 'Sent twice.', target: {} },
      key: 'one-click-two-requests',
    };
    const [one, other] = await Promise.all([
      staff.agent.post(path).send(body),
      staff.agent.post(path).send(body),
    ]);
    expect((one.body as AnnouncementView).id).to.equal((other.body as AnnouncementView).id);
  });

  it('are found by their words, a page at a time', async () => {
    await publish({ title: 'Flüsternde Wälder', words: 'Sensors in forests' });
    const found = await sme.agent.get(`${path}?q=flusternde`).expect(200);
    expect((found.body as { total: number }).total).to.equal(1);
    const first = await sme.agent.get(`${path}?limit=2`).expect(200);
    const { next, items } = first.body as { next: string; items: AnnouncementView[] };
    const second = await sme.agent.get(`${path}?limit=2&cursor=${next}`).expect(200);
    const ids = [...items, ...(second.body as { items: AnnouncementView[] }).items].map(({ id }) => id);
    expect(new Set(ids).size).to.equal(4);
  });

  it('stand in the audit log as they stand in the database', async () => {
    await tellDue();
    const { audited } = app.tandem.services;
    const source = audited.find(({ kind }) => kind === 'announcement');
    const states = await source?.states();
    const last = await lastStates(app, 'announcement');
    expect(Object.fromEntries(states ?? [])).to.deep.equal(last);
  });
});

/** The last state of each thing of a kind, as the log tells it. */
async function lastStates(app: TestApp, kind: string): Promise<Record<string, unknown>> {
  const entries = await app.storage.storage.connection
    .collection<{ kind: string; thingId: string; after: string | null }>('audit')
    .find({ kind })
    .sort({ seq: 1 })
    .toArray();
  const states = new Map<string, unknown>();
  for (const { thingId, after } of entries) {
    if (after === null) states.delete(thingId);
    else states.set(thingId, JSON.parse(after));
  }
  return Object.fromEntries(states);
}
