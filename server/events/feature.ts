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
import type { SmeService } from '../smes/service.ts';
import { createAudience } from '../suggestions/audience.ts';
import type { TaxonomyService } from '../taxonomy/service.ts';
import { Background } from './background.ts';
import { createBadges } from './badges.ts';
import { Coalescer } from './coalesce.ts';
import { createInvited } from './invited.ts';
import { peopleRoutes } from './people-routes.ts';
import { PlanStore } from './plan-store.ts';
import { PresenceStore } from './presence-store.ts';
import { createPresenceService } from './presence.ts';
import { eventRoutes } from './routes.ts';
import { createEventService } from './service.ts';
import { EventStore } from './store.ts';
import { createTell } from './tell.ts';

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
  readonly address: Address;
  readonly secrets: readonly string[];
}

/** The live event, put together. */
export interface EventsFeature {
  readonly routes: readonly Route[];
  /** What the accounts are told, in words. */
  readonly presenters: Omit<Presenters, 'partners'>;
  readonly displays: DisplayDoor;
  /** Begins what runs by itself, and makes up for what a crash cut off. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** Staff hear of arrivals at most this often. */
const PRESENCE_MS = 250;

export function createEventsFeature(deps: EventsFeatureDeps): EventsFeature {
  const { connection, clock, log, live, accounts, smes, clusters, taxonomy, address } = deps;
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
    },
  });

  const presenceNews = new Coalescer<string>(PRESENCE_MS, async (eventId, changed) => {
    live.presence({ eventId, presence: await presence.counts(eventId), changed: [...new Set(changed)] });
  });
  const presenceService = createPresenceService({
    events,
    eventService,
    presence,
    invited,
    plans,
    smes,
    badges: createBadges({ connection, secrets: deps.secrets, publicUrl: () => address.publicUrl() }),
    changed: (event, smeId) => {
      presenceNews.add(event._id, smeId);
    },
  });

  return {
    routes: [...eventRoutes(eventService), ...peopleRoutes(presenceService)],
    presenters: {
      meeting: () => Promise.resolve({ meeting: null, sentence: '' }),
      request: () => Promise.resolve(null),
      eventPartners: () => Promise.resolve(null),
    },
    displays: { admit: () => Promise.resolve(null), roomOf: () => Promise.resolve(null) },
    async start() {
      await tell.untold();
    },
    async stop() {
      await presenceNews.stop();
      await background.drain();
    },
  };
}
