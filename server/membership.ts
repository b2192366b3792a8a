import type { Connection } from 'mongoose';
import type { Logger } from 'pino';
import type { AccountsFeature } from './accounts/feature.ts';
import { createMemberInvitations } from './accounts/member-invitations.ts';
import type { Audit } from './audit/audit.ts';
import type { CallService } from './calls/service.ts';
import { createLeaving } from './clusters/leaving.ts';
import { clusterRoutes } from './clusters/routes.ts';
import { createClusterService, type ClusterService } from './clusters/service.ts';
import type { Route } from './http/route.ts';
import type { Live } from './live/live.ts';
import type { Post } from './mail/post.ts';
import type { Matchmaking } from './matchmaking.ts';
import { allowedAmong } from './privacy/standing.ts';
import { createSmeDirectory, type SmeDirectory } from './smes/directory.ts';
import { createHandOver } from './smes/hand-over.ts';
import type { SmeNeighbours } from './smes/neighbours.ts';
import { smeRoutes } from './smes/routes.ts';
import { createSmeService, type SmeService } from './smes/service.ts';
import type { TaxonomyService } from './taxonomy/service.ts';

export interface MembershipDeps {
  readonly connection: Connection;
  readonly clock: () => Date;
  readonly log: Logger;
  readonly audit: Audit;
  readonly post: Post;
  readonly taxonomy: TaxonomyService;
  readonly calls: CallService;
  readonly accounts: AccountsFeature;
  readonly live: Pick<Live, 'notify' | 'progress'>;
  /** Made later than this: looked up when it is needed. */
  readonly matchmaking: () => Matchmaking;
  /** Hears that SMEs came, changed or went. */
  readonly poolChanged: () => void;
  /** Hears that clusters came, changed or went. */
  readonly clustersChanged: () => Promise<void>;
  /** Erases an SME that withdraws. */
  readonly withdraw: SmeNeighbours['withdraw'];
}

/** Clusters and the SMEs that they register, put together. */
export interface Membership {
  readonly clusters: ClusterService;
  readonly smes: SmeService;
  readonly directory: SmeDirectory;
  readonly routes: readonly Route[];
  /** The people of these clusters hear that their members changed. */
  tellClusters(clusterIds: readonly (string | null)[]): Promise<void>;
  /** Brings to its end what a crash cut off while a cluster was leaving. */
  reconcile(): Promise<void>;
}

export function createMembership(deps: MembershipDeps): Membership {
  const { connection, clock, log, audit, taxonomy, accounts, live, matchmaking } = deps;

  async function tellClusters(clusterIds: readonly (string | null)[]): Promise<void> {
    for (const clusterId of new Set(clusterIds)) {
      if (clusterId === null) continue;
      const people = await accounts.service.accountsOf({ clusterId });
      await live.notify(people, { kind: 'members', clusterId });
    }
  }

  const directory = createSmeDirectory(connection);
  const clusters = createClusterService({
    connection,
    members: directory,
    clock,
    taxonomy,
    audit,
    changed: deps.clustersChanged,
  });
  const smes = createSmeService({
    connection,
    clock,
    log: log.child({ part: 'smes' }),
    audit,
    taxonomy,
    calls: deps.calls,
    clusters,
    directory,
    neighbours: {
      matcher: {
        async profilesChanged(ids, cause) {
          await matchmaking().matcher.profilesChanged(ids, cause);
          deps.poolChanged();
        },
      },
      weights: async () => (await matchmaking().weights.current()).values,
      suggestionCounts: (smeIds) => matchmaking().suggestions.counts(smeIds),
      accountStates: (smeIds) => accounts.accountStates(smeIds),
      changed: async ({ id, clusterId, version }) => {
        const people = await accounts.service.accountsOf({ smeId: id });
        await live.notify(people, { kind: 'profile', smeId: id, version });
        await tellClusters([clusterId]);
      },
      withdraw: deps.withdraw,
      disclosesContact: async (id) => (await allowedAmong(connection, 'contacts', [id])).has(id),
      membersChanged: tellClusters,
    },
  });
  const leaving = createLeaving({
    connection,
    clock,
    log: log.child({ part: 'clusters' }),
    audit,
    post: deps.post,
    live,
    accounts: accounts.service,
    invitations: { ...accounts.invitations, ...createMemberInvitations({ connection, clock }) },
    members: createHandOver({
      connection,
      clock,
      audit,
      async moved(ids, clusterIds) {
        await matchmaking().matcher.profilesChanged(ids, 'pool');
        await tellClusters(clusterIds);
      },
    }),
    left: deps.clustersChanged,
  });

  return {
    clusters,
    smes,
    directory,
    routes: [...clusterRoutes(clusters, leaving), ...smeRoutes(smes)],
    tellClusters,
    reconcile: () => leaving.reconcile(),
  };
}
