import { expect } from 'chai';
import { LINK_EVERY_MS, UNCONFIRMED_MAX } from '../../../server/ambassadors/applicant.ts';
import type { ApplicationCard } from '../../../server/ambassadors/schema.ts';
import type { Page } from '../../../server/http/schema.ts';
import { startTestApp, type SignedIn, type TestApp } from '../../support/app.ts';
import { applicationInput, apply, openForm, submit } from './support.ts';

const API = '/api/v1/ambassador-applications';

describe('applying as an ambassador cluster', () => {
  let app: TestApp;
  let staff: SignedIn;
  before(async () => {
    app = await startTestApp({ env: { APPLICATIONS_PER_HOUR: '1000' } });
    staff = await app.signInAs('staff');
  });
  after(() => app.stop());

  async function queue(): Promise<ApplicationCard[]> {
    const listed = await staff.agent.get(API).query({ limit: 100 }).expect(200);
    return (listed.body as Page<ApplicationCard>).items;
  }
  const named = async (name: string) => (await queue()).filter((card) => card.name === name);

  it('needs no account, and reaches the queue only when the mailed link is confirmed', async () => {
    const token = await apply(app);
    expect(await named('Hellenic Security Cluster')).to.deep.equal([]);
    const seen = await app.agent().post(`${API}/look-up`).send({ token }).expect(200);
    expect(seen.body).to.include({ state: 'unconfirmed', contactEmail: 'eleni@hsc.example.eu' });
    const confirmed = await app.agent().post(`${API}/confirm`).send({ token }).expect(200);
    expect(confirmed.body).to.include({ state: 'submitted' });
    // The second click changes nothing.
    await app.agent().post(`${API}/confirm`).send({ token }).expect(200, confirmed.body);
    const [card] = await named('Hellenic Security Cluster');
    expect(card).to.deep.include({
      country: 'GR',
      comesFirst: true,
      reviewer: null,
      score: 51 + 9 + 18 + 15,
    });
  });

  it('is told the criteria in words, without points', async () => {
    const { own } = await submit(app, {
      name: 'Lisbon Shield',
      country: 'PT',
      contactEmail: 'ana@ls.example.eu',
    });
    expect(own.criteria).to.deep.include({
      criterion: 'country',
      level: 'much',
      reason: 'No partner of the consortium is based in Portugal: clusters from such countries come first.',
    });
    expect(JSON.stringify(own)).not.to.match(/points|score|reviewer/);
  });

  it('makes one application of a form, however often it is sent', async () => {
    const { form, consent } = await openForm(app);
    const body = {
      form,
      consentVersion: consent.version,
      application: applicationInput({ name: 'Twice Cluster', contactEmail: 'two@twice.example.eu' }),
    };
    await Promise.all([1, 2, 3].map(() => app.agent().post(API).send(body).expect(202)));
    expect((await app.mails()).filter(({ to }) => to === 'two@twice.example.eu')).to.have.length(1);
  });

  it('drops what a program sends, without telling it', async () => {
    const application = applicationInput({ name: 'Robot', contactEmail: 'robot@spam.example.eu' });
    const { form, consent } = await openForm(app);
    const sent = { form, consentVersion: consent.version, application };
    await app
      .agent()
      .post(API)
      .send({ ...sent, nickname: 'R2' })
      .expect(202, { mailedTo: 'robot@spam.example.eu' });
    expect((await app.mails()).filter(({ to }) => to === 'robot@spam.example.eu')).to.deep.equal([]);
    // A form that comes back at once is no person's.
    const opened = await app.agent().get(`${API}/form`).expect(200);
    const fresh = opened.body as { form: string };
    const tooSoon = await app
      .agent()
      .post(API)
      .send({ ...sent, form: fresh.form })
      .expect(429);
    expect(tooSoon.body).to.include({ code: 'sent-too-soon' });
    await app
      .agent()
      .post(API)
      .send({ ...sent, form: 'made-up' })
      .expect(409);
    await app
      .agent()
      .post(API)
      .send({ ...sent, consentVersion: 'another' })
      .expect(409);
  });

  it('fills nobody’s mailbox', async () => {
    const contactEmail = 'victim@example.eu';
    for (let i = 0; i < UNCONFIRMED_MAX; i += 1)
      await apply(app, { name: `Cluster ${String(i)}`, contactEmail });
    const { form, consent } = await openForm(app);
    const application = applicationInput({ name: 'One more', contactEmail });
    const refused = await app
      .agent()
      .post(API)
      .send({ form, consentVersion: consent.version, application })
      .expect(429);
    expect(refused.body).to.include({ code: 'confirm-first' });
  });

  it('recognises clusters that are with us, and a second application of the same cluster', async () => {
    const { form, consent } = await openForm(app);
    const known = applicationInput({ name: 'pole scs', country: 'FR' });
    const refused = await app
      .agent()
      .post(API)
      .send({ form, consentVersion: consent.version, application: known })
      .expect(409);
    expect(refused.body).to.include({ code: 'cluster-known' });

    await submit(app, { name: 'Dóuble Cluster', contactEmail: 'first@double.example.eu' });
    const second = await apply(app, { name: 'DOUBLE cluster', contactEmail: 'second@double.example.eu' });
    const taken = await app.agent().post(`${API}/confirm`).send({ token: second }).expect(409);
    expect(taken.body).to.include({ code: 'already-applied' });
    expect(await named('DOUBLE cluster')).to.deep.equal([]);
  });

  it('lets the applicant correct what is not decided, on the version that was read', async () => {
    const { token, own } = await submit(app, { name: 'Change Cluster', contactEmail: 'c@change.example.eu' });
    const application = applicationInput({
      name: 'Changed Cluster',
      contactEmail: 'c@change.example.eu',
      members: 300,
    });
    const change = { token, version: own.version, application };
    const changed = await app.agent().put(`${API}/own`).send(change).expect(200);
    expect(changed.body).to.include({ name: 'Changed Cluster', members: 300 });
    await app.agent().put(`${API}/own`).send(change).expect(412);
    const other = { ...application, contactEmail: 'someone@else.example.eu' };
    const { version } = changed.body as { version: number };
    const refused = await app
      .agent()
      .put(`${API}/own`)
      .send({ token, version, application: other })
      .expect(400);
    expect(JSON.stringify(refused.body)).to.include('application.contactEmail');
  });

  it('lets the applicant withdraw: the contact is gone, the name is free again', async () => {
    const person = { name: 'Leaver', contactEmail: 'gone@leaver.example.eu' };
    const { token } = await submit(app, person);
    await app.agent().post(`${API}/withdraw`).send({ token }).expect(204);
    const seen = await app.agent().post(`${API}/look-up`).send({ token }).expect(200);
    expect(seen.body).to.include({ state: 'withdrawn', contactName: '', contactEmail: '' });
    await app.agent().post(`${API}/withdraw`).send({ token }).expect(409);
    expect((await submit(app, person)).own.state).to.equal('submitted');
  });

  it('mails a new link, which makes the old one void, and says nothing of who applied', async () => {
    const contactEmail = 'lost@link.example.eu';
    const { token } = await submit(app, { name: 'Lost Link', contactEmail });
    const ask = (email: string) => app.agent().post(`${API}/send-link`).send({ email }).expect(204);
    await ask(contactEmail);
    expect(await app.tokenMailedTo(contactEmail)).to.equal(token);
    app.clock.advance(LINK_EVERY_MS + 1);
    const before = (await app.mails()).length;
    await ask('nobody@link.example.eu');
    expect(await app.mails()).to.have.length(before);
    await ask(contactEmail);
    const fresh = await app.tokenMailedTo(contactEmail);
    expect(fresh).not.to.equal(token);
    await app.agent().post(`${API}/look-up`).send({ token }).expect(410);
    await app.agent().post(`${API}/look-up`).send({ token: fresh }).expect(200);
  });

  it('may send so many forms from one address, and then waits', async () => {
    const small = await startTestApp({ env: { APPLICATIONS_PER_HOUR: '2' } });
    try {
      await apply(small, { contactEmail: 'a@small.example.eu' });
      await apply(small, { contactEmail: 'b@small.example.eu' });
      const { form, consent } = await openForm(small);
      const refused = await small
        .agent()
        .post(API)
        .send({ form, consentVersion: consent.version, application: applicationInput() })
        .expect(429);
      expect(refused.headers).to.have.property('retry-after');
    } finally {
      await small.stop();
    }
  });
});
