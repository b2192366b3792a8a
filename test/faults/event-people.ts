import { setTimeout as after } from 'node:timers/promises';
import type { EventView, MyEvent, RequestView } from '../../server/events/schema.ts';
import { planAndPublish, type Desk } from '../../scripts/demo/programme.ts';
import { pick } from '../../scripts/demo/random.ts';
import { UnexpectedAnswer, type Visitor } from '../../scripts/demo/visitor.ts';

/*
 * People who go about a matchmaking event without a pause until the server is gone, and write down what it acknowledged.
 */

export interface Actor {
  readonly smeId: string;
  readonly visitor: Visitor;
}

/** What the server said is done. */
export class Acknowledged {
  /** Requests that were accepted, by id: the two SMEs. */
  readonly accepted = new Map<string, readonly [string, string]>();
  /** Where an SME said that it stands. */
  readonly presence = new Map<string, string>();
  /** What an SME said of a meeting, by `<meetingId> <smeId>`. */
  readonly feedback = new Map<string, string>();
  /** Plans that were published. */
  published = 0;
  total = 0;
}

/** The network error of a server that is gone. */
const isGone = (error: unknown): boolean =>
  error instanceof TypeError || (error instanceof Error && 'code' in error && error.code === 'ECONNRESET');

/** Repeats until the server is gone. What it refuses is no fault: many want the same. */
export async function whileThere(act: () => Promise<void>): Promise<void> {
  for (;;) {
    try {
      await act();
    } catch (error) {
      if (isGone(error)) return;
      if (!(error instanceof UnexpectedAnswer)) throw error;
      if (/answered 5\d\d/.test(error.message)) throw error;
    }
    await after(1);
  }
}

/** Asks others to meet, accepts what comes, and says of each meeting what it thinks. */
export function stay(
  { eventId }: Pick<Desk, 'eventId'>,
  { smeId, visitor }: Actor,
  done: Acknowledged,
  { others, random }: { others: readonly string[]; random: () => number },
): Promise<void> {
  const path = `/events/${eventId}`;
  return whileThere(async () => {
    const { rounds, requests } = await visitor.call<MyEvent>('GET', `${path}/mine`);
    const received = requests.find(({ direction, state }) => direction === 'received' && state === 'pending');
    if (received) {
      await visitor.call('POST', `${path}/requests/${received.id}/answer`, { body: { answer: 'accept' } });
      done.accepted.set(received.id, [smeId, received.partner.id]);
      done.total += 1;
      return;
    }
    const met = rounds
      .flatMap(({ meeting }) => meeting ?? [])
      .find(({ state }) => state === 'running' || state === 'done');
    if (met && random() < 0.3) {
      const answer = pick(['no', 'interesting', 'we-want-this'] as const, random);
      await visitor.call('POST', `${path}/meetings/${met.id}/feedback`, { body: { answer } });
      done.feedback.set(`${met.id} ${smeId}`, answer);
      done.total += 1;
      return;
    }
    const partnerId = pick(others, random);
    await visitor.call<RequestView>('POST', `${path}/requests`, { body: { partnerId, message: '' } });
  });
}

/** Comes and goes. */
export function wander(
  { eventId }: Pick<Desk, 'eventId'>,
  { smeId, visitor }: Actor,
  done: Acknowledged,
): Promise<void> {
  let next: 'here' | 'left' = done.presence.get(smeId) === 'here' ? 'left' : 'here';
  return whileThere(async () => {
    await visitor.call('PUT', `/events/${eventId}/participants/${smeId}`, { body: { state: next } });
    done.presence.set(smeId, next);
    done.total += 1;
    next = next === 'here' ? 'left' : 'here';
    await after(50);
  });
}

/** Staff plan and publish again and again; `begin`: and start a round in between. */
export function direct(desk: Desk, done: Acknowledged, { begin }: { begin: boolean }): Promise<void> {
  return whileThere(async () => {
    await planAndPublish(desk);
    done.published += 1;
    done.total += 1;
    if (!begin) return;
    const event = await desk.staff.call<EventView>('GET', `/events/${desk.eventId}`);
    const next = event.rounds.find(({ state }) => state === 'planned');
    if (event.runningRound === null && next) {
      await desk.staff.call('POST', `/events/${desk.eventId}/rounds/${next.number}/start`);
    }
  });
}
