import type { PlannedRound, RoundsOptions } from '../../../matching/rounds/types.ts';
import type { SmeId } from '../../../matching/types.ts';
import type { RoundsQuestion } from '../../matching/event-rooms.ts';
import { newId } from '../../storage/ids.ts';
import type { EventRecord, WishRecord } from '../model.ts';
import {
  comingRounds,
  findMeeting,
  freeTables,
  pairKey,
  roundOf,
  standing,
  tablesOf,
  withMeetings,
  type Meeting,
  type Plan,
  type Round,
} from './plan.ts';
import { broken } from './slots.ts';

/*
 * Between a plan and the engine: what is asked of it, and how its answer becomes meetings with names that last. Pure.
 */

/** What a plan is to be made from. */
export interface PlanningInput {
  readonly event: Pick<EventRecord, 'place' | 'timetable'>;
  readonly plan: Plan;
  readonly participants: readonly SmeId[];
  readonly wishes: readonly Pick<WishRecord, 'smeId' | 'partnerId' | 'wish'>[];
  /** The rounds to plan; the other coming ones stay as they are. */
  readonly rounds: readonly number[];
  /** What keeping a told meeting is worth, in units of score; undefined: as much as it takes to change few. */
  readonly keeping?: number;
}

const met = (plan: Plan): [SmeId, SmeId][] =>
  [...plan.rounds.values()]
    .filter(({ state }) => state !== 'planned')
    .flatMap(standing)
    .map(({ a, b }) => [a, b]);

/** What is asked of the engine; null where no round is left to plan. */
export function questionOf({
  event,
  plan,
  participants,
  wishes,
  rounds,
  keeping,
}: PlanningInput): RoundsQuestion | null {
  const coming = comingRounds(plan, event.timetable.rounds);
  const [first] = coming;
  if (!first || participants.length === 0) return null;
  const wanted = new Set(rounds);
  const fixed = coming.filter(({ number }) => !wanted.has(number));
  const settled = (round: Round): Meeting[] =>
    standing(round).filter(({ pinned }) => pinned || !wanted.has(round.number));
  const seat =
    (round: Round) =>
    ({ table, a, b, score }: Meeting) => ({ round: round.number, table, a, b, score });
  const options: RoundsOptions & { first: number } = {
    first: first.number,
    rounds: event.timetable.rounds,
    tables: tablesOf(event.place),
    wishes: wishes.map(({ smeId, partnerId, wish }) => ({
      from: smeId,
      to: partnerId,
      kind: wish === 'must-meet' ? ('must' as const) : wish,
    })),
    never: plan.forbidden,
    met: met(plan),
    pinned: coming.flatMap((round) =>
      settled(round).map(({ a, b, table }) => ({ round: round.number, a, b, table })),
    ),
    // In a round that is not to be planned nobody is free but who meets already.
    absences: fixed.flatMap((round) => {
      const busy = new Set(standing(round).flatMap(({ a, b }) => [a, b]));
      return participants.filter((sme) => !busy.has(sme)).map((sme) => ({ sme, round: round.number }));
    }),
    needed: 1,
    ...(keeping === undefined ? {} : { standingBonus: keeping }),
  };
  const told = [...plan.rounds.values()].flatMap((round) => standing(round).map(seat(round)));
  return { participants, options, told };
}

/**
 * The engine's rounds as rounds of the plan. A pair that stays keeps its meeting, a pair that moves keeps its meeting's name; what is not
 * there any more is broken. Rounds that have begun, or that are not among `rounds`, stay as they are.
 */
export function roundsFrom(
  plan: Plan,
  planned: readonly PlannedRound[],
  { rounds, publish }: { rounds: readonly number[]; publish: boolean },
): Round[] {
  const open = planned.filter(
    ({ round }) => rounds.includes(round) && roundOf(plan, round).state === 'planned',
  );
  const replaced = new Map<string, Meeting>();
  for (const { round } of open) {
    // A broken meeting of a pair lends its name only where no standing one does.
    for (const meeting of roundOf(plan, round).meetings) {
      const key = pairKey(meeting.a, meeting.b);
      if (meeting.state !== 'broken' || !replaced.has(key)) replaced.set(key, meeting);
    }
  }
  const names = new Set(
    open.flatMap(({ meetings }) => meetings.map(({ a, b }) => replaced.get(pairKey(a, b))?.id)),
  );
  return open.map(({ round, meetings }): Round => {
    const before = roundOf(plan, round);
    const own = new Set(before.meetings.map(({ id }) => id));
    const next = meetings.map(({ a, b, table, score }): Meeting => {
      const known = replaced.get(pairKey(a, b));
      if (!known) {
        const fresh = {
          id: newId(),
          origin: 'plan',
          pinned: false,
          state: 'planned',
          sequence: 0,
          absent: null,
        } as const;
        return { ...fresh, a, b, table, score };
      }
      const stays = own.has(known.id) && known.state === 'planned' && known.table === table;
      if (stays && known.score === score && known.absent === null) return known;
      const sequence = stays ? known.sequence : known.sequence + 1;
      return { ...known, table, score, state: 'planned', absent: null, sequence };
    });
    const nextById = new Map(next.map((meeting) => [meeting.id, meeting]));
    // Each in its old place, so that a round in which little changed is written as little.
    const kept = before.meetings.flatMap((meeting): Meeting[] => {
      const standingNow = nextById.get(meeting.id);
      if (standingNow) return [standingNow];
      if (names.has(meeting.id)) return [];
      return [meeting.state === 'broken' ? meeting : broken(meeting)];
    });
    const added = next.filter(({ id }) => !own.has(id));
    return { ...before, published: before.published || publish, meetings: [...kept, ...added] };
  });
}

/**
 * A draft becomes the plan, around what was settled since it was made: pinned meetings stand, and a drafted one that is in their way is
 * left out. A pair that staff ruled out goes, pinned or not.
 */
export function mergeDraft(
  plan: Plan,
  draft: {
    readonly rounds: readonly Pick<Round, 'number' | 'meetings'>[];
    readonly forbidden: Plan['forbidden'];
  },
  tables: number,
): Round[] {
  const open = draft.rounds.filter(({ number }) => roundOf(plan, number).state === 'planned');
  const never = new Set(draft.forbidden.map(([a, b]) => pairKey(a, b)));
  const stands = ({ pinned, a, b }: Meeting): boolean => pinned && !never.has(pairKey(a, b));
  const numbers = new Set(open.map(({ number }) => number));
  const taken = new Set<string>();
  for (const round of plan.rounds.values()) {
    for (const meeting of standing(round)) {
      if (!numbers.has(round.number) || stands(meeting)) taken.add(pairKey(meeting.a, meeting.b));
    }
  }
  const used = new Set<string>();
  const merged = open.map(({ number, meetings }): Round => {
    const before = roundOf(plan, number);
    const fixed = standing(before).filter(stands);
    const kept: Meeting[] = [...fixed];
    const busy = new Set(fixed.flatMap(({ a, b }) => [a, b]));
    for (const drafted of meetings) {
      const key = pairKey(drafted.a, drafted.b);
      if (taken.has(key) || busy.has(drafted.a) || busy.has(drafted.b)) continue;
      const free = freeTables({ meetings: kept }, tables);
      const table = free.includes(drafted.table) ? drafted.table : free[0];
      if (table === undefined) continue;
      taken.add(key);
      busy.add(drafted.a).add(drafted.b);
      kept.push(renamed(plan, { ...drafted, table }, number));
    }
    for (const { id } of kept) used.add(id);
    return { ...before, published: true, meetings: kept };
  });
  return merged.map((round) => {
    const gone = roundOf(plan, round.number)
      .meetings.filter(({ id }) => !used.has(id))
      .map((meeting) => (meeting.state === 'broken' ? meeting : broken(meeting)));
    return withMeetings(round, [...round.meetings, ...gone]);
  });
}

/** A drafted meeting with the sequence that its name has come to meanwhile. */
function renamed(plan: Plan, drafted: Meeting, round: number): Meeting {
  const known = findMeeting(plan, drafted.id);
  if (!known) return drafted;
  // Broken for good in a round that has begun: the name is spent.
  if (known.round.state !== 'planned') return { ...drafted, id: newId(), sequence: 0 };
  const { meeting } = known;
  const stays =
    known.round.number === round && meeting.state === 'planned' && meeting.table === drafted.table;
  return { ...drafted, sequence: stays ? meeting.sequence : meeting.sequence + 1 };
}
