/** Projections of `find`, `$project`, `$addFields` and `$unset`. */
import { type Doc, isDoc, own, put, type Value } from './bson.ts';
import { fail, notServed } from './errors.ts';
import { compileExpression, type Expression } from './expression.ts';

/** A tree of what is named: true at the end of a path, an expression, or the fields below. */
interface Tree {
  readonly fields: Map<string, Tree | Expression | true>;
}

type Mode = 'include' | 'exclude';

function add(tree: Tree, path: readonly string[], leaf: Expression | true): void {
  const [name = '', ...rest] = path;
  if (name === '') fail(40353, 'FieldPath must not contain empty parts');
  const existing = tree.fields.get(name);
  if (rest.length === 0) {
    if (existing !== undefined) fail(31250, `Path collision at ${path.join('.')}`);
    tree.fields.set(name, leaf);
    return;
  }
  if (existing === true || typeof existing === 'function') fail(31249, `Path collision at ${path.join('.')}`);
  const below: Tree = isTree(existing) ? existing : { fields: new Map() };
  tree.fields.set(name, below);
  add(below, rest, leaf);
}

function isTree(node: Tree | Expression | true | undefined): node is Tree {
  return typeof node === 'object';
}

function include(tree: Tree, doc: Doc): Doc {
  const result: Doc = {};
  for (const [name, value] of Object.entries(doc)) {
    const node = tree.fields.get(name);
    if (node === true) put(result, name, value);
    else if (isTree(node)) {
      const inner = below(value, (child) => include(node, child), true);
      if (inner !== undefined) put(result, name, inner);
    }
  }
  return result;
}

function exclude(tree: Tree, doc: Doc): Doc {
  const result: Doc = {};
  for (const [name, value] of Object.entries(doc)) {
    const node = tree.fields.get(name);
    if (node === undefined) put(result, name, value);
    else if (isTree(node))
      put(
        result,
        name,
        below(value, (child) => exclude(node, child), false),
      );
  }
  return result;
}

/** Applies a projection inside of documents and arrays; scalars are dropped or kept. */
function below(value: Value, project: (doc: Doc) => Doc, dropScalars: boolean): Value {
  if (isDoc(value)) return project(value);
  if (!Array.isArray(value)) return dropScalars ? undefined : value;
  return value
    .map((element) => below(element, project, dropScalars))
    .filter((element) => element !== undefined);
}

/** Sets computed fields on a projected document; the expressions see the original one. */
function compute(tree: Tree, target: Doc, root: Doc): void {
  for (const [name, node] of tree.fields) {
    if (typeof node === 'function') {
      const value = node(root);
      if (value === undefined) Reflect.deleteProperty(target, name);
      else put(target, name, value);
    } else if (isTree(node) && hasExpression(node)) {
      const current = own(target, name);
      put(target, name, computeInside(node, current, root));
    }
  }
}

function computeInside(tree: Tree, current: Value, root: Doc): Value {
  if (Array.isArray(current)) return current.map((element) => computeInside(tree, element, root));
  const inner: Doc = isDoc(current) ? { ...current } : {};
  compute(tree, inner, root);
  return inner;
}

function hasExpression(tree: Tree): boolean {
  return [...tree.fields.values()].some(
    (node) => typeof node === 'function' || (isTree(node) && hasExpression(node)),
  );
}

function isFlag(value: Value): value is number | bigint | boolean {
  return typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean';
}

function refuseOperators(field: string, value: Value): void {
  if (field === '$' || field.includes('.$')) notServed('The positional projection');
  if (!isDoc(value)) return;
  const operator = Object.keys(value)[0];
  if (operator === '$slice' || operator === '$elemMatch' || operator === '$meta')
    notServed(`The projection ${operator}`);
}

function* leaves(spec: Doc, prefix = ''): Iterable<[string, Value]> {
  for (const [name, value] of Object.entries(spec)) {
    refuseOperators(name, value);
    const nested = isDoc(value) && !(Object.keys(value)[0]?.startsWith('$') ?? true);
    if (nested) yield* leaves(value, `${prefix}${name}.`);
    else yield [prefix + name, value];
  }
}

/** Compiles a projection. Throws 31253 and 31254 for a mix of included and excluded fields. */
export function compileProjection(spec: Doc): (doc: Doc) => Doc {
  const tree: Tree = { fields: new Map() };
  let mode: Mode | undefined;
  let keepId = true;
  let computed = false;
  for (const [field, value] of leaves(spec)) {
    if (field === '_id' && isFlag(value)) {
      keepId = Boolean(value);
      continue;
    }
    const wanted: Mode = isFlag(value) && !value ? 'exclude' : 'include';
    if (mode !== undefined && mode !== wanted)
      fail(
        wanted === 'include' ? 31253 : 31254,
        `Cannot do ${wanted === 'include' ? 'inclusion' : 'exclusion'} on field ${field} in the other kind of projection`,
      );
    mode = wanted;
    computed ||= !isFlag(value);
    add(tree, field.split('.'), isFlag(value) ? true : compileExpression(value));
  }
  mode ??= keepId && own(spec, '_id') !== undefined ? 'include' : 'exclude';
  if (mode === 'exclude') {
    if (!keepId) tree.fields.set('_id', true);
    return (doc) => exclude(tree, doc);
  }
  if (keepId && !tree.fields.has('_id')) tree.fields.set('_id', true);
  return (doc) => {
    const result = include(tree, doc);
    if (computed) compute(tree, result, doc);
    return result;
  };
}

/** Compiles `$addFields` and `$set`: everything stays, the named fields are computed. */
export function compileAddFields(spec: Doc): (doc: Doc) => Doc {
  const tree: Tree = { fields: new Map() };
  for (const [field, value] of Object.entries(spec)) add(tree, field.split('.'), compileExpression(value));
  return (doc) => {
    const result = { ...doc };
    compute(tree, result, doc);
    return result;
  };
}
