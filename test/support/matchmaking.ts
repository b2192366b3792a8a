import { io, type Socket } from 'socket.io-client';
import type { CatchUpReply, ClientToServer, LiveEvent, ServerToClient } from '../../server/live/protocol.ts';
import { smeInputSchema, type SmeInput } from '../../server/smes/schema.ts';
import type { SignedIn, TestApp } from './app.ts';
import { until } from './until.ts';

export type ClientSocket = Socket<ServerToClient, ClientToServer>;

/** A live client for tests: what it got, in the order in which it came. */
export interface LiveClient {
  readonly socket: ClientSocket;
  readonly events: LiveEvent[];
  catchUp(since: number): Promise<CatchUpReply>;
  close(): void;
}

/** The session cookie of somebody who signed in, as a browser sends it. */
export async function cookieOf(person: SignedIn, app: TestApp): Promise<string> {
  const response = await person.agent.get('/api/v1/session').expect(200);
  const header = response.headers['set-cookie'] as unknown as string[] | undefined; // node gives this header as a list
  const cookie = header?.find((line) => line.startsWith(app.tandem.services.sessions.cookieName));
  if (cookie === undefined) throw new Error('The server set no session cookie.');
  return cookie.split(';', 1)[0] ?? '';
}

/** Opens a socket and waits until it is connected. */
export async function connectLive(
  app: TestApp,
  person: SignedIn,
  options: { transports?: ('websocket' | 'polling')[] } = {},
): Promise<LiveClient> {
  const socket: ClientSocket = io(app.url, {
    transports: options.transports ?? ['websocket'],
    extraHeaders: { cookie: await cookieOf(person, app), origin: app.url },
    reconnection: false,
    forceNew: true,
  });
  const events: LiveEvent[] = [];
  socket.on('event', (event) => events.push(event));
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('connect_error', reject);
  });
  const catchUp = async (since: number): Promise<CatchUpReply> => {
    const reply = await new Promise<CatchUpReply | { error: string }>((resolve) => {
      socket.emit('catch-up', { since }, resolve);
    });
    if ('error' in reply) throw new Error(reply.error);
    return reply;
  };
  return { socket, events, catchUp, close: () => socket.disconnect() };
}

const COUNTRIES = ['FR', 'DE', 'IT', 'PL', 'NL', 'ES'];

/** A profile that differs from its neighbours: even ones guard places, odd ones make sensors. */
export function profileInput(number: number, overrides: Partial<SmeInput> = {}): SmeInput {
  const guards = number % 2 === 0;
  return {
    ...smeInputSchema.parse({
      name: `Company ${number}`,
      country: COUNTRIES[number % COUNTRIES.length],
      languages: ['en'],
      marketRole: guards ? 'security-market' : 'deep-tech',
      solutions: [
        {
          title: `Product ${number}`,
          offer: guards
            ? `guard patrols for ports and stations, area ${number}`
            : `infrared camera and intrusion detection software, model ${number}`,
          trl: 6,
        },
      ],
      needs: [
        {
          words: guards ? 'camera with intrusion detection software' : 'ports and stations that test cameras',
        },
      ],
    }),
    ...overrides,
  };
}

/** Registers SMEs through the API and waits until each has a list; answers with their ids. */
export async function registerSmes(app: TestApp, staff: SignedIn, count: number): Promise<string[]> {
  const clusters = await staff.agent.get('/api/v1/clusters?limit=1').expect(200);
  const clusterId = (clusters.body as { items: { id: string }[] }).items[0]?.id;
  const ids: string[] = [];
  for (let number = 0; number < count; number += 1) {
    const response = await staff.agent
      .post('/api/v1/smes')
      .send({ clusterId, profile: profileInput(number) })
      .expect(201);
    ids.push((response.body as { id: string }).id);
  }
  await settled(app, ids);
  return ids;
}

/** Waits until the matcher has nothing left to do and every one of these SMEs has a list. */
export async function settled(app: TestApp, smeIds: readonly string[]): Promise<void> {
  const { matcher, suggestions } = app.tandem.services.matchmaking;
  await until(async () => {
    const counts = await suggestions.counts(smeIds);
    return smeIds.every((id) => counts.has(id)) && !matcher.status().busy;
  });
}
