import type { SmeId } from '../../../matching/types.ts';
import {
  comingRounds,
  freeTables,
  meetingIn,
  meetingOfPair,
  standing,
  withMeetings,
  type Meeting,
  type Plan,
  type Round,
} from './plan.ts';

/*
 * Where in the plan two SMEs can meet because they want to. What is pinned stays; what was only planned makes room.
 */

/** A meeting that both agreed on, before it has a place. */
export type AgreedMeeting = Pick<Meeting, 'id' | 'a' | 'b' | 'score' | 'origin'>;

/** The rounds that change, or why there is no place, in one sentence. */
export type Placing =
  | { readonly rounds: readonly Round[]; readonly meeting: Meeting; readonly round: number }
  | { readonly refused: string };

export interface PlacingOptions {
  /** Rounds that the timetable has. */
  readonly rounds: number;
  readonly tables: number;
  /** The round asked for; null: any that has not begun. */
  readonly wanted: number | null;
}

/** Meetings of the two in a round that would have to make room. */
const displacedIn = (round: Round, a: SmeId, b: SmeId): Meeting[] =>
  [meetingIn(round, a), meetingIn(round, b)].flatMap((meeting) => meeting ?? []);

/** The planned meeting no longer takes place; it stays on record, for the calendars. */
export const broken = (meeting: Meeting, absent: SmeId | null = null): Meeting => ({
  ...meeting,
  state: 'broken',
  sequence: meeting.sequence + 1,
  absent,
});

/** Puts a meeting into a round in place of others; null where no table is free even so. */
function put(
  round: Round,
  meeting: AgreedMeeting & { sequence: number },
  gone: readonly Meeting[],
  tables: number,
) {
  const others = round.meetings
    .filter(({ id }) => id !== meeting.id)
    .map((one) => (gone.includes(one) ? broken(one) : one));
  const cleared = withMeetings(round, others);
  const before = round.meetings.find(({ id }) => id === meeting.id);
  const free = freeTables(cleared, tables);
  const table = before && free.includes(before.table) ? before.table : free[0];
  if (table === undefined) return null;
  const placed: Meeting = { ...meeting, table, pinned: true, state: 'planned', absent: null };
  return { round: withMeetings(round, [...others, placed]), placed };
}

/** The earliest round in which the fewest meetings make room for two SMEs. */
function bestRound(rounds: readonly Round[], a: SmeId, b: SmeId, tables: number): Round | undefined {
  const possible = rounds.filter((round) => {
    const gone = displacedIn(round, a, b);
    const freed = new Set(gone).size;
    return gone.every(({ pinned }) => !pinned) && freeTables(round, tables).length + freed > 0;
  });
  const cost = (round: Round): number => new Set(displacedIn(round, a, b)).size;
  return possible.toSorted((one, other) => cost(one) - cost(other) || one.number - other.number)[0];
}

/**
 * Finds the place for a meeting that two SMEs agreed on: where they are to meet anyway, else in the round asked for, else where fewest
 * others have to make room. Pure; the caller writes the rounds.
 */
export function place(plan: Plan, agreed: AgreedMeeting, options: PlacingOptions): Placing {
  const { rounds, tables, wanted } = options;
  const { a, b } = agreed;
  const coming = comingRounds(plan, rounds);
  const standingNow = meetingOfPair(plan, a, b);
  if (standingNow && standingNow.meeting.state !== 'planned')
    return { refused: 'You have met at this event.' };
  const open = wanted === null ? coming : coming.filter(({ number }) => number === wanted);
  if (open.length === 0) {
    return { refused: wanted === null ? 'All rounds have begun.' : `Round ${wanted} has begun or is over.` };
  }
  const kept = standingNow && open.find(({ number }) => number === standingNow.round.number);
  const target = kept ?? bestRound(open, a, b, tables);
  if (!target) {
    const where = wanted === null ? 'in any round that is left' : `in round ${wanted}`;
    return { refused: `One of you has another fixed meeting ${where}, or no table is free.` };
  }
  const before = standingNow?.meeting;
  const meeting = {
    ...agreed,
    id: before?.id ?? agreed.id,
    score: before?.score ?? agreed.score,
    sequence: before ? before.sequence + 1 : 0,
  };
  const gone = displacedIn(target, a, b).filter(({ id }) => id !== meeting.id);
  const done = put(target, meeting, gone, tables);
  if (!done) return { refused: `No table is free in round ${target.number}.` };
  const changed = [done.round];
  if (standingNow && standingNow.round.number !== target.number)
    changed.push(without(standingNow.round, meeting.id));
  return { rounds: changed, meeting: done.placed, round: target.number };
}

/** A round that a meeting has moved out of. */
export const without = (round: Round, id: string): Round =>
  withMeetings(
    round,
    round.meetings.filter((meeting) => meeting.id !== id),
  );

/** Names of everybody in a round. */
export const busyIn = (round: Round): Set<SmeId> => new Set(standing(round).flatMap(({ a, b }) => [a, b]));
