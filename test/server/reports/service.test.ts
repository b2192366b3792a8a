import { expect } from 'chai';
import { stageAt } from '../../../server/reports/days.ts';
import type { PeriodView, ReportLine, ReportView } from '../../../server/reports/schema.ts';
import { startTestApp, type SignedIn, type TestApp } from '../../support/app.ts';
import { aRun } from '../../support/job-run.ts';

const DAY = 86_400_000;
const activity = {
  kind: 'newsletter',
  date: '2026-05-02',
  title: '=Spring letter',
  audience: 'members',
  reached: 400,
  link: 'https://example.eu/letter',
};

describe('light reports', () => {
  let app: TestApp;
  let staff: SignedIn;
  let cluster: SignedIn;
  let other: SignedIn;
  let period: PeriodView;
  let path: string;
  before(async () => {
    app = await startTestApp();
    staff = await app.signInAs('staff');
    cluster = await app.signInAs('cluster', { clusterId: 'censec' });
    other = await app.signInAs('cluster', { clusterId: 'lsec' });
    const today = app.clock().toISOString().slice(0, 10);
    const dueOn = new Date(app.clock().getTime() + 20 * DAY).toISOString().slice(0, 10);
    const made = await staff.agent
      .post('/api/v1/report-periods')
      .send({ name: 'This month', from: today, to: today, dueOn })
      .expect(201);
    period = made.body as PeriodView;
    path = `/api/v1/report-periods/${period.id}/reports/censec`;
  });
  after(() => app.stop());

  const own = async (): Promise<ReportView> => (await cluster.agent.get(path).expect(200)).body as ReportView;
  const remind = () =>
    app.tandem.services.communication.tasks.find(({ name }) => name === 'report-reminders')?.run(aRun());

  it('are half filled from what the cluster did in Tandem', async () => {
    const before = (await own()).prefilled;
    const profile = { name: 'Northern Lidar', country: 'DK' };
    const sme = await cluster.agent.post('/api/v1/smes').send({ clusterId: 'censec', profile }).expect(201);
    await cluster.agent
      .post('/api/v1/invitations')
      .send({ role: 'sme', email: 'lidar@example.eu', smeId: (sme.body as { id: string }).id })
      .expect(201);
    await cluster.agent
      .post('/api/v1/practices')
      .send({ post: { title: 'Breakfasts', words: 'They come for coffee.', topic: 'events' } })
      .expect(201);
    await cluster.agent
      .post('/api/v1/questions')
      .send({ subject: 'Deadline', topic: 'call', words: 'When?' })
      .expect(201);
    expect((await own()).prefilled).to.deep.equal({
      ...before,
      membersRegistered: before.membersRegistered + 1,
      invitationsSent: before.invitationsSent + 1,
      posts: before.posts + 1,
      questions: before.questions + 1,
    });
  });

  it('are the cluster’s own: another cluster gets a 404, staff read only what was handed in', async () => {
    await other.agent.get(path).expect(404);
    await other.agent.put(path).send({ version: 0, report: {} }).expect(404);
    await other.agent.post(`${path}/submit`).send({ version: 0 }).expect(404);
    const report = { activities: [activity], comments: 'Half a thought' };
    const saved = await cluster.agent.put(path).send({ version: 0, report }).expect(200);
    expect((saved.body as ReportView).state).to.equal('draft');
    const seen = (await staff.agent.get(path).expect(200)).body as ReportView;
    expect(seen.report).to.deep.equal({ activities: [], comments: '' });
    await staff.agent.put(path).send({ version: 1, report }).expect(403);
  });

  it('of two windows that save at once, one is told to load again', async () => {
    const { version } = await own();
    const save = (comments: string) =>
      cluster.agent.put(path).send({ version, report: { activities: [activity], comments } });
    const answers = await Promise.all([save('one'), save('other')]);
    expect(answers.map(({ status }) => status).sort()).to.deep.equal([200, 412]);
  });

  it('remind each cluster once before and once at the due day, and nobody who has handed in', async () => {
    const reminders = async () =>
      (await app.mails()).filter(({ subject }) => subject.startsWith('Light report')).map(({ to }) => to);
    const move = async (dueOn: string) => {
      const periodPath = `/api/v1/report-periods/${period.id}`;
      const { version, name, from, to } = (await staff.agent.get(periodPath).expect(200)).body as PeriodView;
      await staff.agent.put(periodPath).send({ version, period: { name, from, to, dueOn } }).expect(200);
    };
    const day = (ahead: number) => new Date(app.clock().getTime() + ahead * DAY).toISOString().slice(0, 10);
    await remind();
    expect(await reminders()).to.deep.equal([]);
    await move(day(1));
    await Promise.all([remind(), remind()]);
    await remind();
    expect(await reminders()).to.have.members([cluster.email, other.email]);
    await move(day(0));
    const { version } = await own();
    const handedIn = await cluster.agent.post(`${path}/submit`).send({ version }).expect(200);
    expect((handedIn.body as ReportView).state).to.equal('submitted');
    await remind();
    await remind();
    expect(await reminders()).to.have.members([cluster.email, other.email, other.email]);
  });

  it('are accepted or asked back by staff; of two decisions at once one counts', async () => {
    await cluster.agent
      .put(path)
      .send({ version: (await own()).version, report: {} })
      .expect(409);
    const { version } = await own();
    const back = { version, decision: 'return', note: 'Which newsletter?' };
    await staff.agent
      .post(`${path}/decision`)
      .send({ ...back, note: '' })
      .expect(400);
    const answers = await Promise.all([
      staff.agent.post(`${path}/decision`).send(back),
      staff.agent.post(`${path}/decision`).send(back),
    ]);
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses[0]).to.equal(200);
    expect(statuses[1]).to.be.oneOf([409, 412]);
    const returned = await own();
    expect([returned.state, returned.note]).to.deep.equal(['returned', 'Which newsletter?']);
    const report = { activities: [activity], comments: 'The spring one' };
    const saved = await cluster.agent.put(path).send({ version: returned.version, report }).expect(200);
    await cluster.agent
      .post(`${path}/submit`)
      .send({ version: (saved.body as ReportView).version })
      .expect(200);
    const accepted = await staff.agent
      .post(`${path}/decision`)
      .send({ version: (await own()).version, decision: 'accept' })
      .expect(200);
    expect((accepted.body as ReportView).state).to.equal('accepted');
  });

  it('show who has and who has not, and are collected as CSV without formulas and as JSON', async () => {
    const overview = `/api/v1/report-periods/${period.id}/reports`;
    const all = (await staff.agent.get(`${overview}?limit=100`).expect(200)).body as {
      items: ReportLine[];
      total: number;
    };
    expect(all.items.find(({ cluster: { id } }) => id === 'censec')).to.include({
      state: 'accepted',
      reached: 400,
      activities: 1,
    });
    const missing = await staff.agent.get(`${overview}?state=none&limit=2`).expect(200);
    expect((missing.body as { total: number }).total).to.equal(all.total - 1);
    await cluster.agent.get(overview).expect(403);
    const csv = await staff.agent.get(`/api/v1/report-periods/${period.id}/export.csv`).expect(200);
    expect(csv.text)
      .to.contain("'=Spring letter")
      .and.not.to.match(/(^|,)=Spring/m);
    const json = await staff.agent.get(`/api/v1/report-periods/${period.id}/export`).expect(200);
    expect((json.body as { reports: unknown[] }).reports).to.have.length(1);
  });

  it('name the stage that a day belongs to', () => {
    const at = (days: number) => stageAt('2026-06-15', new Date(Date.parse('2026-06-15') + days * DAY));
    const stages = [null, 'before', 'before', 'due', 'due', 'after', 'after', null];
    expect([-8, -7, -1, 0, 6, 7, 59, 60].map(at)).to.deep.equal(stages);
  });
});
