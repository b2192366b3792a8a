import type { EventInput } from './schema.ts';

const MINUTE_MS = 60_000;

/** What became of a round so far; absent where it has not begun. */
export interface RoundTimes {
  readonly startedAt: Date | null;
  /** Exact once it has begun: when it ends, or when it ended. */
  readonly endsAt: Date | null;
}

/** When a round takes place, as known now. */
export interface RoundSlot {
  readonly number: number;
  readonly startsAt: Date;
  readonly endsAt: Date;
}

/** Minutes of break after a round: the usual one, and the long ones that are named for it. */
function breakAfter({ breakMinutes, longBreaks }: EventInput['timetable'], round: number): number {
  return longBreaks
    .filter(({ afterRound }) => afterRound === round)
    .reduce((sum, { minutes }) => sum + minutes, breakMinutes);
}

/**
 * The rounds of an event in time. What has begun keeps its exact times; what is to come follows the timetable, later by the delay, and
 * never begins before the round in front of it is over.
 */
export function roundSlots(
  timetable: EventInput['timetable'],
  delayMinutes: number,
  timesOf: (round: number) => RoundTimes | undefined,
): RoundSlot[] {
  const slots: RoundSlot[] = [];
  let planned = new Date(timetable.startsAt).getTime() + delayMinutes * MINUTE_MS;
  let free = -Infinity;
  for (let number = 1; number <= timetable.rounds; number += 1) {
    const times = timesOf(number);
    const begun = times?.startedAt?.getTime();
    const starts = begun ?? Math.max(planned, free);
    const ends = times?.endsAt?.getTime() ?? starts + timetable.roundMinutes * MINUTE_MS;
    slots.push({ number, startsAt: new Date(starts), endsAt: new Date(ends) });
    planned += (timetable.roundMinutes + breakAfter(timetable, number)) * MINUTE_MS;
    free = ends;
  }
  return slots;
}
