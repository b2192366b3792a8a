import type { Connection } from 'mongoose';
import type { Logger } from 'pino';
import type { AccountsFeature } from '../accounts/feature.ts';
import type { OpenCall } from '../calls/calls.ts';
import type { ClusterService } from '../clusters/service.ts';
import type { Address } from '../http/address.ts';
import type { Route } from '../http/route.ts';
import type { DisplayDoor } from '../live/displays.ts';
import type { Live } from '../live/live.ts';
import type { Presenters } from '../live/present.ts';
import type { Matcher } from '../matching/matcher.ts';
import type { SmeService } from '../smes/service.ts';
import { createAudience } from '../suggestions/audience.ts';
import type { TaxonomyService } from '../taxonomy/service.ts';
import { Background } from './background.ts';
import { createBadges } from './badges.ts';
import { Clockwork } from './clockwork.ts';
import { Coalescer } from './coalesce.ts';
import type { ConsortiumSeam } from './consortium-seam.ts';
import { FeedbackStore } from './feedback.ts';
import { calendarRoutes } from './calendar-routes.ts';
import { createCalendar } from './calendar.ts';
import { createInvited } from './invited.ts';
import { meetingRoutes, requestRoutes, roundRoutes, wishRoutes } from './meeting-routes.ts';
import { createMeetingService } from './meetings.ts';
import { createMineService } from './mine.ts';
import type { EventRecord } from './model.ts';
import { peopleRoutes } from './people-routes.ts';
import type { PlanNews } from './plan-changes.ts';
import { PlanStore } from './plan-store.ts';
import { PresenceStore } from './presence-store.ts';
import { createPresenceService } from './presence.ts';
import { RequestStore } from './request-store.ts';
import { createRequestService } from './requests.ts';
import { createRoundService } from './rounds.ts';
import { eventRoutes } from './routes.ts';
import { createEventService } from './service.ts';
import { isFinal } from './state.ts';
import { EventStore } from './store.ts';
import { createTell } from './tell.ts';
import { createWishService } from './wishes.ts';

export interface EventsFeatureDeps {
  readonly connection: Connection;
  readonly clock: () => Date;
  readonly log: Logger;
  readonly live: Live;
  readonly accounts: Pick<AccountsFeature, 'service'>;
  readonly smes: SmeService;
  readonly clusters: Pick<ClusterService, 'names'>;
  readonly taxonomy: Pick<TaxonomyService, 'knowsCountry'>;
  readonly call: Pick<OpenCall, 'id'>;
  readonly consortia: ConsortiumSeam;
  readonly address: Address;
  readonly secrets: readonly string[];
  readonly matcher: Pick<Matcher, 'explain'>;
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
  /** Forgets an SME that was withdrawn. */
  withdrawn(smeId: string): Promise<void>;
  /** Begins what runs by itself, and makes up for what a crash cut off. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** Staff hear of arrivals at most this often. */
const PRESENCE_MS = 250;

export function createEventsFeature(deps: EventsFeatureDeps): EventsFeature {
  const { connection, clock, log, live, accounts, smes, clusters, taxonomy, address, matcher, consortia } =
    deps;
  const background = new Background(log);
  const events = new EventStore(connection, clock);
  const plans = new PlanStore(connection, clock);
  const presence = new PresenceStore(connection, clock);
  const invited = createInvited(connection);
  const staff = () => accounts.service.accountsOf({ role: 'staff' });
  const audience = createAudience(connection);
  const tell = createTell({ live, audience, invited, presence, events, plans, staff });

  const eventService = createEventService({
    events,
    plans,
    presence,
    invited,
    clock,
    callId: deps.call.id,
    facts: {
      knowsCountry: (code) => taxonomy.knowsCountry(code),
      clusterNames: (ids) => clusters.names(ids),
      cards: (ids) => smes.cards(ids),
    },
    changed: (event) => {
      background.run('telling of an event', () => tell.event(event));
      if (isFinal(event.state)) background.run('ending a round', () => roundService.endAll(event));
    },
  });

  /** A plan was written: those concerned are told, and what was begun is watched. */
  function planChanged(event: EventRecord, news: PlanNews): void {
    background.run('telling of a plan', () => tell.plan(event, news));
    clockwork.poke();
  }

  const presenceNews = new Coalescer<string>(PRESENCE_MS, async (eventId, changed) => {
    live.presence({ eventId, presence: await presence.counts(eventId), changed: [...new Set(changed)] });
  });
  const badges = createBadges({ connection, secrets: deps.secrets, publicUrl: () => address.publicUrl() });
  const presenceService = createPresenceService({
    events,
    eventService,
    presence,
    invited,
    plans,
    smes,
    badges,
    changed: (event, smeId) => {
      presenceNews.add(event._id, smeId);
    },
  });

  const feedback = new FeedbackStore(connection);
  const requestStore = new RequestStore(connection);
  const roundService = createRoundService({ events, eventService, plans, clock, planChanged });
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
    audience,
    clock,
    planChanged,
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
    calendarUrl: (eventId, smeId) => calendar.urlOf(eventId, smeId),
    clock,
  });
  const meetingService = createMeetingService({
    eventService,
    plans,
    draft: () => Promise.resolve(null),
    feedback,
    consortia,
    mine,
    invited,
    smes,
    clock,
    planChanged,
    feedbackGiven: () => undefined,
  });
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
      ...calendarRoutes(calendar),
    ],
    presenters: {
      meeting: (notice) => mine.news(notice),
      request: (requestId, smeId) => requestService.presented(requestId, smeId),
      eventPartners: () => Promise.resolve(null),
    },
    displays: { admit: () => Promise.resolve(null), roomOf: () => Promise.resolve(null) },
    async start() {
      await requestService.recover();
      await tell.untold();
      clockwork.start();
    },
    look: () => clockwork.look(),
    async settled() {
      await presenceNews.flush();
      await background.drain();
    },
    async withdrawn(smeId) {
      await Promise.all([
        presence.erase(smeId),
        badges.erase(smeId),
        wishService.erase(smeId),
        requestStore.erase(smeId),
        feedback.erase(smeId),
      ]);
    },
    async stop() {
      await clockwork.stop();
      await presenceNews.stop();
      await background.drain();
    },
  };
}
