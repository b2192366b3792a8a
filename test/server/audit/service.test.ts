import { expect } from 'chai';
import { entryHash } from '../../../server/audit/audit.ts';
import { auditModel, type AuditRecord } from '../../../server/audit/model.ts';
import { reconcileAudit } from '../../../server/audit/reconcile.ts';
import type { AuditCheckView, AuditEntryView } from '../../../server/audit/schema.ts';
import { clusterModel } from '../../../server/clusters/model.ts';
import { createAudit } from '../../../server/audit/audit.ts';
import type { Page } from '../../../server/http/schema.ts';
import type { WeightsView } from '../../../server/weights/schema.ts';
import { startTestApp, type SignedIn, type TestApp } from '../../support/app.ts';
import { until } from '../../support/until.ts';

const AUDIT = '/api/v1/audit';

describe('the audit log over the API', () => {
  let app: TestApp;
  let staff: SignedIn;
  let clusterId: string;

  before(async () => {
    app = await startTestApp();
    staff = await app.signInAs('staff', { name: 'Ada of the team' });
    const cluster = { name: 'Cluster of Provence', country: 'FR' };
    const body: unknown = (await staff.agent.post('/api/v1/clusters').send(cluster).expect(201)).body;
    clusterId = (body as { id: string }).id;
    await staff.agent
      .put(`/api/v1/clusters/${clusterId}`)
      .send({ ...cluster, region: 'Provence' })
      .expect(200);
    const weights = (await staff.agent.get('/api/v1/weights').expect(200)).body as WeightsView;
    const values = { ...weights.values, reach: weights.values.reach + 1 };
    await staff.agent
      .post('/api/v1/weights')
      .send({ baseVersion: weights.version, values, note: 'more reach' })
      .expect(201);
    await staff.agent
      .post('/api/v1/weights/undo')
      .send({ baseVersion: weights.version + 1 })
      .expect(201);
  });
  after(() => app.stop());

  const list = async (query: Record<string, string | number> = {}): Promise<Page<AuditEntryView>> =>
    (await staff.agent.get(AUDIT).query(query).expect(200)).body as Page<AuditEntryView>;
  const check = async (): Promise<AuditCheckView> =>
    (await staff.agent.post(`${AUDIT}/checks`).send({}).expect(200)).body as AuditCheckView;

  it('says who did what to which thing, and how it stood before and after', async () => {
    const { items } = await list({ kind: 'cluster', thingId: clusterId });
    expect(items.map(({ action }) => action)).to.deep.equal(['cluster.change', 'cluster.add']);
    const [change] = items;
    expect(change?.actor).to.deep.equal({ id: staff.accountId, role: 'staff', name: 'Ada of the team' });
    expect(change?.thingName).to.equal('Cluster of Provence');
    expect(change?.before).to.include({ region: null, revision: 1 });
    expect(change?.after).to.include({ region: 'Provence', revision: 2 });
  });

  it('records saved and undone weights with their reason', async () => {
    const { items } = await list({ kind: 'weights' });
    expect(items.slice(0, 2).map(({ action, reason }) => [action, reason])).to.deep.equal([
      ['weights.undo', 'Back to version 1'],
      ['weights.save', 'more reach'],
    ]);
  });

  it('filters by each filter, sorts both ways, and pages without loss', async () => {
    const all = (await list({ limit: 100 })).items;
    const day = app.clock().toISOString().slice(0, 10);
    const fits: Record<string, (entry: AuditEntryView) => boolean> = {
      'kind=cluster': ({ kind }) => kind === 'cluster',
      [`thingId=${clusterId}`]: ({ thingId }) => thingId === clusterId,
      'action=account.open': ({ action }) => action === 'account.open',
      [`actorId=${staff.accountId}`]: ({ actor }) => actor?.id === staff.accountId,
      [`from=${day}`]: () => true,
      'to=2020-01-01': () => false,
    };
    for (const [query, fit] of Object.entries(fits)) {
      const [name = '', value = ''] = query.split('=');
      const found = (await list({ [name]: value, limit: 100 })).items;
      expect(found, query).to.deep.equal(all.filter(fit));
    }
    const paged: AuditEntryView[] = [];
    let cursor: string | null = null;
    do {
      const page: Page<AuditEntryView> = await list({
        sort: 'oldest',
        limit: 3,
        ...(cursor ? { cursor } : {}),
      });
      paged.push(...page.items);
      cursor = page.next;
    } while (cursor !== null);
    expect(paged).to.deep.equal(all.toReversed());
    await staff.agent.get(AUDIT).query({ from: '2026-02-01', to: '2026-01-01' }).expect(400);
  });

  it('offers only kinds and actions that there are', async () => {
    const body: unknown = (await staff.agent.get(`${AUDIT}/choices`).expect(200)).body;
    expect(body).to.have.property('kinds').that.includes.members(['account', 'cluster', 'weights']);
    expect(body).to.have.property('actions').that.includes('weights.undo');
  });

  it('exports the same entries as CSV and JSON, and records that', async () => {
    const query = { kind: 'cluster', thingId: clusterId };
    const json = await staff.agent.get(`${AUDIT}/entries.json`).query(query).expect(200);
    expect((json.body as { items: AuditEntryView[] }).items).to.deep.equal(
      (await list({ ...query, sort: 'oldest' })).items,
    );
    const csv = await staff.agent.get(`${AUDIT}/entries.csv`).query(query).expect(200);
    expect(csv.text.split('\r\n')).to.have.length(4);
    expect(csv.text).to.include('cluster.add').and.include('Ada of the team');
    const { items } = await list({ action: 'audit.export' });
    expect(items.map(({ after }) => after?.['format'])).to.deep.equal(['csv', 'json']);
  });

  it('is for staff only', async () => {
    for (const role of ['cluster', 'sme', 'demand'] as const) {
      const { agent } = await app.signInAs(role, role === 'cluster' ? { clusterId } : {});
      for (const path of ['', '/choices', '/entries.csv', '/entries.json']) {
        await agent.get(`${AUDIT}${path}`).expect(403);
      }
      await agent.post(`${AUDIT}/checks`).send({}).expect(403);
    }
  });

  it('holds no names or addresses of people', async () => {
    const text = JSON.stringify(await auditModel(app.storage.storage.connection).find().lean());
    expect(text).to.not.include('Ada of the team').and.not.include('@example.eu');
  });

  it('plays to how things stand', async () => {
    const found = await check();
    expect(found.sound, found.summary).to.equal(true);
    expect(found.kinds.find(({ kind }) => kind === 'cluster')).to.deep.include({ things: 8, differences: 0 });
  });

  it('tells a change that was made without it, and writes it down at the next start', async () => {
    const { connection } = app.storage.storage;
    await clusterModel(connection).updateOne({ _id: clusterId }, { $set: { region: 'Elsewhere' } });
    const found = await check();
    expect(found.sound).to.equal(false);
    expect(found.differences).to.have.length(1);
    expect(found.differences[0]).to.deep.include({ kind: 'cluster', id: clusterId });
    expect(found.differences[0]?.stored).to.include({ region: 'Elsewhere' });

    const audit = createAudit({ connection, clock: app.clock });
    expect(await reconcileAudit({ connection, audit }, app.tandem.services.audited)).to.equal(1);
    expect((await check()).sound).to.equal(true);
    const [newest] = (await list({ kind: 'cluster', thingId: clusterId })).items;
    expect(newest).to.deep.include({ action: 'cluster.found', actor: null });
    expect(await reconcileAudit({ connection, audit }, app.tandem.services.audited)).to.equal(0);
  });

  describe('when somebody changed entries', () => {
    const records = () => auditModel(app.storage.storage.connection);
    async function entry(seq: number): Promise<AuditRecord> {
      const found = await records().findOne({ seq }).lean<AuditRecord>();
      if (!found) throw new Error('There is no such entry.');
      return found;
    }

    it('names the entry that was changed, even with a fingerprint that fits it', async () => {
      const { _id, hash, ...body } = await entry(3);
      const { hash: before } = await entry(2);
      const forged = { ...body, reason: 'I never said that' };
      await records().updateOne({ _id }, { $set: { ...forged, hash: entryHash(before, forged) } });
      const found = await check();
      expect(found.chainFault?.seq).to.equal(4);
      expect(found.summary).to.include('Entry 4');
      await records().updateOne({ _id }, { $set: { ...body, hash } });
      expect((await check()).chainFault).to.equal(null);
    });

    it('names the entry that is missing', async () => {
      const taken = await entry(2);
      await records().deleteOne({ seq: 2 });
      expect((await check()).chainFault).to.deep.equal({
        seq: 2,
        what: 'Entry 2 is missing: after 1 comes 3.',
      });
      await records().insertMany([taken], { lean: true });
    });
  });

  it('fails its nightly job where something is wrong, so that it stands out', async () => {
    const { connection } = app.storage.storage;
    await staff.agent.post('/api/v1/jobs/audit-check/run').expect(202);
    const job = async () => {
      const body: unknown = (await staff.agent.get('/api/v1/jobs').expect(200)).body;
      return (
        body as { items: { name: string; failures: number; lastResult: string | null; running: boolean }[] }
      ).items.find(({ name }) => name === 'audit-check');
    };
    await until(async () => (await job())?.lastResult?.includes('the chain is whole') === true);
    await clusterModel(connection).updateOne({ _id: clusterId }, { $set: { region: 'Nowhere' } });
    await staff.agent.post('/api/v1/jobs/audit-check/run').expect(202);
    await until(async () => (await job())?.failures === 1);
  });
});
