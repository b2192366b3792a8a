import type { EventView } from '../../../server/events/schema.ts';

const language = 'en-GB';

/** Time of an instant at the place of the event, such as 14:05. */
export function timeAt(iso: string, { timeZone }: Pick<EventView, 'timeZone'>): string {
  return new Intl.DateTimeFormat(language, { timeStyle: 'short', timeZone }).format(new Date(iso));
}

/** Day of an instant at the place of the event. */
export function dayAt(iso: string, { timeZone }: Pick<EventView, 'timeZone'>): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'full', timeZone }).format(new Date(iso));
}

/** The city of an IANA time zone, such as Brussels. */
export const zoneName = (timeZone: string): string =>
  (timeZone.split('/').at(-1) ?? timeZone).replaceAll('_', ' ');
