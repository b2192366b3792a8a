import { expect } from 'chai';
import { jobNameSchema, type JobView } from '../../../server/jobs/schema.ts';
import { listModel } from '../../../server/suggestions/model.ts';
import { startTestApp, type SignedIn, type TestApp } from '../../support/app.ts';
import { registerSmes } from '../../support/matchmaking.ts';
import { until } from '../../support/until.ts';

describe('jobs', () => {
  let app: TestApp;
  let staff: SignedIn;
  let ids: string[];

  const job = async (name: string): Promise<JobView | undefined> => {
    const reply = await staff.agent.get('/api/v1/jobs').expect(200);
    return (reply.body as { items: JobView[] }).items.find((one) => one.name === name);
  };

  /** Runs a job through the API and waits for its end. */
  async function run(name: string): Promise<JobView | undefined> {
    app.clock.advance(1_000);
    const startedAt = app.clock().toISOString();
    await staff.agent.post(`/api/v1/jobs/${name}/run`).expect(202);
    await until(async () => ((await job(name))?.lastFinishedAt ?? '') >= startedAt);
    return job(name);
  }

  before(async () => {
    app = await startTestApp();
    staff = await app.signInAs('staff');
    ids = await registerSmes(app, staff, 8);
  });
  after(() => app.stop());

  it('are visible to staff with what they do, when, and when next', async () => {
    const reply = await staff.agent.get('/api/v1/jobs').expect(200);
    const { items } = reply.body as { items: JobView[] };
    expect(items.map(({ name }) => name)).to.have.members([...jobNameSchema.options]);
    for (const one of items) {
      expect(one).to.include({ running: false, failures: 0, lastFailure: null });
      expect(Date.parse(one.nextRunAt ?? '')).to.be.greaterThan(Date.now());
    }
    const { agent } = await app.signInAs('sme', { smeId: ids[0] ?? '' });
    await agent.get('/api/v1/jobs').expect(403);
    await agent.post('/api/v1/jobs/nightly-rebuild/run').expect(403);
    await staff.agent.post('/api/v1/jobs/no-such-job/run').expect(400);
  });

  it('rebuild the index and say how many SMEs are in it', async () => {
    expect((await run('nightly-rebuild'))?.lastResult).to.match(/^Index of 8 SMEs built anew/);
  });

  it('find lists that are as the engine says, and put right one that is not', async () => {
    expect((await run('consistency-check'))?.lastResult).to.match(
      /^8 lists checked: all are as the engine says/,
    );
    await listModel(app.storage.storage.connection).updateOne(
      { _id: ids[0] ?? '' },
      { $set: { entries: [] } },
    );
    expect((await run('consistency-check'))?.lastResult).to.match(/1 were not as the engine says/);
    expect((await run('consistency-check'))?.lastResult).to.match(/all are as the engine says/);
  });

  it('mail each SME its new suggestions once, however often the job runs', async () => {
    await app.createAccount('sme', { smeId: ids[2] ?? '', email: 'two@example.eu' });
    const mailsTo = async (): Promise<string[]> =>
      (await app.mails()).filter(({ to }) => to === 'two@example.eu').map(({ text }) => text);
    await run('suggestions-digest');
    await run('suggestions-digest');
    const [mail, ...others] = await mailsTo();
    expect(others).to.be.empty;
    expect(mail).to.match(/Company \d \([A-Z][a-z]+\)/);
    expect(mail).to.include('/partners');
    app.clock.advance(86_400_000);
    staff = await app.signInAs('staff');
    await run('suggestions-digest');
    expect(await mailsTo()).to.have.length(1, 'nothing changed since');
  });

  it('expire invitations whose time is over', async () => {
    const body = { role: 'staff', email: 'late@example.eu' };
    await staff.agent.post('/api/v1/invitations').send(body).expect(201);
    app.clock.advance(60 * 86_400_000);
    staff = await app.signInAs('staff');
    expect((await run('expire-invitations'))?.lastResult).to.equal('1 invitation expired.');
    expect((await run('expire-invitations'))?.lastResult).to.equal('0 invitations expired.');
  });
});
