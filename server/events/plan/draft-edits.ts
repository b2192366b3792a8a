import { conflict, notFound, type HttpProblem } from '../../http/errors.ts';
import { newId } from '../../storage/ids.ts';
import type { DraftRecord } from '../model.ts';
import { pairKey, roundOf, standing, withMeetings, type Meeting, type Plan, type Round } from './plan.ts';
import type { PlanEdit } from './schema.ts';

/*
 * What staff do to a draft by hand, as plain functions of the plan; the rest is planned anew around it.
 */

export function union(one: Plan['forbidden'], other: Plan['forbidden']): Plan['forbidden'] {
  return [...new Map([...one, ...other].map(([a, b]) => [pairKey(a, b), [a, b] as const])).values()];
}

/** A pair that staff put somewhere is there afterwards, or may not meet at all. @throws HttpProblem 409 */
export function checkSeated(edit: PlanEdit, rounds: DraftRecord['rounds'], edited: Plan): void {
  if (edit.edit === 'forbid' || edit.edit === 'unpin') return;
  const number = edit.edit === 'pin' ? edit.round : edit.toRound;
  const wanted = standing(edited.rounds.get(number) ?? { meetings: [] }).filter(({ pinned }) => pinned);
  const seated = new Set(rounds.find((round) => round.number === number)?.meetings.map(({ id }) => id));
  if (wanted.every(({ id }) => seated.has(id))) return;
  throw refuse('These two may not meet: a rule stands against it, or one of them does not take part.');
}

/** The lowest table of a round that no fixed meeting has, if possible that of who makes room. */
function tableFor(round: Round, inTheWay: readonly Meeting[]): number {
  const held = new Set(standing(round).flatMap(({ pinned, table }) => (pinned ? table : [])));
  const freed = inTheWay.find(({ table }) => !held.has(table))?.table;
  let lowest = 1;
  while (held.has(lowest)) lowest += 1;
  return freed ?? lowest;
}

const refuse = (detail: string): HttpProblem => conflict('cannot-plan', detail);

/** A plan with a staff edit in it, before the rest is planned around it. */
export function applyEdit(plan: Plan, edit: PlanEdit, rounds: readonly number[]): Plan {
  const change = (number: number, meetings: (round: Round) => readonly Meeting[]): Plan['rounds'] => {
    if (!rounds.includes(number)) throw refuse(`Round ${number} is not among those that are planned here.`);
    const round = roundOf(plan, number);
    return new Map(plan.rounds).set(number, withMeetings(round, meetings(round)));
  };
  switch (edit.edit) {
    case 'forbid': {
      const [a, b] = edit.a < edit.b ? [edit.a, edit.b] : [edit.b, edit.a];
      const isPair = (meeting: Meeting): boolean => pairKey(meeting.a, meeting.b) === pairKey(a, b);
      const next = new Map(plan.rounds);
      for (const number of rounds) {
        const round = plan.rounds.get(number);
        if (round)
          next.set(
            number,
            withMeetings(
              round,
              round.meetings.filter((one) => !isPair(one)),
            ),
          );
      }
      return { ...plan, rounds: next, forbidden: union(plan.forbidden, [[a, b]]) };
    }
    case 'pin':
      return { ...plan, rounds: seatPair(plan, edit, rounds, change) };
    case 'move': {
      const { meeting } = drafted(plan, edit.meetingId, rounds);
      return { ...plan, rounds: seatPair(plan, { ...meeting, round: edit.toRound }, rounds, change) };
    }
    case 'unpin': {
      const { round, meeting } = drafted(plan, edit.meetingId, rounds);
      const unpin = (one: Meeting): Meeting => (one.id === meeting.id ? { ...one, pinned: false } : one);
      return { ...plan, rounds: change(round.number, ({ meetings }) => meetings.map(unpin)) };
    }
  }
}

function drafted(plan: Plan, id: string, rounds: readonly number[]): { round: Round; meeting: Meeting } {
  for (const number of rounds) {
    const round = plan.rounds.get(number);
    const meeting = round && standing(round).find((one) => one.id === id);
    if (round && meeting) return { round, meeting };
  }
  throw notFound('meeting');
}

/** Puts a pair into a round, pinned; whoever they would have met there is planned anew. */
function seatPair(
  plan: Plan,
  { a, b, round: number }: { a: string; b: string; round: number },
  rounds: readonly number[],
  change: (number: number, meetings: (round: Round) => readonly Meeting[]) => Plan['rounds'],
): Plan['rounds'] {
  if (a === b) throw refuse('An SME cannot meet itself.');
  const key = pairKey(a, b);
  const known = rounds
    .flatMap((own) => standing(plan.rounds.get(own) ?? { meetings: [] }))
    .find((one) => pairKey(one.a, one.b) === key);
  const cleared = new Map(plan.rounds);
  for (const own of rounds) {
    const round = cleared.get(own);
    if (round && known)
      cleared.set(
        own,
        withMeetings(
          round,
          round.meetings.filter(({ id }) => id !== known.id),
        ),
      );
  }
  const target = roundOf({ ...plan, rounds: cleared }, number);
  const inTheWay = standing(target).filter((one) => [one.a, one.b].some((sme) => sme === a || sme === b));
  const pinned = inTheWay.find((one) => one.pinned);
  if (pinned) throw refuse(`One of the two has a fixed meeting in round ${number}. Unpin it first.`);
  const [first, second] = a < b ? [a, b] : [b, a];
  const meeting: Meeting = {
    id: known?.id ?? newId(),
    a: first,
    b: second,
    table: tableFor(target, inTheWay),
    score: known?.score ?? 0,
    origin: 'staff',
    pinned: true,
    state: 'planned',
    sequence: known?.sequence ?? 0,
    absent: null,
  };
  change(number, () => []);
  const others = target.meetings.filter((one) => !inTheWay.includes(one));
  return cleared.set(number, withMeetings(target, [...others, meeting]));
}
