import { createHmac, timingSafeEqual } from 'node:crypto';
import ical, { ICalCalendarMethod, ICalEventStatus } from 'ical-generator';
import { notFound } from '../../http/errors.ts';
import type { SmeService } from '../../smes/service.ts';
import type { EventRecord } from '../model.ts';
import type { PlanStore } from '../plan/store.ts';
import { isOf, partnerIn, type Meeting, type Plan } from '../plan/plan.ts';
import { slotsOf } from '../life/present.ts';
import type { EventStore } from '../life/store.ts';

/*
 * Problem: meetings move during an event, and calendars that copied them keep the old ones.
 * Method (RFC 5545, RFC 5546): each meeting has one UID for its life; its SEQUENCE grows with each change; one that no longer takes place
 * stays in the feed as cancelled. So a calendar that follows the feed, or gets the file again, has one entry for each meeting.
 */

export interface CalendarDeps {
  readonly events: Pick<EventStore, 'find'>;
  readonly plans: Pick<PlanStore, 'read'>;
  readonly smes: Pick<SmeService, 'cards'>;
  /** The session secrets, newest first. */
  readonly secrets: readonly string[];
  readonly publicUrl: () => string;
  readonly clock: () => Date;
}

/** Calendars of an SME's meetings at an event. */
export interface Calendar {
  /** Address of the private feed; whoever has it can read it, so it is shown to the SME alone. */
  urlOf(eventId: string, smeId: string): string;
  /** The feed of an address. @throws HttpProblem 404 where the token is not its own */
  feed(eventId: string, smeId: string, token: string): Promise<string>;
  /** One meeting as a file. @throws HttpProblem 404 where the SME has no such meeting */
  file(eventId: string, smeId: string, meetingId: string): Promise<string>;
}

interface Entry {
  readonly meeting: Meeting;
  readonly startsAt: Date;
  readonly endsAt: Date;
}

/** Meetings of an SME in the order of the rounds, also those that no longer take place. */
function entriesOf(event: EventRecord, plan: Plan, smeId: string): Entry[] {
  return slotsOf(event, plan).flatMap(({ number, startsAt, endsAt }) => {
    // A round that is not published yet holds agreed meetings only: drafts are kept apart.
    const own = (plan.rounds.get(number)?.meetings ?? []).filter((meeting) => isOf(meeting, smeId));
    return own.map((meeting) => ({ meeting, startsAt, endsAt }));
  });
}

export function createCalendar(deps: CalendarDeps): Calendar {
  const { events, plans, smes, clock } = deps;

  const tokenWith = (secret: string, eventId: string, smeId: string): Buffer =>
    createHmac('sha256', secret).update(`calendar\n${eventId}\n${smeId}`).digest();

  /** Tokens made with an earlier secret hold as long as that secret is kept. */
  function isToken(eventId: string, smeId: string, token: string): boolean {
    const given = Buffer.from(token, 'base64url');
    return deps.secrets.some((secret) => {
      const right = tokenWith(secret, eventId, smeId);
      return given.length === right.length && timingSafeEqual(given, right);
    });
  }

  async function read(eventId: string): Promise<{ event: EventRecord; plan: Plan }> {
    const event = await events.find(eventId);
    if (!event) throw notFound('calendar');
    return { event, plan: await plans.read(eventId) };
  }

  async function write(event: EventRecord, smeId: string, entries: readonly Entry[]): Promise<string> {
    const cards = await smes.cards(entries.map(({ meeting }) => partnerIn(meeting, smeId)));
    const host = new URL(deps.publicUrl()).hostname;
    const isCancelled = event.state === 'cancelled';
    const single = entries.length === 1 && entries.every(({ meeting }) => meeting.state === 'broken');
    const calendar = ical({
      name: event.name,
      prodId: { company: 'Tandem', product: 'Matchmaking event', language: 'EN' },
      method: isCancelled || single ? ICalCalendarMethod.CANCEL : ICalCalendarMethod.PUBLISH,
    });
    for (const { meeting, startsAt, endsAt } of entries) {
      const partner = cards.get(partnerIn(meeting, smeId));
      if (!partner) continue;
      const link = event.place.kind === 'online' ? event.place.links[meeting.table - 1] : undefined;
      const off = isCancelled || meeting.state === 'broken';
      calendar.createEvent({
        id: `${meeting.id}@${host}`,
        sequence: meeting.sequence + (isCancelled ? 1 : 0),
        stamp: clock(),
        start: startsAt,
        end: endsAt,
        summary: `${partner.name} (${partner.country}), table ${meeting.table}`,
        description: `${event.name}: meeting with ${partner.name}.`,
        location: link ?? (event.place.kind === 'venue' ? event.place.address : ''),
        url: link ?? `${deps.publicUrl()}/events/${event._id}`,
        status: off ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
      });
    }
    return calendar.toString();
  }

  return {
    urlOf(eventId, smeId) {
      const token = tokenWith(deps.secrets[0] ?? '', eventId, smeId).toString('base64url');
      return `${deps.publicUrl()}/api/v1/calendars/${eventId}/${smeId}/${token}`;
    },
    async feed(eventId, smeId, token) {
      if (!isToken(eventId, smeId, token)) throw notFound('calendar');
      const { event, plan } = await read(eventId);
      return write(event, smeId, entriesOf(event, plan, smeId));
    },
    async file(eventId, smeId, meetingId) {
      const { event, plan } = await read(eventId);
      const own = entriesOf(event, plan, smeId).filter(({ meeting }) => meeting.id === meetingId);
      if (own.length === 0) throw notFound('meeting');
      return write(event, smeId, own);
    },
  };
}
