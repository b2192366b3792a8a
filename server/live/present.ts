import type { EventPartnersView, MyMeeting, RequestView } from '../events/schema.ts';
import type { PartnersView } from '../suggestions/schema.ts';
import type { EventRecord } from './model.ts';
import type { LiveEvent, LiveNotice, MeetingNotice } from './protocol.ts';

const END = Buffer.from('}');

type WithoutNumber<E> = E extends unknown ? Omit<E, 'seq' | 'at'> : never;
/** A notice with what people read of it, before it has its number. */
export type LiveContent = WithoutNumber<LiveEvent>;

/** The same as text, where it is put together of parts that are the same for many: its fields as JSON of ASCII letters, without the braces around them. */
export class ContentText {
  readonly fields: Buffer;

  constructor(fields: Buffer) {
    this.fields = fields;
  }
}

/** A whole event as text. */
export interface EventText {
  readonly seq: number;
  /** Its JSON as it goes over the wire. */
  readonly parts: readonly Uint8Array[];
}

/** How what people read of a notice is made ready, by notice. */
export type ReadyContents = ReadonlyMap<
  LiveNotice,
  { readonly content: () => Promise<LiveContent | ContentText>; readonly isCurrent: () => boolean }
>;

/** Fills in what people read of a notice, as it stands at delivery. null: it is gone. */
export interface Presenters {
  /** The list of an SME. */
  partners(smeId: string): Promise<PartnersView | null>;
  meeting(notice: MeetingNotice): Promise<{ meeting: MyMeeting | null; sentence: string }>;
  request(requestId: string, smeId: string): Promise<RequestView | null>;
  eventPartners(eventId: string, smeId: string): Promise<EventPartnersView | null>;
}

/** The list that a notice speaks of; undefined where it speaks of none. */
function listOf(notice: LiveNotice): string | undefined {
  if (notice.kind === 'suggestions') return notice.smeId;
  return notice.kind === 'event-partners' ? `${notice.eventId}:${notice.smeId}` : undefined;
}

/** One notice with what people read of it. `isNewest`: no later notice of the same replay speaks of the same list. */
async function filled(notice: LiveNotice, presenters: Presenters, isNewest: boolean): Promise<LiveContent> {
  switch (notice.kind) {
    case 'suggestions':
      return { ...notice, partners: isNewest ? await presenters.partners(notice.smeId) : null };
    case 'event-partners': {
      const { eventId, smeId } = notice;
      return { ...notice, partners: isNewest ? await presenters.eventPartners(eventId, smeId) : null };
    }
    case 'meeting': {
      const { kind, eventId, smeId, change, round } = notice;
      return { kind, eventId, smeId, change, round, ...(await presenters.meeting(notice)) };
    }
    case 'request': {
      const { kind, eventId, smeId, requestId } = notice;
      return { kind, eventId, smeId, request: await presenters.request(requestId, smeId) };
    }
    default:
      return notice;
  }
}

/** Number of the newest event of each list. */
function newestOfLists(records: readonly EventRecord[]): ReadonlyMap<string, number> {
  const newest = new Map<string, number>();
  for (const { notice, seq } of records) {
    const list = listOf(notice);
    if (list !== undefined) newest.set(list, seq);
  }
  return newest;
}

/**
 * Stored events as clients get them. A stored change of a list is only a marker: the newest one of each list gets the list as it
 * stands, the older ones are superseded and get none.
 */
export async function presentEvents(
  records: readonly EventRecord[],
  presenters: Presenters,
): Promise<LiveEvent[]> {
  const newest = newestOfLists(records);
  return Promise.all(
    records.map(async ({ notice, seq, at }): Promise<LiveEvent> => {
      const isNewest = newest.get(listOf(notice) ?? '') === seq;
      return { seq, at: at.toISOString(), ...(await filled(notice, presenters, isNewest)) };
    }),
  );
}

/** The same for windows that are open, as text. What is made ready already is taken as it is. */
export async function presentTexts(
  records: readonly EventRecord[],
  presenters: Presenters,
  ready: ReadyContents,
): Promise<EventText[]> {
  const newest = newestOfLists(records);
  return Promise.all(
    records.map(async ({ notice, seq, at }): Promise<EventText> => {
      const isNewest = newest.get(listOf(notice) ?? '') === seq;
      const made = ready.get(notice);
      // A later change may have come into the streams before this one.
      const content = await (made?.isCurrent() === true
        ? made.content()
        : filled(notice, presenters, isNewest));
      const head = { seq, at: at.toISOString() };
      const parts =
        content instanceof ContentText
          ? [Buffer.from(`${JSON.stringify(head).slice(0, -1)},`), content.fields, END]
          : [Buffer.from(JSON.stringify({ ...head, ...content }))];
      return { seq, parts };
    }),
  );
}

/** Several who ask for the same list at the same moment get one answer, computed once. */
export function sharedWhileRunning(presenters: Presenters): Presenters {
  return {
    ...presenters,
    partners: shared((smeId) => presenters.partners(smeId)),
    eventPartners: shared((eventId, smeId) => presenters.eventPartners(eventId, smeId)),
  };
}

function shared<A extends string[], T>(ask: (...names: A) => Promise<T>): (...names: A) => Promise<T> {
  const running = new Map<string, Promise<T>>();
  return (...names) => {
    const key = names.join(':');
    const known = running.get(key);
    if (known) return known;
    const asked = ask(...names).finally(() => running.delete(key));
    running.set(key, asked);
    return asked;
  };
}
