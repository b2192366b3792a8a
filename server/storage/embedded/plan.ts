/** Chooses the index for a filter and a sort. A plan gives a superset of the answer: the filter is always applied to it. */
import { type Doc, isDoc, own, type Value } from './bson.ts';
import { invertKey, keyOf, typeTag } from './key.ts';
import { operatorsOf } from './match.ts';
import { orderingsOf } from './path.ts';
import type { KeySpan } from './sorted-entries.ts';
import { above, type SortedIndex } from './sorted-index.ts';

export interface Plan {
  readonly index: SortedIndex;
  readonly spans: readonly KeySpan[];
  /** Whether the rows come in the order of the sort, and from which end. */
  readonly order: 'none' | 'forwards' | 'backwards';
  readonly score: number;
  /** Fields of which the spans say all that the filter asks, so that it need not be applied for them. */
  readonly covered: ReadonlySet<string>;
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

/** Where the keys of a field begin and end. */
interface KeyRange {
  readonly low: string;
  readonly withLow: boolean;
  readonly high: string;
  readonly withHigh: boolean;
  /** Whether the condition says no more than this. */
  readonly exact: boolean;
}

/** Of these types each value within the bounds fits; a number may be NaN, which is in no order. */
const ordered: readonly string[] = [typeTag.string, typeTag.date];

function keyRange(condition: Doc, multikey: boolean): KeyRange | undefined {
  const [over, least] = [bound(own(condition, '$gt')), bound(own(condition, '$gte'))];
  const [under, most] = [bound(own(condition, '$lt')), bound(own(condition, '$lte'))];
  const [low, high] = [over ?? least, under ?? most];
  const type = (low ?? high)?.charAt(0);
  if (type === undefined) return undefined;
  // several elements of one array may each satisfy one bound, so only one bound is safe
  const closed = high?.startsWith(type) === true && !(multikey && low !== undefined);
  const asked = [over, least, under, most].filter((key) => key !== undefined);
  const exact =
    ordered.includes(type) &&
    asked.length === Object.keys(condition).length &&
    asked.length === Number(low !== undefined) + Number(high !== undefined) &&
    closed === (high !== undefined);
  return {
    low: low ?? type,
    withLow: over === undefined,
    high: closed ? high : type,
    withHigh: !closed || under === undefined,
    exact,
  };
}

/** The keys of a range behind one prefix, in the direction of the index. */
function spanOf(prefix: string, { low, withLow, high, withHigh }: KeyRange, direction: 1 | -1): KeySpan {
  if (direction === 1)
    return { from: prefix + low + (withLow ? '' : above), to: prefix + high + (withHigh ? above : '') };
  return {
    from: prefix + invertKey(high) + (withHigh ? '' : above),
    to: prefix + invertKey(low) + (withLow ? above : ''),
  };
}

function bound(value: Value): string | undefined {
  return value === undefined || value === null || Array.isArray(value) ? undefined : keyOf(value);
}

function planWith(index: SortedIndex, conditions: Map<string, Doc>, sort: Doc | undefined): Plan {
  let prefixes = [''];
  let spans: KeySpan[] = [{ from: '', to: above }];
  let score = 0;
  const fixed = new Set<string>();
  const covered = new Set<string>();
  for (const { field, direction } of index.orderings) {
    const condition = conditions.get(field) ?? {};
    const keys = equalKeys(condition);
    const range = keys ? undefined : keyRange(condition, index.multikey);
    const turn = (key: string): string => (direction === 1 ? key : invertKey(key));
    if (range) {
      spans = prefixes.map((prefix) => spanOf(prefix, range, direction));
      score += 2;
      if (range.exact) covered.add(field);
    }
    if (!keys || keys.length * prefixes.length > maxSpans) break;
    prefixes = prefixes.flatMap((prefix) => keys.map((key) => prefix + turn(key)));
    spans = prefixes.map((prefix) => ({ from: prefix, to: prefix + above }));
    score += 4;
    if (keys.length === 1) fixed.add(field);
    // below a list of plain values there is nothing, and it is indexed so, but it is not equal to null
    const isPlain = !(field.includes('.') && keys.includes(typeTag.null));
    if (isPlain && Object.keys(condition).length === 1) covered.add(field);
  }
  const order = sort && spans.length === 1 && !index.multikey ? orderFrom(index, fixed, sort) : 'none';
  return { index, spans, order, score: order === 'none' ? score : score + 1, covered };
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
 * Whether a plan gives the answer itself, so that it can be counted without looking at a document: its spans say all that the filter asks,
 * and each document stands once in the index.
 */
export function isExact({ index, covered }: Plan, filter: Doc): boolean {
  return !index.multikey && Object.keys(filter).every((field) => covered.has(field));
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
