import type { Viewer } from '../../accounts/viewer.ts';
import type { Audit } from '../../audit/audit.ts';
import { conflict, invalidField, notAllowed, notFound } from '../../http/errors.ts';
import { pageOfArray } from '../../http/paging.ts';
import type { Page } from '../../http/schema.ts';
import type { Contact } from '../../consortia/schema.ts';
import type { SmeService } from '../../smes/service.ts';
import { recordPlan } from '../audited.ts';
import { ownSme } from '../acting.ts';
import type { ConsortiumSeam } from '../consortium-seam.ts';
import type { FeedbackStore } from './feedback.ts';
import type { Invited } from '../life/invited.ts';
import { presentMeeting } from './view.ts';
import type { MineService } from './mine.ts';
import type { EventRecord } from '../model.ts';
import type { PlanNews } from '../plan/changes.ts';
import type { PlanStore } from '../plan/store.ts';
import {
  findMeeting,
  isOf,
  partnerIn,
  tablesOf,
  withMeetings,
  type Meeting,
  type Plan,
  type Round,
} from '../plan/plan.ts';
import type { FeedbackValue, MeetingQuery, MeetingView, MyMeeting } from './schema.ts';
import type { EventService } from '../life/service.ts';
import { broken, place } from '../plan/slots.ts';
import { isLive } from '../life/state.ts';

export interface MeetingServiceDeps {
  readonly eventService: Pick<EventService, 'seen'>;
  readonly plans: PlanStore;
  /** The rounds of the draft; null where there is none. */
  readonly draft: (eventId: string) => Promise<readonly Pick<Round, 'number' | 'meetings'>[] | null>;
  readonly feedback: FeedbackStore;
  readonly consortia: ConsortiumSeam;
  readonly mine: Pick<MineService, 'meeting'>;
  readonly invited: Invited;
  readonly smes: Pick<SmeService, 'cards' | 'contact'>;
  readonly clock: () => Date;
  readonly audit: Audit;
  /** Hears of each change of a plan once it is written; `repair`: what is left open is to be filled. */
  readonly planChanged: (event: EventRecord, news: PlanNews) => void;
  /** Hears of feedback: the room counts it. */
  readonly feedbackGiven: (event: EventRecord) => void;
}

export type MeetingService = ReturnType<typeof createMeetingService>;

/** Meetings that there are: who moves them, who did not come, what came of them. */
export function createMeetingService(deps: MeetingServiceDeps) {
  const { plans, clock } = deps;

  function findOrFail(plan: Plan, id: string): { round: Round; meeting: Meeting } {
    const found = findMeeting(plan, id);
    if (!found) throw notFound('meeting');
    return found;
  }

  /** A meeting of the viewer's SME. @throws HttpProblem 403, 404 */
  async function ownMeeting(viewer: Viewer, eventId: string, meetingId: string) {
    const event = await deps.eventService.seen(viewer, eventId);
    const smeId = ownSme(viewer);
    const { round, meeting } = findOrFail(await plans.read(eventId), meetingId);
    if (!isOf(meeting, smeId)) throw notAllowed('This meeting is between two other SMEs.');
    return { event, smeId, round, meeting };
  }

  /** Who did not come, by whom. @throws HttpProblem 400, 403 */
  function absentIn(viewer: Viewer, meeting: Meeting, named: string | undefined): string {
    if (viewer.role === 'staff') {
      if (named !== undefined && isOf(meeting, named)) return named;
      throw invalidField('absentSmeId', 'say which of the two did not come');
    }
    const smeId = ownSme(viewer);
    if (!isOf(meeting, smeId)) throw notAllowed('This meeting is between two other SMEs.');
    return partnerIn(meeting, smeId);
  }

  return {
    /** Moves a meeting to another round that has not begun. @throws HttpProblem 403, 404, 409 */
    async reschedule(viewer: Viewer, eventId: string, meetingId: string, wanted: number): Promise<MyMeeting> {
      const { event, smeId } = await ownMeeting(viewer, eventId, meetingId);
      if (!isLive(event.state)) throw conflict('event-not-live', `${event.name} is ${event.state}.`);
      if (wanted > event.timetable.rounds) {
        throw invalidField('round', `must be one of the ${event.timetable.rounds} rounds`);
      }
      const tables = tablesOf(event.place);
      const { news } = await plans.change(eventId, tables, (plan) => {
        const { round, meeting } = findOrFail(plan, meetingId);
        if (meeting.state !== 'planned') throw conflict('not-planned', `This meeting is ${meeting.state}.`);
        if (round.number === wanted) return null;
        const placing = place(plan, meeting, { rounds: event.timetable.rounds, tables, wanted });
        if ('refused' in placing) throw conflict('slot-gone', placing.refused);
        return { rounds: placing.rounds, cause: { change: 'rescheduled', about: smeId } };
      });
      const moved = { meetingId, toRound: wanted };
      await recordPlan(deps.audit, viewer, { eventId, verb: 'move-meeting', what: moved });
      if (news) deps.planChanged(event, news);
      return deps.mine.meeting(event, meetingId, smeId);
    },

    /** The partner did not come: the meeting is off, and whoever came is free for another one. @throws HttpProblem 400, 403, 404, 409 */
    async noShow(
      viewer: Viewer,
      eventId: string,
      meetingId: string,
      named: string | undefined,
    ): Promise<void> {
      const event = await deps.eventService.seen(viewer, eventId);
      const { news } = await plans.change(eventId, tablesOf(event.place), (plan) => {
        const { round, meeting } = findOrFail(plan, meetingId);
        const absent = absentIn(viewer, meeting, named);
        if (meeting.state !== 'running') {
          throw conflict(
            'not-running',
            `This meeting is ${meeting.state}; it is missed only while its round is running.`,
          );
        }
        const meetings = round.meetings.map((one) => (one === meeting ? broken(one, absent) : one));
        return { rounds: [withMeetings(round, meetings)], cause: { change: 'no-show', about: absent } };
      });
      await recordPlan(deps.audit, viewer, { eventId, verb: 'miss-meeting', what: { meetingId } });
      if (news) deps.planChanged(event, news);
    },

    /** What an SME says of a meeting. When both want to go on, a consortium begins. @throws HttpProblem 403, 404, 409 */
    async giveFeedback(
      viewer: Viewer,
      eventId: string,
      meetingId: string,
      answer: FeedbackValue,
    ): Promise<MyMeeting> {
      const { event, smeId, meeting } = await ownMeeting(viewer, eventId, meetingId);
      if (meeting.state !== 'running' && meeting.state !== 'done') {
        throw conflict('not-met', `This meeting is ${meeting.state}; it can be answered once it has begun.`);
      }
      const partnerId = partnerIn(meeting, smeId);
      const record = { eventId, meetingId, smeId, partnerId, answer, at: clock() };
      const { bothWant } = await deps.feedback.put(record);
      if (bothWant) await deps.consortia.onBothWant(eventId, meeting.a, meeting.b);
      deps.feedbackGiven(event);
      return deps.mine.meeting(event, meetingId, smeId);
    },

    /**
     * Whom to reach at the partner of a meeting that both agreed on, at events that disclose contacts then.
     * @throws HttpProblem 403, 404, 409
     */
    async contact(viewer: Viewer, eventId: string, meetingId: string): Promise<Contact> {
      const { event, smeId, meeting } = await ownMeeting(viewer, eventId, meetingId);
      if (event.contactsAt !== 'agreed-meeting') {
        throw conflict('not-yet', 'At this event contacts are shown to those who form a consortium.');
      }
      if (meeting.origin !== 'agreed' || meeting.state === 'broken') {
        throw conflict('not-yet', 'Contacts are shown for meetings that both sides agreed on.');
      }
      return deps.smes.contact(partnerIn(meeting, smeId));
    },

    /** A page of the meetings of the plan, or of its draft; for clusters those of their members. @throws HttpProblem 404 */
    async list(viewer: Viewer, eventId: string, query: MeetingQuery): Promise<Page<MeetingView>> {
      const event = await deps.eventService.seen(viewer, eventId);
      if (query.draft === 'true' && viewer.role !== 'staff') throw notAllowed('Drafts are for staff.');
      const rounds =
        query.draft === 'true'
          ? ((await deps.draft(eventId)) ?? [])
          : [...(await plans.read(eventId)).rounds.values()];
      const members =
        viewer.role === 'staff'
          ? null
          : new Set((await deps.invited.ofCluster(event, viewer.clusterId ?? '')).map(({ _id }) => _id));
      const wanted = rounds
        .filter(({ number }) => query.round === undefined || number === query.round)
        .toSorted((one, other) => one.number - other.number)
        .flatMap(({ number, meetings }) =>
          meetings
            .filter(({ a, b }) => members === null || members.has(a) || members.has(b))
            .filter((meeting) => query.smeId === undefined || isOf(meeting, query.smeId))
            .toSorted((one, other) => one.table - other.table)
            .map((meeting) => ({ number, meeting })),
        );
      // Those of one score stay by round and table.
      if (query.sort === 'score') wanted.sort((one, other) => other.meeting.score - one.meeting.score);
      const page = pageOfArray(wanted, query);
      const cards = await deps.smes.cards(page.items.flatMap(({ meeting: { a, b } }) => [a, b]));
      return {
        ...page,
        items: page.items.flatMap(({ number, meeting }) => presentMeeting(meeting, number, cards) ?? []),
      };
    },
  };
}
