import { expect } from 'chai';
import { applicationModel } from '../../../server/ambassadors/model.ts';
import { auditModel } from '../../../server/audit/model.ts';
import { accountModel } from '../../../server/accounts/model.ts';
import { wishModel } from '../../../server/events/model.ts';
import { ERASED_NAME } from '../../../server/privacy/erased-name.ts';
import { createRetention } from '../../../server/privacy/retention.ts';
import type { RetentionView } from '../../../server/privacy/schema.ts';
import { startTestApp, type SignedIn, type TestApp } from '../../support/app.ts';
import { aRun } from '../../support/job-run.ts';
import { submit } from '../ambassadors/support.ts';
import { until } from '../../support/until.ts';

const DAY_MS = 86_400_000;

describe('retention', () => {
  let app: TestApp;
  let staff: SignedIn;
  before(async () => {
    app = await startTestApp();
    staff = await app.signInAs('staff');
  });
  after(() => app.stop());

  const connection = () => app.storage.storage.connection;
  const rules = async (): Promise<RetentionView['items']> =>
    ((await staff.agent.get('/api/v1/privacy/retention').expect(200)).body as RetentionView).items;
  const due = async (id: string) => (await rules()).find((rule) => rule.id === id)?.due;

  it('has somebody who carries out each rule of the nightly job', async () => {
    const nobodys = (await rules()).filter(({ by, due: count }) => (by === 'job') !== (count !== null));
    expect(nobodys.map(({ id }) => id)).to.deep.equal([]);
  });

  it('shows what would go, then lets go of what was kept long enough and of nothing else', async () => {
    const { own } = await submit(app);
    const person = await app.createAccount('demand', { name: 'Gone Person', email: 'gone@example.eu' });
    const recent = await app.createAccount('demand', { name: 'Recent Person', email: 'recent@example.eu' });
    const before = (days: number) => new Date(app.clock().getTime() - days * DAY_MS);
    const close = (id: string, days: number) =>
      accountModel(connection()).updateOne({ _id: id }, { state: 'closed', closedAt: before(days) });
    await close(person.accountId, 366);
    await close(recent.accountId, 364);
    const application = { name: own.name };
    await applicationModel(connection()).updateOne(application, {
      state: 'rejected',
      decidedAt: before(366),
    });
    expect([await due('closed-accounts'), await due('rejected-applications')]).to.deep.equal([1, 1]);

    await staff.agent.post('/api/v1/jobs/retention/run').expect(202);
    await until(
      async () => (await auditModel(connection()).countDocuments({ action: 'retention.apply' })) === 1,
    );
    expect([await due('closed-accounts'), await due('rejected-applications')]).to.deep.equal([0, 0]);
    const nameOf = async (id: string) => (await accountModel(connection()).findById(id).lean())?.name;
    expect([await nameOf(person.accountId), await nameOf(recent.accountId)]).to.deep.equal([
      ERASED_NAME,
      'Recent Person',
    ]);
    expect(await applicationModel(connection()).findOne(application).lean()).to.include({
      contactEmail: null,
    });
  });

  it('is stopped between two batches: what went is noted, the rest goes with the next run', async () => {
    const wishes = wishModel(connection()).collection;
    const long = new Date(app.clock().getTime() - 2_000 * DAY_MS);
    await wishes.insertMany(
      Array.from({ length: 1_200 }, (_, number) => ({ _id: `old-${String(number)}`, at: long }) as never),
    );
    const retention = createRetention({
      connection: connection(),
      clock: app.clock,
      audit: app.tandem.services.audit,
      byFeatures: () => [],
    });
    const noted = async () =>
      (await auditModel(connection()).find({ action: 'retention.apply' }).sort({ seq: -1 }).lean())[0]?.after;
    const stopping = new AbortController();
    const told: string[] = [];
    const stopped = await retention
      .apply({
        signal: stopping.signal,
        progress(done, total) {
          told.push(`${String(done)}/${String(total)}`);
          stopping.abort(new Error('enough'));
        },
      })
      .then(
        () => 'went on',
        (error: unknown) => (error as Error).message,
      );
    expect(stopped).to.equal('enough');
    expect(told).to.deep.equal(['500/1200']);
    expect(await noted()).to.equal(JSON.stringify({ counts: { 'event-wishes': 500 } }));
    expect(await retention.apply(aRun())).to.deep.equal({ 'event-wishes': 700 });
    expect(await wishes.countDocuments({})).to.equal(0);
  });
});
