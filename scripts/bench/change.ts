import { readFile } from 'node:fs/promises';
import { setTimeout as after } from 'node:timers/promises';
import type { SmeCard } from '../../server/smes/schema.ts';
import type { TaxonomyView } from '../../server/taxonomy/schema.ts';
import { importFile, readAll, setUpStaff, spreadOverCountries } from '../demo/cast.ts';
import { arrive, changeOffer, type Participant } from '../demo/event.ts';
import { seededRandom } from '../demo/random.ts';
import { startDemoServer } from '../demo/server-process.ts';
import { measureBare } from './live-peer.ts';
import { median, type BenchResult } from './result.ts';

const CONNECTED = 100;
const ROUNDS = 12;
/** Nothing more comes of a change when nothing came for so long. */
const QUIET_MS = 700;

interface Round {
  seconds: number;
  pushes: number;
  bytes: number;
}

/** Waits until nothing arrived for a while; gives the time of the last arrival. */
async function lastArrival(arrivals: readonly number[], began: number): Promise<number> {
  for (;;) {
    const last = arrivals.at(-1) ?? began;
    if (performance.now() - last > QUIET_MS) return last;
    await after(20);
  }
}

/** One edit of one profile, until the last open window has its new list. */
async function measureChange(participants: readonly Participant[], round: number): Promise<Round | null> {
  const author = participants[round % participants.length];
  if (!author) return null;
  const before = participants.map(({ visitor }) => visitor.events.length);
  const began = performance.now();
  await changeOffer(author, `Edition ${round + 1}.`);
  await lastArrival(
    participants.flatMap(({ visitor }) => visitor.arrivals).toSorted((a, b) => a - b),
    began,
  );
  await after(QUIET_MS);
  const events = participants.flatMap(({ visitor }, index) =>
    visitor.events.slice(before[index]).map((event, offset) => ({
      event,
      at: visitor.arrivals[(before[index] ?? 0) + offset] ?? began,
    })),
  );
  const pushes = events.filter(({ event }) => event.kind === 'suggestions');
  if (pushes.length === 0) return null;
  const bytes = median(pushes.map(({ event }) => JSON.stringify(event).length));
  return { seconds: (Math.max(...pushes.map(({ at }) => at)) - began) / 1000, pushes: pushes.length, bytes };
}

/**
 * One profile change to the last pushed list, through the whole of it: HTTP, database, engine, event streams, sockets. 844 companies
 * are registered; 100 of them have an open window in another process than the server.
 */
export async function benchChange(): Promise<BenchResult> {
  const server = await startDemoServer(0);
  const participants: Participant[] = [];
  try {
    const { visitor: staff } = await setUpStaff(server);
    await importFile(
      staff,
      await readFile(new URL('../demo/cordis-smes.csv', import.meta.url)),
      'cordis-smes.csv',
    );
    const taxonomy = await staff.call<TaxonomyView>('GET', '/taxonomy');
    const context = { taxonomy, today: new Date().toISOString().slice(0, 10), random: seededRandom(42) };
    for (const sme of spreadOverCountries(await readAll<SmeCard>(staff, '/smes'), CONNECTED)) {
      const email = `participant-${participants.length + 1}@demo.example`;
      participants.push(await arrive(server, staff, sme, { ...context, email }));
    }
    await after(QUIET_MS);
    const rounds: Round[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const measured = await measureChange(participants, round);
      if (measured) rounds.push(measured);
    }
    return {
      name: 'change',
      peer: 'a bare Express and socket.io server that sends as many events of the same size to as many sockets',
      rows: [
        {
          what: `one of 844 profiles changed, ${CONNECTED} windows open, until the last pushed list`,
          oursSeconds: median(rounds.map(({ seconds }) => seconds)),
          peerSeconds: median(
            await measureBare(
              CONNECTED,
              rounds.map(({ pushes, bytes }) => Array.from({ length: pushes }, () => bytes)),
            ),
          ),
          peerIs: 'measured',
          sameResult: null,
          figures: {
            rounds: rounds.length,
            pushesPerChange: median(rounds.map(({ pushes }) => pushes)),
            bytesPerPush: median(rounds.map(({ bytes }) => bytes)),
            slowestSeconds: Math.max(...rounds.map(({ seconds }) => seconds)),
          },
        },
      ],
      notes: ['Ours includes the synced write, the engine and the presented cards; the peer only sends.'],
    };
  } finally {
    for (const { visitor } of participants) visitor.disconnect();
    await server.stop();
  }
}
