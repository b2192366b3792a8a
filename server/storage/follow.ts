import { trusted, type Model, type QueryFilter } from 'mongoose';
import { lookAt, type Grows, type Seen, type Stamp } from './look-out.ts';
import { sharedNext } from './shared-next.ts';

/**
 * A record whose every change shows: its time is of the change, and a number of it grows, `version` where no other is named. The model needs
 * an index that begins with `updatedAt`.
 */
export interface Followed {
  _id: string;
  updatedAt: Date;
}

/** What a copy in memory is told. */
export interface Copy<Read> {
  /** This record is there, or is now like this. */
  put(record: Read): void;
  /** This record is gone. */
  remove(id: string): void;
}

export interface Follower {
  /** Resolves once the copy holds everything that was acknowledged, by any process, before this was called. */
  fresh(): Promise<void>;
  /** Reads no further batch, and resolves once nothing of it runs any more; who waits is told that it has ended. */
  stop(): Promise<void>;
}

export interface FollowOptions {
  /** The number that grows with each change. */
  readonly grows?: Grows;
  /** What is read with each look, before the records. */
  readonly first?: () => Promise<void>;
  /** Milliseconds that only grow; injected in tests. */
  readonly now?: () => number;
}

/** Records read at a time; between two batches others have their turn. */
const BATCH = 100;
const ended = (): Error => new Error('This copy of the database is not kept any more.');
/** A record can be stored a little after the time that it bears, and clocks of processes differ: changes are looked for this far back. */
const OVERLAP_MS = 10_000;

/**
 * Keeps a copy of some fields of all records in the memory of this process as the database is. Each look asks what changed since the last one
 * and how many there are: one command for all copies that look at the same time, however many records, and no word from other processes.
 */
export function followRecords<T extends Followed, Field extends keyof T>(
  model: Model<T>,
  fields: readonly Field[],
  copy: Copy<Pick<T, Field | '_id'>>,
  { first, grows = 'version', now = () => performance.now() }: FollowOptions = {},
): Follower {
  const stamp = { [grows]: 1, updatedAt: 1 };
  const projection = { ...Object.fromEntries(fields.map((field) => [field, 1])), ...stamp };
  const versionOf = (record: Stamp): number => record[grows] ?? 0;
  const versions = new Map<string, number>();
  let loaded = false;
  /** The newest time that a record bears, and since when it has been the newest. */
  let newest = 0;
  let newestSince = 0;
  /** Records beyond those that are held, as last found: on a sharded cluster the quick count is not exact. */
  let surplus = 0;
  let stopped = false;
  let last: Promise<void> | null = null;

  function read(condition: Record<string, unknown>, shown: Record<string, unknown>): Promise<T[]> {
    if (stopped) throw ended();
    // The condition names only fields that every followed record has.
    return model
      .find(condition as QueryFilter<T>, shown)
      .sort({ _id: 1 })
      .limit(BATCH)
      .lean<T[]>()
      .exec();
  }

  function take(records: readonly T[]): void {
    for (const record of records) {
      if (versions.get(record._id) === versionOf(record)) continue;
      versions.set(record._id, versionOf(record));
      copy.put(record);
    }
  }

  function seen(stamps: readonly Stamp[]): void {
    const latest = stamps.reduce((most, { updatedAt }) => Math.max(most, updatedAt.getTime()), newest);
    if (latest > newest) [newest, newestSince] = [latest, now()];
  }

  async function takeAll(): Promise<void> {
    // Noted before, as records can change after they were read: what is newer than this is compared once more.
    const latest = await model.find({}, stamp).sort({ updatedAt: -1 }).limit(1).lean<Stamp[]>().exec();
    seen(latest);
    let after = '';
    for (let full = true; full;) {
      const records = await read({ _id: trusted({ $gt: after }) }, projection);
      take(records);
      after = records.at(-1)?._id ?? after;
      full = records.length === BATCH;
    }
    loaded = true;
  }

  async function takeSome(ids: readonly string[]): Promise<void> {
    for (let from = 0; from < ids.length; from += BATCH) {
      take(await read({ _id: trusted({ $in: ids.slice(from, from + BATCH) }) }, projection));
    }
  }

  function lookSince(since: Date): Promise<Seen> {
    if (stopped) throw ended();
    return lookAt(model.db, { collection: model.collection.collectionName, grows, since });
  }

  const changedOf = (stamps: readonly Stamp[]): string[] =>
    stamps.filter((one) => versions.get(one._id) !== versionOf(one)).map(({ _id }) => _id);

  /** Takes what changed; answers with how many records there are. */
  async function takeChanges(): Promise<number> {
    // After a quiet while nothing can come any more that is older than the newest. What was taken in at one go is not compared for ever.
    const back = now() - newestSince > 2 * OVERLAP_MS ? 0 : OVERLAP_MS;
    const { stamps, count } = await lookSince(new Date(newest - back));
    await takeSome(changedOf(stamps));
    seen(stamps);
    return count;
  }

  async function look(): Promise<void> {
    await first?.();
    if (!loaded) await takeAll();
    const count = await takeChanges();
    if (count - versions.size !== surplus) await compare();
  }

  /** Something is gone, or was written before the overlap: all ids are compared. */
  async function compare(): Promise<void> {
    const stamps = await model.find({}, stamp).lean<Stamp[]>().exec();
    const there = new Set(stamps.map(({ _id }) => _id));
    for (const id of [...versions.keys()]) {
      if (there.has(id)) continue;
      versions.delete(id);
      copy.remove(id);
    }
    await takeSome(changedOf(stamps));
    surplus = (await model.estimatedDocumentCount().exec()) - versions.size;
  }

  const lookOnce = sharedNext(look);

  return {
    fresh: () => (last = lookOnce()),
    async stop() {
      stopped = true;
      // Whoever waits for it is told of its failure.
      await last?.catch(() => undefined);
    },
  };
}
