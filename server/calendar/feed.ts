import { createHmac, timingSafeEqual } from 'node:crypto';
import ical, { ICalCalendarMethod, ICalEventStatus } from 'ical-generator';
import type { Entry } from './entries.ts';

/** How a calendar file is made and its address kept secret. */
export interface FeedOptions {
  /** The session secrets, newest first. */
  readonly secrets: readonly string[];
  readonly publicUrl: () => string;
  readonly clock: () => Date;
}

const tokenWith = (secret: string, accountId: string): Buffer =>
  createHmac('sha256', secret).update(`programme\n${accountId}`).digest();

/** Address of an account's private feed; whoever has it can read it. */
export function feedUrl({ secrets, publicUrl }: FeedOptions, accountId: string): string {
  const token = tokenWith(secrets[0] ?? '', accountId).toString('base64url');
  return `${publicUrl()}/api/v1/programme-calendars/${accountId}/${token}`;
}

/** True for a token made with one of the secrets that are kept. */
export function isFeedToken({ secrets }: FeedOptions, accountId: string, token: string): boolean {
  const given = Buffer.from(token, 'base64url');
  return secrets.some((secret) => {
    const right = tokenWith(secret, accountId);
    return given.length === right.length && timingSafeEqual(given, right);
  });
}

/**
 * Entries as an iCalendar file (RFC 5545). Each keeps its UID for life, its SEQUENCE grows with each change, and what is cancelled stays in
 * the feed as cancelled, so that a calendar that follows it has each entry once.
 */
export function calendarFile({ publicUrl, clock }: FeedOptions, entries: readonly Entry[]): string {
  const host = new URL(publicUrl()).hostname;
  const cancelled = entries.length === 1 && entries.every(({ view }) => view.state === 'cancelled');
  const file = ical({
    name: 'Tandem: programme',
    prodId: { company: 'Tandem', product: 'Programme calendar', language: 'EN' },
    method: cancelled ? ICalCalendarMethod.CANCEL : ICalCalendarMethod.PUBLISH,
  });
  for (const { view, sequence } of entries) {
    const page = view.eventId === null ? `${publicUrl()}/calendar` : `${publicUrl()}/events/${view.eventId}`;
    file.createEvent({
      id: `programme-${view.id}@${host}`,
      sequence,
      stamp: clock(),
      start: new Date(view.startsAt),
      end: new Date(view.endsAt),
      allDay: view.allDay,
      summary: view.title,
      description: [view.words, view.reason, view.link ?? ''].filter((line) => line !== '').join('\n\n'),
      location: view.place === '' ? (view.link ?? '') : view.place,
      url: view.link ?? page,
      status: view.state === 'cancelled' ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    });
  }
  return file.toString();
}
