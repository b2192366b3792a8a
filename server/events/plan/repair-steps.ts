import type { PlannedRound } from '../../../matching/rounds/types.ts';
import type { SmeId } from '../../../matching/types.ts';
import type { RoundsQuestion } from '../../matching/event-rooms.ts';
import { newId } from '../../storage/ids.ts';
import type { EventRecord, WishRecord } from '../model.ts';
import {
  comingRounds,
  freeTables,
  roundOf,
  runningRound,
  standing,
  tablesOf,
  withMeetings,
  type Meeting,
  type Plan,
  type Round,
} from './plan.ts';
import { broken, busyIn } from './slots.ts';

/*
 * What a repair changes, as plain functions of the plan. It touches no running meeting and nothing that is pinned.
 */

/** Nobody is sent to a table for less than this share of a round. */
const WORTH_WHILE = 1 / 3;

type Wishes = readonly Pick<WishRecord, 'smeId' | 'partnerId' | 'wish'>[];

/** Rounds to come of which people were told a plan. */
export const publishedRounds = (plan: Plan, event: Pick<EventRecord, 'timetable'>): number[] =>
  comingRounds(plan, event.timetable.rounds)
    .filter(({ published }) => published)
    .map(({ number }) => number);

/** Everybody with a meeting in a round to come. */
export function seatedAhead(plan: Plan, event: Pick<EventRecord, 'timetable'>): Set<SmeId> {
  const ids = comingRounds(plan, event.timetable.rounds).flatMap((round) => [...busyIn(round)]);
  return new Set(ids);
}

/** Meetings to come of those who are gone are off; of rounds without a plan nothing else changes. */
export function withoutGone(
  plan: Plan,
  event: Pick<EventRecord, 'timetable'>,
  isGone: (sme: SmeId) => boolean,
): Round[] {
  return comingRounds(plan, event.timetable.rounds).flatMap((round) => {
    const isOff = ({ a, b, state }: Meeting): boolean => state === 'planned' && (isGone(a) || isGone(b));
    if (!round.meetings.some(isOff)) return [];
    return [
      withMeetings(
        round,
        round.meetings.map((one) => (isOff(one) ? broken(one) : one)),
      ),
    ];
  });
}

const SHOWN = ['a', 'b', 'table', 'state'] as const satisfies readonly (keyof Meeting)[];

/** True where a round has the same meetings at the same tables. */
export function sameRound(one: Round, other: Round): boolean {
  if (one.meetings.length !== other.meetings.length) return false;
  const others = new Map(other.meetings.map((meeting) => [meeting.id, meeting]));
  return one.meetings.every((meeting) => {
    const its = others.get(meeting.id);
    return its === meeting || SHOWN.every((field) => its?.[field] === meeting[field]);
  });
}

/**
 * What the engine is asked for a round that is running: partners for those who are here without a meeting. null where it is not worth
 * while: fewer than two, no table, or too little time left.
 */
export function seatingQuestion(
  plan: Plan,
  event: Pick<EventRecord, 'place' | 'timetable'>,
  { here, wishes, now }: { here: readonly SmeId[]; wishes: Wishes; now: Date },
): { round: Round; question: RoundsQuestion } | null {
  const round = runningRound(plan);
  if (!round?.endsAt) return null;
  const leftMs = round.endsAt.getTime() - now.getTime();
  if (leftMs < event.timetable.roundMinutes * 60_000 * WORTH_WHILE) return null;
  const busy = busyIn(round);
  for (const { absent } of round.meetings) if (absent !== null) busy.add(absent);
  const free = here.filter((id) => !busy.has(id));
  const tables = freeTables(round, tablesOf(event.place)).length;
  if (free.length < 2 || tables === 0) return null;
  const pairs = [...plan.rounds.values()].flatMap(standing).map(({ a, b }) => [a, b] as const);
  const options = {
    first: round.number,
    rounds: round.number,
    tables,
    wishes: wishes.map(({ smeId, partnerId, wish }) => ({
      from: smeId,
      to: partnerId,
      kind: wish === 'must-meet' ? ('must' as const) : wish,
    })),
    never: plan.forbidden,
    met: pairs,
  };
  return { round, question: { participants: free, options, told: [] } };
}

/** The running round with the meetings that the engine found for those who sat alone. */
export function seated(
  plan: Plan,
  planned: readonly PlannedRound[],
  number: number,
  tables: number,
): Round | null {
  const round = roundOf(plan, number);
  const found = planned.find((one) => one.round === number)?.meetings ?? [];
  const free = freeTables(round, tables);
  const added = found.slice(0, free.length).flatMap(({ a, b, score }, at): Meeting[] => {
    const table = free[at];
    if (table === undefined) return [];
    const fresh = { id: newId(), origin: 'plan', pinned: false, sequence: 0, absent: null } as const;
    return [{ ...fresh, a, b, table, score, state: 'running' }];
  });
  return added.length === 0 ? null : withMeetings(round, [...round.meetings, ...added]);
}
