import { expect } from 'chai';
import { startTestApp, TEST_PASSWORD, type TestApp } from '../../support/app.ts';

const NEW_PASSWORD = 'copper-meadow-82-window';

describe('accounts', () => {
  let app: TestApp;
  before(async () => {
    app = await startTestApp();
  });
  after(() => app.stop());

  const signIn = (email: string, password: string) =>
    app.agent().post('/api/v1/session').send({ email, password });

  describe('the first one', () => {
    const tokenOf = (link: string | null) => (link ?? '').split('#')[1] ?? '';
    const person = { name: 'Ada', email: 'ada@example.eu', password: TEST_PASSWORD };

    it('is made with a link that works once, while there is no account', async () => {
      const fresh = await startTestApp();
      try {
        const first = tokenOf(await fresh.tandem.services.accounts.setUpLink());
        const link = await fresh.tandem.services.accounts.setUpLink();
        expect(link).to.match(/^http:\/\/localhost:\d+\/setup#[\w-]{43}$/);
        const use = (token: string, over: object = {}) =>
          fresh
            .agent()
            .post('/api/v1/setup')
            .send({ token, ...person, ...over });
        // a fresh link makes the one before void
        await use(first).expect(410);
        await use(tokenOf(link), { password: 'qwertyuiopas' }).expect(400);
        const answers = await Promise.all([
          use(tokenOf(link)),
          use(tokenOf(link), { email: 'eve@example.eu' }),
          use(tokenOf(link), { email: 'mallory@example.eu' }),
        ]);
        expect(answers.map(({ status }) => status).sort()).to.deep.equal([201, 410, 410]);
        expect(await fresh.tandem.services.accounts.setUpLink()).to.equal(null);
        await use(tokenOf(link)).expect(410);
      } finally {
        await fresh.stop();
      }
    });

    it('cannot be made a day later', async () => {
      const fresh = await startTestApp();
      try {
        const token = tokenOf(await fresh.tandem.services.accounts.setUpLink());
        fresh.clock.advance(86_400_000);
        await fresh
          .agent()
          .post('/api/v1/setup')
          .send({ token, ...person })
          .expect(410);
      } finally {
        await fresh.stop();
      }
    });
  });

  describe('passwords', () => {
    it('are changed with the current one; other sessions end, this one goes on', async () => {
      const { agent, email } = await app.signInAs('demand');
      const other = app.agent();
      await other.post('/api/v1/session').send({ email, password: TEST_PASSWORD }).expect(200);
      const change = (currentPassword: string, newPassword: string) =>
        agent.put('/api/v1/account/password').send({ currentPassword, newPassword });

      const wrong = await change('not my password', NEW_PASSWORD).expect(400);
      expect((wrong.body as { errors: { field: string }[] }).errors[0]?.field).to.equal('currentPassword');
      await change(TEST_PASSWORD, TEST_PASSWORD).expect(400);
      await change(TEST_PASSWORD, 'short').expect(400);
      await change(TEST_PASSWORD, NEW_PASSWORD).expect(204);

      expect((await other.get('/api/v1/session')).body).to.deep.equal({ user: null });
      expect((await agent.get('/api/v1/session')).body).not.to.deep.equal({ user: null });
      await signIn(email, TEST_PASSWORD).expect(401);
      await signIn(email, NEW_PASSWORD).expect(200);
      expect((await app.mails()).findLast(({ to }) => to === email)?.subject).to.match(
        /password was changed/,
      );
    });

    it('are reset by a link: once, for half an hour, all sessions end, nobody is signed in by it', async () => {
      const { agent, email } = await app.signInAs('demand');
      await app.agent().post('/api/v1/password-resets').send({ email }).expect(202);
      const token = await app.tokenMailedTo(email);
      const use = (password: string) =>
        app.agent().post('/api/v1/password-resets/use').send({ token, password });
      await use('123456789012').expect(400);
      const done = await use(NEW_PASSWORD).expect(204);
      expect(done.headers).not.to.have.property('set-cookie');
      await use(NEW_PASSWORD).expect(410);
      expect((await agent.get('/api/v1/session')).body).to.deep.equal({ user: null });
      await signIn(email, NEW_PASSWORD).expect(200);
    });

    it('cannot be reset by a link that is too old or was overtaken', async () => {
      const { email } = await app.createAccount('demand');
      const ask = async () => {
        await app.agent().post('/api/v1/password-resets').send({ email }).expect(202);
        return app.tokenMailedTo(email);
      };
      const use = (token: string) =>
        app.agent().post('/api/v1/password-resets/use').send({ token, password: NEW_PASSWORD });
      const [first, second] = [await ask(), await ask()];
      await use(second).expect(204);
      await use(first).expect(410);
      const third = await ask();
      app.clock.advance(30 * 60_000);
      await use(third).expect(410);
    });

    it('answers a request for a reset the same for everybody, and fills no mailbox', async () => {
      const { email } = await app.createAccount('demand');
      for (let round = 0; round < 6; round += 1) {
        await app.agent().post('/api/v1/password-resets').send({ email }).expect(202, '');
        // one after the other: the limit counts what was sent before
        await app.mails();
      }
      await app.agent().post('/api/v1/password-resets').send({ email: 'nobody@example.eu' }).expect(202, '');
      expect((await app.mails()).filter(({ to }) => to === email)).to.have.length(3);
      expect((await app.mails()).filter(({ to }) => to === 'nobody@example.eu')).to.have.length(0);
    });

    it('make older sessions worth nothing even where those were not ended', async () => {
      const { agent, accountId } = await app.signInAs('demand');
      await app.storage.storage.connection
        .collection<{ _id: string }>('accounts')
        .updateOne({ _id: accountId }, { $inc: { passwordVersion: 1 } });
      expect((await agent.get('/api/v1/session')).body).to.deep.equal({ user: null });
    });
  });

  describe('closing', () => {
    it('ends all sessions at once and frees the e-mail address', async () => {
      const staff = await app.signInAs('staff');
      const { agent, accountId, email } = await app.signInAs('demand');
      await staff.agent.post(`/api/v1/accounts/${accountId}/close`).expect(204);
      expect((await agent.get('/api/v1/session')).body).to.deep.equal({ user: null });
      await signIn(email, TEST_PASSWORD).expect(401);
      await staff.agent.post(`/api/v1/accounts/${accountId}/close`).expect(404);
      await staff.agent
        .post('/api/v1/invitations')
        .send({ role: 'demand', organisation: 'City', email })
        .expect(201);
    });

    it('of the own account needs the password', async () => {
      const { agent, email } = await app.signInAs('demand');
      await agent.post('/api/v1/account/close').send({ password: 'not mine' }).expect(400);
      await agent.post('/api/v1/account/close').send({ password: TEST_PASSWORD }).expect(204);
      await signIn(email, TEST_PASSWORD).expect(401);
    });

    it('is for staff; others may not even list', async () => {
      const { accountId } = await app.createAccount('demand');
      for (const role of ['cluster', 'sme', 'demand'] as const) {
        const { agent } = await app.signInAs(role, { clusterId: 'some', smeId: 'some' });
        await agent.post(`/api/v1/accounts/${accountId}/close`).expect(403);
        await agent.get('/api/v1/accounts').expect(403);
      }
    });

    it('never takes the last staff account, also when two close each other at once', async () => {
      const fresh = await startTestApp();
      try {
        const [ada, eve] = [await fresh.signInAs('staff'), await fresh.signInAs('staff')];
        const answers = await Promise.all([
          ada.agent.post(`/api/v1/accounts/${eve.accountId}/close`),
          eve.agent.post(`/api/v1/accounts/${ada.accountId}/close`),
        ]);
        expect(answers.filter(({ status }) => status === 204)).to.have.length(1);
        expect(await fresh.tandem.services.accounts.service.accountsOf({ role: 'staff' })).to.have.length(1);
        const rest = answers[0].status === 204 ? ada : eve;
        const refused = await rest.agent
          .post('/api/v1/account/close')
          .send({ password: TEST_PASSWORD })
          .expect(409);
        expect(refused.body).to.have.property('code', 'last-staff-account');
      } finally {
        await fresh.stop();
      }
    });

    it('counts staff anew at start, whatever a crash left behind', async () => {
      const fresh = await startTestApp();
      try {
        const [ada, eve] = [await fresh.signInAs('staff'), await fresh.signInAs('staff')];
        const rosters = fresh.storage.storage.connection.collection<{ _id: string }>('rosters');
        await rosters.updateOne({ _id: 'staff' }, { $set: { ids: ['gone'] } });
        await ada.agent.post(`/api/v1/accounts/${eve.accountId}/close`).expect(409);
        await fresh.tandem.services.accounts.service.reconcile();
        await ada.agent.post(`/api/v1/accounts/${eve.accountId}/close`).expect(204);
      } finally {
        await fresh.stop();
      }
    });
  });

  describe('the list', () => {
    it('pages through all accounts, newest first, each once', async () => {
      const fresh = await startTestApp();
      try {
        const staff = await fresh.signInAs('staff');
        for (let index = 0; index < 6; index += 1) await fresh.createAccount('demand');
        const seen: string[] = [];
        let cursor: string | null = null;
        do {
          const query: Record<string, string | number> =
            cursor === null ? { limit: 3 } : { limit: 3, cursor };
          const body: unknown = (await staff.agent.get('/api/v1/accounts').query(query).expect(200)).body;
          const page = body as { items: { id: string }[]; next: string | null; total: number };
          expect(page.total).to.equal(7);
          seen.push(...page.items.map(({ id }) => id));
          cursor = page.next;
        } while (cursor !== null);
        expect(seen).to.have.length(7);
        expect(seen).to.deep.equal([...new Set(seen)].sort().reverse());
      } finally {
        await fresh.stop();
      }
    });

    it('finds by name and e-mail, signs of regular expressions taken as they are', async () => {
      const { agent } = await app.signInAs('staff');
      await app.createAccount('demand', { name: 'Zoë (city of X)' });
      const found = async (q: string) =>
        ((await agent.get('/api/v1/accounts').query({ q }).expect(200)).body as { items: { name: string }[] })
          .items;
      expect((await found('zoë (CITY')).map(({ name }) => name)).to.deep.equal(['Zoë (city of X)']);
      expect(await found('.*nobody.*')).to.deep.equal([]);
      await agent.get('/api/v1/accounts').query({ cursor: 'not ours' }).expect(400);
    });

    it('shows no password, hash or session', async () => {
      const { agent } = await app.signInAs('staff');
      const { text } = await agent.get('/api/v1/accounts').expect(200);
      expect(text).not.to.match(/password|argon|hash|loginKey/i);
    });
  });
});
