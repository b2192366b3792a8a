/** Projections: which fields are shown, or which are left out. */
import { type Doc, put } from './bson.ts';
import { fail, notServed } from './errors.ts';

/** Compiles a projection of whole fields. Throws 31253 and 31254 for a mix of included and excluded ones. */
export function compileProjection(spec: Doc): (doc: Doc) => Doc {
  for (const [field, flag] of Object.entries(spec))
    if (/[.$]/.test(field) || (flag !== 0 && flag !== 1))
      notServed(`The projection of '${field}' by this value`);
  const { _id = 1, ...others } = spec;
  const flags = Object.values(others);
  const including = (flags[0] ?? spec['_id'] ?? 0) === 1;
  if (flags.includes(including ? 0 : 1))
    fail(including ? 31254 : 31253, 'Cannot mix included and excluded fields in a projection');
  const named = new Set(Object.keys(others));
  if ((_id === 1) === including) named.add('_id');
  return (doc) => {
    const result: Doc = {};
    for (const [name, value] of Object.entries(doc))
      if (named.has(name) === including) put(result, name, value);
    return result;
  };
}
