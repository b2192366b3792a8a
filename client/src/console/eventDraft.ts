import type { EventInput, EventView } from '../../../server/events/schema.ts';

/** The form of an event: everything as it is typed. */
export interface EventDraft {
  readonly name: string;
  readonly description: string;
  readonly kind: 'venue' | 'online';
  readonly address: string;
  readonly tables: string;
  readonly links: string;
  readonly timeZone: string;
  /** Date and time at the place, as `datetime-local` has it. */
  readonly startsAt: string;
  readonly rounds: string;
  readonly roundMinutes: string;
  readonly breakMinutes: string;
  readonly longBreaks: readonly { readonly afterRound: string; readonly minutes: string }[];
  readonly all: boolean;
  readonly clusterIds: readonly string[];
  readonly countries: readonly string[];
  readonly smeIds: readonly string[];
  readonly contactsAt: EventInput['contactsAt'];
  readonly requestMinutes: string;
}

const DAY_MS = 86_400_000;

/** Minutes by which a place is ahead of UTC at a moment. */
function minutesAhead(timeZone: string, moment: number): number {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  }).formatToParts(moment);
  const of = (type: string): number => Number(parts.find((part) => part.type === type)?.value ?? 0);
  const there = Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'));
  return Math.round((there - moment) / 60_000);
}

/** The instant at which the clocks of a place show this (`2026-03-01T09:00`); the later of two where clocks are put back. */
export function instantOf(local: string, timeZone: string): string {
  const asUtc = Date.parse(`${local}:00Z`);
  if (Number.isNaN(asUtc)) return local;
  // The first guess may lie on the other side of a change of the clocks; the second does not.
  const guess = asUtc - minutesAhead(timeZone, asUtc) * 60_000;
  return new Date(asUtc - minutesAhead(timeZone, guess) * 60_000).toISOString();
}

/** What the clocks of a place show at an instant, as `datetime-local` has it. */
export function localOf(instant: string, timeZone: string): string {
  const moment = Date.parse(instant);
  return new Date(moment + minutesAhead(timeZone, moment) * 60_000).toISOString().slice(0, 16);
}

/** An event to begin with: tomorrow, ten tables, six rounds of 20 minutes, everybody invited. */
export function newDraft(now: number): EventDraft {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  return {
    name: '',
    description: '',
    kind: 'venue',
    address: '',
    tables: '10',
    links: '',
    timeZone,
    startsAt: `${new Date(now + DAY_MS).toISOString().slice(0, 10)}T09:30`,
    rounds: '6',
    roundMinutes: '20',
    breakMinutes: '5',
    longBreaks: [],
    all: true,
    clusterIds: [],
    countries: [],
    smeIds: [],
    contactsAt: 'consortium',
    requestMinutes: '60',
  };
}

export function draftOf(event: EventView): EventDraft {
  const { place, timetable, invited } = event;
  return {
    name: event.name,
    description: event.description,
    kind: place.kind,
    address: place.kind === 'venue' ? place.address : '',
    tables: String(place.tables),
    links: place.kind === 'online' ? place.links.join('\n') : '',
    timeZone: event.timeZone,
    startsAt: localOf(timetable.startsAt, event.timeZone),
    rounds: String(timetable.rounds),
    roundMinutes: String(timetable.roundMinutes),
    breakMinutes: String(timetable.breakMinutes),
    longBreaks: timetable.longBreaks.map(({ afterRound, minutes }) => ({
      afterRound: String(afterRound),
      minutes: String(minutes),
    })),
    all: invited.all,
    clusterIds: invited.clusterIds,
    countries: invited.countries,
    smeIds: invited.smeIds,
    contactsAt: event.contactsAt,
    requestMinutes: String(event.requestMinutes),
  };
}

/** What is sent: numbers as numbers; what is no number goes as NaN, which the server refuses by its field. */
export function inputOf(draft: EventDraft): EventInput {
  return {
    name: draft.name,
    description: draft.description,
    place:
      draft.kind === 'venue'
        ? { kind: 'venue', address: draft.address, tables: Number(draft.tables) }
        : {
            kind: 'online',
            links: draft.links
              .split('\n')
              .map((line) => line.trim())
              .filter((line) => line !== ''),
          },
    timeZone: draft.timeZone,
    timetable: {
      startsAt: instantOf(draft.startsAt, draft.timeZone),
      rounds: Number(draft.rounds),
      roundMinutes: Number(draft.roundMinutes),
      breakMinutes: Number(draft.breakMinutes),
      longBreaks: draft.longBreaks.map(({ afterRound, minutes }) => ({
        afterRound: Number(afterRound),
        minutes: Number(minutes),
      })),
    },
    invited: {
      all: draft.all,
      clusterIds: draft.all ? [] : [...draft.clusterIds],
      countries: draft.all ? [] : [...draft.countries],
      smeIds: [...draft.smeIds],
    },
    contactsAt: draft.contactsAt,
    requestMinutes: Number(draft.requestMinutes),
  };
}

/** When the last round ends, by the timetable that is typed; null where it is not complete. */
export function endOf(draft: EventDraft): string | null {
  const { timetable } = inputOf(draft);
  const { rounds, roundMinutes, breakMinutes, longBreaks } = timetable;
  const begin = Date.parse(timetable.startsAt);
  const extra = longBreaks
    .filter(({ afterRound }) => afterRound < rounds)
    .reduce((sum, { minutes }) => sum + minutes, 0);
  const minutes = rounds * roundMinutes + (rounds - 1) * breakMinutes + extra;
  const end = begin + minutes * 60_000;
  return Number.isFinite(end) ? new Date(end).toISOString() : null;
}
