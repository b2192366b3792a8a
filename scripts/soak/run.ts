import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { signIn, STAFF_EMAIL } from '../bench/live-accounts.ts';
import { serve, type Served } from '../bench/processes.ts';
import { act, openEvent } from '../demo/programme.ts';
import { seededRandom } from '../demo/random.ts';
import { heldSchema, leftOver, type Held } from './held.ts';
import { actUntil, counted, signInAll, staffTurn, turnWindow, type Guest, type Tally } from './people.ts';
import { grows, trendOf, type Point, type Trend } from './trend.ts';

export interface SoakOptions {
  readonly minutes: number;
  /** How many companies come and go. */
  readonly guests: number;
  /** Seconds between two looks at what the server holds, and between two turns of staff. */
  readonly everySeconds: number;
  /** Is told each look, as it is made. */
  readonly onLook: (minute: number, held: Held, tally: Tally) => void;
}

export interface SoakResult {
  readonly minutes: number;
  readonly tally: Tally;
  /** Gaps and doubles in what windows were sent. */
  readonly numberingFaults: readonly string[];
  readonly before: Held;
  readonly after: Held;
  /** Of the heap of the main thread, in MB; null where there were too few looks. */
  readonly trend: Trend | null;
  /** Why it is not well; empty where it is. */
  readonly faults: readonly string[];
}

const ACTORS = 4;
/** The first half counts for nothing: caches fill, and V8 keeps what it learns of the code. */
const SETTLING = 0.5;
const SETTLE_SECONDS = 5;

const look = async (server: Served): Promise<Held> => heldSchema.parse(await server.ask('held'));

/** Everybody closes the window; what the server does behind the last answer gets a moment. */
async function closeAll(guests: readonly Guest[]): Promise<void> {
  for (const guest of guests) if (guest.isOpen) await turnWindow(guest);
  await after(SETTLE_SECONDS * 1_000);
}

/**
 * A live event at which companies come and go, ask, answer and take back, for minutes; what the server holds is looked at all the while.
 * Well is a server whose heap does not grow, whose sockets and timers are all given back, that answered nothing with an error of its own,
 * and whose events came without a gap.
 */
export async function soak(options: SoakOptions): Promise<SoakResult> {
  const dataDir = await mkdtemp(join(tmpdir(), 'tandem-soak-'));
  const password = randomBytes(12).toString('base64url');
  const server = await serve('scripts/soak/server.ts', {
    DATA_DIR: dataDir,
    COMPANIES: String(options.guests),
    ACCOUNT_PASSWORD: password,
    SESSION_SECRETS: randomBytes(32).toString('hex'),
  });
  try {
    return await measure(server, password, options);
  } finally {
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function measure(
  server: Served,
  password: string,
  { minutes, guests: count, everySeconds, onLook }: SoakOptions,
): Promise<SoakResult> {
  const staff = await signIn(server.url, STAFF_EMAIL, password);
  const guests = await signInAll(server.url, count, password);
  const desk = await openEvent(staff, { tables: Math.ceil(count / 2), rounds: 3 });
  await act(desk, 'open');
  const tally: Tally = { done: 0, refused: 0, faults: [] };
  // Each window once, so that what the first one brings about is there before it is counted.
  for (const guest of guests) await turnWindow(guest);
  await closeAll(guests);
  const before = await look(server);

  const began = performance.now();
  const minute = (): number => (performance.now() - began) / 60_000;
  const isOver = (): boolean => minute() >= minutes;
  const points: Point[] = [];
  const looks = async (): Promise<void> => {
    while (!isOver()) {
      await after(everySeconds * 1_000);
      const held = await look(server);
      points.push({ minute: minute(), value: held.heapMB });
      onLook(minute(), held, tally);
    }
  };
  const staffTurns = async (): Promise<void> => {
    while (!isOver()) {
      await after(everySeconds * 1_000);
      await counted(tally, () => staffTurn(desk));
    }
  };
  const actors = Array.from({ length: ACTORS }, (_, number) => {
    const own = guests.filter((_guest, at) => at % ACTORS === number);
    return actUntil(isOver, own, desk, seededRandom(number + 1), tally);
  });
  await Promise.all([looks(), staffTurns(), ...actors]);

  await closeAll(guests);
  const held = await look(server);
  const trend = trendOf(points.filter(({ minute: at }) => at >= minutes * SETTLING));
  const numberingFaults = guests.flatMap(({ visitor }) => visitor.numberingFaults);
  const faults = [
    ...tally.faults.slice(0, 5),
    ...numberingFaults.slice(0, 5),
    ...leftOver(before, held),
    ...(trend !== null && grows(trend) ? [`the heap grows by ${trend.perHour.toFixed(1)} MB an hour`] : []),
  ];
  return { minutes, tally, numberingFaults, before, after: held, trend, faults };
}
