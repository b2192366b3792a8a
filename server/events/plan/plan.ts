import type { SmeId } from '../../../matching/types.ts';
import type { Place } from '../life/schema.ts';
import type { meetingOriginSchema, meetingStateSchema } from '../meetings/schema.ts';
import type { roundStateSchema } from '../rounds/schema.ts';
import type { z } from 'zod';

/*
 * The plan of an event as plain data: rounds with their meetings. Everything here is pure; store.ts keeps it.
 */

/** Two SMEs at one table in one round. A meeting that moves keeps its id, and `sequence` grows. */
export interface Meeting {
  readonly id: string;
  readonly a: SmeId;
  readonly b: SmeId;
  readonly table: number;
  /** Integer in millionths, as the engine gives it. */
  readonly score: number;
  readonly origin: z.infer<typeof meetingOriginSchema>;
  /** Stands whatever is planned around it. */
  readonly pinned: boolean;
  readonly state: z.infer<typeof meetingStateSchema>;
  readonly sequence: number;
  /** Who did not come, where that broke it. */
  readonly absent: SmeId | null;
}

/** A round with what became of it. A broken meeting stays on record; it takes neither its table nor its SMEs. */
export interface Round {
  readonly number: number;
  readonly state: z.infer<typeof roundStateSchema>;
  readonly published: boolean;
  readonly startedAt: Date | null;
  /** Exact once the round has begun. */
  readonly endsAt: Date | null;
  readonly meetings: readonly Meeting[];
}

export interface Plan {
  /** Grows by one with each change; 0: nothing was planned yet. */
  readonly version: number;
  readonly rounds: ReadonlyMap<number, Round>;
  /** Pairs that staff ruled out, each sorted. */
  readonly forbidden: readonly (readonly [SmeId, SmeId])[];
}

export const EMPTY_PLAN: Plan = { version: 0, rounds: new Map(), forbidden: [] };

/** A round as it stands; one that nothing happened to yet is planned, unpublished and empty. */
export function roundOf(plan: Plan, number: number): Round {
  const untouched: Round = {
    number,
    state: 'planned',
    published: false,
    startedAt: null,
    endsAt: null,
    meetings: [],
  };
  return plan.rounds.get(number) ?? untouched;
}

/** Meetings that take place, took place or will. */
export const standing = ({ meetings }: Pick<Round, 'meetings'>): Meeting[] =>
  meetings.filter(({ state }) => state !== 'broken');

export const isOf = (meeting: Meeting, smeId: SmeId): boolean => meeting.a === smeId || meeting.b === smeId;

/** The other one of the two. */
export const partnerIn = (meeting: Pick<Meeting, 'a' | 'b'>, smeId: SmeId): SmeId =>
  meeting.a === smeId ? meeting.b : meeting.a;

export const meetingIn = (round: Pick<Round, 'meetings'>, smeId: SmeId): Meeting | undefined =>
  standing(round).find((meeting) => isOf(meeting, smeId));

/** One name for a pair, whichever way round. */
export const pairKey = (a: SmeId, b: SmeId): string => (a < b ? `${a}:${b}` : `${b}:${a}`);

/** A meeting by its id, with its round. */
export function findMeeting(plan: Plan, id: string): { round: Round; meeting: Meeting } | null {
  for (const round of plan.rounds.values()) {
    const meeting = round.meetings.find((one) => one.id === id);
    if (meeting) return { round, meeting };
  }
  return null;
}

/** The standing meeting of two SMEs at this event: there is one at most. */
export function meetingOfPair(plan: Plan, a: SmeId, b: SmeId): { round: Round; meeting: Meeting } | null {
  const key = pairKey(a, b);
  for (const round of plan.rounds.values()) {
    const meeting = standing(round).find((one) => pairKey(one.a, one.b) === key);
    if (meeting) return { round, meeting };
  }
  return null;
}

/** Number of tables, real or online. */
export const tablesOf = (place: Place): number =>
  place.kind === 'venue' ? place.tables : place.links.length;

/** The lowest tables that no standing meeting has, in order. */
export function freeTables(round: Pick<Round, 'meetings'>, tables: number): number[] {
  const taken = new Set(standing(round).map(({ table }) => table));
  return Array.from({ length: tables }, (_, at) => at + 1).filter((table) => !taken.has(table));
}

/** The round that is running; rounds never overlap. */
export const runningRound = (plan: Plan): Round | undefined =>
  [...plan.rounds.values()].find(({ state }) => state === 'running');

/** Rounds that have not begun, of those that the timetable has, in order. */
export function comingRounds(plan: Plan, rounds: number): Round[] {
  return Array.from({ length: rounds }, (_, at) => roundOf(plan, at + 1)).filter(
    ({ state }) => state === 'planned',
  );
}

/** The round with these meetings instead. */
export const withMeetings = (round: Round, meetings: readonly Meeting[]): Round => ({ ...round, meetings });
