import { trusted, type Connection } from 'mongoose';
import { smeModel, type SmeRecord } from '../smes/model.ts';

/** One solution or need, as far as it counts here. */
export interface PoolItem {
  readonly capabilities: readonly string[];
  readonly fields: readonly string[];
}

/** What coverage counts of an SME: nothing that is confidential. */
export interface PoolSme {
  readonly country: string;
  readonly city: string | null;
  readonly clusterId: string | null;
  readonly offers: readonly PoolItem[];
  readonly needs: readonly PoolItem[];
}

export interface Pool {
  readonly smes: ReadonlyMap<string, PoolSme>;
  /** Grows with each change: what was worked out for a generation holds for it. */
  readonly generation: number;
}

type Read = Pick<SmeRecord, '_id' | 'country' | 'city' | 'clusterId' | 'solutions' | 'needs' | 'updatedAt'>;

const FIELDS = {
  country: 1,
  city: 1,
  clusterId: 1,
  updatedAt: 1,
  // Whole: the embedded database projects whole fields only.
  solutions: 1,
  needs: 1,
} as const;
/** Other servers' clocks may be behind ours by so much: changes are asked for from that much before the newest one seen. */
const SKEW_MS = 60_000;
const BATCH = 1_000;

const itemOf = ({ capabilities, fields }: PoolItem): PoolItem => ({ capabilities, fields });

/**
 * The SMEs as coverage needs them, kept in memory and brought up to date when they are asked for: one query by the index on `updatedAt` for
 * what changed, and a count that tells whether one was removed. Only then everything is read again. It holds however many servers write.
 */
export function createPool(connection: Connection): { current(): Promise<Pool> } {
  const records = smeModel(connection);
  let smes = new Map<string, PoolSme>();
  let seen = new Map<string, number>();
  let newest = 0;
  let generation = 0;
  let running: Promise<Pool> | null = null;

  /** Takes in the SMEs that changed since this moment; answers whether there were any. */
  async function readSince(since: Date | null): Promise<void> {
    const changed = records
      .find(since === null ? {} : { updatedAt: trusted({ $gte: since }) }, FIELDS)
      .lean<Read[]>()
      .cursor({ batchSize: BATCH });
    let news = false;
    // The cursor gives one record of the list at a time, which its typings do not know.
    for await (const sme of changed as AsyncIterable<Read>) {
      const at = sme.updatedAt.getTime();
      if (seen.get(sme._id) === at && at < newest) continue;
      seen.set(sme._id, at);
      newest = Math.max(newest, at);
      smes.set(sme._id, {
        country: sme.country,
        city: sme.city,
        clusterId: sme.clusterId,
        offers: sme.solutions.map(itemOf),
        needs: sme.needs.map(itemOf),
      });
      news = true;
    }
    if (news) generation += 1;
  }

  async function refresh(): Promise<Pool> {
    await readSince(newest === 0 ? null : new Date(newest - SKEW_MS));
    const count = await records.estimatedDocumentCount().exec();
    if (count !== smes.size) {
      smes = new Map();
      seen = new Map();
      newest = 0;
      await readSince(null);
      generation += 1;
    }
    return { smes, generation };
  }

  return {
    current() {
      running ??= refresh().finally(() => {
        running = null;
      });
      return running;
    },
  };
}
