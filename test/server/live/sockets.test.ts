import { expect } from 'chai';
import { io } from 'socket.io-client';
import { MESSAGES_PER_MINUTE, SOCKETS_PER_ACCOUNT } from '../../../server/live/sockets.ts';
import { startTestApp, TEST_PASSWORD, type SignedIn, type TestApp } from '../../support/app.ts';
import { connectLive, cookieOf, type LiveClient } from '../../support/matchmaking.ts';
import { until } from '../../support/until.ts';

describe('live sockets', () => {
  let app: TestApp;
  let staff: SignedIn;
  const open: LiveClient[] = [];

  async function connect(
    person: SignedIn,
    transport: 'websocket' | 'polling' = 'websocket',
  ): Promise<LiveClient> {
    const client = await connectLive(app, person, { transports: [transport] });
    open.push(client);
    return client;
  }

  /** Tries to connect with these headers; answers with the reason of the refusal, or 'connected'. */
  async function attempt(
    transport: 'websocket' | 'polling',
    headers: Record<string, string>,
  ): Promise<string> {
    const socket = io(app.url, {
      transports: [transport],
      extraHeaders: headers,
      reconnection: false,
      forceNew: true,
    });
    const outcome = await new Promise<string>((resolve) => {
      socket.once('connect', () => {
        resolve('connected');
      });
      socket.once('connect_error', (error) => {
        resolve(error.message);
      });
    });
    socket.disconnect();
    return outcome;
  }

  /** Waits until the server has closed the socket; answers with the reason that it gave. */
  function endOf(client: LiveClient): Promise<string> {
    return new Promise((resolve) => {
      let reason = 'no reason';
      client.socket.once('session-ended', (given) => (reason = given));
      client.socket.once('disconnect', () => {
        resolve(reason);
      });
    });
  }

  before(async () => {
    app = await startTestApp();
    staff = await app.signInAs('staff');
  });
  afterEach(async () => {
    for (const client of open.splice(0)) client.close();
    await until(() => app.tandem.services.matchmaking.live.socketCount() === 0);
  });
  after(() => app.stop());

  for (const transport of ['websocket', 'polling'] as const) {
    it(`lets in who is signed in, by ${transport}`, async () => {
      const client = await connect(staff, transport);
      expect(await client.catchUp(0)).to.deep.include({ reload: false });
    });

    it(`refuses another origin, by ${transport}, with a valid session`, async () => {
      const cookie = await cookieOf(staff, app);
      expect(await attempt(transport, { cookie, origin: 'https://evil.example' })).not.to.equal('connected');
      expect(await attempt(transport, { cookie, origin: `${app.url}.evil.example` })).not.to.equal(
        'connected',
      );
    });

    it(`refuses who is not signed in, by ${transport}, and says so`, async () => {
      expect(await attempt(transport, { origin: app.url })).to.equal('Sign in first.');
      expect(await attempt(transport, { origin: app.url, cookie: 'sid=s%3Amade-up.abc' })).to.equal(
        'Sign in first.',
      );
    });
  }

  it('refuses a WebSocket without an origin', async () => {
    expect(await attempt('websocket', { cookie: await cookieOf(staff, app) })).not.to.equal('connected');
  });

  it('closes the sockets of a session at once when it signs out, and no others', async () => {
    const person = await app.signInAs('staff');
    const other = await connect(staff);
    const client = await connect(person);
    const ended = endOf(client);
    await person.agent.delete('/api/v1/session').expect(204);
    expect(await ended).to.equal('signed-out');
    expect(other.socket.connected).to.equal(true);
  });

  it('closes the sockets of an account at once when it is closed', async () => {
    const person = await app.signInAs('demand', { organisation: 'City of Riga' });
    const clients = [await connect(person), await connect(person, 'polling')];
    const ended = Promise.all(clients.map(endOf));
    await staff.agent.post(`/api/v1/accounts/${person.accountId}/close`).expect(204);
    expect(await ended).to.deep.equal(['account-closed', 'account-closed']);
  });

  it('closes the sockets of the other sessions when the password changes', async () => {
    const person = await app.signInAs('staff');
    const client = await connect(person);
    const elsewhere = app.agent();
    await elsewhere
      .post('/api/v1/session')
      .send({ email: person.email, password: TEST_PASSWORD })
      .expect(200);
    const ended = endOf(client);
    await elsewhere
      .put('/api/v1/account/password')
      .send({ currentPassword: TEST_PASSWORD, newPassword: 'another-quiet-harbour-91' })
      .expect(204);
    expect(await ended).to.equal('signed-out');
  });

  it('notices with the next message that a session has expired', async () => {
    const client = await connect(staff);
    const ended = endOf(client);
    app.clock.advance(9 * 3_600_000);
    client.socket.emit('catch-up', { since: 0 }, () => undefined);
    expect(await ended).to.equal('expired');
    staff = await app.signInAs('staff');
  });

  it('keeps the newest sockets of an account and closes the oldest', async () => {
    const clients: LiveClient[] = [];
    for (let count = 0; count <= SOCKETS_PER_ACCOUNT; count += 1) clients.push(await connect(staff));
    await until(() => clients[0]?.socket.connected === false);
    expect(clients.slice(1).every(({ socket }) => socket.connected)).to.equal(true);
  });

  it('answers what it does not understand with an error', async () => {
    const { socket } = await connect(staff);
    const ask = (name: string, ...args: unknown[]): Promise<unknown> =>
      // Anything but the protocol: what a faulty or hostile client may send.
      (
        socket as unknown as { emitWithAck: (name: string, ...args: unknown[]) => Promise<unknown> }
      ).emitWithAck(name, ...args);
    for (const request of [{ since: -1 }, { since: 'x' }, { since: 0, more: 1 }, null, [], '__proto__']) {
      expect(await ask('catch-up', request)).to.have.property('error');
    }
    expect(await ask('catch-up')).to.have.property('error');
    expect(await ask('delete-everything', 1)).to.have.property('error');
    // Without an acknowledgement there is nobody to tell; nothing may break.
    socket.emit('catch-up', { since: 0 }, () => undefined);
    expect(await ask('catch-up', { since: 0 })).to.have.property('upTo');
  });

  it('answers at most so many messages a minute', async () => {
    const { socket } = await connect(staff);
    const answers = await Promise.all(
      Array.from({ length: MESSAGES_PER_MINUTE + 5 }, () => socket.emitWithAck('catch-up', { since: 0 })),
    );
    expect(answers.filter((answer) => 'error' in answer)).to.have.length(5);
  });

  it('drops a message that is too large, with its connection', async () => {
    const client = await connect(staff);
    const ended = endOf(client);
    (client.socket as unknown as { emit: (name: string, text: string) => void }).emit(
      'x',
      'x'.repeat(70_000),
    );
    await ended;
  });

  it('gives the same events over HTTP', async () => {
    await staff.agent.get('/api/v1/live/events?since=0').expect(200, { events: [], upTo: 0, reload: false });
    await staff.agent.get('/api/v1/live/events?since=-1').expect(400);
    await app.agent().get('/api/v1/live/events?since=0').expect(401);
  });
});
