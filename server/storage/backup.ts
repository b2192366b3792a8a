/** Backup and restore of a whole database, embedded or not, running or stopped. */
import { readFile } from 'node:fs/promises';
import { type ClientSession, type Collection, type Db, type Document, Long, MongoClient } from 'mongodb';
import { z } from 'zod';
import {
  type BackupCollection,
  type Counts,
  type IndexLine,
  readBackup,
  writeBackup,
} from './backup-file.ts';
import { connectionFile, startEmbedded } from './embedded/start.ts';

/** Which database is meant. */
export interface BackupTarget {
  readonly mongodbUri?: string | undefined;
  readonly dataDir: string;
  /** Name of the database in the embedded server. Default: tandem. */
  readonly database?: string;
}

const batchSize = 1_000;
// values keep their exact BSON types on the way
const exact = { promoteValues: false, promoteLongs: false, promoteBuffers: false, bsonRegExp: true } as const;

/** The target holds documents already. */
export class TargetNotEmptyError extends Error {}

async function readConnectionFile(dataDir: string): Promise<string | undefined> {
  try {
    return (await readFile(connectionFile(dataDir), 'utf8')).trim();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Connects to the embedded server that runs on the folder, if one does. A file left by a killed one is ignored. */
async function runningEmbedded(dataDir: string): Promise<MongoClient | undefined> {
  const uri = await readConnectionFile(dataDir);
  if (uri === undefined) return undefined;
  const client = new MongoClient(uri, { serverSelectionTimeoutMS: 1_000 });
  try {
    return await client.connect();
  } catch {
    await client.close();
    return undefined;
  }
}

/** Opens the database that is meant, gives it to the work, and closes what was opened. */
export async function withDatabase<T>(target: BackupTarget, work: (db: Db) => Promise<T>): Promise<T> {
  const name = target.database ?? 'tandem';
  if (target.mongodbUri !== undefined && target.mongodbUri !== '') {
    const client = await MongoClient.connect(target.mongodbUri, { serverSelectionTimeoutMS: 5_000 });
    return work(client.db()).finally(() => client.close());
  }
  const running = await runningEmbedded(target.dataDir);
  if (running) return work(running.db(name)).finally(() => running.close());
  const embedded = await startEmbedded({ dataDir: target.dataDir, onFailure: () => undefined });
  try {
    const client = await MongoClient.connect(embedded.uriOf(name));
    return await work(client.db()).finally(() => client.close());
  } finally {
    await embedded.close();
  }
}

async function indexesOf(collection: Collection): Promise<IndexLine[]> {
  const specs = await collection.indexes();
  return specs.filter(({ name }) => name !== '_id_').map(indexLine);
}

/** What a server adds to an index by itself is left out. */
function indexLine({ v: _v, ns: _ns, background: _background, ...spec }: Document): IndexLine {
  return z.looseObject({ name: z.string(), key: z.record(z.string(), z.unknown()) }).parse(spec);
}

const cursorId = z.instanceof(Long);
const snapshotReply = z.looseObject({
  collections: z.array(z.looseObject({ name: z.string(), cursor: cursorId })),
});
const batchReply = z.looseObject({
  cursor: z.looseObject({ id: cursorId, nextBatch: z.array(z.custom<Document>()) }),
});

async function isEmbedded(db: Db): Promise<boolean> {
  const info: Document = await db.command({ buildInfo: 1 });
  return Array.isArray(info['modules']) && info['modules'].includes('tandem-embedded');
}

/** All collections of an embedded database as they were at one moment: it opens all cursors in one command. */
async function* embeddedCollections(db: Db): AsyncIterable<BackupCollection> {
  const snapshot = snapshotReply.parse(await db.command({ tandemSnapshot: 1 }, exact));
  for (const { name, cursor } of snapshot.collections)
    yield { name, indexes: await indexesOf(db.collection(name)), documents: batches(db, name, cursor) };
}

async function* batches(db: Db, collection: string, cursor: Long): AsyncIterable<Document> {
  for (let id = cursor; !id.isZero();) {
    const reply = batchReply.parse(await db.command({ getMore: id, collection, batchSize }, exact));
    yield* reply.cursor.nextBatch;
    ({ id } = reply.cursor);
  }
}

/** All collections of a MongoDB: of a replica set at one moment, of a standalone one collection after the other. */
async function* mongodbCollections(
  db: Db,
  session: ClientSession | undefined,
): AsyncIterable<BackupCollection> {
  const names = (await db.listCollections({ type: 'collection' }).toArray()).map(({ name }) => name);
  for (const name of names.filter((each) => !each.startsWith('system.')).sort()) {
    const collection = db.collection(name);
    const documents = collection.find({}, { ...exact, ...(session ? { session } : {}) });
    yield { name, indexes: await indexesOf(collection), documents };
  }
}

/** Writes a backup of the database to a file. Gives the number of documents by collection. */
export async function backup(target: BackupTarget, file: string, madeAt: Date): Promise<Counts> {
  return withDatabase(target, async (db) => {
    if (await isEmbedded(db)) return writeBackup(file, embeddedCollections(db), madeAt);
    const hello: Document = await db.command({ hello: 1 });
    const session = hello['setName'] === undefined ? undefined : db.client.startSession({ snapshot: true });
    return writeBackup(file, mongodbCollections(db, session), madeAt).finally(() => session?.endSession());
  });
}

/** Reads the whole file once, so that a broken one is noticed before anything changes. */
async function verify(file: string): Promise<Counts> {
  const counts: Counts = {};
  let current = '';
  for await (const item of readBackup(file)) {
    if (item.kind === 'collection') counts[(current = item.name)] = 0;
    else counts[current] = (counts[current] ?? 0) + 1;
  }
  return counts;
}

async function refuseOrEmpty(db: Db, replace: boolean): Promise<void> {
  for (const { name } of await db.listCollections({}, { nameOnly: true }).toArray()) {
    const filled = (await db.collection(name).countDocuments({}, { limit: 1 })) > 0;
    if (filled && !replace)
      throw new TargetNotEmptyError(`The database holds documents already, in ${name}. Nothing was changed.`);
  }
  await db.dropDatabase();
}

/**
 * Puts a backup into the database. The file is verified first: a broken one throws `BackupFileError` and changes nothing.
 * Throws `TargetNotEmptyError` if there are documents, unless they are to be replaced.
 */
export async function restore(target: BackupTarget, file: string, replace: boolean): Promise<Counts> {
  const counts = await verify(file);
  await withDatabase(target, async (db) => {
    await refuseOrEmpty(db, replace);
    let current: Collection | undefined;
    let waiting: Document[] = [];
    const flush = async (): Promise<void> => {
      if (current && waiting.length > 0) await current.insertMany(waiting, { ordered: true });
      waiting = [];
    };
    for await (const item of readBackup(file)) {
      if (item.kind === 'collection') {
        await flush();
        current = await db.createCollection(item.name);
        for (const { key, name, ...options } of item.indexes)
          await db.command({ createIndexes: item.name, indexes: [{ key, name, ...options }] });
      } else if (waiting.push(item.document) >= batchSize) await flush();
    }
    await flush();
  });
  return counts;
}
