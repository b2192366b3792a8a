/** Aggregation, as far as it counts: `$match`, `$skip`, `$limit` and `$group` with `$sum`. */
import { type Doc, isDoc, own, put, type Value } from './bson.ts';
import { fail, notServed } from './errors.ts';
import { keyOf } from './key.ts';
import { compileFilter } from './match.ts';

/** From all documents to all documents. */
export type Pipeline = (documents: readonly Doc[]) => readonly Doc[];

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

function group(spec: Value): Pipeline {
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

function compileStage(stage: Value): Pipeline {
  const [entry, ...others] = isDoc(stage) ? Object.entries(stage) : [];
  if (!entry || others.length > 0) return fail(40323, 'A pipeline stage must contain exactly one field.');
  const [name, spec] = entry;
  if (name === '$group') return group(spec);
  if (name === '$match' && isDoc(spec)) {
    const test = compileFilter(spec);
    return (documents) => documents.filter(test);
  }
  if (name !== '$skip' && name !== '$limit') return notServed(`The aggregation stage ${name}`);
  if (typeof spec !== 'number' || !Number.isInteger(spec) || spec < (name === '$limit' ? 1 : 0))
    return fail(name === '$limit' ? 15958 : 15956, `${name} needs a whole number that is large enough`);
  return (documents) => (name === '$skip' ? documents.slice(spec) : documents.slice(0, spec));
}

/** Compiles a pipeline. Throws 238 for every stage and expression that is not served. */
export function compilePipeline(pipeline: readonly Value[]): Pipeline {
  const steps = pipeline.map(compileStage);
  return (documents) => steps.reduce((current, step) => step(current), documents);
}
