import type { Connection } from 'mongoose';
import type { AccountsFeature } from '../accounts/feature.ts';
import type { Audit } from '../audit/audit.ts';
import type { ClusterService } from '../clusters/service.ts';
import type { Route } from '../http/route.ts';
import type { Post } from '../mail/post.ts';
import type { PersonalData } from '../privacy/personal-data.ts';
import type { TaxonomyService } from '../taxonomy/service.ts';
import { consentMail } from '../use-cases/mail.ts';
import { useCasesPersonalData } from '../use-cases/personal-data.ts';
import { useCaseRoutes } from '../use-cases/routes.ts';
import { createUseCaseService } from '../use-cases/service.ts';
import { mappingRoutes } from './routes.ts';
import { createMappingService } from './service.ts';
import { createMappingSettings } from './settings.ts';

export interface MappingFeatureDeps {
  readonly connection: Connection;
  readonly clock: () => Date;
  readonly audit: Audit;
  readonly taxonomy: TaxonomyService;
  readonly clusters: ClusterService;
  readonly accounts: Pick<AccountsFeature, 'service'>;
  readonly post: Post;
  readonly publicUrl: () => string;
}

/** The mapping of security solutions with its use cases, put together. */
export interface MappingFeature {
  readonly routes: readonly Route[];
  /** What use cases keep about an SME: that they name it. */
  readonly personalData: PersonalData;
  /** Reads into memory what is searched there. */
  warm(): Promise<void>;
  stop(): Promise<void>;
}

export function createMappingFeature(deps: MappingFeatureDeps): MappingFeature {
  const { connection, audit, taxonomy, clusters, accounts, post } = deps;
  const settings = createMappingSettings({ connection, clock: deps.clock, audit });
  const useCases = createUseCaseService({
    connection,
    clock: deps.clock,
    audit,
    taxonomy,
    clusters,
    refuseStrangers: (viewer) => settings.refuseStrangers(viewer),
    ask(smeId, useCase) {
      post.prepare(async () => {
        const link = `${deps.publicUrl()}/use-cases/${useCase.id}`;
        for (const id of await accounts.service.accountsOf({ smeId })) {
          const person = await accounts.service.userView(id);
          if (person) post.send(consentMail(person, { ...useCase, link }));
        }
      });
    },
  });
  const mapping = createMappingService({ connection, audit, taxonomy, clusters, settings, useCases });
  return {
    routes: [...mappingRoutes({ mapping, settings, taxonomy }), ...useCaseRoutes(useCases)],
    personalData: useCasesPersonalData({ connection, useCases }),
    warm: () => mapping.warm(),
    stop: () => mapping.stop(),
  };
}
