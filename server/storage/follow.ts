import { trusted, type Model, type QueryFilter } from 'mongoose';

/** A record whose every change shows: its version grows and its time is of the change. The model needs an index that begins with `updatedAt`. */
export interface Followed {
  _id: string;
  version: number;
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
}

type Stamp = Pick<Followed, '_id' | 'version'>;

const BATCH = 1_000;
/** A record can be stored a little after the time that it bears, and clocks of processes differ: changes are looked for this far back. */
const OVERLAP_MS = 10_000;

/**
 * Keeps a copy of some fields of all records in the memory of this process as the database is. Each look asks what changed since the last one
 * (one read in the order of an index) and how many there are: two commands, however many records, and no word from other processes. What is
 * asked while a look is under way shares the next one, as that one may have begun before a change that the asker knows of.
 */
export function followRecords<T extends Followed, Field extends keyof T>(
  model: Model<T>,
  fields: readonly Field[],
  copy: Copy<Pick<T, Field | '_id'>>,
): Follower {
  const projection = Object.fromEntries([...fields, 'version', 'updatedAt'].map((field) => [field, 1]));
  const versions = new Map<string, number>();
  let newest = 0;
  /** Records beyond those that are held, as last found: on a sharded cluster the quick count is not exact. */
  let surplus = 0;
  let running: Promise<void> | null = null;
  let next: Promise<void> | null = null;

  async function take(condition: Record<string, unknown>): Promise<void> {
    // The condition names only fields that every followed record has.
    const found = model
      .find(condition as QueryFilter<T>, projection)
      .lean<T[]>()
      .cursor({ batchSize: BATCH });
    // The cursor gives one record of the list at a time, which its typings do not know.
    for await (const record of found as AsyncIterable<T>) {
      newest = Math.max(newest, record.updatedAt.getTime());
      if (versions.get(record._id) === record.version) continue;
      versions.set(record._id, record.version);
      copy.put(record);
    }
  }

  async function look(): Promise<void> {
    await take(newest === 0 ? {} : { updatedAt: trusted({ $gte: new Date(newest - OVERLAP_MS) }) });
    const count = await model.estimatedDocumentCount().exec();
    if (count - versions.size !== surplus) await compare();
  }

  /** Something is gone, or was written before the overlap: all ids are compared. */
  async function compare(): Promise<void> {
    const stamps = await model.find({}, { version: 1 }).lean<Stamp[]>().exec();
    const there = new Map(stamps.map(({ _id, version }) => [_id, version]));
    for (const id of [...versions.keys()]) {
      if (there.has(id)) continue;
      versions.delete(id);
      copy.remove(id);
    }
    const changed = [...there].flatMap(([id, version]) => (versions.get(id) === version ? [] : [id]));
    for (let from = 0; from < changed.length; from += BATCH) {
      await take({ _id: trusted({ $in: changed.slice(from, from + BATCH) }) });
    }
    surplus = (await model.estimatedDocumentCount().exec()) - versions.size;
  }

  function begin(): Promise<void> {
    const run = look().finally(() => {
      if (running === run) running = null;
    });
    running = run;
    return run;
  }

  return {
    fresh() {
      if (running === null) return begin();
      next ??= running
        // Its own askers are told of its failure.
        .catch(() => undefined)
        .then(() => {
          next = null;
          return begin();
        });
      return next;
    },
  };
}
