import { setTimeout as after } from 'node:timers/promises';
import type { EventPartnersView, RequestView } from '../../server/events/schema.ts';
import type { PartnersView } from '../../server/suggestions/schema.ts';
import type { WeightsView } from '../../server/weights/schema.ts';
import { companyEmail, signIn } from '../bench/live-accounts.ts';
import { planAndPublish, type Desk } from '../demo/programme.ts';
import { pick } from '../demo/random.ts';
import { UnexpectedAnswer, type Visitor } from '../demo/visitor.ts';
import type { SessionView } from '../../server/accounts/schema.ts';

/** Somebody who comes and goes for as long as the measurement lasts. */
export interface Guest {
  readonly visitor: Visitor;
  readonly smeId: string;
  isOpen: boolean;
}

/** Signs in the companies of live-server.ts, without a window yet. */
export async function signInAll(url: string, count: number, password: string): Promise<Guest[]> {
  const guests: Guest[] = [];
  for (let number = 0; number < count; number += 1) {
    const visitor = await signIn(url, companyEmail(number), password);
    const { user } = await visitor.call<SessionView>('GET', '/session');
    if (!user?.smeId) throw new Error(`The account of company ${String(number)} speaks for no SME.`);
    guests.push({ visitor, smeId: user.smeId, isOpen: false });
  }
  return guests;
}

/** Opens the window, or closes it. */
export async function turnWindow(guest: Guest): Promise<void> {
  const { visitor } = guest;
  if (guest.isOpen) {
    visitor.disconnect();
    // What a window was sent is of no use here, and would make this process grow.
    visitor.events.length = 0;
    visitor.arrivals.length = 0;
  } else await visitor.connect();
  guest.isOpen = !guest.isOpen;
}

type Deed = (guest: Guest, desk: Desk, random: () => number) => Promise<void>;

/** What a guest may do; all of it is undone again, by itself or by others, so that what the server must keep does not grow. */
const DEEDS: readonly Deed[] = [
  turnWindow,
  async ({ visitor, smeId }, { eventId }, random) => {
    const state = random() < 0.7 ? 'here' : 'left';
    await visitor.call('PUT', `/events/${eventId}/participants/${smeId}`, { body: { state } });
  },
  async ({ visitor }, { eventId }, random) => {
    const { here } = await visitor.call<EventPartnersView>('GET', `/events/${eventId}/partners`);
    if (here.length === 0) return;
    const partnerId = pick(here, random).partner.id;
    const path = `/events/${eventId}/requests`;
    const body = { partnerId, message: 'Shall we talk?' };
    const { id } = await visitor.call<RequestView>('POST', path, { body });
    await visitor.call('POST', `${path}/${id}/answer`, { body: { answer: 'withdraw' } });
  },
  async ({ visitor, smeId }) => {
    const { partners } = await visitor.call<PartnersView>('GET', `/smes/${smeId}/partners`);
    const partnerId = partners[0]?.partner.id;
    if (partnerId === undefined) return;
    const body = { partnerId, answer: 'not-for-me', reason: 'no-capacity' };
    await visitor.call('POST', `/smes/${smeId}/answers`, { body });
    await visitor.call('DELETE', `/smes/${smeId}/answers/${partnerId}`);
  },
  async ({ visitor }, { eventId }) => {
    await visitor.call('GET', `/events/${eventId}/mine`);
  },
];

/** Staff change the weights to and fro, and plan the rounds anew. */
export async function staffTurn(desk: Desk): Promise<void> {
  const { version, values } = await desk.staff.call<WeightsView>('GET', '/weights');
  const reach = values.reach === 100 ? 40 : 100;
  await desk.staff.call('POST', '/weights', {
    body: { baseVersion: version, values: { ...values, reach }, note: '' },
  });
  await planAndPublish(desk);
}

/** What was done and what came of it. */
export interface Tally {
  done: number;
  /** Refused as it should be, such as a request to somebody who has just left. */
  refused: number;
  /** Answers of 500 and above. */
  readonly faults: string[];
}

/** Does something and counts what came of it; only what is no answer of the API at all is thrown. */
export async function counted(tally: Tally, deed: () => Promise<void>): Promise<void> {
  try {
    await deed();
    tally.done += 1;
  } catch (error) {
    if (!(error instanceof UnexpectedAnswer)) throw error;
    if (error.status >= 500) tally.faults.push(error.message);
    else tally.refused += 1;
  }
}

/** Between two deeds of one actor, in milliseconds: a busy event, not a server at its limit. */
const PAUSE_MS = 250;

/** One guest after another does something, until it is over. */
export async function actUntil(
  isOver: () => boolean,
  guests: readonly Guest[],
  desk: Desk,
  random: () => number,
  tally: Tally,
): Promise<void> {
  while (!isOver()) {
    const guest = pick(guests, random);
    const deed = pick(DEEDS, random);
    await counted(tally, () => deed(guest, desk, random));
    await after(PAUSE_MS);
  }
}
