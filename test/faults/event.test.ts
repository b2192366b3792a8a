import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { SessionView } from '../../server/accounts/schema.ts';
import type { EventView, MeetingView, MyEvent, ParticipantView } from '../../server/events/schema.ts';
import { consortiumModel } from '../../server/consortia/model.ts';
import { planModel, requestModel, type PlanRecord } from '../../server/events/model.ts';
import type { CatchUpReply } from '../../server/live/protocol.ts';
import { openStorage, type Storage } from '../../server/storage/connect.ts';
import { companyEmail, signIn, STAFF_EMAIL } from '../../scripts/bench/live-accounts.ts';
import { serve, type Served } from '../../scripts/bench/processes.ts';
import { readAll } from '../../scripts/demo/cast.ts';
import { meetingFaults } from '../../scripts/demo/event-audit.ts';
import { act, meetingsOf, openEvent, type Desk } from '../../scripts/demo/programme.ts';
import { seededRandom } from '../../scripts/demo/random.ts';
import type { Visitor } from '../../scripts/demo/visitor.ts';
import { until } from '../support/until.ts';
import { Acknowledged, direct, stay, wander, type Actor } from './event-people.ts';

const STAY = 10;
const COME_AND_GO = 4;
const ROUNDS = 6;
const KILLS = 3;
/** Acknowledgements between two kills. */
const ENOUGH = 40;

/** A port that is free now; the server takes it again after each kill, as the clients know its address. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => {
        if (typeof address === 'object' && address !== null) resolve(address.port);
        else reject(new Error('The machine gave no port.'));
      });
    });
  });
}

describe('kill -9 in the middle of an event', function () {
  this.timeout(240_000);
  const environment: Record<string, string> = {
    COMPANIES: String(STAY + COME_AND_GO),
    ACCOUNT_PASSWORD: randomBytes(12).toString('base64url'),
    SESSION_SECRETS: randomBytes(32).toString('hex'),
  };
  const done = new Acknowledged();
  let dataDir: string;
  let server: Served | null = null;
  let desk: Desk;
  let everybody: Actor[];
  const stayers = (): Actor[] => everybody.slice(0, STAY);
  const visitors = (): Actor[] => everybody.slice(STAY);

  const start = async (): Promise<Served> =>
    (server = await serve('scripts/bench/live-server.ts', environment));

  async function enter(url: string, number: number): Promise<Actor> {
    const visitor = await signIn(url, companyEmail(number), environment['ACCOUNT_PASSWORD'] ?? '');
    const { user } = await visitor.call<SessionView>('GET', '/session');
    await visitor.connect();
    return { smeId: user?.smeId ?? '', visitor };
  }

  /** Looks into the database while no server has it open. */
  async function inDatabase<T>(look: (storage: Storage) => Promise<T>): Promise<T> {
    const storage = await openStorage({ dataDir });
    try {
      return await look(storage);
    } finally {
      await storage.close();
    }
  }

  const reconnectAll = (): Promise<unknown> => Promise.all(everybody.map(({ visitor }) => visitor.connect()));
  const mine = (visitor: Visitor): Promise<MyEvent> =>
    visitor.call<MyEvent>('GET', `/events/${desk.eventId}/mine`);

  /** Every window has been sent every event of its account once, in order. */
  async function expectNoGapNoDouble(): Promise<void> {
    for (const { visitor } of everybody) {
      const all = await visitor.call<CatchUpReply>('GET', '/live/events?since=0');
      await until(() => visitor.lastSeq >= all.upTo);
      expect(visitor.numberingFaults).to.deep.equal([]);
      expect(visitor.events.map(({ seq }) => seq)).to.deep.equal(visitor.events.map((_, at) => at + 1));
      expect(all.reload).to.equal(false);
    }
  }

  /** Waits until each window shows the meetings and requests that the server has; what follows from a crash takes a moment. */
  async function expectConverged(): Promise<void> {
    for (const { visitor } of everybody) {
      await until(async () => {
        const { rounds, requests } = await mine(visitor);
        const meetings = rounds.every(({ number, meeting }) => {
          const told = visitor.events.findLast((event) => event.kind === 'meeting' && event.round === number);
          if (told?.kind !== 'meeting') return true;
          return (
            (told.meeting?.partner.id ?? null) ===
            (meeting?.state === 'broken' ? null : (meeting?.partner.id ?? null))
          );
        });
        return (
          meetings &&
          requests.every(({ id, state }) => {
            const told = visitor.events.findLast(
              (event) => event.kind === 'request' && event.request?.id === id,
            );
            return told?.kind === 'request' && told.request?.state === state;
          })
        );
      });
    }
  }

  async function expectNothingLost(): Promise<void> {
    const meetings = await meetingsOf(desk);
    expect(meetingFaults(meetings)).to.deep.equal([]);
    const pairs = new Set(meetings.map(({ a, b }: MeetingView) => [a.id, b.id].toSorted().join(' ')));
    for (const [id, pair] of done.accepted) {
      expect([...pairs], `request ${id} was accepted`).to.include(pair.toSorted().join(' '));
    }
    const participants = await readAll<ParticipantView>(desk.staff, `/events/${desk.eventId}/participants`);
    for (const { sme, state } of participants) {
      const told = done.presence.get(sme.id);
      // What was on its way when the server was killed may have arrived or not.
      if (told !== undefined && visitors().every(({ smeId }) => smeId !== sme.id))
        expect(state).to.equal(told);
    }
    for (const { smeId, visitor } of everybody) {
      for (const { meeting } of (await mine(visitor)).rounds) {
        const told = meeting && done.feedback.get(`${meeting.id} ${smeId}`);
        if (told !== null && told !== undefined) expect(meeting?.myFeedback).to.be.a('string');
      }
    }
  }

  before(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'tandem-kill-event-'));
    environment['DATA_DIR'] = dataDir;
    environment['PORT'] = String(await freePort());
    const { url } = await start();
    const staff = await signIn(url, STAFF_EMAIL, environment['ACCOUNT_PASSWORD'] ?? '');
    everybody = [];
    for (let number = 0; number < STAY + COME_AND_GO; number += 1) everybody.push(await enter(url, number));
    desk = await openEvent(staff, { tables: STAY + COME_AND_GO, rounds: ROUNDS });
    await act(desk, 'open');
    for (const { smeId, visitor } of stayers()) {
      await visitor.call('PUT', `/events/${desk.eventId}/participants/${smeId}`, { body: { state: 'here' } });
      done.presence.set(smeId, 'here');
    }
  });
  after(async () => {
    for (const { visitor } of everybody) visitor.disconnect();
    await server?.kill();
    await rm(dataDir, { recursive: true, force: true });
  });

  it('loses nothing that was acknowledged, and everybody goes on', async () => {
    const random = seededRandom(7);
    for (let kill = 0; kill < KILLS; kill += 1) {
      const target = done.total + ENOUGH + kill * 7;
      const acting = [
        ...stayers().map((actor) =>
          stay(desk, actor, done, {
            others: stayers().flatMap(({ smeId }) => (smeId === actor.smeId ? [] : smeId)),
            random,
          }),
        ),
        ...visitors().map((actor) => wander(desk, actor, done)),
        direct(desk, done, { begin: kill === 1 }),
      ];
      await until(() => done.total >= target);
      await server?.kill();
      await Promise.all(acting);
      await start();
      await reconnectAll();
      await expectNothingLost();
      await expectConverged();
      await expectNoGapNoDouble();
    }
  });

  it('ends a round by itself whose time was over while the server was away', async () => {
    const { rounds } = await desk.staff.call<EventView>('GET', `/events/${desk.eventId}`);
    const running = rounds.find(({ state }) => state === 'running');
    expect(running, 'a round is running').to.not.equal(undefined);
    await server?.kill();
    const endsAt = new Date(Date.now() - 1_000);
    await inDatabase(async ({ connection }) => {
      await planModel(connection).updateOne(
        { _id: desk.eventId },
        { $set: { [`rounds.r${running?.number}.endsAt`]: endsAt }, $inc: { version: 1 } },
      );
    });
    await start();
    await reconnectAll();
    await until(async () => {
      const event = await desk.staff.call<EventView>('GET', `/events/${desk.eventId}`);
      return event.runningRound === null;
    });
    await until(() =>
      stayers().every(({ visitor }) =>
        visitor.events.some(
          (event) => event.kind === 'event' && event.text === `Round ${running?.number} is over.`,
        ),
      ),
    );
  });

  it('leaves nothing half done behind', async () => {
    await server?.stop();
    server = null;
    await inDatabase(async ({ connection }) => {
      const plan = await planModel(connection).findById(desk.eventId).lean<PlanRecord>().exec();
      expect(plan?.untold).to.deep.equal({});
      expect(await requestModel(connection).countDocuments({ untold: true })).to.equal(0);
      expect(await requestModel(connection).countDocuments({ settled: false })).to.equal(0);
      expect(await consortiumModel(connection).countDocuments({ untold: true })).to.equal(0);
    });
  });
});
