import { KnownPairs } from './known-pairs.ts';
import { idAt, SuggestionLists } from './lists.ts';
import type { Model } from './model.ts';
import { originsOf, type Pool } from './pool.ts';
import { RowScorer } from './row.ts';
import type { Helpers } from './search/together.ts';
import { mapped, type Progress } from './steps.ts';
import { ahead, TopLists } from './topk.ts';

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
  /** Lists by position. */
  readonly tops: TopLists;
  /** The same lists in words. */
  readonly lists: SuggestionLists;
  /** null as long as nothing was searched. */
  readonly scorer: RowScorer | null;
  /** Goes on from one to the next. */
  readonly pairs: KnownPairs;
}

/** What an index starts from: nothing was searched yet. */
export const emptySnapshot = (pool: Pool, model: Model, length: number): Snapshot =>
  snapshotOf({
    pool,
    model,
    tops: new TopLists(pool.features.length, length),
    scorer: null,
    pairs: new KnownPairs(),
  });

/** Takes nothing else of what it is given: the lists of earlier snapshots would be kept by later ones for ever. */
const snapshotOf = ({ pool, model, tops, scorer, pairs }: Omit<Snapshot, 'lists'>): Snapshot => ({
  pool,
  model,
  tops,
  scorer,
  pairs,
  lists: new SuggestionLists({ pool, model, tops, pairs }),
});

/** How far below its old end a list is expected to end that lost somebody, as a share of how far its scores are spread. */
const NEXT = 1 / 4;
/** Share of changed profiles above which all rows are worked out again. */
const MANY = 1 / 3;
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

/** All lists of a pool under a model, from nothing; with the help of other threads where there are any. */
export function* searchAll(
  before: Snapshot,
  pool: Pool,
  model: Model,
  helpers: Helpers | null = null,
): Generator<Progress, Snapshot, void> {
  const total = pool.features.length;
  const scorer = yield* reporting(RowScorer.build(pool, model, before.scorer, true, helpers), total);
  const tops = new TopLists(total, before.tops.length);
  const earlier = before.scorer === null ? null : { pool: before.pool, lists: before.tops };
  yield* mapped(scorer.fillAll(tops, helpers, earlier), (done) => ({ done, total }));
  return snapshotOf({ pool, model, tops, scorer, pairs: before.pairs });
}

/** All lists of a new pool from those of the one before, under the same model but for who is taken. */
export function* searchChanged(
  before: Snapshot,
  pool: Pool,
  model: Model,
  helpers: Helpers | null = null,
): Generator<Progress, Snapshot, void> {
  const origins = originsOf(pool, before.pool);
  const dirty: number[] = [];
  for (let position = 0; position < origins.length; position += 1) {
    if (origins[position] < 0) dirty.push(position);
  }
  const gone = before.pool.features.length > pool.features.length - dirty.length;
  const sameRules = before.model.challenges === model.challenges;
  if (dirty.length === 0 && !gone && sameRules) return snapshotOf({ ...before, pool, model });
  if (dirty.length > pool.features.length * MANY || !sameRules || before.scorer === null) {
    return yield* searchAll(before, pool, model, helpers);
  }
  const scorer = yield* reporting(RowScorer.build(pool, model, before.scorer, false, helpers), dirty.length);
  const work = new Update(before, pool, origins);
  yield* work.scoreChanged(scorer, dirty);
  yield* work.searchShort(scorer);
  return snapshotOf({ pool, model, tops: work.tops, scorer, pairs: before.pairs });
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
  readonly #short: Horizon[] = [];

  /** Starts from the lists of the earlier pool, without those that changed or are gone; those that changed start empty. */
  constructor(before: Snapshot, pool: Pool, origins: Int32Array) {
    const { tops: old } = before;
    if (pool.positions === before.pool.positions) {
      this.tops = old.copy();
      this.#takeOut(origins);
      return;
    }
    this.tops = new TopLists(pool.features.length, old.length);
    const now = new Int32Array(before.pool.features.length).fill(-1);
    for (let position = 0; position < origins.length; position += 1) {
      if (origins[position] >= 0) now[origins[position]] = position;
    }
    for (let list = 0; list < origins.length; list += 1) {
      if (origins[list] < 0 || this.#carry(old, origins[list], list, now)) continue;
      const last = old.length - 1;
      if (old.counts[origins[list]] < old.length) continue;
      const position = horizonPosition(old.positionAt(origins[list], last), pool, before.pool);
      this.#short.push({ list, score: old.scoreAt(origins[list], last), position });
    }
  }

  /** Takes those that changed out of all lists, and empties theirs. */
  #takeOut(origins: Int32Array): void {
    const { tops } = this;
    const { counts, length } = tops;
    for (let list = 0; list < counts.length; list += 1) {
      if (origins[list] < 0) {
        tops.clear(list);
        continue;
      }
      const count = counts[list];
      let at = 0;
      while (at < count && origins[tops.positionAt(list, at)] >= 0) at += 1;
      if (at === count) continue;
      const { positions, scores } = tops.entriesOf(list);
      const last = count - 1;
      if (count === length) this.#short.push({ list, score: scores[last], position: positions[last] });
      tops.clear(list);
      for (at = 0; at < count; at += 1) {
        if (origins[positions[at]] >= 0) tops.append(list, positions[at], scores[at]);
      }
    }
  }

  /** Takes over what stays of a list. @returns whether that is all of it */
  #carry(old: TopLists, origin: number, list: number, now: Int32Array): boolean {
    const count = old.counts[origin];
    for (let at = 0; at < count; at += 1) {
      const position = now[old.positionAt(origin, at)];
      if (position >= 0) this.tops.append(list, position, old.scoreAt(origin, at));
    }
    return this.tops.counts[list] === count;
  }

  /** Scores those that changed with everybody, each pair once. */
  *scoreChanged(scorer: RowScorer, dirty: readonly number[]): Generator<Progress, void, void> {
    const skip = new Uint8Array(this.tops.counts.length);
    for (const [done, own] of dirty.entries()) {
      scorer.offer(own, { lists: this.tops, skip });
      skip[own] = 1;
      yield { done: done + 1, total: dirty.length };
    }
  }

  /** Searches those lists anew that may miss a partner that was beyond their old end. */
  *searchShort(scorer: RowScorer): Generator<Progress, void, void> {
    const missing = this.#short
      .filter((horizon) => this.#mayMiss(horizon))
      .map(({ list, score }) => ({
        list,
        least: this.tops.floors[list],
        // those who come next are about as far apart as those who came last
        likely: score - Math.ceil((this.tops.scoreAt(list, 0) - score) * NEXT),
      }));
    const total = missing.length;
    yield* mapped(scorer.fillAnew(missing, this.tops), (done) => ({ done, total }));
  }

  #mayMiss({ list, score, position }: Horizon): boolean {
    const { tops } = this;
    if (tops.floors[list] < 0) return true;
    const last = tops.length - 1;
    return ahead(score, position, tops.scoreAt(list, last), tops.positionAt(list, last));
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
