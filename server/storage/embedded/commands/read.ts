import { compilePipeline, type Source } from '../aggregate.ts';
import { type Doc, encode, isDoc, own, type Value } from '../bson.ts';
import { queryOf } from '../collection.ts';
import { fail } from '../errors.ts';
import { keyOf, sameValue } from '../key.ts';
import { someAt } from '../path.ts';
import { compileProjection } from '../project.ts';
import { type Call, type Command, Fields } from './call.ts';

/** Documents made for the answer, in batches. */
export function firstBatch(
  { fields, context }: Call,
  namespace: string,
  documents: readonly Doc[],
): Uint8Array {
  const cursor = new Fields(fields.doc('cursor'), ['batchSize'], 'cursor');
  const rows = documents.map((doc) => ({ doc, bytes: encode(doc) }));
  return context.cursors.first({ namespace, rows }, cursor.count('batchSize'));
}

const find: Command = {
  fields: ['filter', 'sort', 'projection', 'skip', 'limit', 'batchSize', 'singleBatch'],
  run({ fields, namespace, collection, context }) {
    const [query, projection] = [fields.query('filter'), fields.doc('projection')];
    const project = Object.keys(projection).length > 0 ? compileProjection(projection) : undefined;
    const answer = { namespace, rows: collection?.find(query) ?? [], project };
    return context.cursors.first(answer, fields.count('batchSize'), fields.flag('singleBatch'));
  },
};

const getMore: Command = {
  fields: ['collection', 'batchSize'],
  run: ({ fields, context }) => context.cursors.next(fields.count('getMore') ?? 0, fields.count('batchSize')),
};

const killCursors: Command = {
  fields: ['cursors'],
  run({ fields, context }) {
    const killed = fields.list('cursors').filter((id) => typeof id === 'number' && context.cursors.kill(id));
    return { cursorsKilled: killed, cursorsNotFound: [], cursorsAlive: [], cursorsUnknown: [] };
  },
};

const count: Command = {
  fields: ['query', 'skip', 'limit'],
  run({ fields, collection }) {
    const query = fields.query('query');
    return { n: collection?.count(query) ?? 0 };
  },
};

const distinct: Command = {
  fields: ['key', 'query'],
  run({ fields, collection }) {
    const [path, query] = [fields.text('key').split('.'), fields.query('query')];
    const values = new Map<string, Value>();
    const keep = (value: Value): boolean => {
      for (const item of Array.isArray(value) ? value : [value])
        if (item !== undefined) values.set(keyOf(item), item);
      return false;
    };
    for (const { doc } of collection?.find(query) ?? []) someAt(doc, path, keep);
    return { values: [...values.keys()].sort().map((key) => values.get(key)) };
  },
};

/** Whether the stages after `$match` only count, as the driver's countDocuments does. */
function isCount(stages: readonly Value[]): boolean {
  const [stage, ...others] = stages;
  return others.length === 0 && isDoc(stage) && sameValue(stage, { $group: { _id: 1, n: { $sum: 1 } } });
}

function sourceIn(call: Call, name: string): Source {
  const { database, context } = call;
  return {
    namespace: `${database}.${name}`,
    collection: context.catalog.find(database, name),
    sibling: (other) => sourceIn(call, other),
  };
}

const aggregate: Command = {
  fields: ['pipeline', 'cursor'],
  run(call) {
    const pipeline = call.fields.list('pipeline');
    if (call.fields.value('cursor') === undefined) fail(9, "The 'cursor' option is required");
    const run = compilePipeline(pipeline, sourceIn(call, call.fields.text(call.name)));
    const [stage, ...others] = pipeline;
    const filter = isDoc(stage) ? own(stage, '$match') : undefined;
    if (isDoc(filter) && isCount(others)) {
      const n = call.collection?.count(queryOf(filter)) ?? 0;
      return firstBatch(call, call.namespace, n > 0 ? [{ _id: 1, n }] : []);
    }
    return firstBatch(call, call.namespace, run());
  },
};

export const readCommands = { find, getMore, killCursors, count, distinct, aggregate };
