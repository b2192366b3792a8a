/** Chooses the index for a filter and a sort. A plan gives a superset of the answer: the filter is always applied to it. */
import { type Doc, isDoc, own, type Value } from './bson.ts';
import { invertKey, keyOf, typeTag } from './key.ts';
import { operatorsOf } from './match.ts';
import { orderingsOf } from './path.ts';
import { above, type KeySpan, type SortedIndex } from './sorted-index.ts';

export interface Plan {
  readonly index: SortedIndex;
  readonly spans: readonly KeySpan[];
  /** Whether the rows come in the order of the sort, and from which end. */
  readonly order: 'none' | 'forwards' | 'backwards';
  readonly score: number;
}

const maxSpans = 2_000;

/** The conditions on each field, those in `$and` too. Of two of the same kind one is left to the filter. */
function conditionsOf(filter: Doc, found = new Map<string, Doc>()): Map<string, Doc> {
  for (const [field, condition] of Object.entries(filter)) {
    if (field === '$and' && Array.isArray(condition))
      for (const branch of condition) conditionsOf(isDoc(branch) ? branch : {}, found);
    else found.set(field, { ...operatorsOf(condition), ...found.get(field) });
  }
  return found;
}

/** The keys that one of which the field must have, if the condition says so. */
function equalKeys(condition: Doc): string[] | undefined {
  const list = '$eq' in condition ? [own(condition, '$eq')] : own(condition, '$in');
  if (!Array.isArray(list) || list.some((value) => Array.isArray(value))) return undefined;
  return [...new Set(list.map(keyOf))].sort();
}

/** The lowest and the highest key that the field may have, both included. */
function keyRange(condition: Doc, multikey: boolean): readonly [string, string] | undefined {
  const low = bound(own(condition, '$gt') ?? own(condition, '$gte'));
  const high = bound(own(condition, '$lt') ?? own(condition, '$lte'));
  const type = (low ?? high)?.charAt(0);
  if (type === undefined) return undefined;
  // several elements of one array may each satisfy one bound, so only one bound is safe
  if (high?.startsWith(type) && !(multikey && low !== undefined)) return [low ?? type, high];
  return [low ?? type, type];
}

function bound(value: Value): string | undefined {
  return value === undefined || value === null || Array.isArray(value) ? undefined : keyOf(value);
}

function planWith(index: SortedIndex, conditions: Map<string, Doc>, sort: Doc | undefined): Plan {
  let prefixes = [''];
  let spans: KeySpan[] = [{ from: '', to: above }];
  let score = 0;
  const fixed = new Set<string>();
  for (const { field, direction } of index.orderings) {
    const condition = conditions.get(field) ?? {};
    const keys = equalKeys(condition);
    const range = keys ? undefined : keyRange(condition, index.multikey);
    const turn = (key: string): string => (direction === 1 ? key : invertKey(key));
    if (range) {
      const [from = '', to = ''] = direction === 1 ? range : [...range].reverse();
      spans = prefixes.map((prefix) => ({ from: prefix + turn(from), to: prefix + turn(to) + above }));
      score += 2;
    }
    if (!keys || keys.length * prefixes.length > maxSpans) break;
    prefixes = prefixes.flatMap((prefix) => keys.map((key) => prefix + turn(key)));
    spans = prefixes.map((prefix) => ({ from: prefix, to: prefix + above }));
    score += 4;
    if (keys.length === 1) fixed.add(field);
  }
  const order = sort && spans.length === 1 && !index.multikey ? orderFrom(index, fixed, sort) : 'none';
  return { index, spans, order, score: order === 'none' ? score : score + 1 };
}

function orderFrom(index: SortedIndex, fixed: ReadonlySet<string>, sort: Doc): Plan['order'] {
  const given = index.orderings.filter(({ field }) => !fixed.has(field));
  const wanted = orderingsOf(sort).filter(({ field }) => !fixed.has(field));
  const turns = wanted.map(({ field, direction }, at) =>
    given[at]?.field === field ? direction * given[at].direction : 0,
  );
  if (turns.every((turn) => turn === 1)) return 'forwards';
  return turns.every((turn) => turn === -1) ? 'backwards' : 'none';
}

/**
 * Whether a plan gives the answer itself, so that it can be counted without looking at a document: the filter asks for equality of some
 * of the index's first fields and nothing else, and each document stands once in the index.
 */
export function isExact({ index }: Plan, filter: Doc): boolean {
  if (index.multikey) return false;
  const fields = new Map(Object.entries(filter));
  let used = 0;
  for (const { field } of index.orderings) {
    const condition = fields.get(field);
    if (condition === undefined) break;
    const operators = operatorsOf(condition);
    const keys = Object.keys(operators).length === 1 ? equalKeys(operators) : undefined;
    // below a list of plain values there is nothing, and it is indexed so, but it is not equal to null
    if (keys === undefined || (field.includes('.') && keys.includes(typeTag.null))) break;
    used++;
  }
  return used === fields.size;
}

/** The best index for the filter and the sort, or undefined for a scan in natural order. */
export function choosePlan(indexes: readonly SortedIndex[], filter: Doc, sort?: Doc): Plan | undefined {
  const conditions = conditionsOf(filter);
  let best: Plan | undefined;
  for (const index of indexes) {
    const plan = planWith(index, conditions, sort);
    if (plan.score > (best?.score ?? 0)) best = plan;
  }
  return best;
}
