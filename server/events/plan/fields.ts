import type { Meeting, Round } from './plan.ts';

/*
 * What of a stored plan a change concerns: of a round with hundreds of meetings only those few that are others now.
 */

/** From this share of changed meetings on a round is written whole. */
const MANY = 1 / 4;

/** Every field, so that one that is added later cannot be left out of an update. */
const allOf = <Name extends string>(fields: Readonly<Record<Name, true>>): Name[] =>
  Object.keys(fields) as Name[];
const HEAD = allOf<Exclude<keyof Round, 'number' | 'meetings'>>({
  state: true,
  published: true,
  startedAt: true,
  endsAt: true,
});
const MEETING = allOf<keyof Meeting>({
  id: true,
  a: true,
  b: true,
  table: true,
  score: true,
  origin: true,
  pinned: true,
  state: true,
  sequence: true,
  absent: true,
});

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
