import type { Connection } from 'mongoose';
import type { Logger } from 'pino';
import type { AccountsFeature } from '../accounts/feature.ts';
import type { Audit } from '../audit/audit.ts';
import type { CallService } from '../calls/service.ts';
import type { ClusterService } from '../clusters/service.ts';
import type { Address } from '../http/address.ts';
import type { Route } from '../http/route.ts';
import type { DisplayDoor } from '../live/displays.ts';
import type { Live } from '../live/live.ts';
import type { Presenters } from '../live/present.ts';
import type { Matcher } from '../matching/matcher.ts';
import { inSentence } from '../../matching/index.ts';
import type { PlanRecorder } from '../runs/plan-runs.ts';
import type { SmeService } from '../smes/service.ts';
import { createSpeakers } from '../accounts/speakers.ts';
import type { TaxonomyService } from '../taxonomy/service.ts';
import { Background } from './background.ts';
import { createBadges } from './people/badges.ts';
import { Clockwork } from './clockwork.ts';
import { Coalescer } from './coalesce.ts';
import type { ConsortiumSeam } from './consortium-seam.ts';
import { createDisplays } from './room/displays.ts';
import { createDraftService } from './plan/drafts.ts';
import { FeedbackStore } from './meetings/feedback.ts';
import { calendarRoutes } from './calendar/routes.ts';
import { createCalendar } from './calendar/calendar.ts';
import { createInvited } from './life/invited.ts';
import { meetingRoutes, requestRoutes, roundRoutes, wishRoutes } from './meetings/routes.ts';
import { createMeetingService } from './meetings/meetings.ts';
import { createMineService } from './meetings/mine.ts';
import type { EventRecord } from './model.ts';
import { createEventPartners } from './people/partners.ts';
import { peopleRoutes } from './people/routes.ts';
import { eventPartnerRoutes, planRoutes } from './plan/routes.ts';
import type { PlanNews } from './plan/changes.ts';
import { PlanStore } from './plan/store.ts';
import { PresenceStore } from './people/presence-store.ts';
import { createPresenceService } from './people/presence.ts';
import { createRepairs } from './plan/repair.ts';
import { RequestStore } from './requests/store.ts';
import { createRequestService } from './requests/requests.ts';
import { roomRoutes } from './room/routes.ts';
import { createRoom } from './room/room.ts';
import { createRoundService } from './rounds/rounds.ts';
import { eventRoutes } from './life/routes.ts';
import { createEventService } from './life/service.ts';
import { isFinal } from './life/state.ts';
import { EventStore } from './life/store.ts';
import { createTell } from './tell.ts';
import { createWishService } from './requests/wishes.ts';

export interface EventsFeatureDeps {
  readonly connection: Connection;
  readonly clock: () => Date;
  readonly log: Logger;
  readonly audit: Audit;
  readonly live: Live;
  readonly accounts: Pick<AccountsFeature, 'service'>;
  readonly smes: SmeService;
  readonly clusters: Pick<ClusterService, 'names'>;
  readonly taxonomy: Pick<TaxonomyService, 'knowsCountry' | 'labelOf'>;
  readonly calls: Pick<CallService, 'inForce'>;
  readonly consortia: ConsortiumSeam;
  readonly address: Address;
  readonly secrets: readonly string[];
  readonly planRuns: PlanRecorder;
  readonly matcher: Pick<
    Matcher,
    | 'briefs'
    | 'explain'
    | 'planRounds'
    | 'draftRounds'
    | 'repairRounds'
    | 'foreseeEvent'
    | 'eventLists'
    | 'eventBriefs'
    | 'eventTexts'
    | 'closeEvent'
  >;
}

/** The live event, put together. */
export interface EventsFeature {
  readonly routes: readonly Route[];
  /** What the accounts are told, in words. */
  readonly presenters: Omit<Presenters, 'partners'>;
  readonly displays: DisplayDoor;
  /** Does now what is due by the clock: rounds end, requests expire. */
  look(): Promise<void>;
  /** Resolves when all that follows from what was done is done. */
  settled(): Promise<void>;
  /** Profiles, answers, weights or consortia changed: lists at events follow, and no planned pair goes on against a rule. */
  poolChanged(): void;
  /** Forgets an SME that was withdrawn. */
  withdrawn(smeId: string): Promise<void>;
  /** Begins what runs by itself, and makes up for what a crash cut off. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** Staff hear of arrivals at most this often. */
const PRESENCE_MS = 250;
/** Displays are drawn anew at most this often. */
const ROOM_MS = 250;
/** Edits of many profiles are looked at together. */
const POOL_MS = 200;

export function createEventsFeature(deps: EventsFeatureDeps): EventsFeature {
  const {
    connection,
    clock,
    log,
    audit,
    live,
    accounts,
    smes,
    clusters,
    taxonomy,
    address,
    matcher,
    consortia,
  } = deps;
  const background = new Background(log);
  const events = new EventStore({ connection, clock, audit });
  const plans = new PlanStore(connection, clock);
  const presence = new PresenceStore(connection, clock);
  const invited = createInvited(connection);
  const staff = () => accounts.service.accountsOf({ role: 'staff' });
  const speakers = createSpeakers(connection);
  const tell = createTell({
    live,
    speakers,
    invited,
    presence,
    events,
    plans,
    staff,
    meetingNews: (event, plan, notice) => {
      const { kind, eventId, smeId, change, round } = notice;
      return {
        content: async () => ({
          kind,
          eventId,
          smeId,
          change,
          round,
          ...(await mine.newsIn(event, plan, notice)),
        }),
        isCurrent: () => plans.known(event._id) === plan,
      };
    },
  });

  const eventService = createEventService({
    events,
    plans,
    presence,
    invited,
    clock,
    callId: async () => (await deps.calls.inForce()).id,
    facts: {
      knowsCountry: (code) => taxonomy.knowsCountry(code),
      clusterNames: (ids) => clusters.names(ids),
      cards: (ids) => smes.cards(ids),
    },
    changed: (event) => {
      background.run('telling of an event', () => tell.event(event));
      if (isFinal(event.state)) background.run('ending a round', () => roundService.endAll(event));
      else repairs.add(event._id, { change: 'replanned', about: null });
      partners.changed(event);
      roomChanges.add(event._id, null);
    },
  });

  /** A plan was written: what was begun is watched, and the room is drawn anew. */
  function planWritten(event: EventRecord, news: PlanNews): void {
    // Only a round that began or ended has anything to do with the clock.
    if (news.event?.change === 'round') clockwork.poke();
    roomChanges.add(event._id, null);
  }

  /** A plan was changed by the engine or the clock: those concerned are told. */
  function planChanged(event: EventRecord, news: PlanNews): void {
    background.run('telling of a plan', () => tell.plan(event, news));
    planWritten(event, news);
  }

  /** A plan was changed by people: those concerned are told, then what that leaves open is filled by the engine. */
  function planTouched(event: EventRecord, news: PlanNews): void {
    background.run('telling of a plan', async () => {
      try {
        await tell.plan(event, news);
      } finally {
        repairs.add(event._id, news.cause);
      }
    });
    planWritten(event, news);
  }

  const repairs = createRepairs({
    events,
    plans,
    presence,
    invited,
    wishes: { all: (eventId) => wishService.all(eventId) },
    matcher,
    clock,
    log,
    planChanged,
  });
  const partners = createEventPartners({
    events,
    eventService,
    presence,
    matcher,
    smes,
    speakers,
    live,
    log,
  });

  const untoldNews = (error: unknown, eventId: string): void => {
    log.warn({ err: error, eventId }, 'staff or displays could not be told of an event');
  };
  const presenceNews = new Coalescer<string>(
    PRESENCE_MS,
    async (eventId, changed) => {
      live.presence({ eventId, presence: await presence.counts(eventId), changed: [...new Set(changed)] });
    },
    untoldNews,
  );
  const badges = createBadges({ connection, secrets: deps.secrets, publicUrl: () => address.publicUrl() });
  const presenceService = createPresenceService({
    events,
    eventService,
    presence,
    invited,
    plans,
    smes,
    badges,
    foreseen: (eventId, smeId, state) => {
      partners.foresee(eventId, smeId, state);
    },
    changed: (event, smeId, state) => {
      presenceNews.add(event._id, smeId);
      partners.changed(event);
      roomChanges.add(event._id, null);
      if (state === 'here') repairs.add(event._id, { change: 'arrival', about: smeId });
      else if (state === 'left') repairs.add(event._id, { change: 'departure', about: smeId });
    },
  });

  const feedback = new FeedbackStore(connection);
  const requestStore = new RequestStore(connection);
  const roundService = createRoundService({ events, eventService, plans, clock, audit, planChanged });
  const wishService = createWishService({ connection, eventService, smes, clock });
  const requestService = createRequestService({
    events,
    eventService,
    requests: requestStore,
    plans,
    presence,
    invited,
    smes,
    matcher,
    live,
    speakers,
    clock,
    audit,
    planChanged: planTouched,
    foreseePlan: (event, { after, news }) => {
      tell.foresee(event, after, news);
    },
    background: (what, task) => {
      background.run(what, task);
    },
    due: () => {
      clockwork.poke();
    },
  });
  const calendar = createCalendar({
    events,
    plans,
    smes,
    secrets: deps.secrets,
    publicUrl: () => address.publicUrl(),
    clock,
  });
  const mine = createMineService({
    events,
    eventService,
    plans,
    presence,
    feedback,
    requests: requestService,
    wishes: wishService,
    consortia,
    smes,
    matcher,
    spoken: (term) => inSentence(taxonomy.labelOf(term)),
    calendarUrl: (eventId, smeId) => calendar.urlOf(eventId, smeId),
    clock,
  });
  const meetingService = createMeetingService({
    eventService,
    plans,
    draft: async (eventId) => (await draftService.find(eventId))?.rounds ?? null,
    feedback,
    consortia,
    mine,
    invited,
    smes,
    clock,
    audit,
    planChanged: planTouched,
    feedbackGiven: (event) => {
      roomChanges.add(event._id, null);
    },
  });
  const draftService = createDraftService({
    connection,
    events,
    eventService,
    plans,
    presence,
    invited,
    wishes: wishService,
    matcher,
    planRuns: deps.planRuns,
    smes,
    live,
    clock,
    audit,
    planChanged: planTouched,
  });
  const displays = createDisplays({ connection, events, live, publicUrl: () => address.publicUrl(), clock });
  const room = createRoom({ events, plans, presence, invited, feedback, consortia, smes, clock });
  const roomChanges = new Coalescer<null>(
    ROOM_MS,
    async (eventId) => {
      if (!live.isShown(eventId)) return;
      const shown = await room.of(eventId);
      if (shown) live.showRoom(shown);
    },
    untoldNews,
  );
  const poolChanges = new Coalescer<null>(
    POOL_MS,
    async () => {
      for (const event of await events.list(['published', 'open', 'paused'])) {
        partners.changed(event);
        repairs.add(event._id, { change: 'replanned', about: null });
      }
    },
    untoldNews,
  );
  const clockwork = new Clockwork({
    clock,
    log,
    async tick() {
      const due = [await roundService.endDue(), await requestService.expireDue()];
      return due.reduce(
        (first, next) => (first === null || (next !== null && next < first) ? next : first),
        null,
      );
    },
  });

  return {
    routes: [
      ...eventRoutes(eventService),
      ...peopleRoutes(presenceService),
      ...roundRoutes(roundService),
      ...wishRoutes(wishService),
      ...requestRoutes(requestService),
      ...meetingRoutes(meetingService, mine),
      ...eventPartnerRoutes(partners),
      ...planRoutes(draftService),
      ...roomRoutes(room, displays),
      ...calendarRoutes(calendar),
    ],
    presenters: {
      meeting: (notice) => mine.news(notice),
      request: (requestId, smeId) => requestService.presented(requestId, smeId),
      eventPartners: (eventId, smeId) => partners.view(eventId, smeId),
    },
    displays: { admit: (token) => displays.admit(token), roomOf: (eventId) => room.of(eventId) },
    async start() {
      await requestService.recover();
      await draftService.recover();
      await consortia.makeUpFor(await feedback.wanted());
      await tell.untold();
      clockwork.start();
      for (const event of await events.list(['published', 'open', 'paused'])) {
        repairs.add(event._id, { change: 'replanned', about: null });
        partners.changed(event);
      }
    },
    poolChanged: () => {
      invited.forget();
      poolChanges.add('all', null);
    },
    look: () => clockwork.look(),
    async settled() {
      // One thing leads to another: what the first round began, the second one waits for.
      for (let round = 0; round < 2; round += 1) {
        await presenceNews.flush();
        await poolChanges.flush();
        await repairs.settled();
        await partners.settled();
        await background.drain();
      }
    },
    async withdrawn(smeId) {
      invited.forget();
      await Promise.all([
        presence.erase(smeId),
        badges.erase(smeId),
        wishService.erase(smeId),
        requestStore.erase(smeId),
        feedback.erase(smeId),
      ]);
      for (const event of await events.list(['published', 'open', 'paused'])) {
        repairs.add(event._id, { change: 'departure', about: smeId });
        partners.changed(event);
      }
    },
    async stop() {
      await clockwork.stop();
      await presenceNews.stop();
      await roomChanges.stop();
      await poolChanges.stop();
      await repairs.stop();
      await partners.stop();
      await background.drain();
    },
  };
}
