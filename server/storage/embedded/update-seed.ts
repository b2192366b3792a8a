import { BSONRegExp } from 'bson';
import { type Doc, isDoc, own, type Value } from './bson.ts';
import { fail } from './errors.ts';
import { isOperators } from './match.ts';
import { someAt } from './path.ts';
import { changeAt, pathOf } from './update-path.ts';

/** What an upsert starts from: the equalities of the filter. */
export function seedOf(filter: Doc): Doc {
  const seed: Doc = {};
  for (const [path, value] of equalities(filter)) {
    if (someAt(seed, pathOf(path), 0, (found) => found !== undefined))
      fail(54, `cannot infer query fields to set, path '${path}' is matched twice`);
    changeAt(seed, pathOf(path), () => value, true);
  }
  return seed;
}

function equalities(filter: Doc): [string, Value][] {
  return Object.entries(filter).flatMap(([name, condition]): [string, Value][] => {
    if (
      (name === '$and' || (name === '$or' && Array.isArray(condition) && condition.length === 1)) &&
      Array.isArray(condition)
    )
      return condition.flatMap((branch) => (isDoc(branch) ? equalities(branch) : []));
    if (name.startsWith('$')) return [];
    if (!isOperators(condition)) return condition instanceof BSONRegExp ? [] : [[name, condition]];
    if ('$eq' in condition) return [[name, own(condition, '$eq')]];
    const single = own(condition, '$in') ?? own(condition, '$all');
    return Array.isArray(single) && single.length === 1 && '$all' in condition ? [[name, single[0]]] : [];
  });
}
