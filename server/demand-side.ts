import type { Connection } from 'mongoose';
import type { Logger } from 'pino';
import type { AccountsFeature } from './accounts/feature.ts';
import { createPeople } from './accounts/people.ts';
import type { Audit, AuditedThings } from './audit/audit.ts';
import { toEngineCall } from './calls/calls.ts';
import type { CallService } from './calls/service.ts';
import { auditedChallenges } from './challenges/audited.ts';
import { challengeRoutes } from './challenges/routes.ts';
import { createChallengeService, type ChallengeService } from './challenges/service.ts';
import type { Route } from './http/route.ts';
import { auditedInterests } from './interests/audited.ts';
import { interestPersonalData } from './interests/personal-data.ts';
import { interestRoutes } from './interests/routes.ts';
import { createInterestService, type InterestService } from './interests/service.ts';
import type { Live } from './live/live.ts';
import type { Matchmaking } from './matchmaking.ts';
import { auditedNeeds } from './needs/audited.ts';
import { needPersonalData } from './needs/personal-data.ts';
import { needRoutes } from './needs/routes.ts';
import { createNeedService, type NeedService } from './needs/service.ts';
import type { MailChoicesStore } from './mail/choices.ts';
import type { Mail } from './mail/mailer.ts';
import { createReviewMail } from './needs/review-mail.ts';
import type { PersonalData } from './privacy/personal-data.ts';
import type { SmeService } from './smes/service.ts';
import { createSpeakers } from './accounts/speakers.ts';
import type { TaxonomyService } from './taxonomy/service.ts';

export interface DemandSideDeps {
  readonly connection: Connection;
  readonly clock: () => Date;
  readonly log: Logger;
  readonly audit: Audit;
  readonly taxonomy: TaxonomyService;
  readonly accounts: AccountsFeature;
  readonly smes: SmeService;
  readonly matchmaking: Pick<Matchmaking, 'matcher' | 'profiles'>;
  readonly live: Live;
  readonly calls: CallService;
  /** SMEs that are in a consortium of a call. */
  readonly taken: (callId: string) => Promise<readonly string[]>;
  readonly choices: Pick<MailChoicesStore, 'wanting'>;
  readonly send: (mail: Mail) => void;
  readonly publicUrl: () => string;
}

/** From what the demand side needs to who answers it: the parts that belong together, put together. */
export interface DemandSide {
  readonly needs: NeedService;
  readonly interests: InterestService;
  readonly challenges: ChallengeService;
  readonly routes: readonly Route[];
  readonly personalData: readonly PersonalData[];
  start(): Promise<void>;
}

/** What the log of decisions is compared with. */
export const auditedDemandSide = (connection: Connection): AuditedThings[] => [
  auditedNeeds(connection),
  auditedInterests(connection),
  auditedChallenges(connection),
];

export function createDemandSide(deps: DemandSideDeps): DemandSide {
  const { connection, clock, audit, taxonomy, accounts, smes, matchmaking, live, calls } = deps;
  const speakers = createSpeakers(connection);
  const staff = (): Promise<string[]> => accounts.service.accountsOf({ role: 'staff' });
  const smeAccounts = async (smeIds: readonly string[]): Promise<string[]> =>
    [...(await speakers.accountsOf(smeIds)).values()].flat();

  const needs: NeedService = createNeedService({
    connection,
    clock,
    log: deps.log.child({ part: 'needs' }),
    audit,
    taxonomy,
    matcher: matchmaking.matcher,
    smes,
    profiles: (ids) => matchmaking.profiles(ids),
    live,
    staff,
    smeAccounts,
    mailReview: createReviewMail({ ...deps, people: createPeople(connection) }),
    neighbours: {
      interestCounts: (needIds) => interests.counts(needIds),
      challengesOf: (needId) => challenges.of(needId),
      ended: (need) => interests.needEnded(need),
    },
  });
  const interests: InterestService = createInterestService({
    connection,
    clock,
    audit,
    call: async () => {
      const call = await calls.inForce();
      return toEngineCall(call, await deps.taken(call.id));
    },
    needs,
    smes,
    profiles: (ids) => matchmaking.profiles(ids),
    live,
    staff,
    smeAccounts,
  });
  const challenges: ChallengeService = createChallengeService({
    connection,
    clock,
    audit,
    taxonomy,
    needs,
    calls,
  });

  return {
    needs,
    interests,
    challenges,
    routes: [...needRoutes(needs), ...interestRoutes(interests), ...challengeRoutes(challenges)],
    personalData: [
      needPersonalData({ connection, audit, ended: (need) => interests.needEnded(need) }),
      interestPersonalData(connection, (smeId) => interests.erase(smeId)),
    ],
    start: () => challenges.reconcile(),
  };
}
