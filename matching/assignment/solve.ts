import { Blossoms, NONE } from './blossoms.ts';
import { certificateOf, type Certificate } from './certificate.ts';
import { Forest } from './forest.ts';
import type { Graph } from './graph.ts';
import { Search } from './search.ts';

/** A matching of the largest weight, with what proves that it is. */
export interface Matching {
  /** Mate of each vertex; NONE where it has none. */
  readonly mates: Int32Array;
  /** Sum of the weights. */
  readonly total: number;
  readonly certificate: Certificate;
}

/** Prices to start with: for each vertex twice the weight of its heaviest edge, that is half of it in four-fold weights. */
function startPrices({ size, ends, weights }: Graph): Float64Array {
  const prices = new Float64Array(size);
  for (let half = 0; half < ends.length; half += 1) {
    prices[ends[half]] = Math.max(prices[ends[half]], 2 * weights[half >> 1]);
  }
  return prices;
}

/**
 * A matching of the largest total weight in a general graph, exactly. The same graph gives the same matching and the same certificate,
 * byte for byte.
 *
 * Complexity: O(n m log n) at worst; near that of sorting the edges on graphs of suggestion lists.
 */
export function heaviestMatching(graph: Graph): Matching {
  const blossoms = new Blossoms(graph);
  const prices = startPrices(graph);
  const { ends, weights } = graph;
  const { mates } = blossoms;
  for (let e = 0; e < weights.length; e += 1) {
    const [u, v] = [ends[2 * e], ends[2 * e + 1]];
    if (mates[u] !== NONE || mates[v] !== NONE || prices[u] + prices[v] !== 4 * weights[e]) continue;
    mates[u] = 2 * e + 1;
    mates[v] = 2 * e;
  }
  const forest = new Forest(blossoms, prices);
  new Search(forest).run();
  let total = 0;
  const partners = mates.map((half) => (half === NONE ? NONE : ends[half]));
  for (const half of mates) if (half !== NONE && (half & 1) === 1) total += weights[half >> 1];
  return { mates: partners, total, certificate: certificateOf(forest) };
}
