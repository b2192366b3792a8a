import { Blossoms, NONE } from './blossoms.ts';
import type { Certificate } from './certificate.ts';
import { Forest } from './forest.ts';
import { Fractional } from './fractional.ts';
import type { Graph } from './graph.ts';
import { certificateOf } from './proof.ts';
import { Search } from './search.ts';
import { startOf } from './start.ts';
import { lasting, never, type Stop } from './stop.ts';

/** A matching of the largest weight, with what proves that it is. */
export interface Matching {
  /** Mate of each vertex; NONE where it has none. */
  readonly mates: Int32Array;
  /** Sum of the weights. */
  readonly total: number;
  readonly certificate: Certificate;
}

/**
 * A matching of the largest total weight in a general graph, exactly. The same graph gives the same matching and the same certificate,
 * byte for byte.
 *
 * @param hint prices, four-fold, that may be near those of the solution: saves time, and may lead to another of several optimal sets
 * @param stop asked every few milliseconds; once it says yes, the result is the matching found so far, and what its certificate comes to
 * is no longer its weight, but still a bound of every matching
 *
 * Complexity: O(n m log n) at worst.
 */
export function heaviestMatching(graph: Graph, hint?: Float64Array, stop: Stop = never): Matching {
  const isOver = lasting(stop);
  const forest = finishedForest(graph, hint, isOver);
  const { mates } = forest.blossoms;
  const { ends, weights } = graph;
  let total = 0;
  const partners = mates.map((half) => (half === NONE ? NONE : ends[half]));
  for (const half of mates) if (half !== NONE && (half & 1) === 1) total += weights[half >> 1];
  if (isOver()) total += fillUp(graph, partners);
  return { mates: partners, total, certificate: certificateOf(forest) };
}

/** Matches what a search that was stopped has left free, the heaviest edges first; answers with what they add. */
function fillUp({ ends, weights }: Graph, partners: Int32Array): number {
  const isFree = (edge: number): boolean =>
    partners[ends[2 * edge]] === NONE && partners[ends[2 * edge + 1]] === NONE;
  const open = [...weights.keys()].filter((edge) => weights[edge] > 0 && isFree(edge));
  open.sort((one, other) => weights[other] - weights[one]);
  let added = 0;
  for (const edge of open) {
    if (!isFree(edge)) continue;
    partners[ends[2 * edge]] = ends[2 * edge + 1];
    partners[ends[2 * edge + 1]] = ends[2 * edge];
    added += weights[edge];
  }
  return added;
}

/** The state of a search that has come to its end: the heaviest matching, with all prices and blossoms. See `heaviestMatching`. */
export function finishedForest(graph: Graph, hint?: Float64Array, stop: Stop = never): Forest {
  const isOver = lasting(stop);
  const start = startOf(graph, hint, isOver);
  new Fractional(graph, start).run(isOver);
  const forest = new Forest(new Blossoms(graph, start.mates), start.prices);
  new Search(forest).run(isOver);
  return forest;
}
