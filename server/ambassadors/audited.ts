import { trusted, type Connection } from 'mongoose';
import type { AuditedState, AuditedThings } from '../audit/audit.ts';
import { applicationModel, type ApplicationRecord } from './model.ts';

/** An application as the audit log keeps it; who sent it stays out. */
export function applicationState(application: ApplicationRecord): AuditedState {
  const { name, country, region, state, score, reviewerId, clusterId, consentVersion } = application;
  return {
    name,
    country,
    region,
    state,
    score,
    reviewerId,
    clusterId,
    consentVersion,
    version: application.version,
  };
}

/** Every application that reached the queue, for the comparison with the log. */
export function auditedApplications(connection: Connection): AuditedThings {
  return {
    kind: 'application',
    async states() {
      const all = await applicationModel(connection)
        .find({ state: trusted({ $ne: 'unconfirmed' }) })
        .lean<ApplicationRecord[]>()
        .exec();
      return new Map(all.map((application) => [application._id, applicationState(application)]));
    },
  };
}
