import type { Reader } from '../audience/audience.ts';
import { roundSlots } from '../events/life/timetable.ts';
import type { EventRecord } from '../events/model.ts';
import type { CalendarRecord } from './model.ts';
import type { CalendarEntryView } from './schema.ts';

/** An entry as it is shown and as calendars get it, wherever it comes from. */
export interface Entry {
  readonly view: CalendarEntryView;
  /** Grows with each change (RFC 5545). */
  readonly sequence: number;
}

/** The dates of an open call, as the calendar needs them. */
export interface CallDates {
  readonly id: string;
  readonly name: string;
  /** ISO days; the last one counts as a whole. */
  readonly opens: string;
  readonly closes: string;
  /** Grows with each change of the call's rules. */
  readonly rulesVersion: number;
}

/** What an event's invitation asks of a reader. */
export interface Invitee extends Reader {
  readonly smeId: string | null;
}

/** The fields of an event that the calendar reads. */
export type CalendarEvent = Pick<
  EventRecord,
  | '_id'
  | 'version'
  | 'name'
  | 'description'
  | 'state'
  | 'timetable'
  | 'delayMinutes'
  | 'timeZone'
  | 'place'
  | 'invited'
>;

/** Drafts are for staff; an SME sees what it is invited to: the rule of events/invited.ts, on what is known of the reader. */
export function seesEvent(
  { state, invited }: Pick<CalendarEvent, 'state' | 'invited'>,
  reader: Invitee,
): boolean {
  if (state === 'draft') return false;
  if (reader.role !== 'sme' || invited.all) return true;
  if (reader.smeId === null) return false;
  if (invited.smeIds.includes(reader.smeId)) return true;
  const { clusterIds, countries } = invited;
  if (clusterIds.length === 0 && countries.length === 0) return false;
  return (
    (clusterIds.length === 0 || clusterIds.includes(reader.clusterId ?? '')) &&
    (countries.length === 0 || countries.includes(reader.country ?? ''))
  );
}

export function ownEntry(record: CalendarRecord, reader: Reader): Entry {
  const { roles, countries, clusterIds } = record.target;
  return {
    sequence: record.version - 1,
    view: {
      id: record._id,
      version: record.version,
      kind: record.kind,
      title: record.title,
      words: record.words,
      startsAt: record.startsAt.toISOString(),
      endsAt: record.endsAt.toISOString(),
      allDay: false,
      timeZone: record.timeZone,
      place: record.place,
      link: record.link,
      state: record.state,
      reason: record.reason,
      eventId: null,
      target:
        reader.role === 'staff'
          ? { roles: [...roles], countries: [...countries], clusterIds: [...clusterIds] }
          : null,
    },
  };
}

export function eventEntry(event: CalendarEvent): Entry {
  const slots = roundSlots(event.timetable, event.delayMinutes, () => undefined);
  return {
    sequence: event.version,
    view: {
      id: `event-${event._id}`,
      version: event.version,
      kind: 'matchmaking',
      title: event.name,
      words: event.description,
      startsAt: event.timetable.startsAt,
      endsAt: (slots.at(-1)?.endsAt ?? new Date(event.timetable.startsAt)).toISOString(),
      allDay: false,
      timeZone: event.timeZone,
      place: event.place.kind === 'venue' ? event.place.address : '',
      link: null,
      state: event.state === 'cancelled' ? 'cancelled' : 'planned',
      reason: '',
      eventId: event._id,
      target: null,
    },
  };
}

/** The first and the last day of an open call. */
export function callEntries(call: CallDates, words: { opens: string; closes: string }): Entry[] {
  const day = (what: 'opens' | 'closes'): Entry => ({
    sequence: call.rulesVersion,
    view: {
      id: `call-${call.id}-${what}`,
      version: call.rulesVersion,
      kind: 'deadline',
      title: `${call.name}: ${words[what]}`,
      words: '',
      startsAt: `${call[what]}T00:00:00.000Z`,
      endsAt: `${call[what]}T23:59:59.000Z`,
      allDay: true,
      timeZone: 'Europe/Brussels',
      place: '',
      link: null,
      state: 'planned',
      reason: '',
      eventId: null,
      target: null,
    },
  });
  return [day('opens'), day('closes')];
}
