import type { Connection } from 'mongoose';
import { DEFAULT_WEIGHTS } from '../../../matching/weights.ts';
import type { Viewer } from '../../../server/accounts/viewer.ts';
import { createAudit } from '../../../server/audit/audit.ts';
import { createCallService } from '../../../server/calls/service.ts';
import { createClusterService } from '../../../server/clusters/service.ts';
import type { Live } from '../../../server/live/live.ts';
import { smeInputSchema, type SmeInput } from '../../../server/smes/schema.ts';
import { createSmeDirectory } from '../../../server/smes/directory.ts';
import { createSmeService } from '../../../server/smes/service.ts';
import { ensureIndexes } from '../../../server/storage/connect.ts';
import { createTaxonomyService } from '../../../server/taxonomy/service.ts';

export const taxonomy = createTaxonomyService();
export const NOW = new Date('2026-11-22T10:00:00.000Z');

export const staff: Viewer = { id: 'staff1', name: 'Staff', role: 'staff', clusterId: null, smeId: null };
export const demand: Viewer = { id: 'demand1', name: 'City', role: 'demand', clusterId: null, smeId: null };
export const clusterViewer = (clusterId: string): Viewer => ({
  id: `account-${clusterId}`,
  name: 'Cluster',
  role: 'cluster',
  clusterId,
  smeId: null,
});
export const smeViewer = (smeId: string): Viewer => ({
  id: `account-${smeId}`,
  name: 'SME',
  role: 'sme',
  clusterId: null,
  smeId,
});

/** A profile with only what must be there, and what a test adds. */
export function smeInput(overrides: Partial<Record<keyof SmeInput, unknown>> = {}): SmeInput {
  return smeInputSchema.parse({ name: 'Acme Security SAS', country: 'FR', ...overrides });
}

/** What the services told their neighbours. */
export interface Heard {
  readonly matcher: { ids: readonly string[]; cause: string }[];
  readonly withdrawn: string[];
  readonly changed: string[];
  readonly notices: { accounts: readonly string[]; kind: string; state?: string }[];
  readonly progress: number[];
}

/** Clusters and SMEs on a database, with neighbours that only write down what they hear. */
export async function createStack(connection: Connection, clock: () => Date = () => NOW) {
  const heard: Heard = { matcher: [], withdrawn: [], changed: [], notices: [], progress: [] };
  const logged: string[] = [];
  const audit = createAudit({ connection, clock });
  const directory = createSmeDirectory(connection);
  const clusters = createClusterService({ connection, clock, taxonomy, audit, members: directory });
  const calls = createCallService({
    connection,
    clock,
    log: { info: () => undefined, error: (_fields: object, message: string) => logged.push(message) },
    taxonomy,
    audit,
    changed: () => Promise.resolve(),
  });
  const smes = createSmeService({
    connection,
    clock,
    log: { error: (_fields, message) => logged.push(message) },
    audit,
    taxonomy,
    calls,
    clusters,
    directory,
    neighbours: {
      matcher: {
        profilesChanged: (ids, cause) => {
          heard.matcher.push({ ids, cause });
          return Promise.resolve();
        },
      },
      weights: () => Promise.resolve(DEFAULT_WEIGHTS),
      suggestionCounts: (ids) => Promise.resolve(new Map(ids.map((id) => [id, 10]))),
      accountStates: () => Promise.resolve(new Map()),
      changed: ({ id }) => {
        heard.changed.push(id);
        return Promise.resolve();
      },
      disclosesContact: () => Promise.resolve(true),
      withdraw: async (_by, { id }) => {
        heard.withdrawn.push(id);
        await smes.remove(id);
        return Promise.resolve();
      },
      membersChanged: () => Promise.resolve(),
    },
  });
  const live: Pick<Live, 'notify' | 'progress'> = {
    notify: (accounts, notice) => {
      heard.notices.push({
        accounts,
        kind: notice.kind,
        ...(notice.kind === 'import' ? { state: notice.state } : {}),
      });
      return Promise.resolve();
    },
    progress: (_account, { done }) => heard.progress.push(done),
  };
  await ensureIndexes(connection);
  await calls.start();
  await clusters.seedClusters();
  return { audit, calls, clusters, smes, heard, logged, live };
}
