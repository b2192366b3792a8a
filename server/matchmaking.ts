import type { Connection } from 'mongoose';
import type { Logger } from 'pino';
import type { Profile } from '../matching/types.ts';
import type { AccountsFeature } from './accounts/feature.ts';
import type { Audit } from './audit/audit.ts';
import { toEngineCall } from './calls/calls.ts';
import type { CallService } from './calls/service.ts';
import { allSources } from './learning/decisions.ts';
import { learningRoutes } from './learning/routes.ts';
import { createLearningService } from './learning/service.ts';
import type { Address } from './http/address.ts';
import type { ReadinessCheck } from './http/health.ts';
import type { Route } from './http/route.ts';
import { jobRoutes } from './jobs/routes.ts';
import { createJobs, type Jobs, type JobsPace, type Task } from './jobs/service.ts';
import type { DigestDeps } from './jobs/digest.ts';
import { allTasks } from './jobs/tasks.ts';
import type { DisplayDoor } from './live/displays.ts';
import type { Presenters } from './live/present.ts';
import { liveRoutes } from './live/routes.ts';
import { createLiveService, type LiveService } from './live/service.ts';
import type { Post } from './mail/post.ts';
import { databaseSource } from './matching/database-source.ts';
import type { Matcher } from './matching/matcher.ts';
import { spawnEngine, type SpawnWorker } from './matching/worker-client.ts';
import { createMatcher } from './matching/worker-matcher.ts';
import { pairsRoutes } from './pairs/routes.ts';
import { createPairsService } from './pairs/service.ts';
import { allowedAmong } from './privacy/standing.ts';
import { runRoutes } from './runs/routes.ts';
import { createRunsService, type RunsService } from './runs/service.ts';
import type { SmeService } from './smes/service.ts';
import { createAnswerService, type AnswerService } from './suggestions/answers.ts';
import { createSpeakers } from './accounts/speakers.ts';
import { createChanges } from './suggestions/changes.ts';
import { StoredLists } from './suggestions/lists.ts';
import { answerRoutes, suggestionRoutes } from './suggestions/routes.ts';
import { createSuggestionService, type SuggestionService } from './suggestions/service.ts';
import type { TaxonomyService } from './taxonomy/service.ts';
import { createPairsPreviewService } from './weights/pairs-preview.ts';
import { createPreviewService } from './weights/preview.ts';
import { weightsRoutes } from './weights/routes.ts';
import { createWeightsService, type WeightsService } from './weights/service.ts';

export interface MatchmakingDeps {
  readonly connection: Connection;
  readonly clock: () => Date;
  readonly log: Logger;
  readonly audit: Audit;
  readonly address: Address;
  readonly accounts: AccountsFeature;
  readonly smes: SmeService;
  readonly taxonomy: TaxonomyService;
  /** Names of clusters by id; ids without a cluster are left out. */
  readonly clusterNames: (ids: readonly string[]) => Promise<ReadonlyMap<string, string>>;
  readonly calls: Pick<CallService, 'inForce'>;
  /** SMEs that are in a consortium of a call. */
  readonly taken: (callId: string) => Promise<readonly string[]>;
  readonly post: Post;
  /** Those of these accounts that want the digest of new suggestions. */
  readonly wantingDigest: (accountIds: readonly string[]) => Promise<ReadonlySet<string>>;
  /** Addresses that end the digest for an account. */
  readonly unsubscribe: DigestDeps['unsubscribe'];
  /** What accounts are told of events, in words. */
  readonly eventPresenters: Omit<Presenters, 'partners'>;
  readonly displays: DisplayDoor;
  /** Background work of other features. */
  readonly tasks: readonly Task[];
  /** Hears that scores or rules changed: who fits whom may be different now. */
  readonly poolChanged: () => void;
  /** How often to look for jobs that are due; default: every 5 seconds. */
  readonly jobsPace?: JobsPace | undefined;
  /** Another thread for the matching engine, for tests. */
  readonly spawnEngine?: SpawnWorker | undefined;
  /** A matching engine that has work to do and gives no sign of life for this long is ended and started again. */
  readonly hangMs: number;
  /** Time for one search for the best pairs. */
  readonly limitMs: number;
  /** Threads that search large pools together; null: by the number of cores. */
  readonly threads: number | null;
}

/** From profiles to live suggestions: the parts that belong together, put together. */
export interface Matchmaking {
  readonly matcher: Matcher;
  readonly live: LiveService;
  readonly weights: WeightsService;
  readonly suggestions: SuggestionService;
  readonly answers: AnswerService;
  readonly runs: RunsService;
  readonly jobs: Jobs;
  /** Profiles as the engine reads them; ids without an SME are left out. */
  profiles(ids: readonly string[]): Promise<readonly Profile[]>;
  readonly routes: readonly Route[];
  readonly readiness: Readonly<Record<string, ReadinessCheck>>;
  start(): Promise<void>;
  stop(): Promise<void>;
}

export function createMatchmaking(deps: MatchmakingDeps): Matchmaking {
  const { connection, clock, audit, address, accounts, smes, taxonomy, calls, post } = deps;
  const log = (part: string): Logger => deps.log.child({ part });

  const source = databaseSource({
    connection,
    taxonomy: taxonomy.terms,
    call: async () => {
      const call = await calls.inForce();
      return toEngineCall(call, await deps.taken(call.id));
    },
    weights: () => weights.current(),
  });
  const widening = new Set(taxonomy.wideningCountries());
  const matcher = createMatcher({
    source,
    clock,
    log: log('matching'),
    spawn: deps.spawnEngine ?? spawnEngine,
    hangMs: deps.hangMs,
    limitMs: deps.limitMs,
    widening,
    ...(deps.threads === null ? {} : { threads: deps.threads }),
  });
  const lists = new StoredLists(connection, clock);
  const answers = createAnswerService({
    connection,
    clock,
    log: log('answers'),
    audit,
    smes,
    matcher: {
      async profilesChanged(ids, cause) {
        await matcher.profilesChanged(ids, cause);
        // It may concern a pair that is in no list, so that no list changed.
        deps.poolChanged();
      },
    },
  });
  const suggestions = createSuggestionService({
    lists,
    answers,
    matcher,
    smes,
    call: () => calls.inForce(),
    taken: deps.taken,
    labelOf: (term) => taxonomy.labelOf(term),
    mayMatch: async (smeId) => (await allowedAmong(connection, 'matching', [smeId])).has(smeId),
  });
  const live = createLiveService({
    connection,
    clock,
    log: log('live'),
    sessionMiddleware: accounts.signIn.middleware,
    viewerOf: (sessionId) => accounts.signIn.viewerOf(sessionId),
    allowsOrigin: (origin) => address.allows(origin),
    presenters: { ...deps.eventPresenters, partners: (smeId) => suggestions.partnersOf(smeId) },
    displays: deps.displays,
  });
  const weights = createWeightsService({
    connection,
    clock,
    log: log('weights'),
    audit,
    matcher,
    live,
    staff: () => accounts.service.accountsOf({ role: 'staff' }),
  });
  const previews = createPreviewService({ connection, matcher, smes, live });
  const pairsPreviews = createPairsPreviewService({
    matcher,
    runs: { record: (run) => runs.record(run) },
    smes,
    live,
    clusterNames: deps.clusterNames,
    widening,
  });
  const learning = createLearningService({
    sources: allSources(connection),
    matcher,
    weights,
  });
  const runs = createRunsService({
    connection,
    clock,
    audit,
    matcher,
    live,
    clusterNames: deps.clusterNames,
  });
  const profiles: Matchmaking['profiles'] = async (ids) =>
    (await source.some(ids)).map(({ profile }) => profile);
  const pairs = createPairsService({
    matcher,
    live,
    cards: (ids) => smes.cards(ids),
    clock,
    runs,
    clusterNames: deps.clusterNames,
    profiles,
    weights: async () => (await weights.current()).values,
  });
  const changes = createChanges({ lists, speakers: createSpeakers(connection), live, suggestions });
  matcher.onChange(async (changed) => {
    await changes.apply(changed);
    if (changed.continues) return;
    // Lists at events follow once, behind the lists of the pool: both at once, each would wait for the other. The engine works them out
    // while the marks go.
    await live.out();
    deps.poolChanged();
    await changes.unmark();
  });
  const ownTasks = allTasks({
    connection,
    clock,
    lists,
    matcher,
    storedLists: lists,
    partnersOf: (smeId) => suggestions.partnersOf(smeId),
    countryName: (code) => taxonomy.countryName(code),
    publicUrl: () => address.publicUrl(),
    send: (mail) => {
      post.send(mail);
    },
    expireInvitations: (now) => accounts.invitations.expireInvitations(now),
    onRebuildProgress: (progress) => {
      live.progressToStaff(progress);
    },
    wanting: deps.wantingDigest,
    unsubscribe: deps.unsubscribe,
    forgetOldEvents: () => live.forgetOld(),
    forgetOldRuns: () => runs.forgetOld(),
  });
  const jobs = createJobs({
    connection,
    tasks: [...ownTasks, ...deps.tasks],
    clock,
    log: log('jobs'),
    ...(deps.jobsPace ? { pace: deps.jobsPace } : {}),
  });

  return {
    matcher,
    live,
    weights,
    suggestions,
    answers,
    runs,
    jobs,
    profiles,
    routes: [
      ...suggestionRoutes(suggestions),
      ...answerRoutes(answers),
      ...weightsRoutes(weights, previews, pairsPreviews),
      ...pairsRoutes(pairs),
      ...learningRoutes(learning),
      ...runRoutes(runs),
      ...liveRoutes(live),
      ...jobRoutes(jobs),
    ],
    readiness: { matching: () => matcher.status().ready },
    async start() {
      await weights.start();
      await matcher.start();
      await changes.tellUntold();
      live.start();
      await jobs.start();
    },
    async stop() {
      await jobs.stop();
      await live.stop();
      await matcher.stop();
    },
  };
}
