import { type Doc, encode, isDoc, own, type Value } from '../bson.ts';
import { compilePipeline } from '../aggregate.ts';
import type { Collection, Query, Row } from '../collection.ts';
import type { Answer } from '../cursors.ts';
import { fail, notServed } from '../errors.ts';
import { keyOf } from '../key.ts';
import { someAt } from '../path.ts';
import { compileFilter } from '../match.ts';
import { compileProjection } from '../project.ts';
import { sorter, sortOf } from '../sort.ts';
import type { Request } from '../wire.ts';
import {
  collectionName,
  type Command,
  countField,
  docField,
  existingCollection,
  listField,
  refuseCollation,
} from './context.ts';

function queryOf(body: Doc, filterField: 'filter' | 'query'): Query {
  refuseCollation(body);
  const sort = sortOf(own(body, 'sort'));
  const query = { filter: docField(body, filterField), sort, skip: countField(body, 'skip') ?? 0 };
  // compiled here too, so that a wrong query is refused on an empty or missing collection as well
  compileFilter(query.filter);
  if (sort) sorter(sort);
  return { ...query, limit: countField(body, 'limit') ?? 0 };
}

function answerOf(namespace: string, rows: readonly Row[], project?: (doc: Doc) => Doc): Answer {
  const bytesAt = (position: number): Uint8Array => {
    const row = rows[position];
    if (!row) return encode({});
    return project ? encode(project(row.doc)) : row.bytes;
  };
  return { namespace, count: rows.length, bytesAt };
}

const find: Command = {
  fields: [
    'filter',
    'sort',
    'projection',
    'skip',
    'limit',
    'batchSize',
    'singleBatch',
    'collation',
    'allowDiskUse',
  ],
  run(request, { catalog, cursors }) {
    const name = collectionName(request);
    const query = queryOf(request.body, 'filter');
    const projection = docField(request.body, 'projection');
    const project = Object.keys(projection).length > 0 ? compileProjection(projection) : undefined;
    const rows = catalog.find(request.database, name)?.find(query) ?? [];
    const answer = answerOf(`${request.database}.${name}`, rows, project);
    return cursors.first(
      answer,
      countField(request.body, 'batchSize'),
      own(request.body, 'singleBatch') === true,
    );
  },
};

const getMore: Command = {
  fields: ['collection', 'batchSize'],
  run(request, { cursors }) {
    const [id, collection] = [own(request.body, 'getMore'), own(request.body, 'collection')];
    if (typeof id !== 'bigint' || typeof collection !== 'string')
      return fail(14, "BSON field 'getMore' needs a cursor id and a collection");
    const batchSize = countField(request.body, 'batchSize');
    return cursors.next(id, `${request.database}.${collection}`, batchSize === 0 ? undefined : batchSize);
  },
};

const killCursors: Command = {
  fields: ['cursors'],
  run(request, { cursors }) {
    const ids = listField(request.body, 'cursors').filter((id) => typeof id === 'bigint');
    const killed = ids.map((id) => ({ id, found: cursors.kill(id) }));
    return {
      cursorsKilled: killed.filter(({ found }) => found).map(({ id }) => id),
      cursorsNotFound: killed.filter(({ found }) => !found).map(({ id }) => id),
      cursorsAlive: [],
      cursorsUnknown: [],
    };
  },
};

const count: Command = {
  fields: ['query', 'skip', 'limit', 'collation'],
  run(request, context) {
    const query = queryOf(request.body, 'query');
    const collection = existingCollection(request, context);
    const all = Object.keys(query.filter).length === 0 && !query.skip && !query.limit;
    return { n: all ? (collection?.size ?? 0) : (collection?.find(query).length ?? 0) };
  },
};

const distinct: Command = {
  fields: ['key', 'query', 'collation'],
  run(request, context) {
    const key = own(request.body, 'key');
    if (typeof key !== 'string' || key === '')
      return fail(14, "BSON field 'distinct.key' must be a non-empty string");
    const values = new Map<string, Value>();
    const keep = (value: Value): void => {
      if (value !== undefined) values.set(keyOf(value), value);
    };
    for (const row of existingCollection(request, context)?.find(queryOf(request.body, 'query')) ?? [])
      someAt(row.doc, key.split('.'), 0, (value) => {
        if (Array.isArray(value)) value.forEach(keep);
        else keep(value);
        return false;
      });
    return { values: [...values].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, value]) => value) };
  },
};

/** A leading `$match`, `$sort`, `$skip` and `$limit`, which the collection can answer from an index. */
function leadingQuery(pipeline: readonly Value[]): { query: Query; rest: readonly Value[] } {
  const [stage] = pipeline;
  const filter = isDoc(stage) ? own(stage, '$match') : undefined;
  return isDoc(filter)
    ? { query: { filter }, rest: pipeline.slice(1) }
    : { query: { filter: {} }, rest: pipeline };
}

const aggregate: Command = {
  fields: ['pipeline', 'cursor', 'collation', 'allowDiskUse', 'bypassDocumentValidation'],
  run(request, context) {
    refuseCollation(request.body);
    const pipeline = listField(request.body, 'pipeline');
    compilePipeline(pipeline);
    if (own(request.body, request.name) === 1) return notServed('An aggregation of a whole database');
    const name = collectionName(request);
    if (own(request.body, 'cursor') === undefined)
      fail(9, "The 'cursor' option is required, except for aggregate with the explain argument");
    const { query, rest } = leadingQuery(pipeline);
    const rows = context.catalog.find(request.database, name)?.find(query) ?? [];
    const results = compilePipeline(rest)(rows.map((row) => row.doc));
    const bytesAt = (position: number): Uint8Array => encode(results[position] ?? {});
    const answer = { namespace: `${request.database}.${name}`, count: results.length, bytesAt };
    return context.cursors.first(answer, countField(docField(request.body, 'cursor'), 'batchSize'));
  },
};

const explain: Command = {
  fields: ['verbosity'],
  run(request, { catalog }) {
    const inner = docField(request.body, 'explain');
    const name = own(inner, 'find');
    if (typeof name !== 'string') return notServed('explain of anything but find');
    const query = queryOf(inner, 'filter');
    const collection = catalog.find(request.database, name);
    return explanation(request, query, collection);
  },
};

function explanation(request: Request, query: Query, collection: Collection | undefined): Doc {
  const plan = collection?.plan(query);
  const scan: Doc = plan ? { stage: 'IXSCAN', indexName: plan.index.spec.name } : { stage: 'COLLSCAN' };
  const sorts = query.sort && (plan?.order ?? 'none') === 'none';
  return {
    queryPlanner: { winningPlan: sorts ? { stage: 'SORT', inputStage: scan } : scan },
    executionStats: {
      executionSuccess: true,
      nReturned: collection?.find(query).length ?? 0,
      totalDocsExamined: collection?.examined(query) ?? 0,
    },
    command: docField(request.body, 'explain'),
  };
}

export const readCommands: Readonly<Record<string, Command>> = {
  find,
  getMore,
  killCursors,
  count,
  distinct,
  aggregate,
  explain,
};
