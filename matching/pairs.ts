import { boundOf } from './assignment/bound.ts';
import { buildGraph, type Graph } from './assignment/graph.ts';
import { greedy } from './assignment/greedy.ts';
import { improve } from './assignment/improve.ts';
import { ratio } from './fixed.ts';
import { byId } from './pool.ts';
import type { Snapshot } from './refresh.ts';
import { SCALE, type Pair, type SmeId } from './types.ts';

/*
 * Problem: the best set of consortia, each SME in at most one: a maximum-weight matching in a general graph.
 * Graph: the suggestion lists (each SME's K best, both ways).
 * Method: pairs by falling score, which is the stable matching as a score is the same for both sides (no two SMEs would rather have
 * each other than what they got); then improvements of the total while any is found: a pair taken in at the cost of the pairs that
 * its two SMEs were in, whose left-over partners pair among themselves or with somebody free.
 * The result is feasible and near the optimum, not proven optimal; `bound` says how far it can be from it at most.
 */

/** What to ask for. */
export interface PairingOptions {
  /** Pairs below this score are not worth proposing (integer in [0, SCALE]). [0] */
  readonly minScore?: number;
  /** 'total': largest sum of scores; 'stable': pairs by falling score, no two would rather have each other. ['total'] */
  readonly aim?: 'total' | 'stable';
}

/** A set of consortia. */
export interface PairingResult {
  /** Sorted by score, best first, then by id. */
  readonly pairs: readonly Pair[];
  /** Sum of the scores. */
  readonly total: number;
  /** No set of pairs from the lists has a larger total. */
  readonly bound: number;
  /** 'optimal' only where the total equals the bound. */
  readonly status: 'optimal' | 'feasible';
  /** How far the total may be from the optimum at most: (bound - total) / bound, in units of 1/SCALE, rounded up. */
  readonly gap: number;
  /** SMEs without a partner, sorted by id. */
  readonly alone: readonly SmeId[];
}

/** Each listed pair once, by positions in the sorted pool. */
function graphOf({ pool, lists }: Snapshot, minScore: number): Graph {
  const edges = new Map<number, { u: number; v: number; w: number }>();
  const size = pool.features.length;
  for (const { sme, suggestions } of lists.values()) {
    const own = pool.positions.get(sme) ?? -1;
    for (const { partner, score } of suggestions) {
      const other = pool.positions.get(partner) ?? -1;
      if (own < 0 || other < 0 || score < minScore) continue;
      const [u, v] = own < other ? [own, other] : [other, own];
      edges.set(u * size + v, { u, v, w: score });
    }
  }
  return buildGraph(size, [...edges.values()]);
}

/** Proposes a set of consortia from the lists of a snapshot. */
export function bestPairs(
  snapshot: Snapshot,
  { minScore = 0, aim = 'total' }: PairingOptions,
): PairingResult {
  const { features } = snapshot.pool;
  const graph = graphOf(snapshot, minScore);
  const stable = greedy(graph);
  const mates = aim === 'stable' ? stable : improve(graph, stable);
  const id = (position: number): SmeId => features[position].prepared.profile.id;
  const pairs = graph.edges
    .filter(({ u, v }) => mates[u] === v)
    .map(({ u, v, w }) => ({ a: id(u), b: id(v), score: w }))
    .sort((x, y) => y.score - x.score || byId(x.a, y.a));
  const total = pairs.reduce((sum, { score }) => sum + score, 0);
  const bound = boundOf(graph);
  return {
    pairs,
    total,
    bound,
    status: total === bound ? 'optimal' : 'feasible',
    gap: bound === 0 ? 0 : SCALE - ratio(total, bound),
    alone: features.flatMap((_, position) => (mates[position] < 0 ? [id(position)] : [])),
  };
}
