import { trusted, type Connection } from 'mongoose';
import { consentModel, type ConsentRecord } from './model.ts';
import { loadPurposes } from './purposes.ts';
import type { PurposeId } from './schema.ts';

const untilAsked = new Map(loadPurposes().map(({ id, untilAsked: first }) => [id, first === 'yes']));

/** Whether a purpose may be followed for somebody who was not asked yet. */
export const isAllowedUntilAsked = (purpose: PurposeId): boolean => untilAsked.get(purpose) === true;

/**
 * Those of these subjects (SMEs or accounts, as the purpose goes) that a purpose may be followed for: they said yes, or were not asked yet
 * where it holds until then. One query, whatever their number.
 */
export async function allowedAmong(
  connection: Connection,
  purpose: PurposeId,
  subjectIds: readonly string[],
): Promise<ReadonlySet<string>> {
  if (subjectIds.length === 0) return new Set();
  const found = await consentModel(connection)
    .find({ purpose, subjectId: trusted({ $in: [...subjectIds] }) }, { subjectId: 1, state: 1 })
    .lean<{ subjectId: string; state: string }[]>()
    .exec();
  const answers = new Map(found.map(({ subjectId, state }) => [subjectId, state === 'given']));
  const first = isAllowedUntilAsked(purpose);
  return new Set(subjectIds.filter((id) => answers.get(id) ?? first));
}

/** What was answered to a purpose at or after a time. */
export async function answersSince(
  connection: Connection,
  purpose: PurposeId,
  time: Date,
): Promise<{ subjectId: string; given: boolean; at: Date }[]> {
  const found = await consentModel(connection)
    .find({ purpose, at: trusted({ $gte: time }) }, { subjectId: 1, state: 1, at: 1 })
    .lean<Pick<ConsentRecord, 'subjectId' | 'state' | 'at'>[]>()
    .exec();
  return found.map(({ subjectId, state, at }) => ({ subjectId, given: state === 'given', at }));
}

/** SMEs whose answer to a purpose changed at or after a time. */
export async function answeredConsentSince(
  connection: Connection,
  purpose: PurposeId,
  time: Date,
): Promise<string[]> {
  return consentModel(connection)
    .distinct('subjectId', { purpose, at: trusted({ $gte: time }) })
    .exec();
}
