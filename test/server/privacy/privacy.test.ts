import { expect } from 'chai';
import { accountModel, type AccountRecord } from '../../../server/accounts/model.ts';
import { auditModel } from '../../../server/audit/model.ts';
import { answerModel } from '../../../server/suggestions/model.ts';
import { erasureModel } from '../../../server/privacy/model.ts';
import { smeModel, type SmeRecord } from '../../../server/smes/model.ts';
import { weightsModel } from '../../../server/weights/model.ts';
import type { ConsentView, ErasureView, PersonalDataView } from '../../../server/privacy/schema.ts';
import type { WeightsView } from '../../../server/weights/schema.ts';
import { startTestApp, TEST_PASSWORD, type SignedIn, type TestApp } from '../../support/app.ts';
import { startTestStorage, type TestStorage } from '../../support/storage.ts';
import { until } from '../../support/until.ts';

const PRIVACY = '/api/v1/privacy';

describe('privacy', () => {
  let storage: TestStorage;
  let app: TestApp;
  let staff: SignedIn;
  let next = 0;

  before(async () => {
    storage = await startTestStorage();
    app = await startTestApp({ storage });
    staff = await app.signInAs('staff', { name: 'Ada of the team' });
  });
  after(async () => {
    await app.stop();
    await storage.stop();
  });

  const connection = () => storage.storage.connection;

  /** An SME that fits others, with an account that is also its contact. */
  async function company(country: string): Promise<{ smeId: string; person: SignedIn }> {
    const number = (next += 1);
    const email = `person${number}@company${number}.example.eu`;
    const clusterId = country === 'FR' ? 'safe-cluster' : 'hague-security-delta';
    const profile = {
      name: `Company ${number}`,
      country,
      marketRole: country === 'FR' ? 'security-market' : 'deep-tech',
      languages: ['en'],
      solutions: [{ title: 'Radar', offer: 'A radar that sees drones', trl: 7 }],
      needs: [{ words: 'Somebody who knows cameras' }],
      confidential: {
        contactName: `Person ${number}`,
        contactEmail: email,
        contactPhone: null,
        notes: 'Secret plan',
      },
    };
    const body: unknown = (await staff.agent.post('/api/v1/smes').send({ clusterId, profile }).expect(201))
      .body;
    const smeId = (body as { id: string }).id;
    return { smeId, person: await app.signInAs('sme', { smeId, email, name: `Person ${number}` }) };
  }
  const sme = (id: string) => smeModel(connection()).findById(id).lean<SmeRecord>();
  const consents = async ({ agent }: SignedIn): Promise<ConsentView[]> =>
    ((await agent.get(`${PRIVACY}/consents`).expect(200)).body as { items: ConsentView[] }).items;
  const answer = ({ agent }: SignedIn, purpose: string, state: string, textVersion = 1) =>
    agent.put(`${PRIVACY}/consents/${purpose}`).send({ state, textVersion });
  const poolHas = async (smeId: string): Promise<boolean> =>
    (await app.tandem.services.matchmaking.matcher.lists()).some((list) => list.sme === smeId);

  describe('consents', () => {
    it('are asked per purpose, and are due until the newest text is answered', async () => {
      const { person } = await company('FR');
      const asked = await consents(person);
      expect(asked.map(({ purpose }) => purpose)).to.deep.equal([
        'matching',
        'contacts',
        'public-map',
        'named-results',
        'mails',
      ]);
      expect(asked.every(({ due, state }) => due && state === null)).to.equal(true);
      expect(asked.filter(({ allowed }) => allowed).map(({ purpose }) => purpose)).to.deep.equal([
        'matching',
        'contacts',
        'mails',
      ]);
      expect((await consents(staff)).map(({ purpose }) => purpose)).to.deep.equal(['mails']);
    });

    it('keep each answer with its date and the text that was answered', async () => {
      const { person } = await company('FR');
      await answer(person, 'public-map', 'given').expect(200);
      app.clock.advance(60_000);
      const view = (await answer(person, 'public-map', 'withdrawn').expect(200)).body as ConsentView;
      expect(view).to.include({ state: 'withdrawn', allowed: false, due: false });
      expect(view.history.map(({ state, textVersion }) => [state, textVersion])).to.deep.equal([
        ['withdrawn', 1],
        ['given', 1],
      ]);
      expect(view.history[0]?.at).to.equal(app.clock().toISOString());
    });

    it('refuse an answer to another text than the one in force, and one for somebody else', async () => {
      const { person } = await company('FR');
      await answer(person, 'matching', 'given', 2).expect(409);
      await answer(staff, 'matching', 'withdrawn').expect(403);
      await answer(person, 'everything', 'given').expect(400);
    });

    it('lose none of two answers given at once', async () => {
      const { person } = await company('FR');
      await Promise.all(['given', 'withdrawn'].map((state) => answer(person, 'matching', state).expect(200)));
      const [matching] = await consents(person);
      expect(matching?.history).to.have.length(2);
      expect(matching?.history[0]?.state).to.equal(matching?.state);
    });

    it('take the SME out of the pool as soon as it says no to matching, and back in when it says yes', async () => {
      const { smeId, person } = await company('NL');
      await until(() => poolHas(smeId));
      await answer(person, 'matching', 'withdrawn').expect(200);
      expect(await poolHas(smeId)).to.equal(false);
      const partners = await person.agent.get(`/api/v1/smes/${smeId}/partners`).expect(200);
      expect(partners.body).to.have.property('partners').that.deep.equals([]);
      await answer(person, 'matching', 'given').expect(200);
      expect(await poolHas(smeId)).to.equal(true);
    });

    it('stop the digest, and nothing else, for who wants no news', async () => {
      const [a, b] = [await company('FR'), await company('NL')];
      await answer(a.person, 'mails', 'withdrawn').expect(200);
      await until(async () => (await poolHas(a.smeId)) && (await poolHas(b.smeId)));
      const before = (await app.mails()).length;
      await staff.agent.post('/api/v1/jobs/suggestions-digest/run').expect(202);
      await until(async () => {
        const body: unknown = (await staff.agent.get('/api/v1/jobs').expect(200)).body;
        const jobs = (body as { items: { name: string; lastResult: string | null }[] }).items;
        return jobs.find(({ name }) => name === 'suggestions-digest')?.lastResult?.includes('sent') === true;
      });
      const mailed = (await app.mails()).slice(before).map(({ to }) => to);
      expect(mailed).to.include(b.person.email).and.not.include(a.person.email);
      await a.person.agent.post('/api/v1/password-resets').send({ email: a.person.email }).expect(202);
      expect((await app.mails()).at(-1)?.to).to.equal(a.person.email);
    });
  });

  describe('everything about me', () => {
    it('is one JSON file and a CSV file for each section, and is recorded', async () => {
      const { smeId, person } = await company('FR');
      const other = await company('NL');
      const declined = {
        partnerId: other.smeId,
        answer: 'not-for-me',
        reason: 'other',
        comment: 'We know them',
      };
      await person.agent.post(`/api/v1/smes/${smeId}/answers`).send(declined).expect(201);

      const file = await person.agent.get(`${PRIVACY}/everything.json`).expect(200);
      expect(file.headers['content-disposition']).to.include('tandem-my-data.json');
      const text = JSON.stringify(file.body);
      expect(text).to.include(person.email).and.include('Secret plan').and.include('We know them');
      expect(text).to.not.include(other.person.email).and.not.include('argon2');

      const { sections } = (await person.agent.get(`${PRIVACY}/data`).expect(200)).body as PersonalDataView;
      for (const { of, name, records } of sections) {
        const csv = await person.agent.get(`${PRIVACY}/data/${of}/${name}.csv`).expect(200);
        expect(csv.text.trim().split('\r\n').length, name).to.be.greaterThan(records);
      }
      const exports = await auditModel(connection())
        .find({ action: 'privacy.export', actorId: person.accountId })
        .lean();
      expect(exports).to.have.length(1 + sections.length);
      await person.agent.get(`${PRIVACY}/data/sme/nothing.csv`).expect(404);
      await staff.agent.get(`${PRIVACY}/data/sme/profile.csv`).expect(404);
    });
  });

  describe('erasure', () => {
    const erase = ({ agent }: SignedIn, what: string, password = TEST_PASSWORD) =>
      agent.post(`${PRIVACY}/erasure`).send({ what, password });

    it('needs the password', async () => {
      const { smeId, person } = await company('FR');
      await erase(person, 'sme', 'violet-harbour-47-lamp').expect(400);
      expect(await sme(smeId)).to.not.equal(null);
    });

    it('of an account leaves no name and no address anywhere, and the company as it was', async () => {
      const { smeId, person } = await company('FR');
      await erase(person, 'account').expect(200);
      await person.agent.get('/api/v1/session').expect(200, { user: null });
      const account = await accountModel(connection()).findById(person.accountId).lean<AccountRecord>();
      expect(account).to.include({ state: 'closed', email: '', name: 'Erased person', passwordHash: '' });
      expect((await sme(smeId))?.confidential).to.include({ contactName: null, contactEmail: null });
      expect(await everythingStored()).to.not.include(person.email);
    });

    it('of staff leaves what they did, signed by nobody in particular', async () => {
      const leaving = await app.signInAs('staff', { name: 'Zoe Leaves-Us' });
      const { version, values } = (await leaving.agent.get('/api/v1/weights').expect(200))
        .body as WeightsView;
      const change = { baseVersion: version, values: { ...values, reach: values.reach + 1 }, note: 'mine' };
      await leaving.agent.post('/api/v1/weights').send(change).expect(201);
      const invitation = { role: 'demand', email: 'city@example.eu', organisation: 'City' };
      await leaving.agent.post('/api/v1/invitations').send(invitation).expect(201);
      await erase(leaving, 'account').expect(200);
      expect(await weightsModel(connection()).findOne({ note: 'mine' }).lean()).to.include({
        by: 'Erased person',
      });
      expect(await everythingStored()).to.not.include('Leaves-Us');
    });

    it('of the last staff account is refused before anything is gone', async () => {
      const only = await startTestApp();
      const last = await only.signInAs('staff', { name: 'The last one' });
      await erase(last, 'account').expect(409);
      const session: unknown = (await last.agent.get('/api/v1/session').expect(200)).body;
      expect(session).to.have.nested.property('user.name', 'The last one');
      await only.stop();
    });

    it('of a company removes its profile, answers and accounts, counts them, and leaves others alone', async () => {
      const { smeId, person } = await company('FR');
      const other = await company('NL');
      const colleague = await app.signInAs('sme', { smeId, email: `second-${smeId}@example.eu` });
      for (const [from, partnerId] of [
        [person, other.smeId],
        [other.person, smeId],
      ] as const) {
        const of = from === person ? smeId : other.smeId;
        const no = { partnerId, answer: 'not-for-me', reason: 'competitor', comment: '' };
        await from.agent.post(`/api/v1/smes/${of}/answers`).send(no).expect(201);
      }
      const { counts } = (await erase(person, 'sme').expect(200)).body as ErasureView;
      expect(counts).to.include({ profile: 1, answers: 2, account: 2 });
      expect(await sme(smeId)).to.equal(null);
      expect(
        await answerModel(connection()).countDocuments({ $or: [{ smeId }, { partnerId: smeId }] }),
      ).to.equal(0);
      await colleague.agent.get('/api/v1/session').expect(200, { user: null });
      expect(await sme(other.smeId)).to.not.equal(null);
      const stored = await everythingStored();
      for (const gone of [person.email, colleague.email]) expect(stored).to.not.include(gone);
    });

    it('is for a company only by who speaks for it', async () => {
      await erase(staff, 'sme').expect(400);
    });

    it('that a crash cut short is finished at the next start', async () => {
      const { smeId, person } = await company('FR');
      const by = { id: person.accountId, role: 'sme' as const };
      await erasureModel(connection()).insertMany([
        {
          _id: 'cut-short',
          kind: 'sme',
          subjectId: smeId,
          state: 'running',
          startedAt: app.clock(),
          finishedAt: null,
          by,
          counts: {},
        },
      ]);
      await app.stop();
      app = await startTestApp({ storage, clock: app.clock });
      expect(await sme(smeId)).to.equal(null);
      expect(await erasureModel(connection()).findById('cut-short').lean()).to.include({ state: 'done' });
      staff = await app.signInAs('staff');
    });

    /** Every document of every collection, as text; sessions and mail counters hold no names. */
    async function everythingStored(): Promise<string> {
      const { db } = connection();
      const collections = (await db?.listCollections().toArray()) ?? [];
      const all = await Promise.all(
        collections.map(({ name }) => connection().collection(name).find().toArray()),
      );
      return JSON.stringify(all);
    }
  });
});
