import { SCALE, type Explanation } from '../../../matching/types.ts';
import type { SmeCard } from '../../smes/schema.ts';
import type { EventRecord } from '../model.ts';
import type { Meeting } from '../plan/plan.ts';
import type { FeedbackValue, MeetingView, MyMeeting } from './schema.ts';
import type { PresenceState } from '../people/schema.ts';
import { talkOf } from './talk.ts';
import type { RoundSlot } from '../life/timetable.ts';

/** What a meeting is shown with, besides the plan. */
export interface MeetingContext {
  readonly event: Pick<EventRecord, 'place'>;
  readonly slot: RoundSlot;
  readonly partner: SmeCard;
  readonly partnerState: PresenceState;
  /** Of the pair, as the reader sees it; undefined while the engine cannot tell. */
  readonly explanation: Explanation | undefined;
  /** A taxonomy term as people say it inside a sentence. */
  readonly spoken: (term: string) => string;
  readonly feedback: FeedbackValue | null;
  readonly consortiumId: string | null;
}

const linkOf = ({ place }: Pick<EventRecord, 'place'>, table: number): string | null =>
  place.kind === 'online' ? (place.links[table - 1] ?? null) : null;

/** A meeting as one of its two SMEs sees it. */
export function presentMyMeeting(meeting: Meeting, context: MeetingContext): MyMeeting {
  const { event, slot, partner, explanation } = context;
  return {
    id: meeting.id,
    round: slot.number,
    table: meeting.table,
    link: linkOf(event, meeting.table),
    partner,
    partnerHere: context.partnerState === 'here',
    score: meeting.score / SCALE,
    origin: meeting.origin,
    state: meeting.state,
    startsAt: slot.startsAt.toISOString(),
    endsAt: slot.endsAt.toISOString(),
    talk: explanation ? talkOf(explanation, { partner: partner.name, spoken: context.spoken }) : [],
    myFeedback: context.feedback,
    consortiumId: context.consortiumId,
  };
}

/** A meeting as staff and clusters see it; null where one of the two is gone. */
export function presentMeeting(
  meeting: Meeting,
  round: number,
  cards: ReadonlyMap<string, SmeCard>,
): MeetingView | null {
  const [a, b] = [cards.get(meeting.a), cards.get(meeting.b)];
  if (!a || !b) return null;
  const { id, table, score, origin, pinned, state } = meeting;
  return { id, round, table, a, b, score: score / SCALE, origin, pinned, state };
}
