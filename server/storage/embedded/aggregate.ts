/**
 * Aggregation, as far as it counts and asks several collections at once: `$match`, `$skip`, `$limit`, `$group` with `$sum`, `$project` of whole
 * fields, `$set` of constants, `$unionWith`, and `$collStats` for the number of documents.
 */
import { type Doc, isDoc, own, put, type Value } from './bson.ts';
import { type Collection, queryOf } from './collection.ts';
import { fail, notServed } from './errors.ts';
import { keyOf } from './key.ts';
import { compileFilter } from './match.ts';
import { compileProjection } from './project.ts';

/** From all documents to all documents. */
type Step = (documents: readonly Doc[]) => readonly Doc[];

/** Where a pipeline reads: a collection, if it is there, and the others of its database. */
export interface Source {
  readonly namespace: string;
  readonly collection: Collection | undefined;
  readonly sibling: (name: string) => Source;
}

/** What is grouped by: a field of its own, written `$name`, or a constant. */
function groupKey(id: Value): (doc: Doc) => Value {
  if (id === undefined) return fail(15955, 'a group specification must include an _id');
  if (isDoc(id) || Array.isArray(id)) return notServed('Grouping by an expression');
  if (typeof id !== 'string' || !id.startsWith('$')) return () => id;
  if (/^\$.*[$.]/.test(id)) notServed(`Grouping by ${id}`);
  return (doc) => own(doc, id.slice(1)) ?? null;
}

function constantSum(spec: Value): number {
  const { $sum, ...others } = isDoc(spec) ? spec : {};
  if (typeof $sum === 'number' && Object.keys(others).length === 0) return $sum;
  return notServed('A group with anything but { $sum: number }');
}

function group(spec: Value): Step {
  const { _id, ...others } = isDoc(spec) ? spec : {};
  const idOf = groupKey(_id);
  const sums = Object.entries(others).map(([name, sum]) => [name, constantSum(sum)] as const);
  return (documents) => {
    const groups = new Map<string, { id: Value; size: number }>();
    for (const doc of documents) {
      const id = idOf(doc);
      const found = groups.get(keyOf(id));
      if (found) found.size++;
      else groups.set(keyOf(id), { id, size: 1 });
    }
    return Array.from(groups.values(), ({ id, size }) => {
      const result: Doc = { _id: id };
      for (const [name, each] of sums) put(result, name, each * size);
      return result;
    });
  };
}

function setConstants(spec: Value): Step {
  const constants = Object.entries(isDoc(spec) ? spec : {});
  for (const [name, value] of constants)
    if (/[.$]/.test(name) || typeof value !== 'number')
      notServed(`$set of '${name}' to anything but a number`);
  return (documents) =>
    documents.map((doc) => {
      const result = { ...doc };
      for (const [name, value] of constants) put(result, name, value);
      return result;
    });
}

function project(spec: Value): Step {
  if (!isDoc(spec) || Object.keys(spec).length === 0)
    return fail(
      51272,
      'Invalid $project :: caused by :: projection specification must have at least one field',
    );
  const shown = compileProjection(spec);
  return (documents) => documents.map(shown);
}

function unionWith(spec: Value, sibling: Source['sibling']): Step {
  const { coll, pipeline = [], ...others } = isDoc(spec) ? spec : {};
  if (typeof coll !== 'string' || !Array.isArray(pipeline) || Object.keys(others).length > 0)
    return notServed('$unionWith of anything but { coll, pipeline }');
  const run = compilePipeline(pipeline, sibling(coll));
  return (documents) => [...documents, ...run()];
}

function partsOf(stage: Value): [name: string, spec: Value] {
  const [entry, ...others] = isDoc(stage) ? Object.entries(stage) : [];
  if (!entry || others.length > 0) return fail(40323, 'A pipeline stage must contain exactly one field.');
  return entry;
}

function compileStage(stage: Value, { sibling }: Source): Step {
  const [name, spec] = partsOf(stage);
  if (name === '$group') return group(spec);
  if (name === '$project') return project(spec);
  if (name === '$set') return setConstants(spec);
  if (name === '$unionWith') return unionWith(spec, sibling);
  if (name === '$collStats') return fail(40602, '$collStats is only valid as the first stage in a pipeline.');
  if (name === '$match' && isDoc(spec)) {
    const test = compileFilter(spec);
    return (documents) => documents.filter(test);
  }
  if (name !== '$skip' && name !== '$limit') return notServed(`The aggregation stage ${name}`);
  if (typeof spec !== 'number' || !Number.isInteger(spec) || spec < (name === '$limit' ? 1 : 0))
    return fail(name === '$limit' ? 15958 : 15956, `${name} needs a whole number that is large enough`);
  return (documents) => (name === '$skip' ? documents.slice(spec) : documents.slice(0, spec));
}

/** How many documents there are, as `$collStats` tells it: without looking at one. */
function countOf(spec: Value, { namespace, collection }: Source): () => readonly Doc[] {
  const { count, ...others } = isDoc(spec) ? spec : {};
  if (!isDoc(count) || Object.keys(count).length + Object.keys(others).length > 0)
    return notServed('$collStats of anything but { count: {} }');
  if (!collection)
    return fail(26, `Unable to retrieve count in $collStats stage :: Collection [${namespace}] not found.`);
  return () => [{ ns: namespace, count: collection.count(queryOf({})) }];
}

/** What a pipeline starts from that does not begin with `$collStats`: a leading `$match` is answered here, from an index. */
function startOf(first: Value, source: Source): () => readonly Doc[] {
  const filter = isDoc(first) ? own(first, '$match') : undefined;
  const query = queryOf(isDoc(filter) ? filter : {});
  return () => (source.collection?.find(query) ?? []).map(({ doc }) => doc);
}

/** Compiles a pipeline that reads from its source when it is run. Throws 238 for every stage and expression that is not served. */
export function compilePipeline(pipeline: readonly Value[], source: Source): () => readonly Doc[] {
  const [first, ...others] = pipeline;
  const stats = isDoc(first) ? own(first, '$collStats') : undefined;
  const start = stats === undefined ? startOf(first, source) : countOf(stats, source);
  const isAnswered = stats !== undefined || (first !== undefined && partsOf(first)[0] === '$match');
  const steps = (isAnswered ? others : pipeline).map((stage) => compileStage(stage, source));
  return () => steps.reduce((current, step) => step(current), start());
}
