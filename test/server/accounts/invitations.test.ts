import { expect } from 'chai';
import type { SmeInput } from '../../../server/smes/schema.ts';
import { INVITATION_VALID_MS, LINKS_PER_INVITATION } from '../../../server/accounts/invitations.ts';
import type { InvitationView } from '../../../server/accounts/schema.ts';
import { startTestApp, TEST_PASSWORD, type SignedIn, type TestApp } from '../../support/app.ts';
import { staff as staffViewer } from '../smes/support.ts';

const INVITATIONS = '/api/v1/invitations';

describe('invitations', () => {
  let app: TestApp;
  let staff: SignedIn;
  let cluster: SignedIn;
  let clusterId: string;
  let smeId: string;
  let strangerSmeId: string;
  let next = 0;
  const newEmail = () => `invited-${String((next += 1))}@example.eu`;

  async function newCluster(name: string): Promise<string> {
    const input = { name, country: 'FR', region: null, website: null, kind: 'ambassador' as const };
    return (await app.tandem.services.clusters.create(staffViewer, input)).id;
  }

  async function newSme(of: string, name: string): Promise<string> {
    const body: unknown = (
      await staff.agent
        .post('/api/v1/smes')
        .send({ clusterId: of, profile: { name, country: 'FR' } satisfies Partial<SmeInput> })
    ).body;
    return (body as { id: string }).id;
  }

  before(async () => {
    app = await startTestApp();
    staff = await app.signInAs('staff', { name: 'Ada of the team' });
    clusterId = await newCluster('Cluster of Provence');
    const strangers = await newCluster('Cluster of Brittany');
    cluster = await app.signInAs('cluster', { clusterId, name: 'Clara of Provence' });
    smeId = await newSme(clusterId, 'Sensors of Provence');
    strangerSmeId = await newSme(strangers, 'Radar of Brittany');
    expect(smeId, 'the SME of the cluster').to.be.a('string');
  });
  after(() => app.stop());

  const invite = (by: SignedIn, body: object) => by.agent.post(INVITATIONS).send(body);
  const accept = (token: string, over: object = {}) =>
    app
      .agent()
      .post(`${INVITATIONS}/accept`)
      .send({ token, name: 'Ivo Invited', password: TEST_PASSWORD, ...over });

  async function invited(
    by: SignedIn = staff,
    body: object = { role: 'demand', organisation: 'City of Lyon' },
  ) {
    const email = newEmail();
    const reply = await invite(by, { ...body, email }).expect(201);
    return { email, invitation: reply.body as InvitationView, token: await app.tokenMailedTo(email) };
  }

  it('sends a link that works once, makes the account and signs it in', async () => {
    const { email, invitation, token } = await invited(staff, { role: 'cluster', clusterId });
    expect(invitation).to.include({
      state: 'open',
      invitedBy: 'Ada of the team',
      organisation: 'Cluster of Provence',
    });
    const offer = await app.agent().post(`${INVITATIONS}/look-up`).send({ token }).expect(200);
    expect(offer.body).to.include({ role: 'cluster', email, organisation: 'Cluster of Provence' });

    const visitor = app.agent();
    const reply = await visitor
      .post(`${INVITATIONS}/accept`)
      .send({ token, name: 'Ivo', password: TEST_PASSWORD })
      .expect(201);
    expect(reply.body).to.nested.include({
      'user.role': 'cluster',
      'user.clusterId': clusterId,
      'user.email': email,
    });
    expect((await visitor.get('/api/v1/session')).body).to.have.nested.property('user.name', 'Ivo');

    await accept(token).expect(410);
    await app.agent().post(`${INVITATIONS}/look-up`).send({ token }).expect(410);
  });

  it('keeps the link nowhere but in the mail', async () => {
    const { token, invitation } = await invited();
    expect(JSON.stringify(invitation)).not.to.include(token);
    const stored = await app.storage.storage.connection.collection('invitations').find({}).toArray();
    expect(JSON.stringify(stored)).not.to.include(token);
  });

  it('gives one account to two who accept at once', async () => {
    const { email, token } = await invited();
    const answers = await Promise.all([accept(token), accept(token), accept(token), accept(token)]);
    expect(answers.map(({ status }) => status).filter((status) => status === 201)).to.have.length(1);
    expect(answers.every(({ status }) => [201, 409, 410].includes(status))).to.equal(true);
    expect(await app.storage.storage.connection.collection('accounts').countDocuments({ email })).to.equal(1);
  });

  it('lets the invited person go on where the server stopped between claim and account', async () => {
    const { token, invitation } = await invited();
    await app.storage.storage.connection
      .collection<{ _id: string }>('invitations')
      .updateOne({ _id: invitation.id }, { $set: { state: 'accepted', accountId: 'planned-account-id' } });
    const reply = await accept(token).expect(201);
    expect(reply.body).to.have.nested.property('user.id', 'planned-account-id');
    await accept(token).expect(410);
  });

  it('lets clusters invite their own members, and nobody else', async () => {
    const body: unknown = (
      await invite(cluster, {
        role: 'sme',
        smeId,
        email: newEmail(),
      }).expect(201)
    ).body;
    expect(body).to.include({ smeId, organisation: 'Sensors of Provence' });
    await invite(cluster, { role: 'sme', smeId: strangerSmeId, email: newEmail() }).expect(400);
    await invite(cluster, { role: 'staff', email: newEmail() }).expect(403);
    await invite(cluster, { role: 'cluster', clusterId, email: newEmail() }).expect(403);
    const sme = await app.signInAs('sme', { smeId });
    await invite(sme, { role: 'sme', smeId, email: newEmail() }).expect(403);
    await app.agent().post(INVITATIONS).send({ role: 'staff', email: newEmail() }).expect(401);
  });

  it('shows and gives a cluster the invitations of its own members only', async () => {
    const { invitation: foreign } = await invited(staff, { role: 'sme', smeId: strangerSmeId });
    const { items } = (await cluster.agent.get(INVITATIONS).expect(200)).body as { items: InvitationView[] };
    expect(items.map((item) => item.smeId))
      .to.include(smeId)
      .and.not.to.include(strangerSmeId);
    await cluster.agent.delete(`${INVITATIONS}/${foreign.id}`).expect(404);
    await cluster.agent.post(`${INVITATIONS}/${foreign.id}/resend`).expect(404);
  });

  it('asks for exactly the target of the role', async () => {
    const fieldOf = async (body: object) => {
      const reply = await invite(staff, { email: newEmail(), ...body }).expect(400);
      return (reply.body as { errors: { field: string }[] }).errors[0]?.field;
    };
    expect(await fieldOf({ role: 'cluster' })).to.equal('clusterId');
    expect(await fieldOf({ role: 'sme' })).to.equal('smeId');
    expect(await fieldOf({ role: 'demand' })).to.equal('organisation');
    expect(await fieldOf({ role: 'staff', smeId })).to.equal('smeId');
    expect(await fieldOf({ role: 'cluster', clusterId: 'no-such-cluster' })).to.equal('clusterId');
    expect(await fieldOf({ role: 'king' })).to.equal('role');
  });

  it('refuses an address that has an account or an open invitation', async () => {
    const { email } = await invited();
    const again = await invite(staff, { role: 'staff', email }).expect(409);
    expect(again.body).to.have.property('code', 'already-invited');
    const taken = await invite(staff, { role: 'staff', email: staff.email.toUpperCase() }).expect(409);
    expect(taken.body).to.have.property('code', 'email-taken');
  });

  it('makes the old link void with a new one, a limited number of times', async () => {
    const { email, invitation, token } = await invited();
    const path = `${INVITATIONS}/${invitation.id}/resend`;
    await staff.agent.post(path).expect(200);
    await accept(token).expect(410);
    for (let sent = 2; sent < LINKS_PER_INVITATION; sent += 1) await staff.agent.post(path).expect(200);
    await staff.agent.post(path).expect(429);
    await accept(await app.tokenMailedTo(email)).expect(201);
    await staff.agent.post(path).expect(409);
  });

  it('withdraws an invitation', async () => {
    const { invitation, token } = await invited();
    await staff.agent.delete(`${INVITATIONS}/${invitation.id}`).expect(204);
    await accept(token).expect(410);
    await staff.agent.delete(`${INVITATIONS}/${invitation.id}`).expect(409);
    await staff.agent.delete(`${INVITATIONS}/no-such-invitation`).expect(404);
  });

  it('ends after two weeks, and can be sent again then', async () => {
    const late = await startTestApp();
    try {
      const team = await late.signInAs('staff');
      const email = newEmail();
      const body: unknown = (await team.agent.post(INVITATIONS).send({ role: 'staff', email }).expect(201))
        .body;
      const token = await late.tokenMailedTo(email);
      late.clock.advance(INVITATION_VALID_MS);
      await late.agent().post(`${INVITATIONS}/look-up`).send({ token }).expect(410);

      const again = await late.signInAs('staff');
      const shown = async (state: string) =>
        (await again.agent.get(INVITATIONS).query({ state }).expect(200)).body as { total: number };
      expect([(await shown('open')).total, (await shown('expired')).total]).to.deep.equal([0, 1]);
      const { invitations } = late.tandem.services.accounts;
      expect(await invitations.expireInvitations(late.clock())).to.equal(1);
      expect(await invitations.expireInvitations(late.clock())).to.equal(0);
      await again.agent.post(`${INVITATIONS}/${(body as InvitationView).id}/resend`).expect(200);
      expect((await shown('open')).total).to.equal(1);
    } finally {
      await late.stop();
    }
  });

  it('does not use the link up when the password is refused', async () => {
    const { token } = await invited();
    const refused = await accept(token, { password: 'password1234' }).expect(400);
    expect((refused.body as { errors: { field: string }[] }).errors[0]?.field).to.equal('password');
    await accept(token).expect(201);
  });

  it('keeps the invitation when the mail cannot be sent', async () => {
    const broken = await startTestApp({ mailer: { send: () => Promise.reject(new Error('no mail today')) } });
    try {
      const team = await broken.signInAs('staff');
      const body: unknown = (
        await team.agent.post(INVITATIONS).send({ role: 'staff', email: newEmail() }).expect(201)
      ).body;
      await broken.mails();
      await team.agent.post(`${INVITATIONS}/${(body as InvitationView).id}/resend`).expect(200);
    } finally {
      await broken.stop();
    }
  });

  it('tells for each SME whether somebody signs in for it', async () => {
    const { accounts } = app.tandem.services;
    const fresh = await newSme(clusterId, 'States of Provence');
    const stateOf = async () => (await accounts.accountStates([fresh])).get(fresh);
    expect(await stateOf()).to.equal('none');
    const { token } = await invited(cluster, { role: 'sme', smeId: fresh });
    expect(await stateOf()).to.equal('invited');
    const body: unknown = (await accept(token).expect(201)).body;
    expect(await stateOf()).to.equal('active');
    expect(await accounts.service.accountsOf({ smeId: fresh })).to.deep.equal([
      (body as { user: { id: string } }).user.id,
    ]);
    await accounts.service.closeAllOf({ smeId: fresh });
    expect(await stateOf()).to.equal('closed');
  });
});
