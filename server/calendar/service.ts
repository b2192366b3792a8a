import { trusted, type Connection } from 'mongoose';
import type { Viewer } from '../accounts/viewer.ts';
import { targetFilter, type Audience } from '../audience/audience.ts';
import type { Audit, AuditedState, AuditedThings } from '../audit/audit.ts';
import { auditedCollection } from '../audit/audited-collection.ts';
import { eventModel } from '../events/model.ts';
import { conflict, notFound } from '../http/errors.ts';
import { pageOfArray } from '../http/paging.ts';
import type { Page } from '../http/schema.ts';
import { searchName } from '../smes/search-name.ts';
import { newId } from '../storage/ids.ts';
import { changeVersioned, insertOnce } from '../storage/versioned.ts';
import {
  callEntries,
  eventEntry,
  ownEntry,
  seesEvent,
  type CalendarEvent,
  type CallDates,
  type Entry,
  type Invitee,
} from './entries.ts';
import { calendarFile, feedUrl, isFeedToken, type FeedOptions } from './feed.ts';
import { calendarModel, type CalendarRecord } from './model.ts';
import type { CalendarEntryView, CalendarInput, CalendarKind } from './schema.ts';

export interface CalendarServiceDeps extends FeedOptions {
  readonly connection: Connection;
  readonly audience: Pick<Audience, 'readerOf'>;
  readonly audit: Audit;
  readonly calls: () => Promise<readonly CallDates[]>;
  /** The account of a feed; null where it is closed. */
  readonly viewerOf: (accountId: string) => Promise<Viewer | null>;
}

export interface CalendarQuery {
  readonly cursor?: string | undefined;
  readonly limit: number;
  readonly when: 'coming' | 'past';
  readonly kind?: CalendarKind | undefined;
  readonly q?: string | undefined;
}

export type CalendarService = ReturnType<typeof createCalendarService>;

/** Of an event, only what the calendar shows. */
const EVENT_FIELDS = {
  version: 1,
  name: 1,
  description: 1,
  state: 1,
  timetable: 1,
  delayMinutes: 1,
  timeZone: 1,
  place: 1,
  invited: 1,
};

function decidedState(record: CalendarRecord): AuditedState {
  const { version, kind, title, words, timeZone, place, link, state, reason } = record;
  const { roles, countries, clusterIds } = record.target;
  return {
    version,
    kind,
    title,
    words,
    startsAt: record.startsAt.toISOString(),
    endsAt: record.endsAt.toISOString(),
    timeZone,
    place,
    link,
    target: { roles: [...roles], countries: [...countries], clusterIds: [...clusterIds] },
    state,
    reason,
  };
}

/** The programme's calendar: what staff enter, the matchmaking events, and the first and last day of open calls. */
export function createCalendarService(deps: CalendarServiceDeps) {
  const { clock, audience, audit } = deps;
  const records = calendarModel(deps.connection);
  const events = eventModel(deps.connection);

  async function inviteeOf(viewer: Viewer): Promise<Invitee> {
    return { ...(await audience.readerOf(viewer)), smeId: viewer.smeId };
  }

  /** All that a reader may see. A programme has some hundred entries: they are few enough to be put in order here. */
  async function visible(reader: Invitee): Promise<Entry[]> {
    const [own, matchmaking, calls] = await Promise.all([
      records.find(targetFilter<CalendarRecord>(reader)).lean<CalendarRecord[]>().exec(),
      events
        .find({ state: trusted({ $ne: 'draft' }) }, EVENT_FIELDS)
        .lean<CalendarEvent[]>()
        .exec(),
      deps.calls(),
    ]);
    const words = { opens: 'opens', closes: 'closes' };
    return [
      ...own.map((record) => ownEntry(record, reader)),
      ...matchmaking.filter((event) => seesEvent(event, reader)).map(eventEntry),
      ...calls.flatMap((call) => callEntries(call, words)),
    ];
  }

  function inOrder(entries: readonly Entry[], when: CalendarQuery['when']): Entry[] {
    const sign = when === 'coming' ? 1 : -1;
    return entries.toSorted(
      ({ view: one }, { view: other }) =>
        sign * (one.startsAt.localeCompare(other.startsAt) || one.id.localeCompare(other.id)),
    );
  }

  async function find(id: string): Promise<CalendarRecord> {
    const record = await records.findById(id).lean<CalendarRecord>().exec();
    if (!record) throw notFound('entry of the calendar');
    return record;
  }

  function fieldsOf(input: CalendarInput) {
    return { ...input, startsAt: new Date(input.startsAt), endsAt: new Date(input.endsAt) };
  }

  function note(
    viewer: Viewer,
    action: string,
    change: { before: CalendarRecord | null; after: CalendarRecord; reason?: string },
  ): Promise<void> {
    return audit.record({
      actor: viewer,
      action: `calendar-entry.${action}`,
      thing: { kind: 'calendar-entry', id: change.after._id },
      before: change.before && decidedState(change.before),
      after: decidedState(change.after),
      ...(change.reason ? { reason: change.reason } : {}),
    });
  }

  async function shown(viewer: Viewer, record: CalendarRecord): Promise<CalendarEntryView> {
    return ownEntry(record, await audience.readerOf(viewer)).view;
  }

  return {
    /** A page of what is to come, the next first, or of what is over, the latest first. */
    async list(viewer: Viewer, query: CalendarQuery): Promise<Page<CalendarEntryView>> {
      const now = clock().toISOString();
      const words = searchName(query.q ?? '');
      const entries = (await visible(await inviteeOf(viewer))).filter(
        ({ view }) =>
          (query.when === 'coming' ? view.endsAt >= now : view.endsAt < now) &&
          (query.kind === undefined || view.kind === query.kind) &&
          searchName(`${view.title} ${view.words} ${view.place}`).includes(words),
      );
      const page = pageOfArray(inOrder(entries, query.when), query);
      return { ...page, items: page.items.map(({ view }) => view) };
    },

    /** Adds an entry; `key` makes a repeated request harmless. */
    async create(viewer: Viewer, input: CalendarInput, key?: string): Promise<CalendarEntryView> {
      const id = newId();
      const entry: CalendarRecord = {
        _id: id,
        key: key === undefined ? id : `${viewer.id}:${key}`,
        version: 1,
        ...fieldsOf(input),
        state: 'planned',
        reason: '',
        createdAt: clock(),
      };
      const { record, made } = await insertOnce(records, entry);
      if (made) await note(viewer, 'create', { before: null, after: record });
      return shown(viewer, record);
    },

    /** Changes an entry that still takes place. @throws HttpProblem 404, 409, 412 */
    async update(
      viewer: Viewer,
      id: string,
      version: number,
      input: CalendarInput,
    ): Promise<CalendarEntryView> {
      const before = await find(id);
      if (before.state === 'cancelled') {
        throw conflict('cancelled', 'This entry was cancelled. Add a new one instead.');
      }
      const after = await changeVersioned(records, { ...before, version }, fieldsOf(input), 'entry');
      await note(viewer, 'change', { before, after });
      return shown(viewer, after);
    },

    /** Cancels an entry: it stays in the calendars of those who follow, as cancelled. @throws HttpProblem 404, 409, 412 */
    async cancel(viewer: Viewer, id: string, version: number, reason: string): Promise<CalendarEntryView> {
      const before = await find(id);
      if (before.state === 'cancelled') throw conflict('cancelled', 'This entry is cancelled already.');
      const after = await changeVersioned(
        records,
        { ...before, version },
        { state: 'cancelled', reason },
        'entry',
      );
      await note(viewer, 'cancel', { before, after, reason });
      return shown(viewer, after);
    },

    /** One entry as a calendar file. @throws HttpProblem 404 */
    async file(viewer: Viewer, id: string): Promise<string> {
      const entry = (await visible(await inviteeOf(viewer))).find(({ view }) => view.id === id);
      if (!entry) throw notFound('entry of the calendar');
      return calendarFile(deps, [entry]);
    },

    /** Address of the viewer's own feed. */
    feedUrl: (viewer: Viewer): string => feedUrl(deps, viewer.id),

    /** The feed of an address, as that account may see it now. @throws HttpProblem 404 */
    async feed(accountId: string, token: string): Promise<string> {
      if (!isFeedToken(deps, accountId, token)) throw notFound('calendar');
      const viewer = await deps.viewerOf(accountId);
      if (!viewer) throw notFound('calendar');
      return calendarFile(deps, inOrder(await visible(await inviteeOf(viewer)), 'coming'));
    },
  };
}

/** Calendar entries as they are stored, for comparison with the audit log. */
export const auditedCalendar = (connection: Connection): AuditedThings =>
  auditedCollection('calendar-entry', calendarModel(connection), decidedState);
