import { expect } from 'chai';
import { ABSOLUTE_MS, IDLE_MS } from '../../../server/http/sessions.ts';
import { startTestApp, TEST_PASSWORD, type TestApp } from '../../support/app.ts';

const SESSION = '/api/v1/session';

/** The session cookie of an answer, as a browser would send it back. */
function cookieOf(headers: Record<string, unknown>): string {
  const header = headers['set-cookie'];
  const first: unknown = Array.isArray(header) ? header[0] : undefined;
  return typeof first === 'string' ? (first.split(';')[0] ?? '') : '';
}

describe('sign-in', () => {
  let app: TestApp;
  before(async () => {
    app = await startTestApp();
  });
  after(() => app.stop());

  const signIn = (email: string, password: string) => app.agent().post(SESSION).send({ email, password });

  it('tells who is signed in, and null where nobody is', async () => {
    expect((await app.agent().get(SESSION).expect(200)).body).to.deep.equal({ user: null });
    const { agent, email } = await app.signInAs('staff');
    const body: unknown = (await agent.get(SESSION).expect(200)).body;
    expect(body).to.deep.include({ user: { ...(body as { user: object }).user, email, role: 'staff' } });
    expect(JSON.stringify(body)).not.to.match(/password|hash/i);
  });

  it('takes the e-mail address in any case and with blanks around it', async () => {
    const { email } = await app.createAccount('demand');
    await signIn(`  ${email.toUpperCase()} `, TEST_PASSWORD).expect(200);
  });

  it('sets a cookie that scripts cannot read and other sites do not send', async () => {
    const { email } = await app.createAccount('demand');
    const { headers } = await signIn(email, TEST_PASSWORD).expect(200);
    expect(String(headers['set-cookie'])).to.match(/^sid=.*; Path=\/; Expires=.*; HttpOnly; SameSite=Lax$/);
  });

  it('sets no cookie for visitors who do not sign in', async () => {
    const { headers } = await app.agent().get(SESSION);
    expect(headers).not.to.have.property('set-cookie');
  });

  it('gives the same answer for a wrong password and for an unknown address', async () => {
    const { email } = await app.createAccount('demand');
    const wrong = await signIn(email, 'not the password').expect(401);
    const unknown = await signIn('nobody@example.eu', 'not the password').expect(401);
    const withoutId = ({ requestId, ...rest }: Record<string, unknown>) => [typeof requestId, rest];
    expect(withoutId(wrong.body as Record<string, unknown>)).to.deep.equal(
      withoutId(unknown.body as Record<string, unknown>),
    );
  });

  it('starts a session with a new id, so that a planted one is worth nothing', async () => {
    const { email } = await app.createAccount('demand');
    const first = cookieOf((await signIn(email, TEST_PASSWORD).expect(200)).headers);
    const again = await app
      .agent()
      .post(SESSION)
      .set('Cookie', first)
      .send({ email, password: TEST_PASSWORD });
    expect(cookieOf(again.headers)).not.to.equal(first).and.not.to.equal('');
    // the session from before has ended
    const old = await app.agent().get(SESSION).set('Cookie', first);
    expect(old.body).to.deep.equal({ user: null });
  });

  it('does not take a cookie that is not signed by the server', async () => {
    const { agent } = await app.signInAs('demand');
    const cookie = cookieOf((await agent.get(SESSION)).headers);
    const forged = cookie.replace(/\.[^.]*$/, '.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA');
    expect((await app.agent().get(SESSION).set('Cookie', forged)).body).to.deep.equal({ user: null });
  });

  it('signs out on the server: the cookie is worth nothing afterwards', async () => {
    const { agent } = await app.signInAs('demand');
    const cookie = cookieOf((await agent.get(SESSION)).headers);
    const { headers } = await agent.delete(SESSION).expect(204);
    expect(headers['clear-site-data']).to.equal('"cookies", "storage"');
    expect((await app.agent().get(SESSION).set('Cookie', cookie)).body).to.deep.equal({ user: null });
    await app.agent().get('/api/v1/account/sessions').set('Cookie', cookie).expect(401);
  });

  it('ends a session that was idle for half an hour', async () => {
    const { agent } = await app.signInAs('demand');
    app.clock.advance(IDLE_MS - 61_000);
    expect((await agent.get(SESSION)).body).to.have.nested.property('user.role', 'demand');
    app.clock.advance(IDLE_MS - 61_000);
    expect((await agent.get(SESSION)).body).to.have.nested.property('user.role', 'demand');
    app.clock.advance(IDLE_MS);
    expect((await agent.get(SESSION)).body).to.deep.equal({ user: null });
  });

  it('ends every session after eight hours, however busy it is', async () => {
    const { agent } = await app.signInAs('demand');
    for (let passed = 0; passed < ABSOLUTE_MS - 1_200_000; passed += 1_200_000) {
      app.clock.advance(1_200_000);
      await agent.get('/api/v1/account/sessions').expect(200);
    }
    app.clock.advance(1_200_000);
    await agent.get('/api/v1/account/sessions').expect(401);
  });

  it('slows guessing down, more each time, and lets the owner in when the wait is over', async () => {
    const { email } = await app.createAccount('demand');
    for (let attempt = 0; attempt < 5; attempt += 1) await signIn(email, 'wrong password').expect(401);
    const first = await signIn(email, TEST_PASSWORD).expect(429);
    expect(first.headers['retry-after']).to.equal('1');
    app.clock.advance(1_000);
    await signIn(email, 'wrong password').expect(401);
    expect((await signIn(email, TEST_PASSWORD).expect(429)).headers['retry-after']).to.equal('2');
    app.clock.advance(2_000);
    await signIn(email, TEST_PASSWORD).expect(200);
    // and the count starts afresh
    await signIn(email, 'wrong password').expect(401);
    await signIn(email, TEST_PASSWORD).expect(200);
  });

  it('slows down guessing of addresses without an account just the same', async () => {
    const email = 'nobody-at-all@example.eu';
    for (let attempt = 0; attempt < 5; attempt += 1) await signIn(email, 'wrong password').expect(401);
    await signIn(email, 'wrong password').expect(429);
  });

  it('lets no more guesses through when they come all at once', async () => {
    const { email } = await app.createAccount('demand');
    const answers = await Promise.all(Array.from({ length: 16 }, () => signIn(email, 'wrong password')));
    expect(answers.filter(({ status }) => status === 401).length).to.be.at.most(5);
    expect(new Set(answers.map(({ status }) => status))).to.deep.equal(new Set([401, 429]));
  });

  it('lists my sessions without their secret ids, and ends one or all others', async () => {
    const { agent, email } = await app.signInAs('demand');
    const other = app.agent();
    await other
      .post(SESSION)
      .set('User-Agent', 'other browser')
      .send({ email, password: TEST_PASSWORD })
      .expect(200);
    const third = app.agent();
    await third.post(SESSION).send({ email, password: TEST_PASSWORD }).expect(200);

    const { items } = (await agent.get('/api/v1/account/sessions').expect(200)).body as {
      items: { id: string; current: boolean; userAgent: string }[];
    };
    expect(items.map(({ current }) => current).sort()).to.deep.equal([false, false, true]);
    const ended = items.find(({ userAgent }) => userAgent === 'other browser');
    await agent.delete(`/api/v1/account/sessions/${ended?.id ?? ''}`).expect(204);
    expect((await other.get(SESSION)).body).to.deep.equal({ user: null });
    expect((await third.get(SESSION)).body).not.to.deep.equal({ user: null });

    await agent.delete('/api/v1/account/sessions').expect(204);
    expect((await third.get(SESSION)).body).to.deep.equal({ user: null });
    expect((await agent.get(SESSION)).body).not.to.deep.equal({ user: null });
  });

  it('does not end sessions of others', async () => {
    const { agent } = await app.signInAs('demand');
    const victim = await app.signInAs('demand');
    const { items } = (await victim.agent.get('/api/v1/account/sessions')).body as {
      items: { id: string }[];
    };
    await agent.delete(`/api/v1/account/sessions/${items[0]?.id ?? ''}`).expect(404);
    expect((await victim.agent.get(SESSION)).body).not.to.deep.equal({ user: null });
  });

  it('names the wrong field and says what is allowed', async () => {
    const body: unknown = (
      await app.agent().post(SESSION).send({ email: 'no address', password: '' }).expect(400)
    ).body;
    expect((body as { errors: { field: string }[] }).errors.map(({ field }) => field)).to.deep.equal([
      'email',
      'password',
    ]);
  });

  it('sets a host-bound, secure cookie where people come by https', async () => {
    const https = await startTestApp({
      env: { PUBLIC_URL: 'https://tandem.example.eu', TRUST_PROXY: 'loopback' },
    });
    try {
      const { email } = await https.createAccount('staff');
      const { headers } = await https
        .agent()
        .post(SESSION)
        .set('X-Forwarded-Proto', 'https')
        .send({ email, password: TEST_PASSWORD })
        .expect(200);
      expect(String(headers['set-cookie'])).to.match(
        /^__Host-sid=.*; Path=\/; .*HttpOnly; Secure; SameSite=Lax$/,
      );
      expect(headers['strict-transport-security']).to.equal('max-age=31536000; includeSubDomains');
    } finally {
      await https.stop();
    }
  });

  it('accepts cookies of the previous secret after a change of secrets', async () => {
    const [older, newer] = ['o'.repeat(40), 'n'.repeat(40)];
    const before = await startTestApp({ env: { SESSION_SECRETS: older } });
    const { agent } = await before.signInAs('staff');
    const cookie = cookieOf((await agent.get(SESSION)).headers);
    await before.tandem.stop();
    const rotated = await startTestApp({
      env: { SESSION_SECRETS: `${newer},${older}` },
      storage: before.storage,
    });
    const dropped = await startTestApp({ env: { SESSION_SECRETS: newer }, storage: before.storage });
    try {
      const seenBy = async (server: TestApp) =>
        (await server.agent().get(SESSION).set('Cookie', cookie)).body as unknown;
      expect(await seenBy(rotated)).to.have.nested.property('user.role', 'staff');
      expect(await seenBy(dropped)).to.deep.equal({ user: null });
    } finally {
      await dropped.stop();
      await rotated.stop();
      await before.storage.stop();
    }
  });
});
