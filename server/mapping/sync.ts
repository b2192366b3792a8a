import { trusted, type Connection } from 'mongoose';
import { smeModel, type SmeRecord } from '../smes/model.ts';
import { MAPPED_FIELDS, type Catalogue, type MappedSme } from './catalogue.ts';

export interface CatalogueSync {
  /** Reads everything, batch by batch; what is asked meanwhile waits. */
  start(): void;
  /** Resolves once the catalogue holds everything that was acknowledged, by any process, before this was called. */
  fresh(): Promise<void>;
  /** Resolves once nothing of it runs any more. */
  stop(): Promise<void>;
}

const BATCH = 100;
/** A record can be stored a little after the time that it bears, and clocks of processes differ: changes are looked for this far back. */
const OVERLAP_MS = 10_000;

/**
 * Keeps the catalogue of this process as the database is. Each question looks at once what changed since the last look (one read in
 * the order of an index) and whether records are gone (the number of records), so several processes need no word from each other and
 * none goes stale. Questions that come while a look is under way share the next one.
 */
export function createCatalogueSync(deps: { connection: Connection; catalogue: Catalogue }): CatalogueSync {
  const { catalogue } = deps;
  const smes = smeModel(deps.connection);
  let newest = 0;
  /** Records beyond those that are held, as last found: on a sharded cluster the quick count is not exact. */
  let surplus = 0;
  let stopped = false;
  let running: Promise<void> | null = null;
  let next: Promise<void> | null = null;

  function take(records: readonly MappedSme[]): void {
    for (const record of records) {
      catalogue.put(record);
      newest = Math.max(newest, record.updatedAt.getTime());
    }
  }

  async function loadAll(): Promise<void> {
    let after = '';
    while (!stopped) {
      const records: MappedSme[] = await smes
        .find({ _id: trusted({ $gt: after }) }, MAPPED_FIELDS)
        .sort({ _id: 1 })
        .limit(BATCH)
        .lean<MappedSme[]>()
        .exec();
      take(records);
      const last = records.at(-1);
      if (!last) return;
      after = last._id;
    }
  }

  async function readSome(ids: readonly string[]): Promise<void> {
    for (let from = 0; from < ids.length; from += BATCH) {
      const part = ids.slice(from, from + BATCH);
      take(
        await smes
          .find({ _id: trusted({ $in: part }) }, MAPPED_FIELDS)
          .lean<MappedSme[]>()
          .exec(),
      );
    }
  }

  async function look(): Promise<void> {
    if (newest === 0) await loadAll();
    const changed = await smes
      .find({ updatedAt: trusted({ $gte: new Date(newest - OVERLAP_MS) }) }, { version: 1 })
      .lean<Pick<SmeRecord, '_id' | 'version'>[]>()
      .exec();
    await readSome(
      changed.filter(({ _id, version }) => catalogue.versionOf(_id) !== version).map(({ _id }) => _id),
    );
    const count = await smes.estimatedDocumentCount().exec();
    if (count - catalogue.smeCount !== surplus) await compareIds();
  }

  /** Something is gone, or was written before the overlap: all ids are compared. */
  async function compareIds(): Promise<void> {
    const records = await smes.find({}, { version: 1 }).lean<Pick<SmeRecord, '_id' | 'version'>[]>().exec();
    const there = new Map(records.map(({ _id, version }) => [_id, version]));
    for (const id of [...catalogue.smeIds()]) if (!there.has(id)) catalogue.remove(id);
    await readSome([...there].flatMap(([id, version]) => (catalogue.versionOf(id) === version ? [] : [id])));
    surplus = (await smes.estimatedDocumentCount().exec()) - catalogue.smeCount;
  }

  function begin(): Promise<void> {
    const run = look().finally(() => {
      if (running === run) running = null;
    });
    running = run;
    return run;
  }

  function fresh(): Promise<void> {
    if (running === null) return begin();
    // What runs may have begun before the change that the caller knows of.
    next ??= running
      .catch(() => undefined)
      .then(() => {
        next = null;
        return begin();
      });
    return next;
  }

  return {
    start() {
      // A failure is told to the first who asks, who looks again.
      fresh().catch(() => undefined);
    },
    fresh,
    async stop() {
      stopped = true;
      await (next ?? running)?.catch(() => undefined);
    },
  };
}
