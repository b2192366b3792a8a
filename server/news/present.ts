import type { Reader } from '../audience/audience.ts';
import type { AnnouncementRecord } from './model.ts';
import { visibleAt } from './policy.ts';
import type { AnnouncementState, AnnouncementView } from './schema.ts';

/** The state in words for people: what is due counts as published, whether or not the job has told everybody yet. */
export function stateOf(
  record: Pick<AnnouncementRecord, 'state' | 'publicAt'>,
  now: Date,
): AnnouncementState {
  const due = record.publicAt !== null && record.publicAt <= now;
  return record.state === 'scheduled' && due ? 'published' : record.state;
}

/** An announcement as a reader may see it; whom it is for and how many read it is for staff. */
export function presentAnnouncement(
  record: AnnouncementRecord,
  reader: Reader,
  facts: { now: Date; read: boolean; reads: number },
): AnnouncementView {
  const { earlyAt, publicAt } = record;
  const decided = record.state === 'scheduled' || record.state === 'published';
  const embargoed = decided && publicAt !== null && publicAt > facts.now;
  return {
    id: record._id,
    version: record.version,
    title: record.title,
    words: record.words,
    links: record.links.map(({ label, url }) => ({ label, url })),
    state: stateOf(record, facts.now),
    embargoUntil: embargoed ? publicAt.toISOString() : null,
    visibleAt: decided ? (visibleAt(record, reader.role)?.toISOString() ?? null) : null,
    changedAt: record.changedAt?.toISOString() ?? null,
    read: facts.read,
    staff:
      reader.role === 'staff'
        ? {
            target: {
              roles: [...record.target.roles],
              countries: [...record.target.countries],
              clusterIds: [...record.target.clusterIds],
            },
            earlyAt: earlyAt?.toISOString() ?? null,
            publicAt: publicAt?.toISOString() ?? null,
            mail: record.mail,
            reads: facts.reads,
            reason: record.reason,
          }
        : null,
  };
}
