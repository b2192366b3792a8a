import { sameFeatures } from './features.ts';
import type { Model } from './model.ts';
import type { Pool } from './pool.ts';
import { RowScorer } from './row.ts';
import { scorePair } from './score.ts';
import { ahead, bestOf, TopK } from './topk.ts';
import { FACTORS, type SmeId, type Suggestion, type SuggestionList } from './types.ts';

/*
 * Problem: the exact K best partners of every SME, after any change.
 * Method: all rows where the model or much of the pool changed; otherwise only the rows of those whose features changed. Every other
 * list loses these, takes them back in by their new scores, and is searched anew only where it might now miss somebody.
 * Both ways give what scoring all pairs gives (test/matching/index.test.ts compares them after random edits).
 */

/** What one finished refresh knows. Never changed once it is made. */
export interface Snapshot {
  readonly pool: Pool;
  readonly model: Model;
  readonly lists: ReadonlyMap<SmeId, SuggestionList>;
}

/** How far a long run is; `total` may shrink or grow once it is known which lists must be searched. */
export interface Progress {
  readonly done: number;
  readonly total: number;
}

/** Share of changed profiles above which all rows are worked out again. */
const MANY = 1 / 3;

/** What changed between two pools, by position in the new one. */
export interface Change {
  /** Positions whose features are new or differ. */
  readonly dirty: readonly number[];
  readonly removed: readonly SmeId[];
}

/** Compares two pools under one model. */
export function changeBetween(before: Pool, after: Pool): Change {
  const dirty = after.features.flatMap((features, position) => {
    const old = before.positions.get(features.prepared.profile.id);
    return old !== undefined && sameFeatures(before.features[old], features) ? [] : [position];
  });
  const removed = [...before.positions.keys()].filter((id) => !after.positions.has(id));
  return { dirty, removed };
}

/** Makes lists of a pool under a model. */
class ListMaker {
  readonly pool: Pool;
  readonly model: Model;
  readonly scorer: RowScorer;
  readonly length: number;

  constructor(pool: Pool, model: Model, scorer: RowScorer, length: number) {
    this.pool = pool;
    this.model = model;
    this.scorer = scorer;
    this.length = length;
  }

  id(position: number): SmeId {
    return this.pool.features[position].prepared.profile.id;
  }

  suggestion(own: number, partner: number): Suggestion {
    const { features } = this.pool;
    const { score, terms } = scorePair(features[own], features[partner], this.model);
    return { partner: this.id(partner), score, terms };
  }

  list(own: number, top: TopK, known?: ReadonlyMap<number, Suggestion>): SuggestionList {
    const suggestions = top.positions.map((at) => known?.get(at) ?? this.suggestion(own, at));
    return { sme: this.id(own), suggestions };
  }

  search(own: number): SuggestionList {
    return this.list(own, bestOf(this.scorer.row(own), this.length));
  }
}

/** A list that is being brought up to date: what stayed of it, and where it ended before. */
interface Standing {
  readonly top: TopK;
  readonly kept: Map<number, Suggestion>;
  /** Last entry of a full list that lost somebody: beyond it nothing is known. */
  readonly horizon: { readonly score: number; readonly position: number } | null;
}

const standingOf = (
  old: SuggestionList,
  maker: ListMaker,
  dirty: ReadonlySet<number>,
  before: Pool,
): Standing => {
  const kept = new Map<number, Suggestion>();
  const top = new TopK(maker.length);
  for (const suggestion of old.suggestions) {
    const position = maker.pool.positions.get(suggestion.partner);
    if (position === undefined || dirty.has(position)) continue;
    kept.set(position, suggestion);
    top.offer(position, suggestion.score);
  }
  const lost = kept.size < old.suggestions.length;
  const last = old.suggestions.at(-1);
  if (!lost || !last || old.suggestions.length < maker.length) return { top, kept, horizon: null };
  return {
    top,
    kept,
    horizon: { score: last.score, position: horizonPosition(last.partner, maker.pool, before) },
  };
};

/** Where an id stands among the positions of the new pool, even if it is gone: half a step before the next one. */
const horizonPosition = (id: SmeId, pool: Pool, before: Pool): number => {
  const position = pool.positions.get(id);
  if (position !== undefined) return position;
  for (let at = (before.positions.get(id) ?? 0) + 1; at < before.features.length; at += 1) {
    const next = pool.positions.get(before.features[at].prepared.profile.id);
    if (next !== undefined) return next - 0.5;
  }
  return pool.features.length;
};

/** Whether a list may miss a partner that was beyond its old end. */
const mayMiss = ({ top, horizon }: Standing): boolean => {
  if (horizon === null) return false;
  if (!top.full) return true;
  const last = top.scores.length - 1;
  return ahead(horizon.score, horizon.position, top.scores[last], top.positions[last]);
};

/** How many lists are written between two reports. */
const BLOCK = 64;

/** All lists of a pool under a model, from nothing. Each pair is scored once and offered to both sides. */
export function* searchAll(
  pool: Pool,
  model: Model,
  length: number,
): Generator<Progress, Map<SmeId, SuggestionList>, void> {
  const total = pool.features.length;
  const maker = yield* makerOf(pool, model, length, total);
  const tops = Array.from({ length: total }, () => new TopK(length));
  // score of the last entry of each full list: what a pair has to reach at least
  const floors = new Int32Array(total).fill(-1);
  const offer = (to: number, partner: number, score: number): void => {
    const top = tops[to];
    top.offer(partner, score);
    if (top.full) floors[to] = top.last;
  };
  for (let own = 0; own < total; own += 1) {
    const scores = maker.scorer.row(own, { from: own + 1, floors });
    for (let other = own + 1; other < total; other += 1) {
      const score = scores[other];
      if (score < 0) continue;
      if (score >= floors[own]) offer(own, other, score);
      if (score >= floors[other]) offer(other, own, score);
    }
    yield { done: own, total };
  }
  const lists = new Map<SmeId, SuggestionList>();
  for (const [own, top] of tops.entries()) {
    lists.set(maker.id(own), maker.list(own, top));
    if (own % BLOCK === 0) yield { done: total, total };
  }
  return lists;
}

function* makerOf(
  pool: Pool,
  model: Model,
  length: number,
  total: number,
): Generator<Progress, ListMaker, void> {
  const build = RowScorer.build(pool, model);
  let step = build.next();
  while (step.done !== true) {
    yield { done: 0, total };
    step = build.next();
  }
  return new ListMaker(pool, model, step.value, length);
}

/** All lists of a new pool from those of the one before, under the same model. */
export function* searchChanged(
  before: Snapshot,
  pool: Pool,
  change: Change,
  length: number,
): Generator<Progress, Map<SmeId, SuggestionList>, void> {
  const { dirty, removed } = change;
  if (dirty.length > pool.features.length * MANY) return yield* searchAll(pool, before.model, length);
  if (dirty.length === 0 && removed.length === 0) return new Map(before.lists);
  const maker = yield* makerOf(pool, before.model, length, dirty.length);
  const isDirty = new Set(dirty);
  const standing = new Map<number, Standing>();
  pool.features.forEach(({ prepared }, position) => {
    const old = before.lists.get(prepared.profile.id);
    if (old && !isDirty.has(position)) standing.set(position, standingOf(old, maker, isDirty, before.pool));
  });
  const lists = new Map<SmeId, SuggestionList>();
  for (const [done, own] of dirty.entries()) {
    const scores = maker.scorer.row(own);
    lists.set(maker.id(own), maker.list(own, bestOf(scores, length)));
    for (const [position, { top }] of standing) {
      if (scores[position] >= 0) top.offer(own, scores[position]);
    }
    yield { done: done + 1, total: dirty.length };
  }
  yield* settle(before, maker, standing, lists);
  return lists;
}

/** Turns what stands into lists; searches those anew that may miss somebody. */
function* settle(
  before: Snapshot,
  maker: ListMaker,
  standing: ReadonlyMap<number, Standing>,
  lists: Map<SmeId, SuggestionList>,
): Generator<Progress, void, void> {
  const total = standing.size;
  let done = 0;
  for (const [own, one] of standing) {
    done += 1;
    const old = before.lists.get(maker.id(own));
    const list = mayMiss(one) ? maker.search(own) : maker.list(own, one.top, one.kept);
    lists.set(list.sme, old && sameList(old, list) ? old : list);
    if (list !== old) yield { done, total };
  }
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
