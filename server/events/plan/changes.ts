import type { SmeId } from '../../../matching/types.ts';
import { partnerIn, standing, type Meeting, type Plan, type Round } from './plan.ts';
import type { MeetingChange } from '../meetings/schema.ts';

/** Why a plan changed. */
export interface PlanCause {
  readonly change: MeetingChange;
  /** The SME whose doing or absence it was; null where nobody's. */
  readonly about: SmeId | null;
}

/** What one SME is to be told of one round. */
export interface MeetingNews extends PlanCause {
  readonly smeId: SmeId;
  readonly round: number;
  /** Partner before and now; null: none. */
  readonly was: SmeId | null;
  readonly now: SmeId | null;
}

/** What the accounts concerned still have to be told of one version of a plan. */
export interface PlanNews {
  readonly version: number;
  readonly cause: PlanCause;
  readonly meetings: readonly MeetingNews[];
  /** What everybody at the event is told; null: nothing. */
  readonly event: { readonly change: 'round' | 'plan'; readonly text: string | null } | null;
}

/** Standing meetings by SME, but for those that stand in the other round just so. */
function bySme(round: Round | undefined, other: Round | undefined): Map<SmeId, Meeting> {
  const same = new Set(other?.meetings);
  const meetings = round ? standing(round).filter((meeting) => !same.has(meeting)) : [];
  return new Map(
    meetings.flatMap((meeting) => [[meeting.a, meeting] as const, [meeting.b, meeting] as const]),
  );
}

const samePlace = (one: Meeting | undefined, other: Meeting | undefined): boolean =>
  one?.a === other?.a && one?.b === other?.b && one?.table === other?.table;

/**
 * Who has another meeting, or another table, after the change than before. A round that is published for the first time is told to
 * everybody at once, not here. Sorted by round, then by SME.
 */
export function newsOf(before: Plan, after: Plan, cause: PlanCause): MeetingNews[] {
  const news: MeetingNews[] = [];
  for (const round of [...after.rounds.values()].toSorted((one, other) => one.number - other.number)) {
    const old = before.rounds.get(round.number);
    if (old === round || (round.published && old?.published !== true)) continue;
    const [had, has] = [bySme(old, round), bySme(round, old)];
    for (const smeId of [...new Set([...had.keys(), ...has.keys()])].toSorted()) {
      const [was, now] = [had.get(smeId), has.get(smeId)];
      if (samePlace(was, now)) continue;
      news.push({
        ...cause,
        smeId,
        round: round.number,
        was: was ? partnerIn(was, smeId) : null,
        now: now ? partnerIn(now, smeId) : null,
      });
    }
  }
  return news;
}
