import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Viewer } from '../../accounts/viewer.ts';
import type { Audit } from '../../audit/audit.ts';
import { conflict, HttpProblem, invalidField, notAllowed } from '../../http/errors.ts';
import type { Live } from '../../live/live.ts';
import type { Matcher } from '../../matching/matcher.ts';
import type { SmeCard } from '../../smes/schema.ts';
import type { SmeService } from '../../smes/service.ts';
import { newId } from '../../storage/ids.ts';
import type { Speakers } from '../../accounts/speakers.ts';
import { recordAnswer } from '../audited.ts';
import { checkTakesPart, ownSme, smeOf } from '../acting.ts';
import { begun } from '../begun.ts';
import type { Invited } from '../life/invited.ts';
import type { EventRecord, RequestRecord } from '../model.ts';
import type { PlanNews } from '../plan/changes.ts';
import type { PlanStep, PlanStore, ReadyStep } from '../plan/store.ts';
import { meetingOfPair, tablesOf, type Plan } from '../plan/plan.ts';
import type { PresenceStore } from '../people/presence-store.ts';
import type { RequestStore } from './store.ts';
import type { RequestAnswer, RequestInput, RequestView } from './schema.ts';
import type { EventService } from '../life/service.ts';
import { place } from '../plan/slots.ts';
import type { EventStore } from '../life/store.ts';

export interface RequestServiceDeps {
  readonly events: EventStore;
  readonly eventService: Pick<EventService, 'seen'>;
  readonly requests: RequestStore;
  readonly plans: PlanStore;
  readonly presence: PresenceStore;
  readonly invited: Invited;
  readonly smes: Pick<SmeService, 'cards' | 'owner'>;
  readonly matcher: Pick<Matcher, 'briefs'>;
  readonly live: Pick<Live, 'notifyAll'>;
  readonly speakers: Speakers;
  readonly clock: () => Date;
  readonly audit: Audit;
  readonly planChanged: (event: EventRecord, news: PlanNews) => void;
  /** This step of a plan is about to be written. */
  readonly foreseePlan: (event: EventRecord, step: ReadyStep) => void;
  /** Runs what the answer does not wait for. */
  readonly background: (what: string, task: () => Promise<unknown>) => void;
  /** A request was made: when it expires is to be looked at. */
  readonly due: () => void;
}

export type RequestService = ReturnType<typeof createRequestService>;

/** Pending requests that one SME may have sent at one event. */
export const PENDING_MAX = 20;
const EXPIRY_BATCH = 100;

/** A request as one of its two SMEs sees it. */
function present(request: RequestRecord, smeId: string, partner: SmeCard, now: Date): RequestView {
  const { state, expiresAt } = request;
  return {
    id: request._id,
    direction: request.fromId === smeId ? 'sent' : 'received',
    partner,
    message: request.message,
    round: request.round,
    state: state === 'pending' && expiresAt <= now ? 'expired' : state,
    reason: request.reason,
    at: request.at.toISOString(),
    expiresAt: expiresAt.toISOString(),
  };
}

const otherOf = ({ fromId, toId }: RequestRecord, smeId: string): string =>
  fromId === smeId ? toId : fromId;

/** Requests to meet. A pending one blocks nothing; accepting it is one atomic claim of a place in the plan for both. */
export function createRequestService(deps: RequestServiceDeps) {
  const { events, requests, plans, smes, clock } = deps;

  async function presentAll(records: readonly RequestRecord[], smeId: string): Promise<RequestView[]> {
    const cards = await smes.cards(records.map((record) => otherOf(record, smeId)));
    return records.flatMap((record) => {
      const partner = cards.get(otherOf(record, smeId));
      return partner ? [present(record, smeId, partner, clock())] : [];
    });
  }

  async function presentOne(record: RequestRecord, smeId: string): Promise<RequestView> {
    const [view] = await presentAll([record], smeId);
    if (!view) throw conflict('partner-gone', 'The other SME is no longer registered.');
    return view;
  }

  /** Both sides hear of every change of a request. */
  async function tell(request: RequestRecord): Promise<void> {
    const sides = [request.fromId, request.toId];
    const accounts = await deps.speakers.accountsOf(sides);
    const { _id: requestId, eventId, version } = request;
    await deps.live.notifyAll(
      sides.map((smeId) => ({
        accountIds: accounts.get(smeId) ?? [],
        notice: { kind: 'request' as const, eventId, requestId, smeId },
        key: `request:${requestId}:${version}`,
        content: async () => ({
          kind: 'request' as const,
          eventId,
          smeId,
          request: await presentedNow(request, smeId),
        }),
      })),
    );
    await requests.told(request);
  }

  /** A request as an SME sees it; null where the other one is gone. */
  async function presentedNow(request: RequestRecord, smeId: string): Promise<RequestView | null> {
    return (await presentAll([request], smeId))[0] ?? null;
  }

  const announce = (request: RequestRecord): void => {
    deps.background('telling of a request', () => tell(request));
  };

  /** The score of a pair that may be arranged. @throws HttpProblem 409 where a rule forbids it, 503 */
  async function scoreOf(fromId: string, toId: string): Promise<number> {
    const [brief] = await deps.matcher.briefs(fromId, [toId]);
    if (brief) return brief.score;
    // Not which rule, as it may be what the other said of this one.
    throw conflict('not-proposed', 'This pair cannot be arranged at the moment.');
  }

  async function checkLimit(eventId: string, smeId: string): Promise<void> {
    const now = clock();
    const open = (await requests.of(eventId, smeId)).filter(
      ({ fromId, state, expiresAt }) => fromId === smeId && state === 'pending' && expiresAt > now,
    );
    if (open.length < PENDING_MAX) return;
    throw conflict(
      'too-many-requests-open',
      `You have ${PENDING_MAX} pending requests. Wait for answers, or withdraw one.`,
    );
  }

  async function expire(request: RequestRecord): Promise<void> {
    const closed = await requests.close(request, { state: 'expired' });
    if (closed) announce(closed);
  }

  /**
   * A claim of a place for both, to be made in one write of the plan; it is worked out at once, so that something else can be waited for
   * meanwhile. Making it says why there is no place.
   */
  function claimOf(
    event: EventRecord,
    request: RequestRecord,
    meetingId: string,
    score: number,
  ): () => Promise<string | null> {
    const { fromId, toId } = request;
    const [a, b] = fromId < toId ? [fromId, toId] : [toId, fromId];
    let refused: string | null = null;
    const tables = tablesOf(event.place);
    const step = (plan: Plan): PlanStep | null => {
      refused = null;
      const forbidden = plan.forbidden.some(([one, other]) => one === a && other === b);
      if (forbidden) refused = 'Staff have ruled this pair out at this event.';
      if (refused !== null || meetingOfPair(plan, a, b)?.meeting.id === meetingId) return null;
      const options = { rounds: event.timetable.rounds, tables, wanted: request.round };
      const placing = place(plan, { id: meetingId, a, b, score, origin: 'agreed' }, options);
      if ('refused' in placing) {
        refused = placing.refused;
        return null;
      }
      return { rounds: placing.rounds, cause: { change: 'agreed', about: null } };
    };
    const ready = plans.ready(event._id, tables, step);
    deps.speakers.expect([a, b]);
    if (ready) deps.foreseePlan(event, ready);
    return async () => {
      const { news } = await plans.change(event._id, tables, step, ready);
      if (news) deps.planChanged(event, news);
      return refused;
    };
  }

  async function accept(event: EventRecord, request: RequestRecord): Promise<RequestRecord> {
    const { fromId, toId } = request;
    const [score] = await Promise.all([
      scoreOf(fromId, toId),
      ...[fromId, toId].map((side) => checkTakesPart(event, side, deps)),
    ]);
    const meetingId = newId();
    const closing = requests.close(request, { state: 'accepted', meetingId });
    // Worked out while the answer is written: a turn later it is on its way.
    const claim = begun(async () => {
      await nextTurn();
      return claimOf(event, request, meetingId, score);
    });
    const accepted = await closing;
    if (!accepted) throw conflict('answered-already', 'This request was answered or withdrawn meanwhile.');
    // What cannot be written now can be tried again; a claim that was written after all is found by the next try.
    const claimed = claim().then((make) => make());
    const refused = await claimed.catch(async (error: unknown) => {
      await requests.reopen(accepted);
      throw error;
    });
    if (refused !== null) {
      await requests.reopen(accepted);
      throw conflict('slot-gone', `${refused} The request stays open until it expires.`);
    }
    // The claim stands, so both may know at once. With that it is settled; what a crash cuts off is made up for.
    announce(accepted);
    return accepted;
  }

  function checkAnswerer(request: RequestRecord, smeId: string, answer: RequestAnswer['answer']): void {
    if (request.fromId !== smeId && request.toId !== smeId)
      throw notAllowed('This request is between two other SMEs.');
    const isSender = request.fromId === smeId;
    if (answer === 'withdraw' && !isSender)
      throw notAllowed('Only who asked may withdraw a request; you can decline it.');
    if (answer !== 'withdraw' && isSender)
      throw notAllowed('The other side answers a request; you can withdraw it.');
  }

  /** True where the meeting of an acceptance is in the plan: the two may have had one there before, which then became this one. */
  async function isClaimed({ eventId, fromId, toId }: RequestRecord): Promise<boolean> {
    const found = meetingOfPair(await plans.read(eventId), fromId, toId);
    return found?.meeting.pinned === true;
  }

  /** Once more what a crash cut off. @returns whether the meeting is in the plan now */
  async function claimAgain(request: RequestRecord): Promise<boolean> {
    if (await isClaimed(request)) return true;
    const event = await events.find(request.eventId);
    const score = event && (await scoreOf(request.fromId, request.toId).catch(refusal));
    if (!event || score === null || request.meetingId === null) return false;
    return (await claimOf(event, request, request.meetingId, score)()) === null;
  }

  /** Finishes acceptances that a crash cut off: what was claimed stays claimed, what was not is tried once more or reopened. */
  async function settleAll(): Promise<void> {
    for (const request of await requests.unsettled()) {
      if (await claimAgain(request)) await requests.settled(request);
      else await requests.reopen(request);
    }
  }

  return {
    /** Requests of an SME at an event, newest first. @throws HttpProblem 403, 404 */
    async list(viewer: Viewer, eventId: string, named: string | undefined): Promise<RequestView[]> {
      await deps.eventService.seen(viewer, eventId);
      const smeId = await smeOf(viewer, named, smes);
      return presentAll(await requests.of(eventId, smeId), smeId);
    },

    /** Those of an SME, for its own page. */
    async of(eventId: string, smeId: string): Promise<RequestView[]> {
      return presentAll(await requests.of(eventId, smeId), smeId);
    },

    /** One as an SME sees it; null where it is gone. */
    async presented(requestId: string, smeId: string): Promise<RequestView | null> {
      const request = await requests.find(requestId);
      return request && presentedNow(request, smeId);
    },

    /** Asks another SME to meet. @throws HttpProblem 400, 403, 404, 409 */
    async ask(viewer: Viewer, eventId: string, input: RequestInput): Promise<RequestView> {
      const event = await deps.eventService.seen(viewer, eventId);
      const fromId = ownSme(viewer);
      const { partnerId: toId, message, round } = input;
      if (toId === fromId) throw invalidField('partnerId', 'must be another SME than yourself');
      if (!(await smes.owner(toId))) throw invalidField('partnerId', `there is no SME '${toId}'`);
      if (round !== null && round > event.timetable.rounds) {
        throw invalidField('round', `must be one of the ${event.timetable.rounds} rounds, or null for any`);
      }
      for (const side of [fromId, toId]) await checkTakesPart(event, side, deps);
      await scoreOf(fromId, toId);
      await checkLimit(eventId, fromId);
      const met = meetingOfPair(await plans.read(eventId), fromId, toId);
      if (met?.meeting.pinned || (met && met.meeting.state !== 'planned')) {
        throw conflict(
          'meeting-exists',
          `You two have a fixed meeting in round ${met.round.number} of this event.`,
        );
      }
      const expired = (await requests.of(eventId, fromId)).filter(
        (one) => one.state === 'pending' && one.expiresAt <= clock() && otherOf(one, fromId) === toId,
      );
      for (const one of expired) await expire(one);
      const now = clock();
      const expiresAt = new Date(now.getTime() + event.requestMinutes * 60_000);
      const request = await requests.add({
        _id: newId(),
        eventId,
        fromId,
        toId,
        message,
        round,
        reason: null,
        comment: '',
        meetingId: null,
        at: now,
        expiresAt,
      });
      announce(request);
      deps.due();
      return presentOne(request, fromId);
    },

    /** Accepts, declines or withdraws a request. @throws HttpProblem 400, 403, 404, 409 saying what to do */
    async answer(
      viewer: Viewer,
      eventId: string,
      requestId: string,
      input: RequestAnswer,
    ): Promise<RequestView> {
      const smeId = ownSme(viewer);
      const [event, request] = await Promise.all([
        deps.eventService.seen(viewer, eventId),
        requests.get(eventId, requestId),
      ]);
      checkAnswerer(request, smeId, input.answer);
      if (request.state === 'pending' && request.expiresAt <= clock()) {
        await expire(request);
        throw conflict('request-expired', 'This request has expired. You can ask the other side yourself.');
      }
      if (request.state !== 'pending') {
        throw conflict('answered-already', `This request is ${request.state} already.`);
      }
      if (input.answer === 'accept') {
        const accepted = await accept(event, request);
        await recordAnswer(deps.audit, viewer, { before: request, after: accepted });
        return presentOne(accepted, smeId);
      }
      const closing =
        input.answer === 'withdraw'
          ? { state: 'withdrawn' as const }
          : { state: 'declined' as const, reason: input.reason, comment: input.comment };
      const closed = await requests.close(request, closing);
      if (!closed) throw conflict('answered-already', 'This request was answered or withdrawn meanwhile.');
      await recordAnswer(deps.audit, viewer, { before: request, after: closed });
      announce(closed);
      return presentOne(closed, smeId);
    },

    /** Ends what has expired; says when the next one does. */
    async expireDue(): Promise<Date | null> {
      for (;;) {
        const pending = await requests.pending(EXPIRY_BATCH);
        const due = pending.filter(({ expiresAt }) => expiresAt <= clock());
        for (const request of due) await expire(request);
        if (due.length < EXPIRY_BATCH)
          return pending.find((request) => !due.includes(request))?.expiresAt ?? null;
      }
    },

    /** Makes up for what a crash cut off. */
    async recover(): Promise<void> {
      await settleAll();
      for (const request of await requests.untold()) await tell(request);
    },
  };
}

/** A refusal by a rule is an answer here; anything else is a fault. */
function refusal(error: unknown): null {
  if (error instanceof HttpProblem && error.status === 409) return null;
  throw error;
}
