/** Aggregation pipelines: the stages that the application and its libraries use. The rest is refused. */
import { type Doc, isDoc, own, put, type Value } from './bson.ts';
import { fail, notServed } from './errors.ts';
import { compileExpression, type Expression } from './expression.ts';
import { compareValues, keyOf } from './key.ts';
import { compileFilter } from './match.ts';
import { compileAddFields, compileProjection } from './project.ts';
import { sortBy, sorter } from './sort.ts';

/** From all documents to all documents. */
export type Pipeline = (documents: readonly Doc[]) => readonly Doc[];

function documentArgument(name: string, value: Value): Doc {
  return isDoc(value) ? value : fail(40272, `${name} specification must be an object`);
}

function countArgument(name: string, value: Value, least: number): number {
  const number = Number(value);
  if ((typeof value !== 'number' && typeof value !== 'bigint') || !Number.isInteger(number))
    return fail(2107201, `invalid argument to ${name} stage: expected an integer`);
  return number < least
    ? fail(name === '$limit' ? 15958 : 2107200, `the ${name} must be at least ${least}`)
    : number;
}

type Accumulate = (values: readonly Value[]) => Value;

const numbersOf = (values: readonly Value[]): (number | bigint)[] =>
  values.filter((value) => typeof value === 'number' || typeof value === 'bigint');

function sum(values: readonly Value[]): Value {
  const numbers = numbersOf(values);
  if (numbers.every((number) => typeof number === 'bigint' || Number.isSafeInteger(number))) {
    const total = numbers.reduce<bigint>((all, number) => all + BigInt(number), 0n);
    const long = numbers.some((number) => typeof number === 'bigint') || BigInt.asIntN(32, total) !== total;
    return long ? total : Number(total);
  }
  return numbers.reduce<number>((all, number) => all + Number(number), 0);
}

function average(values: readonly Value[]): Value {
  const numbers = numbersOf(values);
  return numbers.length === 0
    ? null
    : numbers.reduce<number>((all, number) => all + Number(number), 0) / numbers.length;
}

function extreme(sign: 1 | -1): Accumulate {
  return (values) =>
    values
      .filter((value) => value !== null && value !== undefined)
      .reduce<Value>(
        (best, value) => (best === null || compareValues(value, best) * sign > 0 ? value : best),
        null,
      );
}

const accumulators: ReadonlyMap<string, Accumulate> = new Map<string, Accumulate>([
  ['$sum', sum],
  ['$avg', average],
  ['$max', extreme(1)],
  ['$min', extreme(-1)],
  ['$first', (values) => values[0] ?? null],
  ['$last', (values) => values.at(-1) ?? null],
  ['$push', (values) => values.filter((value) => value !== undefined)],
  [
    '$addToSet',
    (values) => [...new Map(values.filter((v) => v !== undefined).map((v) => [keyOf(v), v])).values()],
  ],
]);

interface GroupField {
  readonly name: string;
  readonly value: Expression;
  readonly accumulate: Accumulate;
}

function groupField(name: string, spec: Value): GroupField {
  const entries = isDoc(spec) ? Object.entries(spec) : [];
  const [entry] = entries;
  if (!entry || entries.length > 1) return fail(40234, `The field '${name}' must be an accumulator object`);
  if (entry[0] === '$accumulator' || entry[0] === '$function')
    fail(238, `${entry[0]} is refused: it would run JavaScript inside the database process.`);
  if (entry[0] === '$count') return { name, value: () => 1, accumulate: sum };
  const accumulate = accumulators.get(entry[0]) ?? notServed(`The group operator ${entry[0]}`);
  return { name, value: compileExpression(entry[1]), accumulate };
}

function group(spec: Value): Pipeline {
  const { _id: id, ...others } = documentArgument('$group', spec);
  if (id === undefined) fail(15955, 'a group specification must include an _id');
  const idOf = compileExpression(id);
  const fields = Object.entries(others).map(([name, value]) => groupField(name, value));
  return (documents) => {
    const groups = new Map<string, { id: Value; members: Doc[] }>();
    for (const doc of documents) {
      const id = idOf(doc) ?? null;
      const key = keyOf(id);
      const found = groups.get(key);
      if (found) found.members.push(doc);
      else groups.set(key, { id, members: [doc] });
    }
    return [...groups.values()].map(({ id, members }) => {
      const result: Doc = { _id: id };
      for (const { name, value, accumulate } of fields) put(result, name, accumulate(members.map(value)));
      return result;
    });
  };
}

function unwind(spec: Value): Pipeline {
  const options = isDoc(spec) ? spec : { path: spec };
  const unknown = Object.keys(options).find(
    (name) => name !== 'path' && name !== 'preserveNullAndEmptyArrays',
  );
  if (unknown) notServed(`The $unwind option ${unknown}`);
  const path = own(options, 'path');
  if (typeof path !== 'string' || !path.startsWith('$'))
    return fail(28818, 'path option to $unwind stage should be prefixed with a $');
  const keepEmpty = own(options, 'preserveNullAndEmptyArrays') === true;
  const field = path.slice(1);
  const read = compileExpression(path);
  const without = compileProjection({ [field]: 0 });
  return (documents) =>
    documents.flatMap((doc) => {
      const value = read(doc);
      if (Array.isArray(value) && value.length > 0)
        return value.map((element) => compileAddFields({ [field]: { $literal: element } })(doc));
      if (Array.isArray(value)) return keepEmpty ? [without(doc)] : [];
      return value === undefined || value === null ? (keepEmpty ? [doc] : []) : [doc];
    });
}

function replaceRoot(spec: Value): Pipeline {
  const newRoot = compileExpression(spec);
  return (documents) =>
    documents.map((doc) => {
      const root = newRoot(doc);
      return isDoc(root) ? root : fail(40228, "'newRoot' expression must evaluate to an object");
    });
}

function unset(spec: Value): Pipeline {
  const names = Array.isArray(spec) ? spec : [spec];
  const fields = names.map((name) => (typeof name === 'string' ? name : fail(31002, '$unset needs strings')));
  const project = compileProjection(Object.fromEntries(fields.map((name) => [name, 0])));
  return (documents) => documents.map(project);
}

const each =
  (change: (doc: Doc) => Doc): Pipeline =>
  (documents) =>
    documents.map(change);

const addFields = (spec: Value): Pipeline => each(compileAddFields(documentArgument('$addFields', spec)));

const stages: ReadonlyMap<string, (spec: Value) => Pipeline> = new Map<string, (spec: Value) => Pipeline>([
  ['$match', matchStage],
  ['$sort', sortStage],
  ['$skip', (spec) => skipStage(countArgument('$skip', spec, 0))],
  ['$limit', (spec) => limitStage(countArgument('$limit', spec, 1))],
  ['$project', (spec) => each(compileProjection(documentArgument('$project', spec)))],
  ['$addFields', addFields],
  ['$set', addFields],
  ['$unset', unset],
  ['$group', group],
  ['$unwind', unwind],
  ['$count', countStage],
  ['$replaceWith', replaceRoot],
  ['$replaceRoot', (spec) => replaceRoot(own(documentArgument('$replaceRoot', spec), 'newRoot'))],
]);

function matchStage(spec: Value): Pipeline {
  const test = compileFilter(documentArgument('$match', spec));
  return (documents) => documents.filter(test);
}

function sortStage(spec: Value): Pipeline {
  const key = sorter(documentArgument('$sort', spec));
  return (documents) => sortBy(documents, key);
}

function skipStage(count: number): Pipeline {
  return (documents) => documents.slice(count);
}

function limitStage(count: number): Pipeline {
  return (documents) => documents.slice(0, count);
}

function countStage(name: Value): Pipeline {
  if (typeof name !== 'string' || name === '' || name.startsWith('$') || name.includes('.'))
    return fail(40156, 'the count field must be a non-empty string without $ and dots');
  return (documents) => (documents.length > 0 ? [{ [name]: documents.length }] : []);
}

/** Compiles a pipeline. Throws 40573 for change streams and 238 for every other stage that is not served. */
export function compilePipeline(pipeline: readonly Value[]): Pipeline {
  const steps = pipeline.map((stage) => {
    const entries = isDoc(stage) ? Object.entries(stage) : [];
    const [entry] = entries;
    if (!entry || entries.length > 1)
      return fail(40323, 'A pipeline stage specification object must contain exactly one field.');
    const [name, spec] = entry;
    if (name === '$changeStream')
      fail(40573, 'The $changeStream stage is only supported on replica sets. Set MONGODB_URI to use one.');
    const compile = stages.get(name);
    if (!compile && !name.startsWith('$')) fail(40324, `Unrecognized pipeline stage name: '${name}'`);
    return compile ? compile(spec) : notServed(`The aggregation stage ${name}`);
  });
  return (documents) => steps.reduce((current, step) => step(current), documents);
}

const updateStageNames = ['$set', '$addFields', '$unset', '$project', '$replaceRoot', '$replaceWith'];

/** Compiles the pipeline of an update. */
export function updateStages(pipeline: readonly Value[]): (doc: Doc) => Doc {
  for (const stage of pipeline) {
    const name = isDoc(stage) ? (Object.keys(stage)[0] ?? '') : '';
    if (!updateStageNames.includes(name)) fail(72, `${name} is not allowed to be used within an update`);
  }
  const run = compilePipeline(pipeline);
  return (doc) => run([doc])[0] ?? doc;
}
