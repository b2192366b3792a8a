import type { Progress } from '../steps.ts';
import { keyOf } from './asked.ts';
import { planRounds } from './plan.ts';
import type { Room } from './room.ts';
import type { Meeting, RoundsOptions, RoundsPlan } from './types.ts';

/** What has become of a plan by the time it is to be changed. */
export interface ReplanInput {
  /** Everybody who takes part from now on: with those who arrived, without those who left. */
  readonly room: Room;
  /** What is to hold from now on, as for a first plan; `first` is the first round that may still be changed. */
  readonly options: RoundsOptions & { readonly first: number };
  /** The meetings that people were told of, of all rounds. Those of rounds before `first` have been held or are running; leave out those that did not take place. */
  readonly told: readonly Meeting[];
}

/** What is different from what people were told, of the rounds that could be changed; sorted by round and id. */
export interface PlanChanges {
  /** The same two in the same round at the same table. */
  readonly kept: readonly Meeting[];
  /** The same two in the same round at another table: as it was, and as it is. */
  readonly moved: readonly { readonly before: Meeting; readonly after: Meeting }[];
  readonly cancelled: readonly Meeting[];
  readonly added: readonly Meeting[];
}

export interface Replan {
  readonly plan: RoundsPlan;
  readonly changes: PlanChanges;
}

/** What keeping a meeting is worth when rounds are planned again: five of the best scores. */
const KEEPING = 5_000_000;

/**
 * Plans the coming rounds again around no-shows, arrivals and pins. Rounds before `options.first` stay as they are, and nobody meets somebody
 * again. Starts from what people were told and changes it only for a must, a seat, a fairer bye, or for more than `standingBonus` of
 * worth for each meeting that is lost. Byes of the earlier rounds are counted from `told`, in addition to `options.byes`.
 */
export function* replan({ room, options, told }: ReplanInput): Generator<Progress, Replan, void> {
  const { first } = options;
  const held = told.filter(({ round }) => round < first);
  const coming = told.filter(({ round }) => round >= first && round <= options.rounds);
  const plan = yield* planRounds(room, {
    standingBonus: KEEPING,
    ...options,
    met: [...(options.met ?? []), ...held.map(({ a, b }) => [a, b] as const)],
    byes: byesSoFar(room, options, held),
    standing: coming,
  });
  return { plan, changes: changesOf(coming, plan) };
}

/** Rounds that each SME has sat out: those told by the caller, and those before `first` in which it was there without a meeting. */
function byesSoFar(
  { participants }: Room,
  { first, byes = [], absences = [] }: ReplanInput['options'],
  held: readonly Meeting[],
): { sme: string; count: number }[] {
  const counts = new Map(participants.map((sme) => [sme, first - 1]));
  const lower = (sme: string, by: number): void => {
    const count = counts.get(sme);
    if (count !== undefined) counts.set(sme, count - by);
  };
  const seen = new Set<string>();
  const once = (sme: string, round: number): void => {
    const key = JSON.stringify([sme, round]);
    if (!seen.has(key)) lower(sme, 1);
    seen.add(key);
  };
  for (const { sme, round } of absences) if (round < first) once(sme, round);
  for (const { a, b, round } of held) {
    once(a, round);
    once(b, round);
  }
  for (const { sme, count } of byes) lower(sme, -count);
  return [...counts].map(([sme, count]) => ({ sme, count }));
}

const inOrder = (x: Meeting, y: Meeting): number => x.round - y.round || (x.a < y.a ? -1 : x.a > y.a ? 1 : 0);

/** Compares what people were told with a plan for the same rounds. */
export function changesOf(told: readonly Meeting[], plan: RoundsPlan): PlanChanges {
  const key = ({ round, a, b }: Meeting): string => `${round} ${keyOf(a, b)}`;
  const now = new Map(
    plan.rounds.flatMap(({ meetings }) => meetings.map((meeting) => [key(meeting), meeting])),
  );
  const before = new Set(told.map(key));
  const kept: Meeting[] = [];
  const moved: { before: Meeting; after: Meeting }[] = [];
  const cancelled: Meeting[] = [];
  for (const meeting of told.toSorted(inOrder)) {
    const after = now.get(key(meeting));
    if (!after) cancelled.push(meeting);
    else if (after.table === meeting.table) kept.push(after);
    else moved.push({ before: meeting, after });
  }
  const added = [...now.values()].filter((meeting) => !before.has(key(meeting))).sort(inOrder);
  return { kept, moved, cancelled, added };
}
