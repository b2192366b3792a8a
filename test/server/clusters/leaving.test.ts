import { expect } from 'chai';
import { createAudit } from '../../../server/audit/audit.ts';
import { auditModel } from '../../../server/audit/model.ts';
import { createLeaving, type Leaving } from '../../../server/clusters/leaving.ts';
import { clusterModel } from '../../../server/clusters/model.ts';
import type { ClusterView, LeavingView } from '../../../server/clusters/schema.ts';
import type { Page } from '../../../server/http/schema.ts';
import type { Progress } from '../../../server/live/protocol.ts';
import { createHandOver } from '../../../server/smes/hand-over.ts';
import { smeModel } from '../../../server/smes/model.ts';
import { until } from '../../support/until.ts';
import { addMembers } from './support.ts';
import { startTestApp, type SignedIn, type TestApp } from '../../support/app.ts';

describe('clusters that leave', () => {
  let app: TestApp;
  let staff: SignedIn;
  before(async () => {
    app = await startTestApp();
    staff = await app.signInAs('staff');
  });
  after(() => app.stop());

  /** An ambassador cluster with two members and a manager who is signed in. */
  async function newCluster(name: string, country = 'FI') {
    const added = await staff.agent.post('/api/v1/clusters').send({ name, country }).expect(201);
    const { id } = added.body as ClusterView;
    const smeIds: string[] = [];
    for (const place of [1, 2]) {
      const made = await staff.agent
        .post('/api/v1/smes')
        .send({ clusterId: id, profile: { name: `${name} ${String(place)}`, country } })
        .expect(201);
      smeIds.push((made.body as { id: string }).id);
    }
    return { id, smeIds, manager: await app.signInAs('cluster', { clusterId: id }) };
  }
  const leave = (who: SignedIn, id: string, handOverTo: string | null) =>
    who.agent.post(`/api/v1/clusters/${id}/leave`).send({ handOverTo });
  const clusterOf = async (smeId: string) =>
    ((await staff.agent.get(`/api/v1/smes/${smeId}`).expect(200)).body as { clusterId: string | null })
      .clusterId;

  it('see before what would come of it, those of their country as successors first', async () => {
    const { id, manager, smeIds } = await newCluster('Preview', 'LT');
    await manager.agent
      .post('/api/v1/invitations')
      .send({ role: 'sme', smeId: smeIds[0], email: 'm@preview.example.eu' })
      .expect(201);
    const seen = await manager.agent.get(`/api/v1/clusters/${id}/leaving`).expect(200);
    const { successors, ...counts } = seen.body as LeavingView;
    expect(counts).to.deep.equal({ members: 2, people: 1, invitations: 1 });
    expect(successors[0]).to.deep.equal({ id: 'l3ce', name: 'L3CE', country: 'LT', region: 'Vilnius' });
    expect(successors.map((other) => other.id)).not.to.include(id);
  });

  it('hand their members over: the others hear of it, their own people lose access', async () => {
    const { id, manager, smeIds } = await newCluster('Handing over');
    const heir = await app.signInAs('cluster', { clusterId: 'censec', email: 'heir@censec.example.eu' });
    await app.signInAs('sme', { smeId: smeIds[0] ?? '', email: 'ceo@member.example.eu' });
    const left = await leave(manager, id, 'censec').expect(200);
    expect(left.body).to.have.property('movedMembers', 2);
    expect(await Promise.all(smeIds.map(clusterOf))).to.deep.equal(['censec', 'censec']);
    await manager.agent.get('/api/v1/clusters').expect(401);
    await heir.agent.get('/api/v1/clusters/censec/members').expect(200);
    const told = (await app.mails()).findLast(({ to }) => to === 'ceo@member.example.eu');
    expect(told?.text).to.include('Handing over, your ambassador cluster, has left').and.include('CenSec');
    const mail = (await app.mails()).findLast(({ to }) => to === 'heir@censec.example.eu');
    expect(mail?.text).to.include('the 2 companies that were its members');
  });

  it('stay in the counts as left, take no members, and come back under the same id', async () => {
    const { id, manager, smeIds } = await newCluster('Boomerang', 'SE');
    await app.signInAs('sme', { smeId: smeIds[0] ?? '', email: 'alone@member.example.eu' });
    await leave(manager, id, null).expect(200);
    expect(await Promise.all(smeIds.map(clusterOf))).to.deep.equal([null, null]);
    const told = (await app.mails()).findLast(({ to }) => to === 'alone@member.example.eu');
    expect(told?.text).to.include('without a cluster');
    const ids = async (state: string) => {
      const listed = await staff.agent.get('/api/v1/clusters').query({ state, limit: 100 }).expect(200);
      return (listed.body as Page<ClusterView>).items.map((cluster) => cluster.id);
    };
    expect(await ids('active')).not.to.include(id);
    expect(await ids('left')).to.include(id);
    await staff.agent
      .post('/api/v1/smes')
      .send({ clusterId: id, profile: { name: 'Late', country: 'SE' } })
      .expect(400);
    const { clusters } = app.tandem.services;
    const former = await clusters.findLeft({ country: 'SE', name: 'bOOmerang' });
    expect(former).to.equal(id);
    const input = {
      name: 'Boomerang',
      country: 'SE',
      region: null,
      website: null,
      kind: 'ambassador',
    } as const;
    await clusters.admit('system', id, input);
    await clusters.admit('system', id, input);
    expect(await ids('active')).to.include(id);
  });

  it('leave once, also when two press the button at the same moment', async () => {
    const { id, manager } = await newCluster('Twice left');
    const replies = await Promise.all([leave(manager, id, null), leave(staff, id, 'lsec')]);
    expect(replies.map(({ status }) => status).sort()).to.deep.equal([200, 409]);
    const entries = await auditModel(app.storage.storage.connection)
      .countDocuments({ kind: 'cluster', thingId: id, action: 'cluster.leave' })
      .exec();
    expect(entries).to.equal(1);
  });

  it('are ended by themselves and by staff only, and partners of the consortium by staff alone', async () => {
    const { id } = await newCluster('Minded');
    const stranger = await app.signInAs('cluster', { clusterId: 'lsec' });
    await leave(stranger, id, null).expect(403);
    await stranger.agent.get(`/api/v1/clusters/${id}/leaving`).expect(403);
    await leave(stranger, 'lsec', null).expect(403);
    await leave(staff, id, id).expect(400);
    await leave(staff, id, 'no-such-cluster').expect(400);
    await leave(staff, 'no-such-cluster', null).expect(404);
    await leave(staff, id, null).expect(200);
  });

  it('are finished at the next start where a crash came right after the decision', async () => {
    const { id, smeIds, manager } = await newCluster('Crashed');
    const { connection } = app.storage.storage;
    await clusterModel(connection)
      .updateOne({ _id: id }, { $set: { leftAt: app.clock(), leaving: { handOverTo: 'lsec' } } })
      .exec();
    const again = await startTestApp({ storage: app.storage, clock: app.clock });
    await again.stop();
    expect(await Promise.all(smeIds.map(clusterOf))).to.deep.equal(['lsec', 'lsec']);
    await manager.agent.get('/api/v1/clusters').expect(401);
    const record = await clusterModel(connection).findById(id).lean().exec();
    expect(record?.leaving).to.equal(null);
  });

  /** A cluster with many members, written past the services. */
  async function newLargeCluster(name: string, members: number): Promise<{ id: string; manager: SignedIn }> {
    const added = await staff.agent.post('/api/v1/clusters').send({ name, country: 'FI' }).expect(201);
    const { id } = added.body as ClusterView;
    await addMembers(app.storage.storage.connection, id, members);
    return { id, manager: await app.signInAs('cluster', { clusterId: id }) };
  }
  const membersOf = (clusterId: string) =>
    smeModel(app.storage.storage.connection).countDocuments({ clusterId }).exec();
  const clusterRecord = (id: string) =>
    clusterModel(app.storage.storage.connection).findById(id).lean().exec();
  const actionsOf = async (id: string): Promise<string[]> =>
    (
      await auditModel(app.storage.storage.connection)
        .find({ kind: 'cluster', thingId: id })
        .sort({ seq: 1 })
        .lean()
        .exec()
    ).map(({ action }) => action);

  it('stay as they were where who ends them goes away before all members are moved', async () => {
    const { id, manager } = await newLargeCluster('Thinks again', 600);
    const before = await membersOf('censec');
    const request = leave(manager, id, 'censec');
    const answer = request.then(
      () => 'answered',
      () => 'aborted',
    );
    await until(async () => (await membersOf('censec')) > before);
    request.abort();
    expect(await answer).to.equal('aborted');
    await until(async () => (await clusterRecord(id))?.leaving === null);
    expect((await clusterRecord(id))?.leftAt).to.equal(null);
    expect([await membersOf(id), await membersOf('censec')]).to.deep.equal([600, before]);
    await manager.agent.get('/api/v1/clusters').expect(200);
    expect(await actionsOf(id)).to.deep.equal(['cluster.add', 'cluster.leave', 'cluster.stay']);
    await leave(manager, id, 'censec').expect(200);
    expect([await membersOf(id), await membersOf('censec')]).to.deep.equal([0, before + 600]);
  });

  /** Leaving on its own: what follows the members is only noted. */
  function leavingAlone(onEntry: (count: number) => void): {
    leaving: Leaving;
    told: Progress[];
    closed: string[];
  } {
    const { connection } = app.storage.storage;
    const { clock } = app;
    const written = createAudit({ connection, clock });
    let entries = 0;
    const audit: typeof written = {
      ...written,
      async record(entry) {
        await written.record(entry);
        if (entry.action === 'sme.hand-over') onEntry((entries += 1));
      },
    };
    const told: Progress[] = [];
    const closed: string[] = [];
    const leaving = createLeaving({
      connection,
      clock,
      audit,
      log: { error: () => undefined },
      post: { prepare: () => undefined, send: () => undefined, drain: () => Promise.resolve() },
      live: { progress: (_, progress) => void told.push(progress) },
      accounts: {
        accountsOf: () => Promise.resolve([]),
        recipientsOf: () => Promise.resolve([]),
        closeAllOf: (whose) => Promise.resolve(void closed.push(JSON.stringify(whose))),
      },
      invitations: {
        revokeAllOf: () => Promise.resolve(),
        openOfMembers: () => Promise.resolve(0),
        handOver: () => Promise.resolve(),
      },
      members: createHandOver({ connection, clock, audit, moved: () => Promise.resolve() }),
      left: () => Promise.resolve(),
    });
    return { leaving, told, closed };
  }
  const STAFF = { id: 's', role: 'staff', name: 'Staff', clusterId: null, smeId: null } as const;

  it('tell who ends them how far it is, and are answered with a conflict when it is stopped', async () => {
    const { id } = await newLargeCluster('Told', 250);
    const controller = new AbortController();
    const { leaving, told, closed } = leavingAlone((count) => {
      if (count === 150) controller.abort();
    });
    const failed: unknown = await leaving
      .leave(STAFF, id, { handOverTo: 'lsec', reason: '' }, controller.signal)
      .catch((error: unknown) => error);
    expect(failed).to.include({ code: 'leaving-stopped', status: 409 });
    expect(told[0]).to.deep.equal({
      task: `leaving:${id}`,
      label: 'Handing the members over',
      done: 0,
      total: 250,
    });
    expect(told.at(-1)).to.include({ done: 1, total: 1 });
    expect(await membersOf(id)).to.equal(250);
    expect(closed).to.deep.equal([]);
  });

  it('go on at the next start where a crash came while members were moved, and go back where it was stopped', async () => {
    const { connection } = app.storage.storage;
    const crash = new Error('crash');
    for (const stopped of [false, true]) {
      const { id } = await newLargeCluster(`Cut off ${String(stopped)}`, 250);
      const controller = new AbortController();
      const heirs = await membersOf('l3ce');
      const { leaving } = leavingAlone((count) => {
        if (stopped && count === 150) controller.abort();
        // After the stop some are on their way back already.
        if (count === (stopped ? 230 : 150)) throw crash;
      });
      const failed: unknown = await leaving
        .leave(STAFF, id, { handOverTo: 'l3ce', reason: '' }, controller.signal)
        .catch((error: unknown) => error);
      expect(failed).to.equal(crash);
      expect(await membersOf(id)).to.be.within(1, 249);
      const again = await startTestApp({ storage: app.storage, clock: app.clock });
      await again.stop();
      const record = await clusterModel(connection).findById(id).lean().exec();
      expect([record?.leaving, record?.leftAt === null]).to.deep.equal([null, stopped]);
      expect(await membersOf(id)).to.equal(stopped ? 250 : 0);
      expect(await membersOf('l3ce')).to.equal(heirs + (stopped ? 0 : 250));
      expect(await smeModel(connection).countDocuments({ handedOverFrom: id }).exec()).to.equal(0);
    }
  });

  it('are not mixed up with the project’s partners: seven clusters and one SME, for everybody to see', async () => {
    const seen = await app.agent().get('/api/v1/project-partners').expect(200);
    const { partners } = seen.body as { partners: { name: string; kind: string; country: string }[] };
    expect(partners).to.have.length(8);
    expect(
      partners.filter(({ kind }) => kind === 'sme').map(({ name, country }) => `${name} ${country}`),
    ).to.deep.equal(['FundingBox PL']);
    expect(new Set(partners.map(({ country }) => country)).size).to.equal(6);
  });
});
