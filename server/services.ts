import type { Logger } from 'pino';
import type { JobsPace } from './jobs/service.ts';
import { createAccountsFeature, type AccountsFeature } from './accounts/feature.ts';
import type { Passwords } from './accounts/passwords.ts';
import { createAmbassadorsFeature, type AmbassadorsFeature } from './ambassadors/feature.ts';
import { createAudit, type Audit, type AuditedThings } from './audit/audit.ts';
import { reconcileAudit } from './audit/reconcile.ts';
import { auditRoutes } from './audit/routes.ts';
import { createAuditService } from './audit/service.ts';
import { auditTask } from './audit/task.ts';
import { allAudited } from './audited.ts';
import { callRoutes } from './calls/routes.ts';
import { createCallService, type CallService } from './calls/service.ts';
import type { ClusterService } from './clusters/service.ts';
import { consortiumRoutes } from './consortia/routes.ts';
import { createConsortiumService, type ConsortiumService } from './consortia/service.ts';
import { createCommunication, type Communication } from './communication.ts';
import { coverageRoutes } from './coverage/routes.ts';
import { createCoverageService } from './coverage/service.ts';
import type { Config } from './config.ts';
import { createDemandSide, type DemandSide } from './demand-side.ts';
import { createEventsFeature, type EventsFeature } from './events/feature.ts';
import type { Address } from './http/address.ts';
import type { ReadinessCheck } from './http/health.ts';
import type { Route } from './http/route.ts';
import { createSessions, type Sessions } from './http/sessions.ts';
import { importRoutes } from './imports/routes.ts';
import { createImportService, type ImportService } from './imports/service.ts';
import { CSV_LIMITS } from './imports/stream.ts';
import { liveLater } from './live/later.ts';
import type { Mailer } from './mail/mailer.ts';
import { createPost, type Post } from './mail/post.ts';
import { createMappingFeature, type MappingFeature } from './mapping/feature.ts';
import type { SpawnWorker } from './matching/worker-client.ts';
import { createMatchmaking, type Matchmaking } from './matchmaking.ts';
import { createMembership, type Membership } from './membership.ts';
import { allPersonalData } from './personal-data.ts';
import { createPrivacy } from './privacy/feature.ts';
import type { PersonalData } from './privacy/personal-data.ts';
import { createProgramme } from './programme.ts';
import { createWarmUp } from './warm-up.ts';
import type { SmeService } from './smes/service.ts';
import type { Storage } from './storage/connect.ts';
import { taxonomyRoutes } from './taxonomy/routes.ts';
import { createTaxonomyService } from './taxonomy/service.ts';

export interface ServicesOptions {
  storage: Storage;
  config: Config;
  address: Address;
  secrets: readonly string[];
  log: Logger;
  clock: () => Date;
  mailer: Mailer;
  /** Cheaper hashing, for tests. */
  passwords?: Passwords | undefined;
  /** How often to look for jobs that are due, in milliseconds. */
  jobsPace?: JobsPace | undefined;
  /** Another thread for the matching engine, for tests. */
  spawnEngine?: SpawnWorker | undefined;
}

/** Everything that the server does, without HTTP. */
export interface Services {
  readonly sessions: Sessions;
  readonly post: Post;
  readonly audit: Audit;
  readonly audited: readonly AuditedThings[];
  /** What each feature keeps about people: 'everything about me', and erasing somebody, go through these. */
  readonly personalData: readonly PersonalData[];
  readonly calls: CallService;
  readonly accounts: AccountsFeature;
  readonly clusters: ClusterService;
  readonly smes: SmeService;
  readonly imports: ImportService;
  readonly matchmaking: Matchmaking;
  readonly events: EventsFeature;
  readonly demandSide: DemandSide;
  readonly communication: Communication;
  readonly mapping: MappingFeature;
  readonly routes: readonly Route[];
  readonly readiness: Readonly<Record<string, ReadinessCheck>>;
  /** Work that runs by itself begins; indexes are there already. */
  start(): Promise<void>;
  /** Ends it, in the reverse order. */
  stop(): Promise<void>;
}

/**
 * Builds the services in the order of who needs whom. Where two need each other, the earlier one gets a function that looks the later
 * one up when it is called.
 */
export function createServices(options: ServicesOptions): Services {
  const { storage, config, address, secrets, log, clock, mailer } = options;
  const { connection } = storage;

  // Every decision is recorded
  const audit = createAudit({ connection, clock });

  // Mail and accounts
  const post = createPost(mailer, log.child({ part: 'mail' }));
  const sessions = createSessions({
    connection,
    secrets,
    https: config.https,
    clock,
    log: log.child({ part: 'sessions' }),
  });
  const live = liveLater(() => matchmaking.live);
  const accounts = createAccountsFeature({
    connection,
    sessions,
    live,
    post,
    clock,
    log: log.child({ part: 'accounts' }),
    publicUrl: () => address.publicUrl(),
    audit,
    passwords: options.passwords,
    directory: {
      clusterNames: (ids) => clusters.names(ids),
      smes: (ids) => smes.cards(ids),
    },
  });

  // Privacy: consents, everything about somebody, erasure, retention
  const privacy = createPrivacy({
    connection,
    clock,
    log: log.child({ part: 'privacy' }),
    audit,
    sessions,
    accounts,
    personalData: () => personalData,
    kept: () => [ambassadors.personalData.oldContacts],
    clusterOf: async (smeId) => (await smes.owner(smeId))?.clusterId ?? null,
    erased: (clusterId) => membership.tellClusters([clusterId]),
    matchingChanged: (smeId) => matchmaking.matcher.profilesChanged([smeId], 'pool'),
  });

  // Taxonomy and calls
  const taxonomy = createTaxonomyService();
  const calls = createCallService({
    connection,
    clock,
    log: log.child({ part: 'calls' }),
    taxonomy,
    audit,
    changed: async () => {
      await matchmaking.matcher.callChanged();
      events.poolChanged();
    },
  });

  // Clusters and SMEs
  const membership: Membership = createMembership({
    connection,
    clock,
    log,
    audit,
    post,
    taxonomy,
    calls,
    accounts,
    live,
    matchmaking: () => matchmaking,
    poolChanged: () => {
      events.poolChanged();
    },
    clustersChanged: () => ambassadors.clustersChanged(),
    withdraw: (viewer, { id }) => privacy.eraseSme(viewer, id),
  });
  const { clusters, smes, directory } = membership;

  // News, calendar, questions, good practice, outreach, reports
  const communication = createCommunication({
    connection,
    clock,
    audit,
    accounts,
    clusters,
    smes,
    taxonomy,
    live,
    post,
    address,
    secrets,
    calls: () => calls.published(),
    extent: () => directory.extent(),
  });
  // What the log is compared with
  const audited = allAudited(connection);

  // The log of decisions, to read and check
  const auditService = createAuditService({
    connection,
    clock,
    audit,
    audited,
    live,
    async namesOf(kind, ids) {
      if (kind === 'cluster') return clusters.names(ids);
      if (kind !== 'sme') return new Map();
      return new Map([...(await smes.cards(ids))].map(([id, { name }]) => [id, name]));
    },
  });

  // Clusters that come and go
  const ambassadors: AmbassadorsFeature = createAmbassadorsFeature({
    connection,
    clock,
    log: log.child({ part: 'ambassadors' }),
    audit,
    post,
    taxonomy,
    clusters,
    accounts,
    publicUrl: () => address.publicUrl(),
    secrets,
    formsPerHour: config.applicationsPerHour,
  });
  const programme = createProgramme({
    connection,
    clock,
    audit,
    calls,
    smes,
    taxonomy,
    live,
    clusterNames: (ids) => clusters.names(ids),
    consortia: () => consortia,
    matchmaking: () => matchmaking,
  });

  const coverage = createCoverageService({
    connection,
    clusters,
    taxonomy,
    call: () => calls.inForce(),
  });

  // From profiles to live suggestions
  const matchmaking = createMatchmaking({
    connection,
    clock,
    log,
    audit,
    address,
    accounts,
    smes,
    taxonomy,
    clusterNames: (ids) => clusters.names(ids),
    calls,
    taken: (callId) => consortia.taken(callId),
    post,
    wantingDigest: (ids) => communication.mailChoices.wanting('suggestions', ids),
    unsubscribe: (accountId) => communication.unsubscribe(accountId, 'suggestions'),
    jobsPace: options.jobsPace,
    spawnEngine: options.spawnEngine,
    hangMs: config.matchingHangSeconds * 1_000,
    limitMs: config.matchingLimitSeconds * 1_000,
    threads: config.matchingThreads,
    eventPresenters: {
      meeting: (notice) => events.presenters.meeting(notice),
      request: (...which) => events.presenters.request(...which),
      eventPartners: (...whose) => events.presenters.eventPartners(...whose),
    },
    displays: {
      admit: (token) => events.displays.admit(token),
      roomOf: (eventId) => events.displays.roomOf(eventId),
    },
    poolChanged: () => {
      events.poolChanged();
    },
    tasks: [auditTask(auditService), privacy.task, ...communication.tasks, ...programme.tasks],
  });

  // Consortia
  const consortia: ConsortiumService = createConsortiumService({
    connection,
    clock,
    log: log.child({ part: 'consortia' }),
    audit,
    calls,
    outcomes: programme.outcomes,
    smes,
    profiles: (ids) => matchmaking.profiles(ids),
    live,
    accountsOf: (whose) => accounts.service.accountsOf(whose),
    takenChanged: (smeIds) => {
      const told = matchmaking.matcher.profilesChanged(smeIds, 'pool').then(() => {
        events.poolChanged();
      });
      told.catch((error: unknown) => {
        log.error({ err: error, smeIds }, 'the matcher could not be told of a consortium');
      });
    },
  });

  // The demand side
  const demandSide: DemandSide = createDemandSide({
    connection,
    clock,
    log,
    audit,
    taxonomy,
    accounts,
    smes,
    matchmaking,
    live,
    calls,
    taken: (callId) => consortia.taken(callId),
    choices: communication.mailChoices,
    send: (mail) => {
      post.send(mail);
    },
    publicUrl: () => address.publicUrl(),
  });

  // Live events
  const events: EventsFeature = createEventsFeature({
    connection,
    clock,
    log: log.child({ part: 'events' }),
    audit,
    live,
    accounts,
    smes,
    clusters,
    taxonomy,
    calls,
    consortia,
    address,
    secrets,
    matcher: matchmaking.matcher,
    planRuns: matchmaking.runs.plans,
  });

  // The mapping of security solutions
  const mapping = createMappingFeature({
    connection,
    clock,
    audit,
    taxonomy,
    clusters,
    accounts,
    post,
    publicUrl: () => address.publicUrl(),
  });

  // Imports
  const imports = createImportService({
    connection,
    clock,
    log: log.child({ part: 'imports' }),
    audit,
    taxonomy,
    clusters,
    smes,
    live,
    limits: { ...CSV_LIMITS, bytes: config.csvMaxBytes, rows: config.csvMaxRows },
  });

  const personalData = allPersonalData({
    connection,
    sessions,
    accounts,
    smes,
    matchmaking,
    events,
    consortia,
    demandSide,
    mapping,
    communication,
    consents: privacy.consents,
    ambassadors,
  });

  const warmUp = createWarmUp(
    [
      { name: 'mapping', warm: () => mapping.warm() },
      { name: 'names of companies', warm: () => directory.warm() },
      { name: 'needs', warm: () => demandSide.needs.warm() },
      { name: 'coverage', warm: () => coverage.warm() },
      programme.warmUp,
      { name: 'audit log', warm: () => auditService.choices() },
    ],
    log.child({ part: 'warm-up' }),
  );

  return {
    sessions,
    post,
    audit,
    audited,
    personalData,
    calls,
    accounts,
    clusters,
    smes,
    imports,
    matchmaking,
    events,
    demandSide,
    communication,
    mapping,
    routes: [
      ...accounts.routes,
      ...auditRoutes(auditService),
      ...privacy.routes,
      ...taxonomyRoutes(taxonomy),
      ...callRoutes(calls),
      ...membership.routes,
      ...ambassadors.routes,
      ...coverageRoutes(coverage),
      ...importRoutes(imports),
      ...matchmaking.routes,
      ...events.routes,
      ...consortiumRoutes(consortia),
      ...demandSide.routes,
      ...communication.routes,
      ...mapping.routes,
      ...programme.routes,
    ],
    readiness: {
      database: async () => (await connection.db?.admin().ping()) !== undefined,
      ...matchmaking.readiness,
    },
    async start() {
      await sessions.ensureIndexes();
      await accounts.service.reconcile();
      await clusters.seedClusters();
      await calls.start();
      await ambassadors.reconcile();
      await matchmaking.start();
      await consortia.reconcile();
      await demandSide.start();
      await membership.reconcile();
      await events.start();
      await imports.resume();
      await privacy.resume();
      const found = await reconcileAudit({ connection, audit }, audited);
      if (found > 0) log.info({ found }, 'the audit log was brought up to what is stored');
      warmUp.start();
    },
    async stop() {
      await warmUp.stop();
      await mapping.stop();
      await imports.stop();
      await events.stop();
      await matchmaking.stop();
      await post.drain();
    },
  };
}
