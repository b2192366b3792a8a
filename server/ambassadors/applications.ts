import { trusted, type Connection } from 'mongoose';
import { linkNotValid } from '../accounts/links.ts';
import { hashToken } from '../accounts/tokens.ts';
import type { AuditEntry, Audit } from '../audit/audit.ts';
import type { ClusterOutline, ClusterService } from '../clusters/service.ts';
import { consortiumPartners } from '../clusters/seed.ts';
import { conflict, invalidField } from '../http/errors.ts';
import { searchName } from '../smes/search-name.ts';
import type { TaxonomyService } from '../taxonomy/service.ts';
import { applicationState } from './audited.ts';
import { loadCriteria } from './criteria.ts';
import { applicationModel, type ApplicationRecord } from './model.ts';
import type { ApplicationInput, ApplicationState, ApplicationView } from './schema.ts';
import { scoreApplication, type ScoredFacts, type Situation } from './score.ts';

/** States in which an application waits for somebody. */
export const OPEN_STATES = ['submitted', 'more-asked'] as const satisfies readonly ApplicationState[];

export interface ApplicationsDeps {
  readonly connection: Connection;
  readonly clock: () => Date;
  readonly audit: Audit;
  readonly taxonomy: Pick<TaxonomyService, 'knowsCountry' | 'countryName'>;
  readonly clusters: Pick<ClusterService, 'outlines'>;
}

export type Applications = ReturnType<typeof createApplications>;

/** Host of a web address without `www.`, to recognise an organisation by. */
function hostOf(website: string): string {
  return (
    website
      .replace(/^https?:\/\//i, '')
      .split(/[/?:]/)[0]
      ?.replace(/^www\./i, '')
      .toLowerCase() ?? ''
  );
}

/** The key that two open applications of the same cluster would share. */
export const openKeyOf = ({ country, name }: Pick<ApplicationInput, 'country' | 'name'>): string =>
  `open:${country}:${searchName(name)}`;

/** What both sides of an application, its sender and the team, need of the stored ones. */
export function createApplications({ connection, clock, audit, taxonomy, clusters }: ApplicationsDeps) {
  const records = applicationModel(connection);
  const criteria = loadCriteria();
  const partnerCountries = new Set(consortiumPartners().map(({ country }) => country));

  /** Clusters that are with us now: those that left cover nothing. */
  async function present(): Promise<readonly ClusterOutline[]> {
    return (await clusters.outlines()).filter(({ left }) => !left);
  }

  async function situation(): Promise<Situation> {
    const regions = new Map<string, (string | null)[]>();
    for (const { country, region } of await present()) {
      regions.set(country, [...(regions.get(country) ?? []), region]);
    }
    return { partnerCountries, regions, countryName: (code) => taxonomy.countryName(code) };
  }

  function scoreFields(facts: ScoredFacts, now: Situation) {
    const { points, max, parts } = scoreApplication(facts, now, criteria);
    return { score: points, scoreMax: max, parts: [...parts] };
  }

  /** Why a cluster looks like the applicant; null: it does not. */
  function clusterLikeness(cluster: ClusterOutline, application: ApplicationRecord): string | null {
    if (cluster.country === application.country && searchName(cluster.name) === application.searchName)
      return cluster.left ? 'same name; left' : 'same name';
    if (cluster.website !== null && hostOf(cluster.website) === application.host)
      return cluster.left ? 'same web address; left' : 'same web address';
    return null;
  }

  return {
    records,

    /** The application behind a link. @throws HttpProblem 410 */
    async byToken(token: string): Promise<ApplicationRecord> {
      const found = await records
        .findOne({ tokenHash: hashToken(token) })
        .lean<ApplicationRecord>()
        .exec();
      if (found === null) throw linkNotValid();
      return found;
    },

    /** What is stored of the form's fields, with the score as of now. @throws HttpProblem 400, 409 the cluster is with us already */
    async fieldsOf(input: ApplicationInput) {
      if (!taxonomy.knowsCountry(input.country)) {
        throw invalidField(
          'application.country',
          `'${input.country}' is not one of the countries of the form`,
        );
      }
      const name = searchName(input.name);
      const known = await present();
      if (known.some((cluster) => cluster.country === input.country && searchName(cluster.name) === name)) {
        throw conflict(
          'cluster-known',
          `${input.name} is a cluster of the project already. Ask its people, or the project's team, to invite you.`,
        );
      }
      return {
        ...input,
        searchName: name,
        host: hostOf(input.website),
        ...scoreFields(input, await situation()),
      };
    },

    /** Brings the scores of open applications up to date after clusters came or went. */
    async rescore(): Promise<void> {
      const open = await records
        .find({ state: trusted({ $in: [...OPEN_STATES] }) })
        .lean<ApplicationRecord[]>()
        .exec();
      const now = await situation();
      for (const application of open) {
        const fields = scoreFields(application, now);
        if (fields.parts.every(({ reason }, at) => reason === application.parts[at]?.reason)) continue;
        const after = await records
          .findOneAndUpdate(
            { _id: application._id, version: application.version },
            { $set: fields, $inc: { version: 1 } },
            { returnDocument: 'after' },
          )
          .lean<ApplicationRecord>()
          .exec();
        // Changed in between: whoever changed it worked the score out anew.
        if (after === null) continue;
        await audit.record({
          actor: 'system',
          action: 'application.rescore',
          thing: { kind: 'application', id: after._id },
          before: applicationState(application),
          after: applicationState(after),
        });
      }
    },

    /** Clusters and other applications that may be the same organisation. */
    async alike(application: ApplicationRecord): Promise<ApplicationView['alike']> {
      const [known, others] = await Promise.all([
        clusters.outlines(),
        records
          .find({
            _id: trusted({ $ne: application._id }),
            state: trusted({ $ne: 'unconfirmed' }),
            $or: [{ host: application.host }, { searchName: application.searchName }],
          })
          .sort({ _id: -1 })
          .limit(10)
          .lean<ApplicationRecord[]>()
          .exec(),
      ]);
      return [
        ...known.flatMap((cluster) => {
          const why = clusterLikeness(cluster, application);
          // The cluster that came of this application is not a double of it.
          if (why === null || cluster.id === application.clusterId) return [];
          return { kind: 'cluster' as const, id: cluster.id, name: cluster.name, why };
        }),
        ...others.map(({ _id: id, name, host }) => ({
          kind: 'application' as const,
          id,
          name,
          why: host === application.host ? 'same web address' : 'same name',
        })),
      ];
    },

    /** Writes a decision into the audit log. */
    note(
      actor: AuditEntry['actor'],
      action: string,
      before: ApplicationRecord | null,
      after: ApplicationRecord,
    ): Promise<void> {
      return audit.record({
        actor,
        action: `application.${action}`,
        thing: { kind: 'application', id: after._id },
        before: before && applicationState(before),
        after: applicationState(after),
        ...(after.decisionReason === '' || action === 'change' ? {} : { reason: after.decisionReason }),
      });
    },

    now: clock,
  };
}
