import { type Doc, encode, isDoc, own, type Value } from '../bson.ts';
import type { Collection } from '../collection.ts';
import { fail, notServed, show } from '../errors.ts';
import { compileFilter } from '../match.ts';
import { orderingsOf } from '../sort.ts';
import { sameValue } from '../key.ts';
import type { IndexSpec } from '../sorted-index.ts';
import type { Request } from '../wire.ts';
import {
  collectionName,
  type Command,
  type Context,
  countField,
  docField,
  existingCollection,
  isInteger,
  listField,
  refuseCollation,
} from './context.ts';

function firstBatch(context: Context, request: Request, source: string, documents: readonly Doc[]): Buffer {
  const bytesAt = (position: number): Uint8Array => encode(documents[position] ?? {});
  const answer = { namespace: `${request.database}.${source}`, count: documents.length, bytesAt };
  return context.cursors.first(answer, countField(docField(request.body, 'cursor'), 'batchSize'));
}

const create: Command = {
  fields: ['collation'],
  run(request, context) {
    refuseCollation(request.body);
    // an identical repeat is ok, and there are no options that could differ
    context.catalog.obtain(request.database, collectionName(request));
    return {};
  },
};

const knownIndexOptions = [
  'key',
  'name',
  'unique',
  'sparse',
  'expireAfterSeconds',
  'collation',
  'background',
  'v',
  'ns',
];

/** Reads one index specification. Refuses what it cannot hold: partial, text, geo, hashed, wildcard, hidden. */
function indexSpec(value: Value): IndexSpec {
  if (!isDoc(value)) return fail(14, 'Index specifications must be objects');
  const unserved = Object.keys(value).find((option) => !knownIndexOptions.includes(option));
  if (unserved) notServed(`The index option ${unserved}`);
  refuseCollation(value);
  const [key, name, expires] = [docField(value, 'key'), own(value, 'name'), own(value, 'expireAfterSeconds')];
  checkIndexKey(key);
  if (typeof name !== 'string' || name === '') return fail(67, 'Index names must be non-empty strings');
  if (expires !== undefined && (!isInteger(expires) || expires < 0 || expires > 0x7fffffff))
    fail(67, "TTL index 'expireAfterSeconds' must be a whole number within [0, 2147483647]");
  if (expires !== undefined && Object.keys(key).length > 1)
    fail(67, 'TTL indexes are single-field indexes, compound indexes do not support TTL');
  const isId = sameValue(key, { _id: 1 });
  return {
    key,
    name: isId ? '_id_' : name,
    unique: isId || own(value, 'unique') === true,
    sparse: own(value, 'sparse') === true,
    ...(expires === undefined ? {} : { expireAfterSeconds: Number(expires) }),
  };
}

function checkIndexKey(key: Doc): void {
  if (Object.keys(key).length === 0) fail(67, 'Index keys cannot be empty.');
  for (const [field, kind] of Object.entries(key)) {
    if (typeof kind === 'string') notServed(`A '${kind}' index`);
    if (field.includes('$**')) notServed('A wildcard index');
    if (kind !== 1 && kind !== -1)
      fail(67, `Values in v:2 index key pattern must be 1 or -1 here, found ${show(kind)} for ${field}`);
  }
  orderingsOf(key);
}

/** An index that is there already and says the same. Throws 85 or 86 for one that contradicts. */
function existingIndex(collection: Collection, spec: IndexSpec): boolean {
  return collection.indexes.some(({ spec: other }) => {
    const [sameKey, sameName] = [sameValue(other.key, spec.key), other.name === spec.name];
    if (!sameKey && !sameName) return false;
    const sameOptions =
      other.unique === spec.unique &&
      other.sparse === spec.sparse &&
      other.expireAfterSeconds === spec.expireAfterSeconds;
    if (sameKey && sameName && sameOptions) return true;
    if (sameKey && !sameName) fail(85, `Index already exists with a different name: ${other.name}`);
    return fail(
      86,
      `An existing index has the same name as the requested index: ${spec.name}, but other keys or options`,
    );
  });
}

const createIndexes: Command = {
  fields: ['indexes', 'commitQuorum'],
  run(request, context) {
    const specs = listField(request.body, 'indexes').map(indexSpec);
    const created = existingCollection(request, context) === undefined;
    const collection = context.catalog.obtain(request.database, collectionName(request));
    const numIndexesBefore = collection.indexes.length;
    for (const spec of specs) if (!existingIndex(collection, spec)) collection.addIndex(spec);
    context.catalog.save(collection);
    const numIndexesAfter = collection.indexes.length;
    const note = numIndexesAfter === numIndexesBefore ? { note: 'all indexes already exist' } : {};
    return { numIndexesBefore, numIndexesAfter, createdCollectionAutomatically: created, ...note };
  },
};

function shownIndex({ key, name, unique, sparse, expireAfterSeconds }: IndexSpec): Doc {
  const shown: Doc = { v: 2, key, name };
  if (unique && name !== '_id_') shown['unique'] = true;
  if (sparse) shown['sparse'] = true;
  if (expireAfterSeconds !== undefined) shown['expireAfterSeconds'] = expireAfterSeconds;
  return shown;
}

function mustExist(request: Request, context: Context): Collection {
  const collection = existingCollection(request, context);
  return collection ?? fail(26, `ns does not exist: ${request.database}.${collectionName(request)}`);
}

const listIndexes: Command = {
  fields: ['cursor'],
  run(request, context) {
    const { name, indexes } = mustExist(request, context);
    return firstBatch(
      context,
      request,
      name,
      indexes.map(({ spec }) => shownIndex(spec)),
    );
  },
};

const dropIndexes: Command = {
  fields: ['index'],
  run(request, context) {
    const collection = mustExist(request, context);
    const nIndexesWas = collection.indexes.length;
    const wanted = own(request.body, 'index');
    for (const item of Array.isArray(wanted) ? wanted : [wanted]) dropIndex(collection, item);
    context.catalog.save(collection);
    return { nIndexesWas };
  },
};

function dropIndex(collection: Collection, wanted: Value): void {
  if (wanted === '*') {
    for (const { spec } of [...collection.indexes]) if (spec.name !== '_id_') collection.dropIndex(spec.name);
    return;
  }
  const found = collection.indexes.find(({ spec }) =>
    isDoc(wanted) ? sameValue(spec.key, wanted) : spec.name === wanted,
  );
  if (!found)
    return fail(27, `index not found with name [${typeof wanted === 'string' ? wanted : show(wanted)}]`);
  if (found.spec.name === '_id_') fail(72, 'cannot drop _id index');
  collection.dropIndex(found.spec.name);
}

const drop: Command = {
  fields: [],
  run(request, context) {
    const collection = existingCollection(request, context);
    if (!collection) return {};
    context.catalog.drop(collection);
    return { nIndexesWas: collection.indexes.length, ns: collection.namespace };
  },
};

const dropDatabase: Command = {
  fields: [],
  run(request, { catalog }) {
    const collections = catalog.list(request.database);
    for (const collection of collections) catalog.drop(collection);
    return collections.length > 0 ? { dropped: request.database } : {};
  },
};

const listCollections: Command = {
  fields: ['filter', 'nameOnly', 'cursor', 'authorizedCollections'],
  run(request, context) {
    const test = compileFilter(docField(request.body, 'filter'));
    const nameOnly = own(request.body, 'nameOnly') === true;
    const shown = context.catalog.list(request.database).map(({ name }): Doc => {
      const short: Doc = { name, type: 'collection' };
      return nameOnly
        ? short
        : {
            ...short,
            options: {},
            info: { readOnly: false },
            idIndex: { v: 2, key: { _id: 1 }, name: '_id_' },
          };
    });
    return firstBatch(context, request, '$cmd.listCollections', shown.filter(test));
  },
};

const listDatabases: Command = {
  fields: ['filter', 'nameOnly', 'authorizedDatabases'],
  run(request, { catalog }) {
    const test = compileFilter(docField(request.body, 'filter'));
    const names = [...new Set(catalog.list().map(({ database }) => database))];
    return { databases: names.map((name): Doc => ({ name })).filter(test) };
  },
};

const dbStats: Command = {
  fields: ['scale'],
  run(request, { catalog }) {
    const collections = catalog.list(request.database);
    const objects = collections.reduce((sum, { size }) => sum + size, 0);
    const indexes = collections.reduce((sum, collection) => sum + collection.indexes.length, 0);
    return { db: request.database, collections: collections.length, objects, indexes };
  },
};

/** Our own: cursors over all documents of all collections, taken at one moment, for a backup. */
const tandemSnapshot: Command = {
  fields: [],
  run(request, { catalog, cursors }) {
    const collections = catalog.list(request.database).map((collection): Doc => {
      const rows = collection.find({ filter: {} });
      const bytesAt = (position: number): Uint8Array => rows[position]?.bytes ?? encode({});
      const id = cursors.hold({ namespace: collection.namespace, count: rows.length, bytesAt });
      return { name: collection.name, cursor: id, count: rows.length };
    });
    return { collections };
  },
};

export const adminCommands: Readonly<Record<string, Command>> = {
  create,
  createIndexes,
  listIndexes,
  dropIndexes,
  drop,
  dropDatabase,
  listCollections,
  listDatabases,
  dbStats,
  tandemSnapshot,
};
