import { trusted, type QueryFilter } from 'mongoose';
import { isFor, targetFilter, type Reader } from '../audience/audience.ts';
import type { AnnouncementRecord } from './model.ts';

/** When a reader may see an announcement that is scheduled or published; null: not before somebody publishes it. */
export function visibleAt(
  record: Pick<AnnouncementRecord, 'earlyAt' | 'publicAt'>,
  role: Reader['role'],
): Date | null {
  return role === 'cluster' ? (record.earlyAt ?? record.publicAt) : record.publicAt;
}

/** Staff see all; others what is for them, once its hour has come for their role. */
export function mayReadAnnouncement(record: AnnouncementRecord, reader: Reader, now: Date): boolean {
  if (reader.role === 'staff') return true;
  if (record.state !== 'scheduled' && record.state !== 'published') return false;
  const from = visibleAt(record, reader.role);
  return from !== null && from <= now && isFor(record.target, reader);
}

/** The same rule for the database. */
export function readableFilter(reader: Reader, now: Date): QueryFilter<AnnouncementRecord> {
  if (reader.role === 'staff') return {};
  const due = trusted({ $lte: now });
  const hour = reader.role === 'cluster' ? { $or: [{ publicAt: due }, { earlyAt: due }] } : { publicAt: due };
  return {
    $and: [
      { state: trusted({ $in: ['scheduled', 'published'] }) },
      hour,
      targetFilter<AnnouncementRecord>(reader),
    ],
  };
}
