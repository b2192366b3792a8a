import type { Model } from './model.ts';
import { originsOf, type Pool } from './pool.ts';
import { RowScorer } from './row.ts';
import { scorePair } from './score.ts';
import type { Progress } from './steps.ts';
import { ahead, TopLists } from './topk.ts';
import { FACTORS, type SmeId, type Suggestion, type SuggestionList } from './types.ts';

/*
 * Problem: the exact K best partners of every SME, after any change.
 * Method: all rows where the model or much of the pool changed; otherwise only the rows of those whose features changed. Every other
 * list loses these, takes them back in by their new scores, and is searched anew only where it might now miss somebody.
 * Both ways give what scoring all pairs gives (test/matching/index.test.ts compares them after random edits).
 */

/** What one finished refresh knows. Never changed once it is made, but for what the scorer works with. */
export interface Snapshot {
  readonly pool: Pool;
  readonly model: Model;
  readonly lists: ReadonlyMap<SmeId, SuggestionList>;
  /** The same lists by position. */
  readonly tops: TopLists;
  /** null as long as nothing was searched. */
  readonly scorer: RowScorer | null;
}

/** What an index starts from: nothing was searched yet. */
export const emptySnapshot = (pool: Pool, model: Model, length: number): Snapshot => ({
  pool,
  model,
  lists: new Map(),
  tops: new TopLists(pool.features.length, length),
  scorer: null,
});

/** Share of changed profiles above which all rows are worked out again. */
const MANY = 1 / 3;
/** How many lists are written between two reports. */
const BLOCK = 16;

function* reporting<Result>(
  work: Generator<undefined, Result, void>,
  total: number,
): Generator<Progress, Result, void> {
  let step = work.next();
  while (step.done !== true) {
    yield { done: 0, total };
    step = work.next();
  }
  return step.value;
}

/** All lists of a pool under a model, from nothing. Each pair is scored once and offered to both sides. */
export function* searchAll(before: Snapshot, pool: Pool, model: Model): Generator<Progress, Snapshot, void> {
  const total = pool.features.length;
  const scorer = yield* reporting(RowScorer.build(pool, model, before.scorer, true), total);
  const tops = new TopLists(total, before.tops.length);
  for (let own = 0; own < total; own += 1) {
    scorer.offer(own, { lists: tops, from: own + 1 });
    yield { done: own + 1, total };
  }
  const found = { pool, model, tops, scorer };
  const lists = new Map<SmeId, SuggestionList>();
  for (let own = 0; own < total; own += 1) {
    lists.set(idAt(pool, own), listAt(found, own, before));
    if (own % BLOCK === 0) yield { done: total, total };
  }
  return { ...found, lists };
}

type Found = Pick<Snapshot, 'pool' | 'model' | 'tops'>;

const idAt = ({ features }: Pool, position: number): SmeId => features[position].prepared.profile.id;

/** One list in words; suggestions of pairs that score as before, and the list where all of it does, are those of `before`. */
function listAt({ pool, model, tops }: Found, own: number, before: Snapshot): SuggestionList {
  const { features } = pool;
  const sme = idAt(pool, own);
  const known = before.lists.get(sme);
  const sameModel = before.model.shares === model.shares && before.model.challenges === model.challenges;
  const ownStands = sameModel && stands(before.pool, pool, own);
  const suggestions = Array.from(tops.of(own), (partner) => {
    const id = idAt(pool, partner);
    const same = ownStands ? known?.suggestions.find((one) => one.partner === id) : undefined;
    if (same && stands(before.pool, pool, partner)) return same;
    const { score, terms } = scorePair(features[own], features[partner], model);
    return { partner: id, score, terms };
  });
  const list = { sme, suggestions };
  return known && sameList(known, list) ? known : list;
}

/** Whether an SME has the same features in both pools. */
const stands = (before: Pool, after: Pool, position: number): boolean =>
  before.features[before.positions.get(idAt(after, position)) ?? -1] === after.features[position];

/** All lists of a new pool from those of the one before, under the same model but for who is taken. */
export function* searchChanged(
  before: Snapshot,
  pool: Pool,
  model: Model,
): Generator<Progress, Snapshot, void> {
  const origins = originsOf(pool, before.pool);
  const dirty = [...origins.keys()].filter((position) => origins[position] < 0);
  const gone = before.pool.features.length > pool.features.length - dirty.length;
  const sameRules = before.model.challenges === model.challenges;
  if (dirty.length === 0 && !gone && sameRules) return { ...before, pool, model };
  if (dirty.length > pool.features.length * MANY || !sameRules || before.scorer === null) {
    return yield* searchAll(before, pool, model);
  }
  const scorer = yield* reporting(RowScorer.build(pool, model, before.scorer, false), dirty.length);
  const work = new Update(before, pool, origins);
  yield* work.scoreChanged(scorer, dirty);
  yield* work.searchShort(scorer);
  const found = { pool, model, tops: work.tops, scorer };
  return { ...found, lists: yield* work.lists(before, found) };
}

/** Where a full list ended before it lost somebody: beyond it nothing is known. */
interface Horizon {
  readonly list: number;
  readonly score: number;
  /** Position in the new pool; half a step before the next one for an SME that is gone. */
  readonly position: number;
}

/** Lists on their way from one pool to the next. */
class Update {
  readonly tops: TopLists;
  readonly #touched: Uint8Array;
  readonly #short: Horizon[] = [];

  /** Starts from the lists of the earlier pool, without those that changed or are gone; those that changed start empty. */
  constructor(before: Snapshot, pool: Pool, origins: Int32Array) {
    const { tops: old } = before;
    this.tops = new TopLists(pool.features.length, old.length);
    this.#touched = Uint8Array.from(origins, (origin) => (origin < 0 ? 1 : 0));
    const now = new Int32Array(before.pool.features.length).fill(-1);
    for (let position = 0; position < origins.length; position += 1) {
      if (origins[position] >= 0) now[origins[position]] = position;
    }
    for (let list = 0; list < origins.length; list += 1) {
      if (origins[list] < 0 || this.#carry(old, origins[list], list, now)) continue;
      this.#touched[list] = 1;
      const last = origins[list] * old.length + old.length - 1;
      if (old.counts[origins[list]] < old.length) continue;
      const position = horizonPosition(old.positions[last], pool, before.pool);
      this.#short.push({ list, score: old.scores[last], position });
    }
  }

  /** Takes over what stays of a list. @returns whether that is all of it */
  #carry(old: TopLists, origin: number, list: number, now: Int32Array): boolean {
    const first = origin * old.length;
    const count = old.counts[origin];
    for (let at = first; at < first + count; at += 1) {
      const position = now[old.positions[at]];
      if (position >= 0) this.tops.append(list, position, old.scores[at]);
    }
    return this.tops.counts[list] === count;
  }

  /** Scores those that changed with everybody, each pair once. */
  *scoreChanged(scorer: RowScorer, dirty: readonly number[]): Generator<Progress, void, void> {
    const skip = new Uint8Array(this.#touched.length);
    const entered = (list: number): void => {
      this.#touched[list] = 1;
    };
    for (const [done, own] of dirty.entries()) {
      scorer.offer(own, { lists: this.tops, skip, entered });
      skip[own] = 1;
      yield { done: done + 1, total: dirty.length };
    }
  }

  /** Searches those lists anew that may miss a partner that was beyond their old end. */
  *searchShort(scorer: RowScorer): Generator<Progress, void, void> {
    const missing = this.#short.filter((horizon) => this.#mayMiss(horizon));
    for (const [done, { list }] of missing.entries()) {
      const least = this.tops.floors[list];
      this.tops.clear(list);
      scorer.offer(list, { lists: this.tops, alone: true, least });
      yield { done: done + 1, total: missing.length };
    }
  }

  #mayMiss({ list, score, position }: Horizon): boolean {
    const { tops } = this;
    if (tops.floors[list] < 0) return true;
    const last = tops.length * (list + 1) - 1;
    return ahead(score, position, tops.scores[last], tops.positions[last]);
  }

  /** The lists in words: new ones where something happened, the old ones elsewhere. */
  *lists(before: Snapshot, found: Found): Generator<Progress, Map<SmeId, SuggestionList>, void> {
    const lists = new Map<SmeId, SuggestionList>();
    const total = this.#touched.length;
    for (let own = 0; own < total; own += 1) {
      const id = idAt(found.pool, own);
      const old = this.#touched[own] === 1 ? undefined : before.lists.get(id);
      lists.set(id, old ?? listAt(found, own, before));
      if (!old) yield { done: own + 1, total };
    }
    return lists;
  }
}

/** Where an SME of the earlier pool stands in the new one, even if it is gone: half a step before the next one. */
function horizonPosition(old: number, pool: Pool, before: Pool): number {
  const position = pool.positions.get(idAt(before, old));
  if (position !== undefined) return position;
  for (let at = old + 1; at < before.features.length; at += 1) {
    const next = pool.positions.get(idAt(before, at));
    if (next !== undefined) return next - 0.5;
  }
  return pool.features.length;
}

/** Whether two lists say the same, to the last term. */
export const sameList = (one: SuggestionList, other: SuggestionList): boolean =>
  one.suggestions.length === other.suggestions.length &&
  one.suggestions.every((suggestion, i) => sameSuggestion(suggestion, other.suggestions[i]));

const sameSuggestion = (one: Suggestion, other: Suggestion): boolean =>
  one === other ||
  (one.partner === other.partner &&
    one.score === other.score &&
    FACTORS.every((factor) => one.terms[factor] === other.terms[factor]));
