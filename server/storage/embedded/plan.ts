/** Chooses the index for a filter and a sort. A plan gives a superset of the answer: the filter is always applied to it. */
import { BSONRegExp, Decimal128, MaxKey, MinKey } from 'bson';
import { type Doc, isDoc, type Value } from './bson.ts';
import { invertKey, keyOf } from './key.ts';
import { isOperators } from './match.ts';
import { orderingsOf } from './sort.ts';
import { above, type KeySpan, type SortedIndex } from './sorted-index.ts';

export interface Plan {
  readonly index: SortedIndex;
  readonly spans: readonly KeySpan[];
  /** Whether the rows come in the order of the sort, and from which end. */
  readonly order: 'none' | 'forwards' | 'backwards';
}

/** What the filter demands of one field, as far as an index can use it. */
interface Demand {
  values?: readonly string[];
  from?: { key: string; inclusive: boolean };
  to?: { key: string; inclusive: boolean };
  withNull: boolean;
}

const maxSpans = 2_000;

function indexable(value: Value): boolean {
  if (Array.isArray(value) || value instanceof BSONRegExp || value instanceof Decimal128) return false;
  return !(value instanceof MinKey || value instanceof MaxKey || Number.isNaN(value));
}

/** Reads the demands of a filter. Conditions that an index cannot serve are left to the filter itself. */
function demandsOf(filter: Doc, demands = new Map<string, Demand>()): Map<string, Demand> {
  for (const [field, condition] of Object.entries(filter)) {
    if (field === '$and' && Array.isArray(condition)) {
      for (const branch of condition) if (isDoc(branch)) demandsOf(branch, demands);
    } else if (!field.startsWith('$')) {
      const demand = demands.get(field) ?? { withNull: false };
      demands.set(field, demand);
      const operators = isOperators(condition) ? condition : { $eq: condition };
      for (const [name, operand] of Object.entries(operators)) readOperator(demand, name, operand);
    }
  }
  return demands;
}

function readOperator(demand: Demand, name: string, operand: Value): void {
  const list = name === '$eq' ? [operand] : name === '$in' && Array.isArray(operand) ? operand : undefined;
  if (list?.every(indexable)) {
    if (demand.values) return;
    demand.values = [...new Set(list.map(keyOf))].sort();
    demand.withNull = list.some((value) => value === null || value === undefined);
  }
  if (!indexable(operand) || operand === null || operand === undefined) return;
  const bound = { key: keyOf(operand), inclusive: name.endsWith('e') };
  if (name === '$gt' || name === '$gte') demand.from ??= bound;
  if (name === '$lt' || name === '$lte') demand.to ??= bound;
}

function spansOf(demand: Demand, prefix: string, descending: boolean, multikey: boolean): KeySpan[] {
  const turn = (key: string): string => prefix + (descending ? invertKey(key) : key);
  if (demand.values) return demand.values.map((key) => ({ from: turn(key), to: turn(key) + above }));
  const { from } = demand;
  // several elements of one array may each satisfy one bound, so only one bound is safe
  const to = multikey && from ? undefined : demand.to;
  const tag = (from ?? to)?.key.charAt(0) ?? '';
  const lower = { key: from?.key ?? tag, skip: from?.inclusive === false };
  const upper = { key: to?.key ?? tag, skip: to?.inclusive === false };
  const [first, last] = descending ? [upper, lower] : [lower, upper];
  const span = {
    from: turn(first.key) + (first.skip ? above : ''),
    to: turn(last.key) + (last.skip ? '' : above),
  };
  return from && to && from.key.charAt(0) !== to.key.charAt(0) ? [] : [span];
}

interface Candidate extends Plan {
  readonly score: number;
}

function candidate(
  index: SortedIndex,
  demands: Map<string, Demand>,
  sort: Doc | undefined,
): Candidate | undefined {
  let prefixes = [''];
  let spans: KeySpan[] = [{ from: '', to: above }];
  let score = 0;
  const fixed = new Set<string>();
  for (const { field, direction } of index.orderings) {
    const demand = demands.get(field);
    if (!demand || (!demand.values && !demand.from && !demand.to)) break;
    if (demand.withNull && index.spec.sparse) break;
    if (prefixes.length * (demand.values?.length ?? 1) > maxSpans) break;
    spans = prefixes.flatMap((prefix) => spansOf(demand, prefix, direction === -1, index.multikey));
    score += demand.values ? 4 : demand.from && demand.to ? 2 : 1;
    if (!demand.values) break;
    if (demand.values.length === 1) fixed.add(field);
    prefixes = spans.map((span) => span.from);
  }
  spans.sort((a, b) => (a.from < b.from ? -1 : 1));
  const order = sort && spans.length === 1 ? orderFrom(index, fixed, sort) : 'none';
  if (order !== 'none') score += 1;
  if (score === 0 || (index.spec.sparse && order !== 'none' && fixed.size === 0 && score === 1))
    return undefined;
  return { index, spans, order, score };
}

function orderFrom(index: SortedIndex, fixed: ReadonlySet<string>, sort: Doc): Plan['order'] {
  if (index.multikey || index.spec.sparse) return 'none';
  const wanted = orderingsOf(sort).filter(({ field }) => !fixed.has(field));
  const given = index.orderings.filter(({ field }) => !fixed.has(field));
  const turns = wanted.map(({ field, direction }, at) =>
    given[at]?.field === field ? direction * given[at].direction : 0,
  );
  if (turns.every((turn) => turn === 1)) return 'forwards';
  return turns.every((turn) => turn === -1) ? 'backwards' : 'none';
}

/** The best index for the filter and the sort, or undefined for a scan in natural order. */
export function choosePlan(
  indexes: Iterable<SortedIndex>,
  filter: Doc,
  sort: Doc | undefined,
): Plan | undefined {
  const demands = demandsOf(filter);
  let best: Candidate | undefined;
  for (const index of indexes) {
    const next = candidate(index, demands, sort);
    if (next && next.score > (best?.score ?? 0)) best = next;
  }
  return best;
}
