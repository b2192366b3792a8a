import { expect } from 'chai';
import { pino } from 'pino';
import { createTaxonomyService } from '../../../server/taxonomy/service.ts';
import { createApplicantsData } from '../../../server/ambassadors/personal-data.ts';
import type { ApplicationCard, ApplicationView, Decided } from '../../../server/ambassadors/schema.ts';
import type { ClusterView } from '../../../server/clusters/schema.ts';
import type { Page } from '../../../server/http/schema.ts';
import { createAmbassadorsFeature } from '../../../server/ambassadors/feature.ts';
import { auditedApplications } from '../../../server/ambassadors/audited.ts';
import { auditModel } from '../../../server/audit/model.ts';
import { canonicalJson } from '../../../matching/canonical.ts';
import { startTestApp, type SignedIn, type TestApp } from '../../support/app.ts';
import { applicationInput, submit } from './support.ts';

const API = '/api/v1/ambassador-applications';
const REASON = 'It opens a country that has no cluster yet.';

describe('reviewing applications', () => {
  let app: TestApp;
  let staff: SignedIn;
  let other: SignedIn;
  before(async () => {
    app = await startTestApp({ env: { APPLICATIONS_PER_HOUR: '1000' } });
    [staff, other] = await Promise.all([app.signInAs('staff', { name: 'Rita' }), app.signInAs('staff')]);
  });
  after(() => app.stop());

  const list = async (query: Record<string, string> = {}) => {
    const listed = await staff.agent.get(API).query(query).expect(200);
    return listed.body as Page<ApplicationCard>;
  };
  async function submitted(
    name: string,
    overrides: Parameters<typeof submit>[1] = {},
  ): Promise<ApplicationView> {
    const contactEmail = `${name.toLowerCase().replace(/\W/g, '')}@example.eu`;
    const { token } = await submit(app, {
      name,
      contactEmail,
      website: `${name.replace(/\W/g, '')}.eu`,
      ...overrides,
    });
    const [card] = (await list({ q: name, sort: 'newest' })).items;
    const seen = await staff.agent.get(`${API}/${card?.id ?? ''}`).expect(200);
    return Object.assign(seen.body as ApplicationView, { token });
  }
  const decide = (who: SignedIn, { id, version }: ApplicationView, verdict: string, reason = REASON) =>
    who.agent.post(`${API}/${id}/decision`).send({ version, verdict, reason });

  it('lists by score, the longest wait first among equals, a page at a time', async () => {
    await submitted('Alpha', { country: 'FR', involvement: 'none' });
    await submitted('Beta', { country: 'BG' });
    await submitted('Gamma', { country: 'HR' });
    const first = await list({ limit: '2' });
    const second = await list({ limit: '2', cursor: first.next ?? '' });
    expect([...first.items, ...second.items].map(({ name }) => name)).to.deep.equal([
      'Beta',
      'Gamma',
      'Alpha',
    ]);
    expect((await list({ country: 'FR' })).items.map(({ name }) => name)).to.deep.equal(['Alpha']);
    expect((await list({ sort: 'name' })).items.map(({ name }) => name)).to.deep.equal([
      'Alpha',
      'Beta',
      'Gamma',
    ]);
  });

  it('shows the parts of the score with reasons, and what looks like the same organisation', async () => {
    const view = await submitted('Pole SCS Greece', { website: 'https://pole-scs.org/greece' });
    expect(view.parts.reduce((sum, { points }) => sum + points, 0)).to.equal(view.score);
    expect(view.alike).to.deep.equal([
      { kind: 'cluster', id: 'pole-scs', name: 'Pole SCS', why: 'same web address' },
    ]);
  });

  it('is assigned to a colleague of the staff and to nobody else', async () => {
    const view = await submitted('Assigned');
    const assign = (reviewerId: string | null, version: number) =>
      staff.agent.put(`${API}/${view.id}/reviewer`).send({ reviewerId, version });
    const cluster = await app.createAccount('cluster', { clusterId: 'lsec' });
    await assign(cluster.accountId, view.version).expect(400);
    const assigned = await assign(staff.accountId, view.version).expect(200);
    expect(assigned.body).to.deep.include({ reviewer: { id: staff.accountId, name: 'Rita' } });
    await assign(null, view.version).expect(412);
    expect((await list({ reviewer: 'me' })).items.map(({ name }) => name)).to.deep.equal(['Assigned']);
    expect((await list({ reviewer: 'nobody' })).items.map(({ name }) => name)).not.to.include('Assigned');
  });

  it('accepts: the cluster is there, its contact is invited, and both mails are sent', async () => {
    const view = await submitted('Accepted', { country: 'CY' });
    const decided = await decide(staff, view, 'accept').expect(200);
    const { application, invitationProblem } = decided.body as Decided;
    expect(invitationProblem).to.equal(null);
    expect(application).to.deep.include({ state: 'accepted' });
    const cluster = await staff.agent.get(`/api/v1/clusters/${application.clusterId ?? ''}`).expect(200);
    expect(cluster.body).to.include({ name: 'Accepted', country: 'CY', kind: 'ambassador' });
    const mails = (await app.mails()).filter(({ to }) => to === 'accepted@example.eu');
    expect(mails.map(({ subject }) => subject).slice(-2)).to.deep.equal([
      'Accepted is an ambassador cluster',
      'Your invitation to Tandem',
    ]);
    const token = await app.tokenMailedTo('accepted@example.eu');
    const joined = await app
      .agent()
      .post('/api/v1/invitations/accept')
      .send({ token, name: 'Eleni', password: 'violet-harbour-47-lantern' })
      .expect(201);
    expect(joined.body).to.have.nested.property('user.clusterId', application.clusterId);
  });

  it('brings the other scores up to date when a cluster came', async () => {
    const view = await submitted('Second of its country', { country: 'EE' });
    await decide(staff, await submitted('First of its country', { country: 'EE' }), 'accept').expect(200);
    const seen = await staff.agent.get(`${API}/${view.id}`).expect(200);
    expect((seen.body as ApplicationView).score).to.equal(view.score - 9);
  });

  it('is decided once, also by two reviewers at the same moment', async () => {
    const view = await submitted('Contested', { country: 'MT' });
    const replies = await Promise.all([
      decide(staff, view, 'accept'),
      decide(other, view, 'reject'),
      decide(other, view, 'accept'),
    ]);
    expect(replies.map(({ status }) => status).sort()).to.deep.equal([200, 409, 409]);
    const clusters = await staff.agent.get('/api/v1/clusters').query({ country: 'MT' }).expect(200);
    const won = replies.find(({ status }) => status === 200)?.body as Decided;
    expect((clusters.body as Page<ClusterView>).total).to.equal(won.application.state === 'accepted' ? 1 : 0);
  });

  it('leaves an application as it was where the cluster cannot be made', async () => {
    const view = await submitted('Name Taken', { country: 'SI' });
    await staff.agent.post('/api/v1/clusters').send({ name: 'Name taken', country: 'SI' }).expect(201);
    await decide(staff, { ...view, version: view.version + 1 }, 'accept').expect(409);
    const seen = await staff.agent.get(`${API}/${view.id}`).expect(200);
    expect(seen.body).to.include({ state: 'submitted', decision: null, clusterId: null });
  });

  it('stays accepted where the contact cannot be invited, and says so', async () => {
    const contactEmail = 'busy@example.eu';
    await app.createAccount('sme', { email: contactEmail, smeId: 'some' });
    const decided = await decide(
      staff,
      await submitted('Busy', { country: 'LU', contactEmail }),
      'accept',
    ).expect(200);
    expect((decided.body as Decided).application.state).to.equal('accepted');
    expect((decided.body as Decided).invitationProblem).to.include(
      'account with this e-mail address already',
    );
  });

  it('asks for more: the applicant answers by the link, and the application waits for the team again', async () => {
    const view = await submitted('Asked', { country: 'HU' });
    const asked = await decide(staff, view, 'ask', 'How many of your members are SMEs?').expect(200);
    expect((asked.body as Decided).application.state).to.equal('more-asked');
    const token = await app.tokenMailedTo('asked@example.eu');
    const seen = await app.agent().post(`${API}/look-up`).send({ token }).expect(200);
    const { version } = seen.body as { version: number };
    const application = applicationInput({ name: 'Asked', country: 'HU', contactEmail: 'asked@example.eu' });
    await app.agent().put(`${API}/own`).send({ token, version, application }).expect(400);
    const answered = await app
      .agent()
      .put(`${API}/own`)
      .send({ token, version, application, answer: 'All but three.' })
      .expect(200);
    expect(answered.body).to.have.property('state', 'submitted');
    expect((answered.body as ApplicationView).messages.map(({ by, text }) => `${by}: ${text}`)).to.deep.equal(
      ['team: How many of your members are SMEs?', 'applicant: All but three.'],
    );
  });

  it('rejects with a reason by mail; the cluster may apply again, and an old contact is erased', async () => {
    const view = await submitted('Rejected', { country: 'RS' });
    await decide(staff, view, 'reject', 'Too few of your members are companies.').expect(200);
    const mail = (await app.mails()).findLast(({ to }) => to === 'rejected@example.eu');
    expect(mail?.text).to.include('Too few of your members are companies.');
    await decide(staff, view, 'accept').expect(409);
    const again = await submitted('Rejected', { country: 'RS', contactEmail: 'again@example.eu' });
    expect(again.id).not.to.equal(view.id);

    const { connection } = app.storage.storage;
    const { services } = app.tandem;
    const data = createApplicantsData({
      connection,
      audit: services.audit,
      accounts: services.accounts.service,
    });
    expect(await data.exportByEmail('rejected@example.eu')).to.have.length(1);
    const days = (count: number) => new Date(app.clock().getTime() + count * 86_400_000);
    expect(await data.oldContacts.applySome(days(-1))).to.equal(0);
    // Of the two reviewers who decided at the same moment one may have rejected, too.
    const old = await data.oldContacts.count(days(1));
    expect(old).to.be.within(1, 2);
    expect(await data.oldContacts.applySome(days(1))).to.equal(old);
    expect(await data.exportByEmail('rejected@example.eu')).to.deep.equal([]);
    expect(await data.eraseByEmail('again@example.eu')).to.equal(1);
    const gone = await staff.agent.get(`${API}/${again.id}`).expect(200);
    expect(gone.body).to.include({ state: 'withdrawn', contactName: null, contactEmail: null });
  });

  it('makes the cluster at the next start where a crash came right after the decision', async () => {
    const view = await submitted('Crashed', { country: 'SK' });
    const decided = await decide(staff, view, 'accept').expect(200);
    const { clusterId } = (decided.body as Decided).application;
    const { connection } = app.storage.storage;
    await connection.collection<{ _id: string }>('clusters').deleteOne({ _id: clusterId ?? '' });
    const { services } = app.tandem;
    await createAmbassadorsFeature({
      connection,
      clock: app.clock,
      log: pino({ level: 'silent' }),
      audit: services.audit,
      post: services.post,
      taxonomy: createTaxonomyService(),
      clusters: services.clusters,
      accounts: services.accounts,
      publicUrl: () => app.url,
      secrets: ['test'],
      formsPerHour: 1,
    }).reconcile();
    await staff.agent.get(`/api/v1/clusters/${clusterId ?? ''}`).expect(200);
  });

  it('is written into the audit log: what it says last is how each application stands', async () => {
    const { connection } = app.storage.storage;
    const states = await auditedApplications(connection).states();
    const entries = await auditModel(connection).find({ kind: 'application' }).sort({ seq: 1 }).lean().exec();
    const last = new Map<string, { version: number; text: string }>();
    for (const { thingId, after } of entries) {
      const { version } = JSON.parse(after ?? '{}') as { version: number };
      if (version >= (last.get(thingId)?.version ?? 0)) last.set(thingId, { version, text: after ?? '' });
    }
    expect([...last].map(([id, { text }]) => [id, text]).sort()).to.deep.equal(
      [...states].map(([id, state]) => [id, canonicalJson(state)]).sort(),
    );
    expect(JSON.stringify(entries)).not.to.match(/@example\.eu|Eleni/);
  });
});
