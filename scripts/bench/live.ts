import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EventPartnersView, EventView, RequestView } from '../../server/events/schema.ts';
import type { WeightsView } from '../../server/weights/schema.ts';
import { act, openEvent, planAndPublish, type Desk } from '../demo/programme.ts';
import type { Visitor } from '../demo/visitor.ts';
import { signIn, STAFF_EMAIL } from './live-accounts.ts';
import { measureBare } from './live-peer.ts';
import { clear, connectAll, pushesTo, untilQuiet, type Person, type Push } from './live-people.ts';
import { heldSchema, type Held } from '../soak/held.ts';
import { serve } from './processes.ts';
import { quantile, type BenchResult, type BenchRow } from './result.ts';

/** How large the room is, and how often each action is done. */
export interface LiveSize {
  readonly connected: number;
  /** Companies that arrive while they are watched; the others are there already. */
  readonly arrivals: number;
  readonly accepted: number;
  readonly weightChanges: number;
}

/** Fewer than a hundred say nothing of the slowest hundredth. */
const WHOLE: LiveSize = { connected: 1_000, arrivals: 100, accepted: 100, weightChanges: 5 };
const ROUNDS = 3;
/** Nothing more comes of an action when nothing came for so long. */
const QUIET_MS = 700;
const LONG_QUIET_MS = 3_000;

/** One action and what came of it: seconds until the last of the messages that count, and how long each of them was. */
interface Timed {
  readonly seconds: number;
  readonly sizes: readonly number[];
}

interface Room {
  readonly size: LiveSize;
  readonly url: string;
  readonly people: readonly Person[];
  readonly staff: Visitor;
  readonly desk: Desk;
}

/** Does something and waits until nothing more comes of it; null where nothing that counts came. */
async function timed(
  people: readonly Person[],
  action: () => Promise<unknown>,
  counts: (push: Push) => boolean,
  quietMs = QUIET_MS,
): Promise<Timed | null> {
  clear(people);
  const began = performance.now();
  await action();
  await untilQuiet(people, quietMs);
  const pushes = pushesTo(people).filter(counts);
  if (pushes.length === 0) return null;
  return {
    seconds: (Math.max(...pushes.map(({ at }) => at)) - began) / 1000,
    sizes: pushes.map(({ bytes }) => bytes),
  };
}

/** Figures of the server since they were last asked for: the slowest hundredth of its event loop, its processor time. */
async function figuresOf(url: string): Promise<{ loopP99: number; cpuSeconds: number }> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const value = (name: string): number => Number(new RegExp(`^${name} (\\S+)`, 'm').exec(text)?.[1]);
  return {
    loopP99: value('nodejs_eventloop_lag_p99_seconds'),
    cpuSeconds: value('process_cpu_seconds_total'),
  };
}

const checkIn = ({ eventId }: Desk, who: Visitor, smeId: string): Promise<unknown> =>
  who.call('PUT', `/events/${eventId}/participants/${smeId}`, { body: { state: 'here' } });

/** One arrival after another: from the check-in to the last list that it changed. */
async function arrivals({ people, desk, size }: Room): Promise<Timed[]> {
  const all: Timed[] = [];
  for (const { visitor, smeId } of people.slice(-size.arrivals)) {
    const one = await timed(
      people,
      () => checkIn(desk, visitor, smeId),
      ({ event }) => event.kind === 'event-partners',
    );
    if (one) all.push(one);
  }
  return all;
}

/** One asks the last of the partners that are suggested to it, with whom it hardly has a meeting already, and the partner accepts: until both were sent the request and the meeting. */
async function acceptances({ people, desk, size }: Room): Promise<Timed[]> {
  const all: Timed[] = [];
  const busy = new Set<string>();
  const bySme = new Map(people.map((person) => [person.smeId, person]));
  for (const { visitor, smeId } of people) {
    if (all.length === size.accepted) break;
    if (busy.has(smeId)) continue;
    const { here } = await visitor.call<EventPartnersView>('GET', `/events/${desk.eventId}/partners`);
    const partner = here
      .map(({ partner: { id } }) => bySme.get(id))
      .findLast((one) => one && !busy.has(one.smeId));
    if (!partner) continue;
    for (const id of [smeId, partner.smeId]) busy.add(id);
    const body = { partnerId: partner.smeId, message: 'Shall we talk?' };
    const path = `/events/${desk.eventId}/requests`;
    const { id } = await visitor.call<RequestView>('POST', path, { body });
    await untilQuiet(people, QUIET_MS);
    const told = new Set<string>();
    const one = await timed(
      people,
      () => partner.visitor.call('POST', `${path}/${id}/answer`, { body: { answer: 'accept' } }),
      ({ smeId: whose, event }) => {
        // The first of each kind to each side: the answer, and their meeting. What is repaired around them comes later, and may be another
        // meeting of theirs; two who had this one already are told of no new one.
        const other = whose === smeId ? partner.smeId : smeId;
        const isTheirs = whose === smeId || whose === partner.smeId;
        const isAbout =
          event.kind === 'request' || (event.kind === 'meeting' && event.meeting?.partner.id === other);
        const key = `${whose} ${event.kind}`;
        if (!isTheirs || !isAbout || told.has(key)) return false;
        told.add(key);
        return true;
      },
    );
    if (one) all.push(one);
  }
  return all;
}

/** Staff change the weights: until the last window has its new list, and until the last has its new list at the event. */
async function weightChanges({ people, staff, size }: Room): Promise<{ lists: Timed[]; atEvent: Timed[] }> {
  const lists: Timed[] = [];
  const atEvent: Timed[] = [];
  for (let change = 0; change < size.weightChanges; change += 1) {
    const { version, values } = await staff.call<WeightsView>('GET', '/weights');
    const reach = values.reach === 100 ? 40 : 100;
    const body = { baseVersion: version, values: { ...values, reach }, note: '' };
    const began = performance.now();
    const one = await timed(
      people,
      () => staff.call('POST', '/weights', { body }),
      ({ event }) => event.kind === 'suggestions',
      LONG_QUIET_MS,
    );
    if (one) lists.push(one);
    const others = pushesTo(people).filter(({ event }) => event.kind === 'event-partners');
    if (others.length > 0) {
      const seconds = (Math.max(...others.map(({ at }) => at)) - began) / 1000;
      atEvent.push({ seconds, sizes: others.map(({ bytes }) => bytes) });
    }
  }
  return { lists, atEvent };
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Two lines of one measurement, the middle and the slowest hundredth, each beside the bare server. */
async function rowsOf(
  what: string,
  connected: number,
  timings: readonly Timed[],
  figures: Readonly<Record<string, number>> = {},
): Promise<BenchRow[]> {
  if (timings.length === 0) return [];
  const bare = await measureBare(
    connected,
    timings.map(({ sizes }) => sizes),
  );
  const ours = timings.map(({ seconds }) => seconds);
  return [0.5, 0.99].map((share) => ({
    what: `${what}, p${share * 100} of ${timings.length}`,
    oursSeconds: quantile(ours, share),
    peerSeconds: quantile(bare, share),
    peerIs: 'measured' as const,
    sameResult: null,
    figures: {
      messages: mean(timings.map(({ sizes }) => sizes.length)),
      bytesPerMessage: mean(timings.flatMap(({ sizes }) => sizes)),
      ...figures,
    },
  }));
}

/** What a window costs, in words. Garbage is collected before each look: else the figure is mostly how much of it lay about. */
function memoryOf(before: Held, after: Held, windows: number): string {
  const kibibytes = (megabytes: number): number => Math.round((megabytes * 1e6) / 1024 / windows);
  const objects = after.heapMB + after.externalMB - before.heapMB - before.externalMB;
  return `${kibibytes(objects)} KiB of objects of the main thread, ${kibibytes(after.residentMB - before.residentMB)} KiB of the whole process`;
}

/** Signs everybody in, opens an event, and lets in all but those who are watched arriving. */
async function fillRoom(
  url: string,
  password: string,
  size: LiveSize,
  held: () => Promise<Held>,
): Promise<Room & { memory: string }> {
  const staff = await signIn(url, STAFF_EMAIL, password);
  const before = await held();
  const people = await connectAll(url, size.connected, password);
  const after = await held();
  const desk = await openEvent(staff, { tables: Math.floor(size.connected / 2), rounds: ROUNDS });
  await act(desk, 'open');
  const early = people.slice(0, people.length - size.arrivals);
  for (let at = 0; at < early.length; at += 10) {
    await Promise.all(early.slice(at, at + 10).map(({ smeId }) => checkIn(desk, staff, smeId)));
  }
  await untilQuiet(people, LONG_QUIET_MS);
  return {
    size,
    url,
    people,
    staff,
    desk,
    memory: memoryOf(before, after, size.connected),
  };
}

/** Runs a part of the measurement; with the server's processor time for one action and how long its event loop was held up. */
async function watched<T>(
  url: string,
  run: () => Promise<T>,
  countOf: (result: T) => number,
): Promise<{ result: T; figures: Record<string, number> }> {
  const before = await figuresOf(url);
  const result = await run();
  const after = await figuresOf(url);
  const cpu = (after.cpuSeconds - before.cpuSeconds) / Math.max(1, countOf(result));
  return { result, figures: { serverCpuSeconds: cpu, eventLoopDelayP99: after.loopP99 } };
}

/**
 * A matchmaking event with a thousand open windows in another process than the server: arrivals, requests accepted, new weights; each from
 * the call to the last message that it brings, through the whole of it (HTTP, database, engine, streams, sockets).
 */
export async function benchLive(asked: Partial<LiveSize> = {}): Promise<BenchResult> {
  const { connected, ...times } = { ...WHOLE, ...asked };
  // Most are there before those who are watched arriving.
  const size = { ...times, connected, arrivals: Math.min(times.arrivals, Math.floor(connected / 2)) };
  const dataDir = await mkdtemp(join(tmpdir(), 'tandem-bench-'));
  const password = randomBytes(12).toString('base64url');
  const server = await serve('scripts/soak/server.ts', {
    DATA_DIR: dataDir,
    COMPANIES: String(connected),
    ACCOUNT_PASSWORD: password,
    SESSION_SECRETS: randomBytes(32).toString('hex'),
  });
  let people: readonly Person[] = [];
  try {
    const held = async (): Promise<Held> => heldSchema.parse(await server.ask('held'));
    const room = await fillRoom(server.url, password, size, held);
    people = room.people;
    const count = (all: readonly Timed[]): number => all.length;
    const came = await watched(room.url, () => arrivals(room), count);
    await planAndPublish(room.desk);
    await untilQuiet(people, LONG_QUIET_MS);
    const accepted = await watched(room.url, () => acceptances(room), count);
    const weighed = await watched(
      room.url,
      () => weightChanges(room),
      ({ lists }) => lists.length,
    );
    const { rounds } = await room.staff.call<EventView>('GET', `/events/${room.desk.eventId}`);
    for (const { visitor } of people) visitor.disconnect();
    return {
      name: 'live',
      peer: 'a bare Express and socket.io server that sends as many messages of the same sizes to as many sockets',
      rows: [
        ...(await rowsOf(
          'one arrival, until the last list that it changed',
          connected,
          came.result,
          came.figures,
        )),
        ...(await rowsOf(
          'one request accepted, until both sides were told',
          connected,
          accepted.result,
          accepted.figures,
        )),
        ...(await rowsOf(
          'new weights, until the last list',
          connected,
          weighed.result.lists,
          weighed.figures,
        )),
        ...(await rowsOf('new weights, until the last list at the event', connected, weighed.result.atEvent)),
      ],
      notes: [
        `${connected} windows; each costs the server ${room.memory}, its session included.`,
        `Requests were accepted while the plan held ${rounds.map(({ meetings }) => meetings).join(', ')} meetings in its rounds.`,
      ],
    };
  } finally {
    for (const { visitor } of people) visitor.disconnect();
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}
