import type { Connection } from 'mongoose';
import type { Logger } from 'pino';
import type { AccountsFeature } from '../accounts/feature.ts';
import type { Audit } from '../audit/audit.ts';
import type { ClusterService } from '../clusters/service.ts';
import { limitByAddress } from '../http/limits.ts';
import type { Route } from '../http/route.ts';
import type { Post } from '../mail/post.ts';
import type { TaxonomyService } from '../taxonomy/service.ts';
import { createApplicant } from './applicant.ts';
import { createApplications } from './applications.ts';
import { createFormTokens } from './form-token.ts';
import { createApplicantsData, type ApplicantsData } from './personal-data.ts';
import { createReview } from './review.ts';
import { ambassadorRoutes } from './routes.ts';

export interface AmbassadorsFeature {
  readonly routes: readonly Route[];
  readonly personalData: ApplicantsData;
  /** Clusters came or went: the scores of open applications are worked out anew. */
  clustersChanged(): Promise<void>;
  /** Finishes what a crash interrupted. */
  reconcile(): Promise<void>;
}

const HOUR_MS = 3_600_000;

/** Becoming an ambassador cluster, put together. */
export function createAmbassadorsFeature(deps: {
  connection: Connection;
  clock: () => Date;
  log: Logger;
  audit: Audit;
  post: Post;
  taxonomy: TaxonomyService;
  clusters: ClusterService;
  accounts: AccountsFeature;
  publicUrl: () => string;
  secrets: readonly string[];
  /** Forms that one address may send in an hour. */
  formsPerHour: number;
}): AmbassadorsFeature {
  const { clusters, accounts, post, log, taxonomy } = deps;
  // The token stands behind `#`: browsers never send that part, so it is in no log of any server.
  const link = (token: string) => `${deps.publicUrl()}/ambassadors/application#${token}`;
  const applications = createApplications(deps);
  const applicant = createApplicant({ applications, forms: createFormTokens(deps), post, link, log });
  const review = createReview({
    applications,
    clusters,
    accounts: accounts.service,
    invitations: accounts.invitations,
    post,
    link,
  });
  const limit = limitByAddress({ name: 'applications', windowMs: HOUR_MS, limit: deps.formsPerHour });
  return {
    routes: ambassadorRoutes({ applicant, review, taxonomy, limit }),
    personalData: createApplicantsData({ ...deps, accounts: accounts.service }),
    clustersChanged: () => applications.rescore(),
    reconcile: () => review.reconcile(),
  };
}
