import { setTimeout as after } from 'node:timers/promises';
import type { SessionView } from '../../server/accounts/schema.ts';
import type { LiveEvent } from '../../server/live/protocol.ts';
import type { Visitor } from '../demo/visitor.ts';
import { companyEmail, signIn } from './live-accounts.ts';

/** A company with an open window. */
export interface Person {
  readonly smeId: string;
  readonly visitor: Visitor;
}

/** One message that reached a window: when (ms, `performance.now()`), and how long it is as JSON. */
export interface Push {
  readonly at: number;
  readonly bytes: number;
  readonly event: LiveEvent;
  readonly smeId: string;
}

/** Signs in the companies of live-server.ts, one after another, and opens a window for each. */
export async function connectAll(url: string, count: number, password: string): Promise<Person[]> {
  const people: Person[] = [];
  for (let number = 0; number < count; number += 1) {
    const visitor = await signIn(url, companyEmail(number), password);
    const { user } = await visitor.call<SessionView>('GET', '/session');
    if (!user?.smeId) throw new Error(`The account of company ${number} speaks for no SME.`);
    await visitor.connect();
    people.push({ smeId: user.smeId, visitor });
  }
  return people;
}

/** Forgets what the windows were sent so far. */
export function clear(people: readonly Person[]): void {
  for (const { visitor } of people) {
    visitor.events.length = 0;
    visitor.arrivals.length = 0;
  }
}

/** What the windows were sent since the last `clear`. */
export function pushesTo(people: readonly Person[]): Push[] {
  return people.flatMap(({ smeId, visitor }) =>
    visitor.events.map((event, index) => ({
      at: visitor.arrivals[index] ?? 0,
      bytes: Buffer.byteLength(JSON.stringify(event)),
      event,
      smeId,
    })),
  );
}

/** Waits until no window was sent anything for a while. */
export async function untilQuiet(people: readonly Person[], quietMs: number): Promise<void> {
  let since = performance.now();
  for (;;) {
    const last = Math.max(since, ...people.map(({ visitor }) => visitor.arrivals.at(-1) ?? 0));
    if (performance.now() - last > quietMs) return;
    since = Math.min(last, since);
    await after(20);
  }
}
