import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { createTandem } from '../../../server/app.ts';
import { readConfig } from '../../../server/config.ts';
import { openStorage } from '../../../server/storage/connect.ts';
import type { DemoServer } from '../server-process.ts';

/** Time as the server of a scripted year has it: it goes on like any clock, and can be put forward. */
export interface Calendar {
  now(): Date;
  /** Today, as ISO 8601. */
  today(): string;
  /** The day that is so many days after the first one, as ISO 8601. */
  dayAfterStart(days: number): string;
  /** Puts the clock forward to noon (UTC) of a day after the first one. @throws RangeError where that is over already */
  goTo(days: number): void;
  /** Lets some minutes go by. */
  wait(minutes: number): void;
}

const DAY_MS = 86_400_000;
const isoDay = (time: Date): string => time.toISOString().slice(0, 10);

/** A calendar that begins now. */
export function createCalendar(start = new Date()): Calendar {
  let ahead = 0;
  const now = (): Date => new Date(Date.now() + ahead);
  const dayAfterStart = (days: number): string => isoDay(new Date(start.getTime() + days * DAY_MS));
  return {
    now,
    today: () => isoDay(now()),
    dayAfterStart,
    goTo(days) {
      const target = Date.parse(`${dayAfterStart(days)}T12:00:00Z`);
      if (target <= now().getTime()) throw new RangeError(`Day ${days} is over already.`);
      ahead += target - now().getTime();
    },
    wait(minutes) {
      ahead += minutes * 60_000;
    },
  };
}

/**
 * A server in this process whose clock is the calendar's, on a throw-away data folder. Everything else is as `npm start` has it; people
 * reach it over HTTP and its socket only.
 */
export async function startCalendarServer(calendar: Calendar, port = 0): Promise<DemoServer> {
  const dataDir = await mkdtemp(join(tmpdir(), 'tandem-year-'));
  const remove = () => rm(dataDir, { recursive: true, force: true });
  try {
    // One machine plays everybody.
    const config = readConfig({
      DATA_DIR: dataDir,
      REQUESTS_PER_MINUTE: '10000000',
      APPLICATIONS_PER_HOUR: '1000',
    });
    const log = pino({ level: 'error' }, pino.destination(2));
    const storage = await openStorage({ dataDir });
    const tandem = await createTandem({ storage, config, log, clock: () => calendar.now() });
    await tandem.start(port, '127.0.0.1');
    const setUpLink = await tandem.services.accounts.setUpLink();
    if (setUpLink === null) throw new Error('The new server has an account already.');
    return {
      url: new URL(setUpLink).origin,
      dataDir,
      setUpLink,
      // It lives as long as this process does.
      ended: new Promise(() => undefined),
      async stop() {
        await tandem.stop();
        await storage.close();
        await remove();
      },
    };
  } catch (error) {
    await remove();
    throw error;
  }
}
