import type { Connection } from 'mongoose';
import { DEFAULT_WEIGHTS } from '../../matching/weights.ts';
import { createAudit } from '../../server/audit/audit.ts';
import { createCallService } from '../../server/calls/service.ts';
import { createClusterService } from '../../server/clusters/service.ts';
import { createImportService } from '../../server/imports/service.ts';
import type { Progress } from '../../server/live/protocol.ts';
import { createSmeDirectory } from '../../server/smes/directory.ts';
import { createSmeService } from '../../server/smes/service.ts';
import { ensureIndexes } from '../../server/storage/connect.ts';
import { createTaxonomyService } from '../../server/taxonomy/service.ts';

/**
 * The services that an import needs, without a server around them. A server that runs on the same database sees the new SMEs by the time
 * of their last change, so nobody has to be told here.
 */
export async function importServices(
  connection: Connection,
  told: { progress: (progress: Progress) => void; fault: (message: string) => void },
) {
  const clock = () => new Date();
  const log = {
    info: () => undefined,
    error: (fields: object, message: string) => {
      const cause = 'err' in fields && fields.err instanceof Error ? `: ${fields.err.message}` : '';
      told.fault(`${message}${cause}`);
    },
  };
  const taxonomy = createTaxonomyService();
  const audit = createAudit({ connection, clock });
  const directory = createSmeDirectory(connection);
  const clusters = createClusterService({ connection, clock, taxonomy, audit, members: directory });
  const nothing = () => Promise.resolve();
  const calls = createCallService({
    connection,
    clock,
    log,
    taxonomy,
    audit,
    changed: nothing,
  });
  const smes = createSmeService({
    connection,
    clock,
    log,
    audit,
    taxonomy,
    calls,
    clusters,
    directory,
    neighbours: {
      matcher: { profilesChanged: nothing },
      weights: () => Promise.resolve(DEFAULT_WEIGHTS),
      suggestionCounts: () => Promise.resolve(new Map()),
      accountStates: () => Promise.resolve(new Map()),
      changed: nothing,
      withdraw: nothing,
      disclosesContact: () => Promise.resolve(false),
      membersChanged: nothing,
    },
  });
  const live = {
    notify: nothing,
    progress: (_account: string, progress: Progress) => {
      told.progress(progress);
    },
  };
  const imports = createImportService({ connection, clock, log, audit, taxonomy, clusters, smes, live });
  await ensureIndexes(connection);
  await calls.start();
  await clusters.seedClusters();
  return { clusters, imports };
}
