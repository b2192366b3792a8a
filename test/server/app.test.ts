import { connect } from 'node:net';
import { expect } from 'chai';
import { pino } from 'pino';
import { startTestApp, TEST_PASSWORD } from '../support/app.ts';

describe('app', () => {
  it('takes no connections once it has stopped, and may be told to stop twice', async () => {
    const app = await startTestApp();
    await app.tandem.stop();
    const refused = await new Promise<string>((resolve) => {
      const { port } = new URL(app.url);
      connect({ port: Number(port), host: '127.0.0.1' }).once('error', (error) => {
        resolve('code' in error ? String(error.code) : error.message);
      });
    });
    expect(refused).to.equal('ECONNREFUSED');
    await app.tandem.stop();
    await app.storage.stop();
  });

  it('sends the mail that is under way before it stops', async () => {
    let delivered = 0;
    let release: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (release = resolve));
    const app = await startTestApp({
      mailer: {
        async send() {
          await gate;
          delivered += 1;
          return '<id>';
        },
      },
    });
    const { agent } = await app.signInAs('staff');
    await agent.post('/api/v1/invitations').send({ role: 'staff', email: 'next@example.eu' }).expect(201);
    const stopped = app.tandem.stop();
    release();
    await stopped;
    expect(delivered).to.equal(1);
    await app.storage.stop();
  });

  it('writes no password, token or cookie into its log, and no queries', async () => {
    const lines: string[] = [];
    const log = pino({ level: 'trace' }, { write: (line: string) => lines.push(line) });
    const app = await startTestApp({ log });
    const { agent, email } = await app.signInAs('staff');
    await agent.get('/api/v1/accounts').query({ q: 'someone-private' });
    await agent.post('/api/v1/invitations').send({ role: 'staff', email: 'next@example.eu' }).expect(201);
    const token = await app.tokenMailedTo('next@example.eu');
    await app.agent().post('/api/v1/session').send({ email, password: 'a wrong password' }).expect(401);
    await app.agent().post('/api/v1/invitations/look-up').send({ token }).expect(200);
    await app.stop();
    const text = lines.join('');
    expect(text).to.include('authn_login_fail').and.include('session_created').and.include('user_invited');
    for (const secret of [TEST_PASSWORD, 'a wrong password', token, 'sid=', 's%3A', 'someone-private']) {
      expect(text, secret).not.to.include(secret);
    }
  });
});
