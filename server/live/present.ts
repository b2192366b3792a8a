import type { PartnersView } from '../suggestions/schema.ts';
import type { EventRecord } from './model.ts';
import type { LiveEvent } from './protocol.ts';

/** Answers the list of an SME as it stands now; null where the SME is gone. */
export type PresentPartners = (smeId: string) => Promise<PartnersView | null>;

/**
 * Stored events as clients get them. A stored change of a list is only a marker: the newest one of each SME gets the list as it
 * stands, the older ones are superseded and get none.
 */
export async function presentEvents(
  records: readonly EventRecord[],
  presentPartners: PresentPartners,
): Promise<LiveEvent[]> {
  const newest = new Map<string, number>();
  for (const { notice, seq } of records) {
    if (notice.kind === 'suggestions') newest.set(notice.smeId, seq);
  }
  return Promise.all(
    records.map(async ({ notice, seq, at }): Promise<LiveEvent> => {
      const head = { seq, at: at.toISOString() };
      if (notice.kind !== 'suggestions') return { ...head, ...notice };
      const isNewest = newest.get(notice.smeId) === seq;
      return { ...head, ...notice, partners: isNewest ? await presentPartners(notice.smeId) : null };
    }),
  );
}

/** Several who ask for the same list at the same moment get one answer, computed once. */
export function sharedWhileRunning(present: PresentPartners): PresentPartners {
  const running = new Map<string, Promise<PartnersView | null>>();
  return (smeId) => {
    const known = running.get(smeId);
    if (known) return known;
    const asked = present(smeId).finally(() => running.delete(smeId));
    running.set(smeId, asked);
    return asked;
  };
}
