import type { Connection } from 'mongoose';
import type { Audit } from './audit/audit.ts';
import type { CallService } from './calls/service.ts';
import type { ConsortiumService } from './consortia/service.ts';
import { dossierRoutes } from './dossier/routes.ts';
import { createDossierService } from './dossier/service.ts';
import { createRulesPreviewService } from './eligibility/preview.ts';
import { eligibilityRoutes } from './eligibility/routes.ts';
import { createEligibilityService } from './eligibility/service.ts';
import { funnelRoutes } from './funnel/routes.ts';
import { createFunnelService } from './funnel/service.ts';
import { funnelTask } from './funnel/task.ts';
import type { Route } from './http/route.ts';
import type { Task } from './jobs/service.ts';
import type { Live } from './live/live.ts';
import type { Matchmaking } from './matchmaking.ts';
import { createOutcomeFiles } from './outcomes/file.ts';
import { createResults } from './outcomes/results.ts';
import { outcomeRoutes } from './outcomes/routes.ts';
import { createOutcomeService, type OutcomeService } from './outcomes/service.ts';
import type { SmeService } from './smes/service.ts';
import type { TaxonomyService } from './taxonomy/service.ts';
import type { WarmUpStep } from './warm-up.ts';

export interface ProgrammeDeps {
  readonly connection: Connection;
  readonly clock: () => Date;
  readonly audit: Audit;
  readonly calls: CallService;
  readonly smes: SmeService;
  readonly taxonomy: TaxonomyService;
  readonly live: Pick<Live, 'progress'>;
  readonly clusterNames: (ids: readonly string[]) => Promise<ReadonlyMap<string, string>>;
  /** Made later than this: looked up when they are needed. */
  readonly consortia: () => ConsortiumService;
  readonly matchmaking: () => Matchmaking;
}

/** From a call's rules to what becomes of its consortia: eligibility, outcomes, the funnel, dossiers. */
export interface Programme {
  readonly outcomes: OutcomeService;
  readonly tasks: readonly Task[];
  readonly routes: readonly Route[];
  readonly warmUp: WarmUpStep;
}

export function createProgramme(deps: ProgrammeDeps): Programme {
  const { connection, clock, audit, calls, smes, taxonomy, live, clusterNames } = deps;
  const widening = new Set(taxonomy.wideningCountries());
  const taken = (callId: string): Promise<ReadonlyMap<string, string>> => deps.consortia().holders(callId);
  const outcomes = createOutcomeService({ connection, clock, audit, calls, smes });
  const files = createOutcomeFiles({ connection, calls, outcomes, live });
  const results = createResults({ connection, audit, calls, outcomes, smes });
  const eligibility = createEligibilityService({
    calls,
    smes,
    taken,
    profiles: (ids) => deps.matchmaking().profiles(ids),
    countryName: (code) => taxonomy.countryName(code),
  });
  const previews = createRulesPreviewService({
    connection,
    calls,
    smes,
    live,
    taxonomy,
    taken,
    clusterNames,
    widening,
    matcher: { whatIf: (...question) => deps.matchmaking().matcher.whatIf(...question) },
  });
  const funnel = createFunnelService({ connection, clock, calls, clusterNames, widening });
  const dossiers = createDossierService({
    clock,
    calls,
    eligibility,
    smes,
    consortia: { get: (...which) => deps.consortia().get(...which) },
    matcher: { explain: (...which) => deps.matchmaking().matcher.explain(...which) },
  });
  return {
    outcomes,
    tasks: [funnelTask(funnel)],
    routes: [
      ...eligibilityRoutes(eligibility, previews),
      ...outcomeRoutes({ outcomes, files, results }),
      ...dossierRoutes(dossiers),
      ...funnelRoutes(funnel),
    ],
    warmUp: { name: 'funnel', warm: () => funnel.warm() },
  };
}
