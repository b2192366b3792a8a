import { trusted, type Connection, type QueryFilter } from 'mongoose';
import type { Viewer } from '../../accounts/viewer.ts';
import { smeModel, type SmeRecord } from '../../smes/model.ts';
import { restOfTask } from '../../rest-of-task.ts';
import { batched } from '../../storage/batched.ts';
import { someAlong } from '../../storage/read-along.ts';
import type { EventRecord } from '../model.ts';

/** What is known of an invited SME without reading its profile. */
export type InvitedSme = Pick<SmeRecord, '_id' | 'name' | 'searchName' | 'country' | 'clusterId'>;

/** Who is invited to events. */
export interface Invited {
  /** All of an event, by name; may be a moment old, see `forget`. */
  all(event: Pick<EventRecord, 'invited'>): Promise<readonly InvitedSme[]>;
  /** SMEs came, changed or went: they are read anew. */
  forget(): void;
  /** Those of them that are members of this cluster, by name. */
  ofCluster(event: Pick<EventRecord, 'invited'>, clusterId: string): Promise<InvitedSme[]>;
  includes(event: Pick<EventRecord, 'invited'>, smeId: string): Promise<boolean>;
  /** Tells of many events whether this SME is invited to them, for one look at it. */
  inviting(smeId: string): Promise<(event: Pick<EventRecord, 'invited'>) => boolean>;
}

type Place = Pick<SmeRecord, '_id' | 'country' | 'clusterId'>;

const FIELDS = { name: 1, searchName: 1, country: 1, clusterId: 1 };

/** Everybody, or those of the clusters and the countries (where both are named, both must fit), and whoever was added by hand. */
function filterOf({ all, clusterIds, countries, smeIds }: EventRecord['invited']): QueryFilter<SmeRecord> {
  if (all) return {};
  const byHand = { _id: trusted({ $in: [...smeIds] }) };
  if (clusterIds.length === 0 && countries.length === 0) return byHand;
  const byKind = {
    ...(clusterIds.length > 0 ? { clusterId: trusted({ $in: [...clusterIds] }) } : {}),
    ...(countries.length > 0 ? { country: trusted({ $in: [...countries] }) } : {}),
  };
  return { $or: [byKind, byHand] };
}

/** The same for one SME. */
function fits({ all, clusterIds, countries, smeIds }: EventRecord['invited'], sme: Place): boolean {
  if (all || smeIds.includes(sme._id)) return true;
  if (clusterIds.length === 0 && countries.length === 0) return false;
  return (
    (clusterIds.length === 0 || (sme.clusterId !== null && clusterIds.includes(sme.clusterId))) &&
    (countries.length === 0 || countries.includes(sme.country))
  );
}

/** Another process may have added or withdrawn SMEs: a list is not older than this. */
const KEPT_MS = 60_000;

export function createInvited(connection: Connection): Invited {
  const smes = smeModel(connection);
  const kept = new Map<string, { found: Promise<InvitedSme[]>; until: number }>();

  /** The whole list of an event is asked for with each arrival, and hardly ever changes. */
  function keptOrRead(invited: EventRecord['invited']): Promise<InvitedSme[]> {
    const key = JSON.stringify(invited);
    const known = kept.get(key);
    if (known && performance.now() < known.until) return known.found;
    const found = find(filterOf(invited));
    kept.set(key, { found, until: performance.now() + KEPT_MS });
    found.catch(() => kept.delete(key));
    return found;
  }

  const find = (filter: QueryFilter<SmeRecord>): Promise<InvitedSme[]> =>
    smes.find(filter, FIELDS).sort({ searchName: 1, _id: 1 }).lean<InvitedSme[]>().exec();

  const places = batched(async (smeIds) => {
    const found = await someAlong<Place>(smes, smeIds, { country: 1, clusterId: 1 });
    return new Map(found.map((sme) => [sme._id, sme]));
  }, restOfTask);

  const inviting: Invited['inviting'] = async (smeId) => {
    const sme = (await places([smeId])).get(smeId);
    return ({ invited }) => sme !== undefined && fits(invited, sme);
  };

  return {
    all: ({ invited }) => keptOrRead(invited),
    forget() {
      kept.clear();
    },
    ofCluster: ({ invited }, clusterId) => find({ $and: [filterOf(invited), { clusterId }] }),
    includes: async (event, smeId) => (await inviting(smeId))(event),
    inviting,
  };
}

/** Tells of events whether a viewer may see them at all: a draft is for staff, and an SME sees what it is invited to. */
export async function seenBy(viewer: Viewer, invited: Invited): Promise<(event: EventRecord) => boolean> {
  if (viewer.role === 'staff') return () => true;
  if (viewer.role !== 'sme') return ({ state }) => state !== 'draft';
  if (viewer.smeId === null) return () => false;
  const isInvited = await invited.inviting(viewer.smeId);
  return (event) => event.state !== 'draft' && isInvited(event);
}
