import { trusted, type Model } from 'mongoose';
import type { ClusterService } from '../clusters/service.ts';
import { someAlong } from '../storage/read-along.ts';
import { remembered, type Remembered } from '../storage/remembered.ts';
import type { SmeRecord } from './model.ts';
import { presentCard } from './present.ts';
import type { SmeCard } from './schema.ts';

/** A card may be as old as this where another process changed its SME. */
const CARDS_MS = 1_000;
/** What no card shows. */
const UNSHOWN = { needs: 0, confidential: 0, declaration: 0, projects: 0, conflicts: 0, searchName: 0 };
/** More cards than these are not kept at once: some 20 MB. */
const KEPT_MOST = 20_000;

interface Kept {
  readonly version: number;
  readonly card: SmeCard;
}

type Stamp = Pick<SmeRecord, '_id' | 'version'>;

/** The same object where the name is the same. */
const withClusterName = (card: SmeCard, clusterName: string | null): SmeCard =>
  card.clusterName === clusterName ? card : { ...card, clusterName };

/**
 * Cards by id, for lists that are shown by the hundred. Most SMEs are as they were: only their versions are read, and the records of those
 * that have another one. A card that did not change stays the same object.
 */
export function createCards(options: {
  readonly smes: Model<SmeRecord>;
  readonly clusterNames: ClusterService['names'];
  /** Milliseconds that only grow; injected in tests. */
  readonly now?: () => number;
}): Remembered<SmeCard> {
  const { smes, clusterNames } = options;
  const kept = new Map<string, Kept>();

  async function readStamps(ids: readonly string[]): Promise<Stamp[]> {
    return someAlong<Stamp>(smes, ids, { version: 1 });
  }

  async function readRecords(ids: readonly string[]): Promise<SmeRecord[]> {
    if (ids.length === 0) return [];
    return smes
      .find({ _id: trusted({ $in: [...ids] }) }, UNSHOWN)
      .batchSize(ids.length)
      .lean<SmeRecord[]>()
      .exec();
  }

  async function read(ids: readonly string[]): Promise<Map<string, SmeCard>> {
    const stamps = await readStamps(ids);
    // Taken out before others are waited for, as they may be dropped meanwhile.
    const standing = stamps.flatMap(({ _id, version }) => {
      const one = kept.get(_id);
      return one?.version === version ? one : [];
    });
    const asTheyWere = new Set(standing.map(({ card }) => card.id));
    const changed = stamps.flatMap(({ _id }) => (asTheyWere.has(_id) ? [] : _id));
    const records = await readRecords(changed);
    const clusterIds = [...standing.map(({ card }) => card), ...records].flatMap(
      ({ clusterId }) => clusterId ?? [],
    );
    const names = await clusterNames(clusterIds);
    const nameOf = (clusterId: string | null): string | null => names.get(clusterId ?? '') ?? null;
    const now: Kept[] = [
      ...standing.map(({ version, card }) => ({
        version,
        card: withClusterName(card, nameOf(card.clusterId)),
      })),
      ...records.map((record) => ({
        version: record.version,
        card: presentCard(record, nameOf(record.clusterId)),
      })),
    ];
    if (kept.size + records.length > KEPT_MOST) kept.clear();
    for (const one of now) kept.set(one.card.id, one);
    return new Map(now.map(({ card }) => [card.id, card]));
  }

  return remembered({ forMs: CARDS_MS, read, ...(options.now ? { now: options.now } : {}) });
}
