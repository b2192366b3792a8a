import type { Explanation } from '../../../matching/types.ts';
import type { Viewer } from '../../accounts/viewer.ts';
import { HttpProblem, notFound } from '../../http/errors.ts';
import type { MeetingNotice } from '../../live/protocol.ts';
import type { Matcher } from '../../matching/matcher.ts';
import type { SmeService } from '../../smes/service.ts';
import { smeOf } from '../acting.ts';
import type { ConsortiumSeam } from '../consortium-seam.ts';
import type { FeedbackStore } from './feedback.ts';
import { presentMyMeeting } from './view.ts';
import type { EventRecord } from '../model.ts';
import type { PlanStore } from '../plan/store.ts';
import { isOf, partnerIn, roundOf, standing, type Meeting, type Plan, type Round } from '../plan/plan.ts';
import type { PresenceStore } from '../people/presence-store.ts';
import { slotsOf } from '../life/present.ts';
import type { RequestService } from '../requests/requests.ts';
import type { MyEvent, MyMeeting } from './schema.ts';
import { meetingSentence } from './sentences.ts';
import type { EventService } from '../life/service.ts';
import type { EventStore } from '../life/store.ts';
import type { WishService } from '../requests/wishes.ts';

export interface MineDeps {
  readonly events: EventStore;
  readonly eventService: Pick<EventService, 'seen' | 'view'>;
  readonly plans: PlanStore;
  readonly presence: PresenceStore;
  readonly feedback: FeedbackStore;
  readonly requests: Pick<RequestService, 'of'>;
  readonly wishes: Pick<WishService, 'of'>;
  readonly consortia: ConsortiumSeam;
  readonly smes: Pick<SmeService, 'cards' | 'owner'>;
  readonly matcher: Pick<Matcher, 'explain'>;
  /** A taxonomy term as people say it inside a sentence. */
  readonly spoken: (term: string) => string;
  /** Address of the private calendar of an SME's meetings at an event. */
  readonly calendarUrl: (eventId: string, smeId: string) => string;
  readonly clock: () => Date;
}

/** A change of a meeting as an account is told it. */
interface MeetingTold {
  readonly meeting: MyMeeting | null;
  readonly sentence: string;
}

export type MineService = ReturnType<typeof createMineService>;

/** An event as one SME's phone shows it. */
export function createMineService(deps: MineDeps) {
  const { plans, presence, feedback, consortia, smes, clock } = deps;

  /** Why each pair fits. While the engine starts again, meetings are shown without. */
  async function explanations(smeId: string, partners: readonly string[]): Promise<Map<string, Explanation>> {
    if (partners.length === 0) return new Map();
    try {
      const found = await deps.matcher.explain(smeId, partners);
      return new Map(found.map((explanation) => [explanation.b, explanation]));
    } catch (error) {
      if (error instanceof HttpProblem && error.status === 503) return new Map();
      throw error;
    }
  }

  /** Meetings of an SME with everything they are shown with, by round. */
  async function presented(
    event: EventRecord,
    plan: Plan,
    smeId: string,
    meetings: ReadonlyMap<number, Meeting>,
  ): Promise<Map<number, MyMeeting>> {
    const partners = [...meetings.values()].map((meeting) => partnerIn(meeting, smeId));
    const [cards, reasons, answers, forming, states] = await Promise.all([
      smes.cards(partners),
      explanations(smeId, partners),
      // Nobody has said anything yet of a meeting to come.
      [...meetings.values()].every(({ state }) => state === 'planned')
        ? new Map<string, never>()
        : feedback.of(event._id, smeId),
      consortia.of(smeId),
      presence.statesOf(event._id, partners),
    ]);
    const views = new Map<number, MyMeeting>();
    for (const slot of slotsOf(event, plan)) {
      const meeting = meetings.get(slot.number);
      const partnerId = meeting ? partnerIn(meeting, smeId) : '';
      const partner = cards.get(partnerId);
      if (!meeting || !partner) continue;
      const context = {
        event,
        slot,
        partner,
        partnerState: states.get(partnerId) ?? ('invited' as const),
        explanation: reasons.get(partnerId),
        spoken: deps.spoken,
        feedback: answers.get(meeting.id) ?? null,
        consortiumId: forming.get(partnerId) ?? null,
      };
      views.set(slot.number, presentMyMeeting(meeting, context));
    }
    return views;
  }

  /** The meeting of an SME in a round; where it has none any more, the broken one of a round under way, so that it sees why. */
  function shown(round: Round, smeId: string): Meeting | undefined {
    const own = round.meetings.filter((meeting) => isOf(meeting, smeId));
    const stands = standing({ meetings: own })[0];
    return stands ?? (round.state === 'planned' ? undefined : own.at(-1));
  }

  function meetingsOf(plan: Plan, smeId: string, rounds: number): Map<number, Meeting> {
    const meetings = new Map<number, Meeting>();
    for (let number = 1; number <= rounds; number += 1) {
      const meeting = shown(roundOf(plan, number), smeId);
      if (meeting) meetings.set(number, meeting);
    }
    return meetings;
  }

  return {
    /** @throws HttpProblem 400, 403, 404 */
    async mine(viewer: Viewer, eventId: string, named: string | undefined): Promise<MyEvent> {
      const event = await deps.eventService.seen(viewer, eventId);
      const smeId = await smeOf(viewer, named, smes);
      const plan = await plans.read(eventId);
      const [view, state, requests, wishes, meetings, taken] = await Promise.all([
        deps.eventService.view(viewer, event),
        presence.stateOf(eventId, smeId),
        deps.requests.of(eventId, smeId),
        viewer.role === 'cluster' ? [] : deps.wishes.of(eventId, smeId),
        presented(event, plan, smeId, meetingsOf(plan, smeId, event.timetable.rounds)),
        consortia.taken(event.callId),
      ]);
      return {
        event: view,
        smeId,
        presence: state,
        inConsortium: taken.includes(smeId),
        rounds: view.rounds.map(({ number, state: roundState, startsAt, endsAt, published }) => ({
          number,
          state: roundState,
          startsAt,
          endsAt,
          published,
          meeting: meetings.get(number) ?? null,
        })),
        requests,
        wishes,
        calendarUrl: deps.calendarUrl(eventId, smeId),
        serverTime: clock().toISOString(),
      };
    },

    /** One meeting as an SME sees it. @throws HttpProblem 404 */
    async meeting(event: EventRecord, meetingId: string, smeId: string): Promise<MyMeeting> {
      const plan = await plans.read(event._id);
      for (const round of plan.rounds.values()) {
        const meeting = round.meetings.find(({ id }) => id === meetingId);
        if (!meeting) continue;
        const views = await presented(event, plan, smeId, new Map([[round.number, meeting]]));
        const view = views.get(round.number);
        if (view) return view;
      }
      throw notFound('meeting');
    },

    /** What an account is told of a change: the meeting as it stands now, and the change in one sentence. */
    async news(notice: MeetingNotice): Promise<MeetingTold> {
      const [event, plan] = await Promise.all([deps.events.find(notice.eventId), plans.read(notice.eventId)]);
      return event ? newsIn(event, plan, notice) : { meeting: null, sentence: '' };
    },
    newsIn,
  };

  /** The same of a plan that is at hand. */
  async function newsIn(event: EventRecord, plan: Plan, notice: MeetingNotice): Promise<MeetingTold> {
    const { smeId, round } = notice;
    const now = standing(roundOf(plan, round)).find((meeting) => isOf(meeting, smeId));
    const named = [notice.was, notice.now, notice.about].flatMap((id) => id ?? []);
    const [cards, views] = await Promise.all([
      smes.cards(named),
      presented(event, plan, smeId, new Map(now ? [[round, now]] : [])),
    ]);
    const isStill = now !== undefined && notice.now === partnerIn(now, smeId);
    const nameOf = (id: string): string => cards.get(id)?.name ?? 'a company that is gone';
    return {
      meeting: views.get(round) ?? null,
      sentence: meetingSentence(notice, isStill ? now.table : null, nameOf),
    };
  }
}
