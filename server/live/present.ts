import type { EventPartnersView, MyMeeting, RequestView } from '../events/schema.ts';
import type { PartnersView } from '../suggestions/schema.ts';
import type { EventRecord } from './model.ts';
import type { LiveEvent, LiveNotice, MeetingNotice } from './protocol.ts';

type WithoutNumber<E> = E extends unknown ? Omit<E, 'seq' | 'at'> : never;
/** A notice with what people read of it, before it has its number. */
export type LiveContent = WithoutNumber<LiveEvent>;

/** What was made ready while its notice was written into the streams. */
export type ReadyContents = ReadonlyMap<LiveNotice, Promise<LiveContent>>;

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

/**
 * Stored events as clients get them. A stored change of a list is only a marker: the newest one of each list gets the list as it
 * stands, the older ones are superseded and get none. What is ready already is taken as it is.
 */
export async function presentEvents(
  records: readonly EventRecord[],
  presenters: Presenters,
  ready: ReadyContents = new Map(),
): Promise<LiveEvent[]> {
  const newest = new Map<string, number>();
  for (const { notice, seq } of records) {
    const list = listOf(notice);
    if (list !== undefined) newest.set(list, seq);
  }
  return Promise.all(
    records.map(async ({ notice, seq, at }): Promise<LiveEvent> => {
      const isNewest = newest.get(listOf(notice) ?? '') === seq;
      const content = await (ready.get(notice) ?? filled(notice, presenters, isNewest));
      return { seq, at: at.toISOString(), ...content };
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
