import type { Meeting, Round } from './plan.ts';

/*
 * What of a stored plan a change concerns: of a round with hundreds of meetings only those few that are others now.
 */

/** From this share of changed meetings on a round is written whole. */
const MANY = 1 / 4;

const HEAD = ['state', 'published', 'startedAt', 'endsAt'] as const;
const MEETING = [
  'id',
  'a',
  'b',
  'table',
  'score',
  'origin',
  'pinned',
  'state',
  'sequence',
  'absent',
] as const satisfies readonly (keyof Meeting)[];

const isSame = (one: Meeting, other: Meeting | undefined): boolean =>
  one === other || MEETING.every((field) => one[field] === other?.[field]);

/** The fields to set, by path, so that the stored round `before` becomes `after`. A round that lost meetings is written whole. */
export function fieldsOf(before: Round | undefined, after: Round): Record<string, unknown> {
  const path = `rounds.r${after.number}`;
  if (!before || after.meetings.length < before.meetings.length) return { [path]: after };
  const changed = [...after.meetings.entries()].filter(([at, one]) => !isSame(one, before.meetings[at]));
  if (changed.length > after.meetings.length * MANY) return { [path]: after };
  const head = HEAD.filter((field) => before[field] !== after[field]);
  return Object.fromEntries<unknown>([
    ...head.map((field) => [`${path}.${field}`, after[field]] as const),
    ...changed.map(([at, meeting]) => [`${path}.meetings.${at}`, meeting] as const),
  ]);
}
