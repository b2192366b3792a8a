import { trusted, type Connection } from 'mongoose';
import { allowedAmong, answersSince } from '../privacy/standing.ts';
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

type MappedRecord = Omit<MappedSme, 'listedPublicly'>;

const BATCH = 100;
/** A record can be stored a little after the time that it bears, and clocks of processes differ: changes are looked for this far back. */
const OVERLAP_MS = 10_000;

/**
 * Keeps the catalogue of this process as the database is. Each question looks at once what changed since the last look (one read in
 * the order of an index), who agreed to the public mapping or no longer does, and whether records are gone (the number of records), so several processes need no word from each other and
 * none goes stale. Questions that come while a look is under way share the next one.
 */
export function createCatalogueSync(deps: { connection: Connection; catalogue: Catalogue }): CatalogueSync {
  const { catalogue } = deps;
  const smes = smeModel(deps.connection);
  let newest = 0;
  /** When the newest known answer about the public mapping was given. */
  let newestAnswer = 0;
  /** Records beyond those that are held, as last found: on a sharded cluster the quick count is not exact. */
  let surplus = 0;
  let stopped = false;
  let running: Promise<void> | null = null;
  let next: Promise<void> | null = null;

  async function take(records: readonly MappedRecord[]): Promise<void> {
    const agreed = await allowedAmong(
      deps.connection,
      'public-map',
      records.map(({ _id }) => _id),
    );
    for (const record of records) {
      catalogue.put({ ...record, listedPublicly: agreed.has(record._id) });
      newest = Math.max(newest, record.updatedAt.getTime());
    }
  }

  async function loadAll(): Promise<void> {
    let after = '';
    while (!stopped) {
      const records: MappedRecord[] = await smes
        .find({ _id: trusted({ $gt: after }) }, MAPPED_FIELDS)
        .sort({ _id: 1 })
        .limit(BATCH)
        .lean<MappedRecord[]>()
        .exec();
      await take(records);
      const last = records.at(-1);
      if (!last) return;
      after = last._id;
    }
  }

  async function readSome(ids: readonly string[]): Promise<void> {
    for (let from = 0; from < ids.length; from += BATCH) {
      const part = ids.slice(from, from + BATCH);
      await take(
        await smes
          .find({ _id: trusted({ $in: part }) }, MAPPED_FIELDS)
          .lean<MappedRecord[]>()
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
    await readAnswers();
    const count = await smes.estimatedDocumentCount().exec();
    if (count - catalogue.smeCount !== surplus) await compareIds();
  }

  /** Companies that agreed to the public mapping, or took that back: their profile did not change. */
  async function readAnswers(): Promise<void> {
    const since = new Date(newestAnswer - OVERLAP_MS);
    const answers = await answersSince(deps.connection, 'public-map', since);
    await readSome(
      answers.flatMap(({ subjectId, given }) => {
        const known = catalogue.isListedPublicly(subjectId);
        return known === undefined || known === given ? [] : [subjectId];
      }),
    );
    newestAnswer = answers.reduce((latest, { at }) => Math.max(latest, at.getTime()), newestAnswer);
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
