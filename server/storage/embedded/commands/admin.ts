import { Long } from 'bson';
import type { Doc, Value } from '../bson.ts';
import { type Collection, queryOf } from '../collection.ts';
import { fail } from '../errors.ts';
import { sameValue } from '../key.ts';
import { orderingsOf } from '../path.ts';
import type { IndexSpec } from '../sorted-index.ts';
import { type Command, Fields } from './call.ts';
import { firstBatch } from './read.ts';

const create: Command = {
  fields: [],
  run(call) {
    // an identical repeat is ok, and there are no options that could differ
    call.obtain();
    return {};
  },
};

// `background` has no meaning here, and none in MongoDB since 4.2
const indexFields = ['key', 'name', 'unique', 'expireAfterSeconds', 'background', 'v'];

/** Reads one index specification. Refuses what it cannot hold: sparse, partial, text, geo, hashed, wildcard. */
function indexSpec(value: Value): IndexSpec {
  const fields = new Fields(value, indexFields, 'an index');
  const [key, expireAfterSeconds] = [fields.doc('key'), fields.count('expireAfterSeconds')];
  const parts = orderingsOf(key).length;
  if (parts === 0) fail(67, 'Index keys cannot be empty.');
  if (expireAfterSeconds !== undefined && parts > 1) fail(67, 'TTL indexes are single-field indexes');
  return { key, name: fields.text('name'), unique: fields.flag('unique'), expireAfterSeconds };
}

/** True for an index that is there already and says the same. Throws 85 or 86 for one that contradicts. */
function isThere({ indexes }: Collection, wanted: IndexSpec): boolean {
  if (sameValue(wanted.key, { _id: 1 })) return true;
  return indexes.some(({ spec }) => {
    const [sameKey, sameName] = [sameValue(spec.key, wanted.key), spec.name === wanted.name];
    if (sameKey && !sameName) fail(85, `Index already exists with a different name: ${spec.name}`);
    if (sameName && !sameValue(shownIndex(spec), shownIndex(wanted)))
      fail(86, `An existing index has the same name, but other keys or options: ${spec.name}`);
    return sameName;
  });
}

const createIndexes: Command = {
  fields: ['indexes'],
  run(call) {
    const specs = call.fields.list('indexes').map(indexSpec);
    const createdCollectionAutomatically = call.collection === undefined;
    const collection = call.obtain();
    const numIndexesBefore = collection.indexes.length;
    for (const spec of specs) if (!isThere(collection, spec)) collection.addIndex(spec);
    call.context.catalog.save(collection);
    const numIndexesAfter = collection.indexes.length;
    return { numIndexesBefore, numIndexesAfter, createdCollectionAutomatically };
  },
};

function shownIndex({ key, name, unique, expireAfterSeconds }: IndexSpec): Doc {
  const shown: Doc = { v: 2, key, name };
  if (unique && name !== '_id_') shown['unique'] = true;
  return expireAfterSeconds === undefined ? shown : { ...shown, expireAfterSeconds };
}

const listIndexes: Command = {
  fields: ['cursor'],
  run(call) {
    const { indexes } = call.collection ?? fail(26, `ns does not exist: ${call.namespace}`);
    const shown = indexes.map(({ spec }) => shownIndex(spec));
    return firstBatch(call, call.namespace, shown);
  },
};

const drop: Command = {
  fields: [],
  run({ collection, context }) {
    if (collection) context.catalog.drop(collection);
    return {};
  },
};

const dropDatabase: Command = {
  fields: [],
  run({ database, context: { catalog } }) {
    for (const collection of catalog.list(database)) catalog.drop(collection);
    return {};
  },
};

const listCollections: Command = {
  fields: ['filter', 'nameOnly', 'cursor', 'authorizedCollections'],
  run(call) {
    const { test } = queryOf(call.fields.doc('filter'));
    const collections = call.context.catalog.list(call.database);
    const shown = collections.map(({ info }): Doc => ({ name: info.name, type: 'collection', options: {} }));
    return firstBatch(call, `${call.database}.$cmd.listCollections`, shown.filter(test));
  },
};

/** Our own: cursors over all documents of all collections, taken at one moment, for a backup. */
const tandemSnapshot: Command = {
  fields: [],
  run({ database, context: { catalog, cursors } }) {
    const collections = catalog.list(database).map((collection): Doc => {
      const id = cursors.hold({ namespace: collection.namespace, rows: collection.find(queryOf({})) });
      return { name: collection.info.name, cursor: Long.fromNumber(id) };
    });
    return { collections };
  },
};

export const adminCommands = {
  create,
  createIndexes,
  listIndexes,
  drop,
  dropDatabase,
  listCollections,
  tandemSnapshot,
};
