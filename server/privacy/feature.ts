import type { Connection } from 'mongoose';
import type { Logger } from 'pino';
import type { AccountsFeature } from '../accounts/feature.ts';
import type { Viewer } from '../accounts/viewer.ts';
import type { Audit } from '../audit/audit.ts';
import { invalidField } from '../http/errors.ts';
import type { Route } from '../http/route.ts';
import type { Sessions } from '../http/sessions.ts';
import type { Task } from '../jobs/service.ts';
import { createConsentService, type ConsentService } from './consents.ts';
import { createErasures } from './erasure.ts';
import type { PersonalData } from './personal-data.ts';
import { createRetention, type KeptByFeature } from './retention.ts';
import { privacyRoutes } from './routes.ts';
import { createPrivacyService } from './service.ts';
import { retentionTask } from './task.ts';

export interface PrivacyDeps {
  readonly connection: Connection;
  readonly clock: () => Date;
  readonly log: Logger;
  readonly audit: Audit;
  readonly sessions: Pick<Sessions, 'cookieName'>;
  readonly accounts: Pick<AccountsFeature, 'service' | 'passwordService' | 'signIn'>;
  /** What every feature keeps about people, in the order of erasing. */
  readonly personalData: () => readonly PersonalData[];
  /** What features let go of each night by themselves. */
  readonly kept: () => readonly KeptByFeature[];
  /** Whose member an SME is; null: nobody's, or it is gone. */
  readonly clusterOf: (smeId: string) => Promise<string | null>;
  /** A member of this cluster was erased. */
  readonly erased: (clusterId: string | null) => Promise<void>;
  /** An SME may be matched from now on, or no longer. */
  readonly matchingChanged: (smeId: string) => Promise<void>;
}

/** Privacy, put together. */
export interface Privacy {
  readonly consents: ConsentService;
  readonly routes: readonly Route[];
  readonly task: Task;
  /** An SME goes, from every feature, with all its accounts. */
  eraseSme(by: Viewer, smeId: string): Promise<void>;
  /** Finishes erasures that a crash cut short. */
  resume(): Promise<void>;
}

export function createPrivacy(deps: PrivacyDeps): Privacy {
  const { connection, clock, audit, accounts, personalData } = deps;
  const erasures = createErasures({ connection, clock, log: deps.log, audit, personalData });
  const retention = createRetention({ connection, clock, audit, byFeatures: deps.kept });
  const consents = createConsentService({
    connection,
    clock,
    audit,
    async answered({ id }, purpose) {
      if (purpose === 'matching') await deps.matchingChanged(id);
    },
  });

  async function withdrawSme(viewer: Viewer, smeId: string) {
    const clusterId = await deps.clusterOf(smeId);
    const { _id, counts } = await erasures.run({ kind: 'sme', id: smeId }, viewer);
    await deps.erased(clusterId);
    return { id: _id, counts };
  }
  const service = createPrivacyService({
    clock,
    audit,
    personalData,
    erasures,
    accounts: accounts.service,
    withdrawSme,
  });

  return {
    consents,
    routes: privacyRoutes({
      consents,
      privacy: service,
      retention,
      async confirmPassword(accountId, password, req) {
        const right = await accounts.passwordService.confirm(accountId, password, req.ip ?? 'unknown');
        if (!right) throw invalidField('password', 'is not your password');
      },
      async signOut(req, res) {
        await accounts.signIn.end(req);
        res
          .clearCookie(deps.sessions.cookieName, { path: '/' })
          .set('Clear-Site-Data', '"cookies", "storage"');
      },
    }),
    task: retentionTask(retention),
    async eraseSme(by, smeId) {
      await withdrawSme(by, smeId);
    },
    resume: () => erasures.resume(),
  };
}
