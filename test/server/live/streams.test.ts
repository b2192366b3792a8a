import { expect } from 'chai';
import fc from 'fast-check';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { io } from 'socket.io-client';
import type { RequestHandler } from 'express';
import { EventStreams, KEPT_DAYS, KEPT_EVENTS } from '../../../server/live/events.ts';
import type { LiveEvent } from '../../../server/live/protocol.ts';
import { createLiveService, type LiveService } from '../../../server/live/service.ts';
import { ensureIndexes } from '../../../server/storage/connect.ts';
import { newId } from '../../../server/storage/ids.ts';
import { createTestClock } from '../../support/app.ts';
import type { ClientSocket } from '../../support/matchmaking.ts';
import { startTestStorage, type TestStorage } from '../../support/storage.ts';
import { until } from '../../support/until.ts';
import { silentLog } from '../matching/support.ts';

describe('event streams', () => {
  let storage: TestStorage;
  const clock = createTestClock();
  const notice = (importId: string) => ({ kind: 'import' as const, importId, state: 'checked' });
  const streams = (): EventStreams => new EventStreams(storage.storage.connection, clock);

  before(async () => {
    storage = await startTestStorage();
    streams();
    await ensureIndexes(storage.storage.connection);
  });
  after(() => storage.stop());

  it('number the events of each account 1, 2, 3 …, also when several processes write at once', async () => {
    const accountIds = [newId(), newId(), newId()];
    const [one, two, three] = [streams(), streams(), streams()];
    await Promise.all(
      Array.from({ length: 30 }, (_, i) =>
        (i % 3 === 0 ? one : i % 3 === 1 ? two : three).append([
          { accountIds, notice: notice(`a${i}`) },
          { accountIds: accountIds.slice(0, 1), notice: notice(`b${i}`) },
        ]),
      ),
    );
    for (const [at, accountId] of accountIds.entries()) {
      const { events, upTo } = await streams().since(accountId, 0);
      expect(upTo).to.equal(at === 0 ? 60 : 30);
      expect(events.map(({ seq }) => seq)).to.deep.equal(events.map((_, i) => i + 1));
      expect(new Set(events.map(({ notice }) => JSON.stringify(notice))).size).to.equal(upTo);
    }
  });

  it('are looked through for what others wrote, and for nothing of one’s own', async () => {
    const [accountId, since] = [newId(), clock()];
    const [one, other] = [streams(), streams()];
    await one.append([{ accountIds: [accountId], notice: notice('mine') }]);
    const seen = async (by: EventStreams): Promise<number[]> =>
      (await by.writtenSince(since)).filter((event) => event.accountId === accountId).map(({ seq }) => seq);
    expect(await seen(one)).to.deep.equal([]);
    expect(await seen(other)).to.deep.equal([1]);
  });

  it('hold the same notice once, however often it is told', async () => {
    const accountId = newId();
    const repeat = { accountIds: [accountId], notice: notice('a'), key: 'import:a' };
    expect(await streams().append([repeat])).to.have.length(1);
    expect(await streams().append([repeat, { accountIds: [accountId], notice: notice('b') }])).to.have.length(
      1,
    );
    const { events } = await streams().since(accountId, 0);
    expect(events.map(({ seq }) => seq)).to.deep.equal([1, 2]);
  });

  it('tell an account several things by one command, and leave no gap where one of them was told before', async () => {
    const accountIds = [newId(), newId()];
    const [first, second] = accountIds;
    const told = (id: string, to = accountIds) => ({
      accountIds: to,
      notice: notice(id),
      key: `import:${id}`,
    });
    const { connection } = storage.storage;
    let inserts = 0;
    const count = ({ commandName }: { commandName: string }): void => {
      if (commandName === 'insert') inserts += 1;
    };
    connection.getClient().on('commandStarted', count);
    expect(await streams().append(['a', 'b', 'c'].map((id) => told(id)))).to.have.length(6);
    connection.getClient().off('commandStarted', count);
    expect(inserts).to.equal(1);
    // 'd' was told to one of the two by somebody else: what comes behind it has the next number all the same.
    await streams().append([told('d', accountIds.slice(0, 1))]);
    expect(await streams().append(['x', 'd', 'e'].map((id) => told(id)))).to.have.length(5);
    const idsOf = async (accountId = ''): Promise<string[]> => {
      const { events } = await streams().since(accountId, 0);
      expect(events.map(({ seq }) => seq)).to.deep.equal(events.map((_, i) => i + 1));
      return events.map(({ key }) => key.slice(7));
    };
    expect(await idsOf(first)).to.deep.equal(['a', 'b', 'c', 'd', 'x', 'e']);
    expect(await idsOf(second)).to.deep.equal(['a', 'b', 'c', 'x', 'd', 'e']);
  });

  it('ask for a reload where the events are no longer kept, or the client knows more than there is', async () => {
    const accountId = newId();
    const mine = streams();
    for (let i = 0; i < KEPT_EVENTS + 50; i += 1) {
      await mine.append([{ accountIds: [accountId], notice: notice(`a${i}`) }]);
    }
    const upTo = KEPT_EVENTS + 50;
    expect(await mine.since(accountId, 0)).to.deep.equal({ events: [], upTo, reload: true });
    expect(await mine.since(accountId, upTo + 1)).to.deep.equal({ events: [], upTo, reload: true });
    expect((await mine.since(accountId, upTo - 3)).events).to.have.length(3);
  });

  it('go on from the last number after everything old was removed', async () => {
    const accountId = newId();
    await streams().append(['a', 'b', 'c'].map((id) => ({ accountIds: [accountId], notice: notice(id) })));
    clock.advance((KEPT_DAYS + 1) * 86_400_000);
    expect(await streams().forgetOld()).to.be.at.least(2);
    const [next] = await streams().append([{ accountIds: [accountId], notice: notice('d') }]);
    expect(next?.seq).to.equal(4);
  });

  describe('on the wire', () => {
    let server: Server;
    let live: LiveService;
    let url: string;
    /** Sessions that ended without a word. */
    const ended = new Set<string>();

    /** Stands in for the session: the account's id is the cookie. */
    const session: RequestHandler = (req, _res, next) => {
      const id = req.headers.cookie ?? '';
      Object.assign(req, {
        sessionID: id,
        user: { id, name: id, role: 'sme', clusterId: null, smeId: null },
      });
      next();
    };

    async function startLive(): Promise<void> {
      live = createLiveService({
        connection: storage.storage.connection,
        clock,
        log: silentLog,
        presenters: {
          partners: () => Promise.resolve(null),
          meeting: () => Promise.resolve({ meeting: null, sentence: '' }),
          request: () => Promise.resolve(null),
          eventPartners: () => Promise.resolve(null),
        },
        displays: { admit: () => Promise.resolve(null), roomOf: () => Promise.resolve(null) },
        sessionMiddleware: [session],
        viewerOf: (id) =>
          Promise.resolve(ended.has(id) ? null : { id, name: id, role: 'sme', clusterId: null, smeId: null }),
        allowsOrigin: () => true,
        pollMs: 20,
        sessionCheckMs: 20,
      });
      server = createServer();
      live.attach(server);
      live.start();
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`; // a TCP server has a port
    }

    async function stopLive(): Promise<void> {
      await live.stop();
      await new Promise((resolve) => server.close(resolve));
    }

    /** What a client does: keeps the last number, takes the next one, asks when one is missing. */
    class Client {
      readonly handled: LiveEvent[] = [];
      #socket: ClientSocket | null = null;
      readonly #accountId: string;

      constructor(accountId: string) {
        this.#accountId = accountId;
      }

      get last(): number {
        return this.handled.at(-1)?.seq ?? 0;
      }

      async connect(): Promise<void> {
        if (this.#socket) return;
        const socket: ClientSocket = io(url, {
          transports: ['websocket'],
          extraHeaders: { cookie: this.#accountId, origin: url },
          reconnection: false,
          forceNew: true,
        });
        this.#socket = socket;
        socket.on('event', (event) => {
          if (event.seq === this.last + 1) this.handled.push(event);
          else if (event.seq > this.last + 1) void this.catchUp();
        });
        await new Promise<void>((resolve) => socket.once('connect', resolve));
        await this.catchUp();
      }

      async catchUp(): Promise<void> {
        const reply = await this.#socket?.emitWithAck('catch-up', { since: this.last });
        if (!reply || 'error' in reply) return;
        for (const event of reply.events) if (event.seq === this.last + 1) this.handled.push(event);
      }

      get isOpen(): boolean {
        return this.#socket?.connected === true;
      }

      disconnect(): void {
        this.#socket?.disconnect();
        this.#socket = null;
      }
    }

    beforeEach(startLive);
    afterEach(stopLive);

    it('a client that comes and goes handles every event once and in order', async function () {
      this.timeout(60_000);
      const step = fc.constantFrom(
        'notify',
        'notify',
        'foreign',
        'connect',
        'disconnect',
        'catch-up',
        'restart',
      );
      await fc.assert(
        fc.asyncProperty(fc.array(step, { maxLength: 14 }), async (steps) => {
          const accountId = newId();
          const client = new Client(accountId);
          const told: string[] = [];
          const tell = async (how: 'here' | 'elsewhere'): Promise<void> => {
            const importId = `i${told.length}`;
            told.push(importId);
            const addressed = { accountIds: [accountId, newId()], notice: notice(importId) };
            if (how === 'here') await live.notifyAll([addressed]);
            else await streams().append([addressed]);
          };
          for (const what of steps) {
            if (what === 'notify') await tell('here');
            else if (what === 'foreign') await tell('elsewhere');
            else if (what === 'connect') await client.connect();
            else if (what === 'disconnect') client.disconnect();
            else if (what === 'catch-up') await client.catchUp();
            else {
              client.disconnect();
              await stopLive();
              await startLive();
            }
          }
          await client.connect();
          await until(() => client.last === told.length);
          client.disconnect();
          expect(client.handled.map((event) => event.kind === 'import' && event.importId)).to.deep.equal(
            told,
          );
          expect(client.handled.map(({ seq }) => seq)).to.deep.equal(told.map((_, i) => i + 1));
        }),
        { numRuns: 25 },
      );
    });

    it('the clients whose sessions ended without a word are let go, and no others', async () => {
      // More than are looked at together.
      const clients = Array.from({ length: 60 }, () => ({ id: newId() })).map(({ id }) => ({
        id,
        client: new Client(id),
      }));
      await Promise.all(clients.map(({ client }) => client.connect()));
      const [first, last] = [clients[0], clients.at(-1)];
      for (const one of [first, last]) if (one) ended.add(one.id);
      await until(() => !first?.client.isOpen && !last?.client.isOpen);
      const open = clients.filter(({ client }) => client.isOpen);
      expect(open).to.have.length(58);
      for (const { client } of open) client.disconnect();
    });

    it('a connected client hears of what another process wrote, without asking', async () => {
      const accountId = newId();
      const client = new Client(accountId);
      await live.notify([accountId], notice('first'));
      await client.connect();
      await streams().append([{ accountIds: [accountId], notice: notice('second') }]);
      await until(() => client.last === 2);
      client.disconnect();
    });
  });
});
